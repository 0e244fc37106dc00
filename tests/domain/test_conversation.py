"""What is said to a phone outside any shift: opting out and in, questions, help."""

from functools import reduce
from typing import Any

import pytest

from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Choice, Refusal, Status
from firstyes.domain.conversation import (
    ANSWERS,
    MOST_ANSWERS,
    AnyConversationCommand,
    AskAgain,
    AskWhich,
    ConfirmNumber,
    ConversationState,
    DoubtNumber,
    GiveHelp,
    HearStranger,
    Holding,
    Note,
    OpenQuestion,
    OptIn,
    OptOut,
    RefuseCalls,
    TellNothingOpen,
    evolve,
)
from firstyes.domain.conversation_decide import decide
from firstyes.domain.conversation_events import CONVERSATION_EVENT, AnyConversationEvent, PersonNeeded
from firstyes.domain.decision import Decision
from firstyes.domain.reading import Intent
from support.builders import NOW, hours, minutes

WHO: dict[str, Any] = {
    "at": NOW,
    "by": "caregiver:alma",
    "message_id": "m1",
    "contact_id": 7,
    "caregiver_id": "alma",
    "organization_id": "lakeside",
}
SPANISH = {**WHO, "language": "es"}
TUESDAY = Choice(code="27", shift_id="s1", text="RN Tue Jul 16 7am-3pm")
WEDNESDAY = Choice(code="31", shift_id="s2", text="RN Wed Jul 17 2pm-10pm")
HELD = Holding("s3", "lakeside", "alma", "RN Mon Jul 15 7am-3pm")


def after(*commands: AnyConversationCommand) -> ConversationState:
    state = ConversationState()
    for command in commands:
        state = reduce(evolve, decide(state, command).events, state)
    return state


def texts(decision: Decision[AnyConversationEvent]) -> list[str]:
    return [message.body for message in decision.messages]


def needed(decision: Decision[AnyConversationEvent]) -> list[PersonNeeded]:
    return [event for event in decision.events if isinstance(event, PersonNeeded)]


def types(decision: Decision[AnyConversationEvent]) -> list[str]:
    return [event.type for event in decision.events]


STOP = OptOut(**WHO, organization_ids=("lakeside", "riverside"))
START = OptIn(**WHO, organization_ids=("lakeside",))


def test_stop_is_kept_and_confirmed():
    decision = decide(ConversationState(), STOP)
    assert decision.answer.status is Status.ACKNOWLEDGED
    assert texts(decision) == ["You will get no more shift texts or calls. Reply START to get them again."]
    assert after(STOP).opted_out == {"lakeside", "riverside"}


def test_a_second_stop_is_answered_by_no_text():
    decision = decide(after(STOP), STOP)
    assert (decision.answer.status, decision.events, decision.messages) == (Status.ACKNOWLEDGED, (), ())


def test_a_stop_to_one_more_organization_counts_for_that_one():
    state = after(OptOut(**WHO, organization_ids=("lakeside",)))
    [event] = decide(state, STOP).events
    assert event.organization_ids == ("riverside",)


def test_stop_settles_an_open_question():
    assert after(AskWhich(**WHO, intent=Intent.ACCEPT, choices=(TUESDAY,)), STOP).question is None


def test_start_is_for_the_organizations_named():
    state = after(STOP)
    decision = decide(state, START)
    assert texts(decision) == ["You will get shift texts again. No shift was accepted."]
    assert reduce(evolve, decision.events, state).opted_out == {"riverside"}


def test_start_lists_what_is_open():
    decision = decide(
        after(STOP), OptIn(**WHO, organization_ids=("lakeside",), still_open=(TUESDAY, WEDNESDAY))
    )
    assert decision.answer.status is Status.CLARIFY
    assert decision.answer.choices == (TUESDAY, WEDNESDAY)
    assert texts(decision)[0].endswith(
        "Still open: reply YES 27 (RN Tue Jul 16 7am-3pm) or YES 31 (RN Wed Jul 17 2pm-10pm)."
    )


def test_start_from_somebody_who_never_stopped_says_so():
    decision = decide(ConversationState(), START)
    assert texts(decision) == ["You already get shift texts."]
    assert types(decision) == ["message_noted"]


def test_a_yes_that_came_when_the_opt_in_was_already_under_way_is_still_answered():
    """Looked up while opted out, decided after the START: the offer is named, and nothing is taken."""
    decision = decide(after(STOP, START), OptIn(**WHO, organization_ids=("lakeside",), still_open=(TUESDAY,)))
    assert decision.answer.status is Status.CLARIFY
    assert "YES 27" in texts(decision)[0]


