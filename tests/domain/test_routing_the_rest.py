"""What a no is for, and what is neither yes nor no."""

import pytest

from firstyes.domain.conversation.state import (
    AskAgain,
    AskWhich,
    DoubtNumber,
    GiveHelp,
    Note,
    OptIn,
    RefuseCalls,
)
from firstyes.domain.inbound.destination import ToEach, ToShift
from firstyes.domain.inbound.routing import route
from firstyes.domain.message import Purpose
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift.commands import DeclineOffer, ReportLateness
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import NOW, a_contact, a_person, a_reading, an_offer_view, hours, last_told, minutes
from support.routed import NO, YES, asked, declined, routed, said


def test_a_bare_no_passes_on_the_one_live_offer():
    assert declined(a_contact(an_offer_view("s1", "27")), NO) == "s1"


def test_a_bare_no_with_two_live_offers_is_asked_which():
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"))
    assert asked(contact, NO) == ("27", "31")
    command = said(contact, NO)
    assert isinstance(command, AskWhich)
    assert command.intent is Intent.DECLINE


def test_a_no_with_a_code_passes_on_that_offer():
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"))
    assert declined(contact, a_reading(Intent.DECLINE, "31")) == "s2"


def test_a_no_with_a_wrong_code_is_asked_which():
    assert asked(a_contact(an_offer_view("s1", "27")), a_reading(Intent.DECLINE, "99")) == ("27",)


def test_a_no_with_two_codes_is_asked_which_of_the_two():
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"), an_offer_view("s3", "44"))
    assert asked(contact, a_reading(Intent.DECLINE, "27", "44")) == ("27", "44")


@pytest.mark.parametrize("codes", [(), ("99",)])
def test_a_no_with_nothing_open_is_noted(codes: tuple[str, ...]):
    contact = a_contact(an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=minutes(1)))
    assert said(contact, a_reading(Intent.DECLINE, *codes)) == Note(
        at=NOW,
        by="caregiver:alma",
        message_id="m1",
        contact_id=7,
        caregiver_id="alma",
        organization_id="lakeside",
        written_at=NOW,
        matter="s1/27",
        shift_id="s1",
        intent=Intent.DECLINE,
    )


def test_a_bare_no_passes_on_no_unfilled_shift():
    contact = a_contact(an_offer_view("s1", status=ShiftStatus.UNFILLED))
    assert isinstance(said(contact, NO), Note)
    assert declined(contact, a_reading(Intent.DECLINE, "27")) == "s1"


def test_a_bare_no_to_a_question_about_an_unfilled_shift_passes_on_nothing_else():
    unfilled = an_offer_view("s2", "31", status=ShiftStatus.UNFILLED)
    asked_about = last_told(unfilled, purpose=Purpose.QUESTION)
    assert declined(a_contact(an_offer_view("s1"), unfilled, told=asked_about), NO) is None


@pytest.mark.fault(18)
def test_a_bare_no_from_somebody_with_one_shift_and_no_offer_is_about_that_shift():
    contact = a_contact(an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True))
    assert declined(contact, NO) == "s1"


def test_a_bare_no_from_somebody_with_several_shifts_is_asked_which():
    contact = a_contact(
        an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True),
    )
    assert asked(contact, NO) == ("27", "31")


def test_a_no_of_a_holder_with_a_code_that_is_nobodys_is_asked_which():
    contact = a_contact(an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True))
    assert asked(contact, a_reading(Intent.DECLINE, "99")) == ("27",)


HAS = an_offer_view("s1", "27", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True)
OTHER = an_offer_view("s2", "31", starts=NOW + hours(30))


@pytest.mark.parametrize("text", ["I'm sick, can't make it", "no puedo ir"])
def test_row_59_a_holder_with_another_offer_who_cannot_come_is_asked_which(text: str):
    """Row 59."""
    # given
    contact = a_contact(HAS, OTHER, told=last_told(OTHER))
    # when
    destination = route(contact, NO, "m1", NOW, text=text)
    # then
    assert isinstance(destination.command, AskWhich)
    assert [one.code for one in destination.command.choices] == ["27", "31"]
    assert [one.shift_id for one in destination.command.held] == ["s1"]


