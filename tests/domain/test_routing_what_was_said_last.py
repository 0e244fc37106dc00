"""A bare word answers the last thing we told that phone."""

from dataclasses import replace

import pytest

from firstyes.domain.conversation.state import AskWhich, Note
from firstyes.domain.inbound.destination import ToConversation
from firstyes.domain.message import Purpose
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import a_contact, a_reading, an_offer_view, hours, last_told, minutes
from support.routed import YES, accepted, asked, routed, said

OPEN = an_offer_view("s1", "27")
WON = an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=hours(1), mine=True)
OK = a_reading(Intent.ACCEPT, explicit=False, thanks=True)
CONFIRMED = last_told(purpose=Purpose.CONFIRMATION, shift_id="s2")


def test_row_22_after_you_have_the_shift_a_yes_confirms_it_and_hears_of_what_is_open():
    destination = routed(a_contact(OPEN, WON, told=CONFIRMED), YES)
    assert isinstance(destination, ToConversation)
    assert isinstance(destination.command, AskWhich)
    assert destination.command.yours is not None
    assert destination.command.yours.code == "31"
    assert [one.code for one in destination.command.choices] == ["27"]
    assert destination.shift_id == "s1"


@pytest.mark.parametrize("reading", [OK, YES], ids=["ok", "yes"])
def test_row_22_after_you_have_the_shift_with_nothing_else_open_it_is_that_one(reading):
    assert accepted(a_contact(WON, told=CONFIRMED), reading) == "s2"


def test_row_22_an_ok_after_you_have_the_shift_takes_nothing_else():
    assert accepted(a_contact(OPEN, WON, told=CONFIRMED), OK) == "s2"


def test_row_22_on_a_shared_phone_it_is_the_winner_s_and_nobody_was_too_late():
    theirs = an_offer_view("s2", "44", status=ShiftStatus.CLAIMED, closed=minutes(1))
    told = last_told(theirs, WON, purpose=Purpose.OFFER, shift_id="s2")
    assert accepted(a_contact(theirs, WON, told=told), YES) == "s2"


@pytest.mark.parametrize("purpose", [Purpose.WITHDRAWAL, Purpose.RELEASE, Purpose.NOTICE, Purpose.HELP])
@pytest.mark.parametrize("reading", [OK, YES], ids=["ok", "yes"])
def test_after_a_text_that_opens_nothing_a_yes_is_asked_about(purpose: Purpose, reading):
    assert asked(a_contact(OPEN, told=last_told(purpose=purpose)), reading) == ("27",)


def test_a_mere_ok_does_not_take_what_an_answer_only_named_open():
    named = last_told(OPEN, purpose=Purpose.TOO_LATE, shift_id="s2")
    assert asked(a_contact(OPEN, told=named), OK) == ("27",)
    assert accepted(a_contact(OPEN, told=named), YES) == "s1"


@pytest.mark.parametrize("told", [False, True])
def test_a_yes_to_an_offer_that_is_gone_hears_so_once_and_then_is_asked_about_what_is_open(told: bool):
    gone = an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=hours(1), told=told)
    contact = a_contact(OPEN, gone, told=last_told(gone))
    if told:
        assert asked(contact, YES) == ("27",)
    else:
        assert accepted(contact, YES) == "s2"


@pytest.mark.parametrize("purpose", [Purpose.WITHDRAWAL, Purpose.RELEASE])
def test_an_ok_to_please_do_not_come_is_thanks_where_nothing_is_open(purpose: Purpose):
    called_off = an_offer_view("s1", status=ShiftStatus.CANCELLED, closed=minutes(1))
    told = last_told(purpose=purpose, shift_id="s1")
    command = said(a_contact(called_off, told=told), OK)
    assert isinstance(command, Note)
    assert accepted(a_contact(called_off, told=told), YES) == "s1"


def test_a_mere_ok_after_one_s_own_no_is_asked_about():
    assert asked(a_contact(an_offer_view("s1", declined=True)), OK) == ("27",)


def test_thanks_are_asked_about_only_where_something_was_asked():
    thanks = a_reading(Intent.UNCLEAR, thanks=True)
    assert isinstance(said(a_contact(OPEN, told=last_told(purpose=Purpose.NOTICE)), thanks), Note)
    assert not isinstance(said(a_contact(OPEN, told=last_told(OPEN)), thanks), Note)
    # Of somebody who has a shift they are for that.
    mine = an_offer_view("s2", "31", mine=True, status=ShiftStatus.CLAIMED)
    command = said(a_contact(OPEN, mine, told=last_told(OPEN)), thanks)
    assert isinstance(command, Note)
    assert command.thanks


def test_a_yes_with_two_codes_that_are_both_closed_hears_of_the_later():
    first = an_offer_view("s1", "27", status=ShiftStatus.CLAIMED, closed=hours(2))
    second = an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=hours(1))
    assert accepted(a_contact(first, second), a_reading(Intent.ACCEPT, "27", "31")) == "s2"


@pytest.mark.parametrize("codes", [(), ("99",)])
def test_row_17_a_yes_is_heard_where_a_shift_stands_empty(codes: tuple[str, ...]):
    """Row 17: never swallowed as a yes to nothing, whatever code it has."""
    begun = an_offer_view("s1", "27", starts=OPEN.starts_at - hours(3), status=ShiftStatus.EXPIRED)
    settled = an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=hours(1), told=True)
    contact = a_contact(begun, settled, told=last_told(settled))
    assert accepted(contact, a_reading(Intent.ACCEPT, *codes)) == "s1"


NAMED = last_told(OPEN, purpose=Purpose.TOO_LATE, shift_id="s2")


def test_a_yes_that_came_before_an_answer_named_what_is_open_is_asked_about():
    """Two quick yeses to an offer that is gone: the second has not seen the answer to the first."""
    gone = an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=hours(1), told=True)
    came, now = a_contact(OPEN, gone, told=last_told(gone)), a_contact(OPEN, gone, told=NAMED)
    assert asked(now.answering(came, gone.codes), YES) == ("27",)
    assert accepted(now, YES) == "s1"


def test_a_yes_that_came_when_it_could_mean_two_takes_neither_though_one_of_them_has_closed_since():
    closed = an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=hours(1), told=True)
    came = a_contact(OPEN, an_offer_view("s2", "31"), told=last_told(OPEN, purpose=Purpose.QUESTION))
    assert asked(a_contact(OPEN, closed, told=came.last_told).answering(came, ()), YES) == ("27",)


def test_a_yes_takes_what_it_meant_when_it_came_whatever_was_told_since():
    came = a_contact(OPEN, told=last_told(OPEN))
    now = a_contact(OPEN, told=last_told(purpose=Purpose.NOTICE))
    assert accepted(now.answering(came, OPEN.codes), YES) == "s1"
    assert accepted(a_contact(OPEN).answering(came, OPEN.codes), OK) == "s1"


def test_a_second_ok_that_came_before_the_first_one_s_you_have_the_shift_is_about_that():
    came = a_contact(OPEN, an_offer_view("s2", "31"), told=last_told(an_offer_view("s2", "31")))
    assert accepted(a_contact(OPEN, WON, told=CONFIRMED).answering(came, ("31",)), OK) == "s2"


def test_what_was_never_told_anything_is_answering_nothing():
    never = replace(a_contact(OPEN), last_told=None)
    assert asked(a_contact(OPEN, told=NAMED).answering(never, ()), YES) == ("27",)
