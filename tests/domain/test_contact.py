"""What is known of a phone: until when it stays as it is although nothing happens, and what becomes of an offer."""

from dataclasses import replace

import pytest

from firstyes.domain.inbound.contact import ANSWERABLE, ShiftProgress
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import NOW, a_contact, an_offer_view, hours, minutes


def test_it_looks_different_when_the_first_of_its_offers_ends():
    sooner = replace(an_offer_view("s1"), open_until=NOW + hours(2))
    later = replace(an_offer_view("s2"), open_until=NOW + hours(5))
    assert a_contact(later, sooner).unchanged_until(NOW) == NOW + hours(2)


def test_what_has_ended_is_there_as_long_as_it_can_be_answered():
    ended = replace(an_offer_view("s1"), open_until=NOW - hours(1))
    assert a_contact(ended).unchanged_until(NOW) == NOW - hours(1) + ANSWERABLE


@pytest.mark.parametrize(
    ("ends", "until"), [(None, NOW + ANSWERABLE), (NOW, NOW + ANSWERABLE), (NOW - ANSWERABLE, NOW)]
)
def test_what_ends_now_can_be_meant_for_a_while_and_then_no_more(ends, until):
    """One of which it is not said when it ends counts as ending now."""
    offer = replace(an_offer_view("s1"), open_until=ends)
    assert a_contact(offer).unchanged_until(NOW) == until


def test_without_offers_it_is_looked_up_again_some_day():
    assert a_contact().unchanged_until(NOW) == NOW + ANSWERABLE


def test_a_former_code_can_be_meant_as_long_as_its_own_offer():
    offer = replace(an_offer_view(former=("26",)), open_until=NOW + hours(90), former_until=NOW - hours(1))
    assert a_contact(offer).unchanged_until(NOW) == NOW - hours(1) + ANSWERABLE


@pytest.mark.parametrize(("holder", "mine"), [("alma", True), ("bea", False)])
def test_once_its_shift_is_claimed_an_offer_is_closed_and_the_holders(holder, mine):
    seen = an_offer_view().once(ShiftProgress(ShiftStatus.CLAIMED, holder, NOW))
    assert (seen.status, seen.live, seen.asking, seen.closed_at) == (ShiftStatus.CLAIMED, False, False, NOW)
    assert (seen.taken, seen.mine) == (True, mine)


def test_an_unfilled_shift_is_still_open_and_nobody_is_asked_any_more():
    seen = an_offer_view().once(ShiftProgress(ShiftStatus.UNFILLED, None, None))
    assert (seen.live, seen.asking, seen.closed_at, seen.taken) == (True, False, None, False)


def test_what_was_closed_before_stays_closed_since_then():
    closed = an_offer_view(status=ShiftStatus.CANCELLED, closed=minutes(5))
    seen = closed.once(ShiftProgress(ShiftStatus.EXPIRED, None, NOW))
    assert (seen.status, seen.live, seen.closed_at) == (ShiftStatus.EXPIRED, False, NOW - minutes(5))


def test_what_was_closed_is_closed_since_then_however_far_the_shift_comes_later():
    taken = ShiftProgress(ShiftStatus.CLAIMED, "alma", NOW)
    over = ShiftProgress(ShiftStatus.EXPIRED, None, NOW + hours(1))
    assert taken.then(over) == ShiftProgress(ShiftStatus.EXPIRED, None, NOW)
    unfilled = ShiftProgress(ShiftStatus.UNFILLED, None, None)
    assert unfilled.then(taken) == taken
