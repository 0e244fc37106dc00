"""What is known of a phone: until when it stays as it is although nothing happens."""

from dataclasses import replace

import pytest

from firstyes.domain.inbound.contact import ANSWERABLE
from support.builders import NOW, a_contact, an_offer_view, hours


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