@pytest.mark.fault(21)
def test_which_one_lists_every_choice_with_its_code():
    decision = decide(
        ConversationState(), AskWhich(**WHO, intent=Intent.ACCEPT, choices=(TUESDAY, WEDNESDAY))
    )
    assert decision.answer.status is Status.CLARIFY
    assert decision.answer.choices == (TUESDAY, WEDNESDAY)
    assert texts(decision) == [
        "Which one? Reply YES 27 (RN Tue Jul 16 7am-3pm) or YES 31 (RN Wed Jul 17 2pm-10pm)."
    ]
    assert types(decision) == ["question_asked"]


@pytest.mark.parametrize(
    ("who", "intent", "word"),
    [(WHO, Intent.ACCEPT, "YES 27"), (WHO, Intent.DECLINE, "NO 27"), (SPANISH, Intent.ACCEPT, "SI 27")],
)
def test_which_one_gives_the_word_to_answer_with(who, intent: Intent, word: str):
    decision = decide(ConversationState(), AskWhich(**who, intent=intent, choices=(TUESDAY, WEDNESDAY)))
    assert word in texts(decision)[0]


def test_a_question_asked_is_remembered_with_its_codes():
    state = after(AskWhich(**WHO, intent=Intent.DECLINE, choices=(TUESDAY, WEDNESDAY)))
    assert state.question == OpenQuestion(Intent.DECLINE, ("27", "31"), NOW)


@pytest.mark.fault(20)
@pytest.mark.parametrize(
    ("intent", "needs_a_person"),
    [(Intent.CONDITION, True), (Intent.QUESTION, True), (Intent.UNCLEAR, False), (Intent.ACCEPT, False)],
)
def test_which_one_calls_a_person_for_a_condition_or_a_question(intent: Intent, needs_a_person: bool):
    decision = decide(ConversationState(), AskWhich(**WHO, intent=intent, choices=(TUESDAY, WEDNESDAY)))
    assert ("person_needed" in types(decision)) is needs_a_person


@pytest.mark.fault(20)
@pytest.mark.parametrize(
    ("intent", "events", "text"),
    [
        (Intent.CONDITION, ["message_noted", "person_needed"], "as it stands"),
        (Intent.QUESTION, ["message_noted", "person_needed"], "passed your question to the coordinator"),
        (Intent.UNCLEAR, ["message_noted"], "could not read that"),
    ],
)
def test_what_was_neither_yes_nor_no_is_asked_again(intent: Intent, events: list[str], text: str):
    decision = decide(ConversationState(), AskAgain(**WHO, intent=intent, choice=TUESDAY))
    assert (decision.answer.status, decision.answer.shift_id) == (Status.CLARIFY, "s1")
    assert types(decision) == events
    assert text in texts(decision)[0]
    assert "YES 27" in texts(decision)[0]


def test_a_person_who_is_needed_is_told_which_shift_it_is_about():
    [_, needed] = decide(ConversationState(), AskAgain(**WHO, intent=Intent.QUESTION, choice=TUESDAY)).events
    assert (needed.shift_id, needed.organization_id) == ("s1", "lakeside")


@pytest.mark.parametrize(
    ("sender", "name"),
    [("Lakeside Home Care of Greater Illinois", "Lakeside Home Care of Gr"), (None, "firstyes")],
)
def test_help_says_who_texts_and_how_to_answer(sender: str | None, name: str):
    decision = decide(ConversationState(), GiveHelp(**WHO, sender=sender))
    assert decision.answer.status is Status.ACKNOWLEDGED
    assert texts(decision)[0].startswith(f"{name}: open shifts by text.")


def test_a_yes_to_nothing_is_told_so():
    decision = decide(ConversationState(), TellNothingOpen(**WHO))
    assert decision.answer.status is Status.NO_ACTION
    assert texts(decision) == ["You have no open offer right now. We will text you when there is one."]


@pytest.mark.parametrize(
    ("intent", "thanks"), [(Intent.DECLINE, False), (Intent.ACCEPT, False), (Intent.UNCLEAR, True)]
)
def test_what_needs_nobody_is_noted_without_a_text(intent: Intent, thanks: bool):
    decision = decide(ConversationState(), Note(**WHO, intent=intent, thanks=thanks))
    assert (types(decision), texts(decision)) == (["message_noted"], [])


@pytest.mark.parametrize("intent", [Intent.CALL_OFF, Intent.RUNNING_LATE, Intent.QUESTION, Intent.UNCLEAR])
def test_what_needs_a_person_is_passed_on(intent: Intent):
    decision = decide(ConversationState(), Note(**WHO, intent=intent))
    assert types(decision) == ["message_noted", "person_needed"]
    assert texts(decision) == ["Thanks, your coordinator will see this."]


WRONG = DoubtNumber(**WHO, organization_ids=("lakeside", "riverside"), held=(HELD,))


