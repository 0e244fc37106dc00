"""What a yes is for: one shift, or a question. We never guess."""

import pytest

from firstyes.domain.conversation.state import TellNothingOpen
from firstyes.domain.inbound.destination import ToShift
from firstyes.domain.message import Purpose
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift.commands import AcceptOffer
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import NOW, a_contact, a_reading, an_offer_view, hours, last_told, minutes
from support.routed import YES, accepted, asked, routed, said


def test_a_bare_yes_with_one_live_offer_takes_it():
    # given
    contact = a_contact(an_offer_view("s1", "27"))
    # when
    destination = routed(contact, YES)
    # then
    assert destination == ToShift(
        "s1",
        AcceptOffer(at=NOW, by="caregiver:alma", caregiver_id="alma", message_id="m1", written_at=NOW),
    )


@pytest.mark.fault(21)
def test_a_bare_yes_with_two_live_offers_is_asked_which():
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31", starts=NOW + hours(1)))
    assert asked(contact, YES) == ("31", "27")


@pytest.mark.fault(21)
def test_row_19_a_bare_yes_hears_what_closed_a_moment_ago_untold_and_what_is_open():
    # given
    contact = a_contact(
        an_offer_view("s1", "27"),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(9)),
    )
    # when
    destination = routed(contact, YES)
    # then
    assert isinstance(destination, ToShift)
    assert isinstance(destination.command, AcceptOffer)
    assert destination.shift_id == "s2"
    assert [one.code for one in destination.command.open] == ["27"]


def test_a_bare_yes_after_a_no_is_asked_which_while_another_offer_is_open():
    # given
    passed = an_offer_view("s2", "31", declined=True)
    contact = a_contact(an_offer_view("s1", "27"), passed, told=last_told(passed))
    # then
    assert asked(contact, YES) == ("27", "31")


def test_row_19_the_next_bare_yes_means_the_one_that_was_named_open():
    """Several closed, none of which they were told of but one: what we said last leaves one thing to mean."""
    # given
    open_ = an_offer_view("s1", "27")
    contact = a_contact(
        open_,
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(9), told=True),
        an_offer_view("s3", "32", status=ShiftStatus.CLAIMED, closed=minutes(8)),
        told=last_told(open_, purpose=Purpose.TOO_LATE, shift_id="s2"),
    )
    # then
    assert accepted(contact, YES) == "s1"


@pytest.mark.parametrize(
    "other",
    [
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(11)),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(9), told=True),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(9), declined=True),
        an_offer_view("s2", "31", declined=True),
        an_offer_view("s2", "31", starts=NOW),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(3), mine=True),
        an_offer_view("s1", "31", status=ShiftStatus.UNFILLED, closed=minutes(1)),
    ],
    ids=[
        "closed long ago",
        "told already",
        "passed on before it closed",
        "passed on",
        "begun",
        "won a while ago",
        "an earlier fan-out of the same shift",
    ],
)
def test_a_bare_yes_takes_the_live_offer_when_the_other_cannot_be_meant(other):
    contact = a_contact(other, an_offer_view("s1", "27"))
    assert accepted(contact, YES) == "s1"


@pytest.mark.fault(10)
def test_the_echo_of_a_yes_that_just_won_does_not_take_another_shift():
    """A handset sent the yes twice; between the two this person won s2."""
    contact = a_contact(
        an_offer_view("s1", "27"),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(1), mine=True),
    )
    assert asked(contact, YES) == ("27",)


@pytest.mark.fault(17)
def test_a_bare_yes_to_the_one_that_just_closed_goes_there_to_be_told():
    contact = a_contact(an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=minutes(1)))
    assert accepted(contact, YES) == "s1"


def test_a_bare_yes_after_several_closed_goes_to_the_latest_of_them():
    contact = a_contact(
        an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=minutes(5)),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(2)),
    )
    assert accepted(contact, YES) == "s2"


def test_of_two_that_closed_in_the_same_moment_the_later_shift_is_meant_however_they_are_listed():
    sooner = an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=minutes(5))
    later = an_offer_view("s2", "31", starts=NOW + hours(9), status=ShiftStatus.CLAIMED, closed=minutes(5))
    assert accepted(a_contact(sooner, later), YES) == accepted(a_contact(later, sooner), YES) == "s2"


def test_a_bare_yes_long_after_prefers_the_shift_they_have():
    contact = a_contact(
        an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=hours(5), mine=True),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=hours(2)),
    )
    assert accepted(contact, YES) == "s1"


def test_a_bare_yes_to_a_shift_that_has_begun_goes_there_to_be_told():
    assert accepted(a_contact(an_offer_view("s1", starts=NOW)), YES) == "s1"


@pytest.mark.fault(18)
def test_a_bare_yes_after_a_no_takes_the_offer_that_was_passed_on():
    assert accepted(a_contact(an_offer_view("s1", declined=True)), YES) == "s1"


