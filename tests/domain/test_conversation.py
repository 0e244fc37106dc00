"""What is said to a phone outside any shift: opting out and in, questions, help."""

from functools import reduce

import pytest

from firstyes.domain.answer import Status
from firstyes.domain.conversation.decide import decide
from firstyes.domain.conversation.events import CONVERSATION_EVENT
from firstyes.domain.conversation.state import (
    AskAgain,
    AskWhich,
    BeBusy,
    ConfirmNumber,
    ConversationState,
    GiveHelp,
    HearStranger,
    MarkLandline,
    Note,
    OpenQuestion,
    OptIn,
    OptOut,
    RefuseCalls,
    TellNothingOpen,
    evolve,
)
from firstyes.domain.replies.reading import Intent
from support.builders import NOW, hours
from support.conversations import SPANISH, START, STOP, TUESDAY, WEDNESDAY, WHO, WRONG, after, texts, types


def test_stop_is_kept_and_confirmed():
    decision = decide(ConversationState(), STOP)
    assert decision.answer.status is Status.ACKNOWLEDGED
    assert texts(decision) == ["You will get no more shift texts or calls. Reply START to get them again."]
    assert after(STOP).opted_out == {"lakeside", "riverside"}


def test_a_stop_that_the_carrier_has_answered_is_kept_and_not_confirmed():
    decision = decide(ConversationState(), STOP.model_copy(update={"answered": True}))
    assert decision.answer.status is Status.ACKNOWLEDGED
    assert (texts(decision), types(decision)) == ([], ["opted_out"])


def test_after_a_start_that_the_carrier_has_answered_what_is_open_is_still_told():
    start = OptIn(**WHO, organization_ids=("lakeside",), answered=True)
    assert texts(decide(after(STOP), start)) == []
    still_open = start.model_copy(update={"still_open": (TUESDAY,)})
    assert "YES 27" in texts(decide(after(STOP), still_open))[0]


def test_a_second_stop_is_answered_by_no_text():
    decision = decide(after(STOP), STOP)
    assert (decision.answer.status, decision.messages) == (Status.ACKNOWLEDGED, ())
    assert after(STOP, STOP).answers == after(STOP).answers


def test_a_stop_to_one_more_organization_counts_for_that_one():
    state = after(OptOut(**WHO, organization_ids=("lakeside",)))
    [event] = decide(state, STOP).events
    assert event.organization_ids == ("riverside",)


def test_stop_settles_an_open_question():
    assert after(AskWhich(**WHO, intent=Intent.ACCEPT, choices=(TUESDAY,)), STOP).question is None


def test_start_is_for_the_organizations_named():
    state = after(STOP)
    decision = decide(state, START)
    assert texts(decision) == ["You will get shift texts again. Your text accepted no shift."]
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


def test_a_yes_to_nothing_of_somebody_who_has_shifts_is_told_which():
    decision = decide(ConversationState(), TellNothingOpen(**WHO, yours=(TUESDAY, WEDNESDAY)))
    assert decision.answer.status is Status.NO_ACTION
    assert texts(decision) == [
        f"You have no open offer right now. You have {TUESDAY.text} and {WEDNESDAY.text}."
    ]


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
        RefuseCalls(**WHO, organization_ids=("lakeside",)),
        MarkLandline(**WHO),
        MarkLandline(**WHO),
        BeBusy(**WHO, until=NOW + hours(2), told="7am", asks=True, choices=(TUESDAY,)),
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