def test_row_25_a_wrong_number_is_kept_alerted_and_not_texted_again():
    """Row 25: once in doubt until a coordinator confirms it; each organization hears of it."""
    # when
    decision = decide(ConversationState(), WRONG)
    # then
    assert types(decision) == ["number_doubted", "person_needed", "person_needed"]
    assert [(one.kind, one.organization_id, one.shift_id) for one in needed(decision)] == [
        (AlertKind.WRONG_NUMBER, "lakeside", "s3"),
        (AlertKind.WRONG_NUMBER, "riverside", None),
    ]
    assert texts(decision) == []
    # and again
    assert types(decide(after(WRONG), WRONG)) == ["person_needed", "person_needed"]


def test_row_25_a_coordinator_confirms_a_number():
    confirm = ConfirmNumber(**{**WHO, "by": "coordinator"})
    assert types(decide(after(WRONG), confirm)) == ["number_confirmed"]
    assert after(WRONG, confirm).doubted_at is None
    assert decide(ConversationState(), confirm).events == ()


def test_row_6_a_wish_not_to_be_called_is_kept_until_start():
    """Row 6: it is no opt-out, and they are told."""
    wish = RefuseCalls(**WHO)
    first = decide(ConversationState(), wish)
    assert types(first) == ["calls_refused"]
    assert texts(first) == [
        "We will not call you about shifts any more, only text. Reply START to get calls again."
    ]
    assert after(wish).opted_out == frozenset()
    assert after(wish).no_calls_at == NOW
    assert types(decide(after(wish), wish)) == ["message_noted"]
    assert after(wish, START).no_calls_at is None


def test_row_13_a_holder_who_says_stop_is_mute_and_a_person_hears():
    """Row 13: where the organization of their shift is among those they stop."""
    decision = decide(ConversationState(), STOP.model_copy(update={"held": (HELD,)}))
    assert [(one.kind, one.shift_id) for one in needed(decision)] == [(AlertKind.HOLDER_MUTE, "s3")]
    elsewhere = OptOut(**WHO, organization_ids=("riverside",), held=(HELD,))
    assert needed(decide(ConversationState(), elsewhere)) == []


@pytest.mark.parametrize(
    "command",
    [
        Note(**WHO, intent=Intent.UNCLEAR, held=(HELD,)),
        Note(**WHO, intent=Intent.QUESTION, held=(HELD,)),
        AskAgain(**WHO, intent=Intent.CONDITION, choice=TUESDAY, held=(HELD,)),
        AskWhich(**WHO, intent=Intent.DECLINE, choices=(TUESDAY, WEDNESDAY), held=(HELD,)),
        GiveHelp(**WHO, held=(HELD,)),
    ],
    ids=lambda command: type(command).__name__,
)
def test_row_12_whatever_a_holder_writes_calls_a_person_at_once(command: AnyConversationCommand):
    """Row 12."""
    [one] = needed(decide(ConversationState(), command))
    assert (one.kind, one.shift_id, one.caregiver_id) == (AlertKind.HOLDER_WROTE, "s3", "alma")


def test_row_12_an_unclear_yes_of_a_holder_is_only_asked_about():
    ask = AskWhich(**WHO, intent=Intent.ACCEPT, choices=(TUESDAY, WEDNESDAY), held=(HELD,))
    assert needed(decide(ConversationState(), ask)) == []


def test_row_22_a_holder_who_may_mean_either_hears_both():
    """Row 22: what was just won is theirs, and what else is open is asked about."""
    ask = AskWhich(**WHO, intent=Intent.ACCEPT, choices=(WEDNESDAY,), yours=TUESDAY)
    assert texts(decide(ConversationState(), ask)) == [
        "The shift RN Tue Jul 16 7am-3pm is already yours. Nothing more to do. "
        "Do you want the shift RN Wed Jul 17 2pm-10pm? Reply YES 31 to take it, NO 31 to pass."
    ]


def test_row_11_the_second_text_that_cannot_be_read_calls_a_person():
    """Row 11: of one matter; whatever was understood between the two."""
    unread = AskAgain(**WHO, intent=Intent.UNCLEAR, choice=TUESDAY, matter="s1/27")
    assert needed(decide(ConversationState(), unread)) == []
    state = after(unread, GiveHelp(**WHO))
    assert [one.kind for one in needed(decide(state, unread))] == [AlertKind.NEEDS_READING]
    which = AskWhich(**WHO, intent=Intent.UNCLEAR, choices=(TUESDAY, WEDNESDAY), matter="s1/27")
    assert [one.kind for one in needed(decide(state, which))] == [AlertKind.NEEDS_READING]
    assert needed(decide(state, unread.model_copy(update={"matter": "s2/31"}))) == []


def test_a_start_written_before_the_stop_undoes_nothing():
    """Between messages of one person the time of writing decides."""
    late = START.model_copy(update={"written_at": NOW - minutes(1)})
    decision = decide(after(STOP), late)
    assert (types(decision), texts(decision)) == (["message_noted"], [])
    assert decision.events[0].answer == "none"