def test_a_bare_yes_after_two_noes_is_asked_which():
    contact = a_contact(an_offer_view("s1", declined=True), an_offer_view("s2", "31", declined=True))
    assert asked(contact, YES) == ("27", "31")


def test_a_bare_yes_never_takes_a_passed_offer_while_two_just_closed():
    """The yes may be for either of those that closed; the one passed on is not taken by a guess."""
    contact = a_contact(
        an_offer_view("s1", declined=True),
        an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=minutes(2)),
        an_offer_view("s3", "32", status=ShiftStatus.CLAIMED, closed=minutes(3)),
    )
    assert accepted(contact, YES) == "s2"


def test_a_bare_yes_without_any_offer_is_told_that_nothing_is_open():
    assert isinstance(said(a_contact(), YES), TellNothingOpen)


@pytest.mark.fault(21)
def test_a_code_settles_which():
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"))
    assert accepted(contact, a_reading(Intent.ACCEPT, "31")) == "s2"


@pytest.mark.parametrize(
    "offer",
    [
        an_offer_view("s1", "27", status=ShiftStatus.CANCELLED, closed=hours(20)),
        an_offer_view("s1", "27", status=ShiftStatus.CLAIMED, closed=hours(20), told=True),
        an_offer_view("s1", "27", declined=True),
    ],
    ids=["called off", "taken and told", "passed on"],
)
def test_a_code_names_its_offer_whatever_became_of_it(offer):
    contact = a_contact(offer, an_offer_view("s2", "31"))
    assert accepted(contact, a_reading(Intent.ACCEPT, "27")) == "s1"


@pytest.mark.parametrize(("former", "outdated"), [(("27",), ()), ((), ("27",))])
def test_the_code_of_an_earlier_offer_hears_what_became_of_the_shift(
    former: tuple[str, ...], outdated: tuple[str, ...]
):
    taken = an_offer_view(
        "s1", "31", status=ShiftStatus.CLAIMED, closed=hours(1), former=former, outdated=outdated
    )
    assert accepted(a_contact(taken, an_offer_view("s2", "44")), a_reading(Intent.ACCEPT, "27")) == "s1"


@pytest.mark.fault(33)
def test_the_code_of_an_offer_on_other_terms_takes_nothing_while_the_shift_is_offered_anew():
    again = an_offer_view("s1", "31", outdated=("27",))
    assert asked(a_contact(again), a_reading(Intent.ACCEPT, "27")) == ("31",)


def test_the_code_of_an_earlier_offer_on_the_same_terms_takes_the_shift():
    assert (
        accepted(a_contact(an_offer_view("s1", "31", former=("27",))), a_reading(Intent.ACCEPT, "27")) == "s1"
    )


def test_a_code_given_anew_means_its_new_offer():
    contact = a_contact(
        an_offer_view("s1", "31", status=ShiftStatus.CLAIMED, closed=hours(1), former=("27",)),
        an_offer_view("s2", "27"),
    )
    assert accepted(contact, a_reading(Intent.ACCEPT, "27")) == "s2"


@pytest.mark.fault(14)
def test_a_code_is_enough_before_anything_is_known_of_the_text_that_carried_it():
    """What a carrier calls our text plays no part: phone and code find the offer."""
    assert accepted(a_contact(an_offer_view("s1", "27")), a_reading(Intent.ACCEPT, "27")) == "s1"


def test_a_yes_with_a_wrong_code_takes_nothing_and_is_asked():
    assert asked(a_contact(an_offer_view("s1", "27")), a_reading(Intent.ACCEPT, "99")) == ("27",)


def test_a_yes_with_a_wrong_code_and_nothing_open_is_told_so():
    assert isinstance(said(a_contact(), a_reading(Intent.ACCEPT, "99")), TellNothingOpen)


def test_a_yes_with_two_codes_is_asked_which_of_the_two():
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"), an_offer_view("s3", "44"))
    assert asked(contact, a_reading(Intent.ACCEPT, "27", "31")) == ("27", "31")


def test_a_yes_with_two_codes_of_which_one_is_closed_is_asked_about_the_open_one():
    contact = a_contact(
        an_offer_view("s1", "27"), an_offer_view("s2", "31", status=ShiftStatus.CLAIMED, closed=hours(1))
    )
    assert asked(contact, a_reading(Intent.ACCEPT, "27", "31")) == ("27",)


def test_a_code_that_nobody_gave_the_holder_of_a_shift_is_answered_with_what_they_have():
    mine = an_offer_view("s1", "27", mine=True, status=ShiftStatus.CLAIMED)
    command = said(a_contact(mine, told=last_told(mine)), a_reading(Intent.ACCEPT, "99"))
    assert isinstance(command, TellNothingOpen)
    assert [choice.shift_id for choice in command.yours] == ["s1"]
