"""When a person is called beside an answer, or instead of one."""

import pytest

from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Refusal, Status
from firstyes.domain.conversation.decide import decide
from firstyes.domain.conversation.events import OptedOut
from firstyes.domain.conversation.state import (
    AskAgain,
    AskWhich,
    ConfirmNumber,
    ConversationCommand,
    ConversationState,
    DoubtNumber,
    GiveHelp,
    HearStranger,
    MarkLandline,
    Note,
    OptOut,
    RefuseCalls,
    SeeToAlert,
)
from firstyes.domain.replies.reading import Intent
from support.builders import NOW, hours, minutes
from support.conversations import (
    HELD,
    START,
    STOP,
    TUESDAY,
    WEDNESDAY,
    WHO,
    WRONG,
    after,
    needed,
    texts,
    types,
)


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
    wish = RefuseCalls(**WHO, organization_ids=("lakeside",))
    first = decide(ConversationState(), wish)
    assert types(first) == ["calls_refused"]
    assert texts(first) == [
        "We will not call you about shifts any more, only text. Reply START to get calls again."
    ]
    assert after(wish).opted_out == frozenset()
    assert after(wish).no_calls == {"lakeside": NOW}
    assert types(decide(after(wish), wish)) == ["calls_refused"]
    assert after(wish, START).no_calls == {}


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
def test_row_12_whatever_a_holder_writes_calls_a_person_at_once(command: ConversationCommand):
    """Row 12."""
    [one] = needed(decide(ConversationState(), command))
    assert (one.kind, one.shift_id, one.caregiver_id) == (AlertKind.HOLDER_WROTE, "s3", "alma")


def test_whoever_opted_out_gets_no_help_by_text_and_so_a_person_hears():
    asks = GiveHelp(**WHO)
    assert [one.kind for one in needed(decide(after(STOP), asks))] == [AlertKind.NEEDS_READING]
    assert needed(decide(ConversationState(), asks)) == []


def test_row_12_an_unclear_yes_of_a_holder_is_only_asked_about():
    ask = AskWhich(**WHO, intent=Intent.ACCEPT, choices=(TUESDAY, WEDNESDAY), held=(HELD,))
    assert needed(decide(ConversationState(), ask)) == []
    asking = ask.model_copy(update={"asks": True})
    assert [one.kind for one in needed(decide(ConversationState(), asking))] == [AlertKind.HOLDER_WROTE]


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


@pytest.mark.fault(34)
def test_a_start_undoes_a_stop_that_is_still_to_come_by_a_clock_that_was_set_back():
    stop = STOP.model_copy(update={"at": NOW + hours(2)})
    assert types(decide(after(stop), START)) == ["opted_in"]


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


def test_row_24_whoever_wrote_through_a_carrier_is_told_once_a_day_whose_number_this_is():
    """Row 24: not whoever wants no texts, and nobody while the number is in doubt."""
    hello = HearStranger(**WHO, intent=Intent.UNCLEAR, greets=True, sender="Lakeside")
    # when
    first = decide(ConversationState(), hello)
    # then
    [greeting] = first.messages
    assert greeting.body.startswith("Lakeside: This number is for our staff.")
    assert greeting.caregiver_id is None
    assert first.answer.refusal is Refusal.UNKNOWN
    # and then
    assert decide(after(hello), hello).messages == ()
    assert decide(after(STOP), hello).messages == ()
    assert decide(after(DoubtNumber(**WHO, organization_ids=("lakeside",))), hello).messages == ()


def test_a_number_that_the_carrier_calls_none_is_in_doubt_as_one_that_somebody_calls_wrong():
    # given
    said = DoubtNumber(**{**WHO, "by": "carrier"}, organization_ids=("lakeside",))
    # when
    decision = decide(ConversationState(), said)
    # then
    [alert] = needed(decision)
    assert alert.message.startswith("The carrier knows no such number; nothing is sent to it")
    assert decision.messages == ()


def test_a_landline_is_one_until_it_is_confirmed_or_somebody_texts_start_from_it():
    # given
    marked = after(MarkLandline(**WHO))
    assert marked.landline_at == NOW
    # then
    assert decide(marked, MarkLandline(**WHO)).events == ()
    assert after(MarkLandline(**WHO), ConfirmNumber(**WHO)).landline_at is None
    assert after(MarkLandline(**WHO), STOP, START).landline_at is None


def test_the_alert_says_whose_the_phone_was_only_where_that_is_known():
    nobody = HearStranger(**{**WHO, "caregiver_id": None}, intent=Intent.UNCLEAR)
    assert [one.message for one in needed(decide(ConversationState(), nobody))] == [
        "Somebody wrote from a phone that nobody who works here has."
    ]


@pytest.mark.parametrize("held", [(), (HELD,)])
def test_an_answer_of_a_machine_gets_none_and_a_person_hears(held):
    # when
    decision = decide(ConversationState(), Note(**WHO, intent=Intent.UNCLEAR, automatic=True, held=held))
    # then
    assert texts(decision) == []
    [alert] = needed(decision)
    assert alert.kind is (AlertKind.HOLDER_WROTE if held else AlertKind.NEEDS_READING)


def test_row_12_who_was_made_inactive_while_having_a_shift_is_heard_each_time():
    """Row 12: the coordinator hears of each message, by shift, and not once a day of a phone that is nobody's."""
    wrote = HearStranger(**WHO, intent=Intent.DECLINE, held=(HELD,))
    # when
    decision = decide(after(wrote), wrote)
    # then
    assert decision.answer.refusal is Refusal.UNKNOWN
    [alert] = needed(decision)
    assert (alert.kind, alert.shift_id) == (AlertKind.HOLDER_WROTE, HELD.shift_id)


def test_row_6_a_stop_from_a_phone_that_nobody_has_any_more_counts():
    """Row 6: its next owner, or its old one who comes back, is not texted; nothing is sent to say so."""
    stop = HearStranger(**WHO, intent=Intent.OPT_OUT, organization_ids=("lakeside", "riverside"))
    # when
    decision = decide(after(STOP.model_copy(update={"organization_ids": ("lakeside",)})), stop)
    # then
    assert decision.messages == ()
    [out] = [one for one in decision.events if isinstance(one, OptedOut)]
    assert out.organization_ids == ("lakeside", "riverside")
    assert [one.kind for one in needed(decision)] == [AlertKind.UNKNOWN_PHONE]


def test_whoever_is_on_call_is_no_stranger_and_hears_how_an_alert_is_acknowledged():
    # given
    wrote = HearStranger(**WHO, intent=Intent.UNCLEAR, greets=True, on_call=True)
    # when
    decision = decide(ConversationState(), wrote)
    # then
    assert texts(decision) == [
        'firstyes: A program reads this number. To see to an alert reply OK and its code, as "OK A27". For all else use '
        "the console."
    ]
    assert needed(decision) == []
    # and by a machine of theirs nobody is told anything
    silent = decide(ConversationState(), wrote.model_copy(update={"greets": False}))
    assert texts(silent) == [] and len(needed(silent)) == 1


@pytest.mark.parametrize(
    ("first", "said"), [(True, "Thank you: A27 is yours to see to."), (False, "A27 is seen to already.")]
)
def test_who_sees_to_an_alert_hears_whether_somebody_did_before_and_no_text_answers_it(first, said):
    # when
    decision = decide(ConversationState(), SeeToAlert(**WHO, alert_id=27, first=first))
    # then
    assert (decision.answer.status, decision.answer.message) == (Status.ACKNOWLEDGED, said)
    assert texts(decision) == [] and needed(decision) == []
    assert [one.answer for one in decision.events] == ["none"]