@pytest.mark.parametrize("text", ["no", "No, thanks!", "nope sorry"])
def test_row_59_a_plain_no_of_a_holder_passes_on_the_offer_they_were_sent_last(text: str):
    """Row 59."""
    destination = route(a_contact(HAS, OTHER, told=last_told(OTHER)), NO, "m1", NOW, text=text)
    assert isinstance(destination, ToShift)
    assert (destination.shift_id, type(destination.command)) == ("s2", DeclineOffer)


def test_row_59_a_plain_no_of_a_holder_after_anything_else_is_asked_which():
    contact = a_contact(HAS, OTHER, told=last_told(purpose=Purpose.CONFIRMATION, shift_id="s1"))
    assert asked(contact, NO) == ("27", "31")


@pytest.mark.parametrize(
    ("text", "read_as"), [("no", Intent.DECLINE), ("can't come in today", Intent.CALL_OFF)]
)
def test_a_no_after_their_shift_is_over_is_about_none_of_ours(text: str, read_as: Intent):
    over = an_offer_view("s1", starts=NOW - hours(8), status=ShiftStatus.CLAIMED, closed=hours(20), mine=True)
    for told in (None, last_told(over)):
        destination = route(a_contact(over, told=told), NO, "m1", NOW, text=text)
        assert isinstance(destination.command, Note)
        assert destination.command.intent is read_as


def test_a_question_lists_the_next_nine():
    views = [an_offer_view(f"s{at}", str(50 - at), starts=NOW + hours(24 - at)) for at in range(12)]
    assert asked(a_contact(*views), YES) == tuple(str(code) for code in range(39, 48))
    out = a_contact(*views, people=(a_person(opted_out=True),))
    command = said(out, YES)
    assert isinstance(command, OptIn)
    assert len(command.still_open) == 9


def test_calling_off_is_about_the_one_shift_they_have():
    contact = a_contact(
        an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True),
        an_offer_view("s2", "31"),
    )
    assert declined(contact, a_reading(Intent.CALL_OFF)) == "s1"


def test_calling_off_needs_a_person_where_no_shift_is_known():
    command = said(a_contact(), a_reading(Intent.CALL_OFF))
    assert isinstance(command, Note)
    assert command.intent is Intent.CALL_OFF


def test_calling_off_one_of_several_shifts_is_asked_which():
    mine = [
        an_offer_view(f"s{at}", f"3{at}", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True)
        for at in range(2)
    ]
    assert asked(a_contact(*mine), a_reading(Intent.CALL_OFF)) == ("30", "31")


def test_calling_off_with_a_code_is_about_that_shift():
    contact = a_contact(
        an_offer_view("s1", "27", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True),
    )
    assert declined(contact, a_reading(Intent.CALL_OFF, "31")) == "s2"


def test_who_would_come_late_to_a_shift_on_offer_hears_that_it_stands_as_it_is():
    command = said(a_contact(an_offer_view("s1", "27")), a_reading(Intent.RUNNING_LATE))
    assert isinstance(command, AskAgain)
    assert (command.intent, command.choice.code) == (Intent.CONDITION, "27")


def test_running_late_is_about_the_next_shift_they_have():
    # given
    contact = a_contact(
        an_offer_view("s2", "31", starts=NOW + hours(30), status=ShiftStatus.CLAIMED, mine=True),
        an_offer_view("s1", "27", starts=NOW - hours(1), status=ShiftStatus.CLAIMED, mine=True),
    )
    # when
    destination = routed(contact, a_reading(Intent.RUNNING_LATE))
    # then
    assert destination == ToShift(
        "s1", ReportLateness(at=NOW, by="caregiver:alma", caregiver_id="alma", message_id="m1")
    )


@pytest.mark.fault(20)
@pytest.mark.parametrize("intent", [Intent.CONDITION, Intent.QUESTION, Intent.UNCLEAR])
def test_what_is_neither_yes_nor_no_is_asked_back_about_the_one_live_offer(intent: Intent):
    command = said(a_contact(an_offer_view("s1", "27")), a_reading(intent))
    assert isinstance(command, AskAgain)
    assert (command.intent, command.choice.code) == (intent, "27")
    assert command.choice.text == "RN Sun Jul 14 7am-3pm"