def test_row_24_from_a_phone_that_is_nobodys_a_person_hears_once_a_day():
    """Row 24: the writer is told nothing, as from any unknown phone."""
    yes = HearStranger(**WHO, intent=Intent.ACCEPT)
    # when
    first = decide(ConversationState(), yes)
    # then
    assert first.answer.refusal is Refusal.UNKNOWN
    assert texts(first) == []
    assert [one.kind for one in needed(first)] == [AlertKind.UNKNOWN_PHONE]
    assert first.events[1].message.endswith("They say yes.")
    # and then
    later = HearStranger(**{**WHO, "at": NOW + hours(23)}, intent=Intent.UNCLEAR)
    assert types(decide(after(yes), later)) == ["message_noted"]
    tomorrow = HearStranger(**{**WHO, "at": NOW + hours(24)}, intent=Intent.UNCLEAR)
    assert len(needed(decide(after(yes), tomorrow))) == 1


def test_every_event_comes_back_from_json_and_leads_to_the_same_state():
    # given
    state, events = ConversationState(), []
    for command in (
        STOP,
        START,
        AskWhich(**WHO, intent=Intent.ACCEPT, choices=(TUESDAY, WEDNESDAY)),
        Note(**WHO, intent=Intent.QUESTION),
        WRONG,
        ConfirmNumber(**WHO),
        RefuseCalls(**WHO),
        HearStranger(**WHO, intent=Intent.ACCEPT),
    ):
        new = decide(state, command).events
        state = reduce(evolve, new, state)
        events += new
    # when
    read = [CONVERSATION_EVENT.validate_json(event.model_dump_json()) for event in events]
    # then
    assert reduce(evolve, read, ConversationState()) == state
    assert state.version == len(events)


def asked_again(minutes_later: float, matter: str = "s1/27") -> AskAgain:
    who = {**WHO, "at": NOW + minutes(minutes_later), "matter": matter}
    return AskAgain(**who, intent=Intent.ACCEPT, choice=TUESDAY)


@pytest.mark.fault(50)
def test_after_five_answers_within_the_hour_it_falls_silent_and_a_person_reads_on():
    # given
    state = after(*(asked_again(number) for number in range(ANSWERS)))
    # when
    sixth = decide(state, asked_again(5))
    # then
    assert texts(sixth) == []
    assert types(sixth) == ["message_noted", "person_needed"]
    assert sixth.answer.status is Status.ACKNOWLEDGED


@pytest.mark.fault(50)
def test_it_answers_again_when_the_first_of_its_answers_is_an_hour_old():
    state = after(*(asked_again(number) for number in range(ANSWERS + 3)))
    assert texts(decide(state, asked_again(59.9))) == []
    assert texts(decide(state, asked_again(60))) != []


def test_row_20_a_new_offer_grants_answers_anew_under_a_ceiling():
    """Row 20: the limit belongs to a matter; what goes to one phone within an hour is bounded all the same."""
    # given
    state = after(*(asked_again(number) for number in range(ANSWERS + 1)))
    # then
    assert texts(decide(state, asked_again(6))) == []
    assert texts(decide(state, asked_again(6, "s2/31"))) != []
    # when
    state = after(*(asked_again(number / 10, f"s{number // 4}") for number in range(MOST_ANSWERS)))
    # then
    assert texts(decide(state, asked_again(6, "s9"))) == []


@pytest.mark.fault(50)
@pytest.mark.parametrize("command", [STOP, START], ids=["stop", "start"])
def test_a_stop_and_the_start_after_it_are_answered_though_enough_was_said(command: AnyConversationCommand):
    state = after(*(asked_again(number) for number in range(ANSWERS)))
    if command is START:
        state = after(*(asked_again(number) for number in range(ANSWERS)), STOP)
    assert texts(decide(state, command)) != []


@pytest.mark.parametrize(
    "pair",
    [(START,), (STOP, START), (GiveHelp(**WHO),), (TellNothingOpen(**WHO),), (RefuseCalls(**WHO),)],
    ids=["start", "stop and start", "help", "yes to nothing", "no calls"],
)
def test_row_62_forty_times_the_same_are_answered_a_bounded_number_of_times(pair):
    """Row 62: and each of them still has its effect."""
    # given
    state, told = ConversationState(), 0
    # when
    for command in pair * 40:
        decision = decide(state, command)
        told += len(decision.messages)
        state = reduce(evolve, decision.events, state)
    # then
    assert told <= MOST_ANSWERS
    assert STOP not in pair or state.opted_out == {"riverside"}


def test_what_had_no_answer_does_not_count():
    thanks = Note(**WHO, intent=Intent.UNCLEAR, thanks=True)
    assert texts(decide(after(*[thanks] * 9), asked_again(1, ""))) != []