@pytest.mark.fault(20)
@pytest.mark.parametrize(
    ("intent", "offered_last"),
    [
        (Intent.QUESTION, False),
        (Intent.CONDITION, False),
        (Intent.CONDITION, True),
        (Intent.UNCLEAR, False),
        (Intent.UNCLEAR, True),
        (Intent.MAYBE, False),
        (Intent.MAYBE, True),
    ],
)
def test_with_several_live_offers_the_question_keeps_what_was_meant(intent: Intent, offered_last: bool):
    """A code sent next then is a question about that offer, not a yes to it; the last of several texts is meant no more than
    the others."""
    tuesday, wednesday = an_offer_view("s1", "27"), an_offer_view("s2", "31")
    contact = a_contact(tuesday, wednesday, told=last_told(wednesday) if offered_last else None)
    command = said(contact, a_reading(intent))
    assert isinstance(command, AskWhich)
    assert command.intent is intent
    assert [one.code for one in command.choices] == ["27", "31"]


def test_a_part_of_one_of_several_offers_is_for_a_person():
    """The YES to one of them that a question would ask for would take all of that one."""
    tuesday, wednesday = an_offer_view("s1", "27"), an_offer_view("s2", "31")
    command = said(a_contact(tuesday, wednesday, told=last_told(wednesday)), a_reading(Intent.PARTIAL))
    assert isinstance(command, Note)
    assert command.intent is Intent.PARTIAL


def test_after_any_other_text_that_names_one_of_them_it_is_that_one():
    tuesday, wednesday = an_offer_view("s1", "27"), an_offer_view("s2", "31")
    told = last_told(wednesday, purpose=Purpose.QUESTION)
    command = said(a_contact(tuesday, wednesday, told=told), a_reading(Intent.UNCLEAR))
    assert isinstance(command, AskAgain)
    assert command.choice.code == "31"


@pytest.mark.parametrize(("purpose", "noted"), [(Purpose.NOTICE, True), (Purpose.QUESTION, False)])
def test_thanks_for_a_text_that_asked_nothing_are_thanks(purpose: Purpose, noted: bool):
    offer = an_offer_view("s1", "27")
    contact = a_contact(offer, told=last_told(offer, purpose=purpose))
    assert isinstance(said(contact, a_reading(Intent.UNCLEAR, thanks=True)), Note) is noted


def test_a_question_with_a_code_is_about_that_offer():
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"))
    command = said(contact, a_reading(Intent.QUESTION, "31"))
    assert isinstance(command, AskAgain)
    assert command.choice.code == "31"


@pytest.mark.parametrize("intent", [Intent.CONDITION, Intent.QUESTION, Intent.UNCLEAR])
def test_what_is_neither_yes_nor_no_is_noted_when_nothing_is_open(intent: Intent):
    command = said(a_contact(), a_reading(intent))
    assert isinstance(command, Note)
    assert command.intent is intent


def test_row_25_a_wrong_number_is_one_even_while_an_offer_is_live():
    command = said(a_contact(an_offer_view("s1", "27")), a_reading(Intent.WRONG_NUMBER))
    assert isinstance(command, DoubtNumber)


def test_row_6_a_wish_not_to_be_called_is_kept():
    command = said(a_contact(an_offer_view("s1", "27")), a_reading(Intent.NO_CALLS))
    assert isinstance(command, RefuseCalls)


def test_help_says_who_texts():
    command = said(a_contact(), a_reading(Intent.HELP))
    assert isinstance(command, GiveHelp)
    assert command.sender == "Lakeside"


def test_a_no_that_asks_something_passes_and_is_read_by_a_person():
    offer = an_offer_view("s1")
    asks = a_reading(Intent.DECLINE).model_copy(update={"asks": True})
    destination = routed(a_contact(offer), asks)
    assert isinstance(destination, ToEach)
    assert [type(one.command) for one in destination.parts] == [DeclineOffer]
    assert isinstance(destination.command, Note)
    assert destination.command.asks


def test_who_writes_about_a_shift_that_somebody_else_took_is_told_so():
    offer = an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=minutes(1))
    command = said(a_contact(offer, told=last_told(offer)), a_reading(Intent.QUESTION))
    assert isinstance(command, Note)
    assert command.taken is not None
    assert command.taken.shift_id == "s1"
