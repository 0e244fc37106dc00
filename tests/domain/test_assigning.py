"""The coordinator gives a shift to somebody by hand."""

from typing import Any

import pytest

from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Refusal, Status
from firstyes.domain.shift.commands import AssignShift
from firstyes.domain.shift.decide import decide
from firstyes.domain.shift.events import OfferMoved, OffersAdded, ShiftClaimed
from firstyes.domain.shift.shift import ShiftStatus
from firstyes.domain.shift.state import ShiftState
from support.builders import (
    NOW,
    Life,
    a_shift,
    an_offer,
    claimed,
    hours,
    minutes,
    offered,
)


def test_whoever_is_assigned_has_the_shift_and_is_told_as_for_a_yes():
    # given
    life = Life(a_shift(time_zone=None))
    # when
    decision = life.assign("zoe")
    # then
    assert decision.answer.message == "RN Sun Jul 14 7am-3pm is assigned to Zoe."
    assert life.types == ["offers_added", "shift_claimed"]
    assert life.state.claimed_by == "zoe"
    [message] = decision.messages
    assert (message.purpose, message.contact_id) == ("confirmation", 90)
    assert message.body.startswith("You have the shift: RN Sun Jul 14 7am-3pm.")
    claimed = life.events[-1]
    assert isinstance(claimed, ShiftClaimed)
    assert (claimed.by, claimed.fanout, claimed.override) == ("coordinator", 1, None)


def test_whoever_is_assigned_answers_as_a_winner_does():
    # given
    life = Life()
    life.assign("zoe")
    # then
    assert "is already yours" in life.yes("zoe").answer.message
    life.no("zoe")
    assert life.types == ["drop_requested", "coordinator_alerted"]


def test_while_it_is_offered_the_assigned_joins_the_fan_out_and_the_others_hear_that_it_is_taken():
    # given
    life = offered("alma", "ben")
    # when
    life.assign("zoe")
    # then
    added = life.events[-2]
    assert isinstance(added, OffersAdded)
    assert (added.fanout, added.zone) == (1, None)
    assert life.yes("alma").answer.status is Status.ALREADY_CLAIMED


def test_whoever_joins_a_fan_out_by_hand_has_their_offer_as_long_as_all_others():
    life = offered("alma")
    life.wait(hours(2) - minutes(3))
    life.assign("zoe")
    assert life.state.offers["zoe"].open_until == life.state.offers["alma"].open_until == NOW + hours(2)


def test_somebody_who_was_offered_it_is_assigned_it_by_the_same_offer():
    # given
    life = offered("alma", "ben")
    # when
    life.assign("ben", offer=life.state.offers["ben"].offer)
    # then
    assert life.types == ["shift_claimed"]


def test_an_offer_at_a_former_phone_moves_with_the_assignment():
    # given
    life = offered("alma", "ben")
    # when
    decision = life.assign("ben", offer=an_offer("ben", "44", contact_id=77))
    # then
    assert isinstance(life.events[-2], OfferMoved)
    assert [one.contact_id for one in decision.messages] == [77]


def test_row_31_a_release_by_mistake_is_undone():
    # given
    life = claimed("alma", "ben")
    life.release_to("ben")
    # when
    life.assign("alma", offer=life.state.offers["alma"].offer)
    # then
    assert life.state.claimed_by == "alma"
    assert life.state.released == frozenset()
    assert life.yes("alma").answer.status is Status.SUCCESS


@pytest.mark.parametrize("where", ["pending", "offering", "unfilled", "expired", "begun"])
def test_until_the_end_an_open_shift_can_be_assigned(where: str):
    # given
    life = Life()
    if where != "pending":
        life.offer_to("alma")
    if where == "unfilled":
        life.no("alma")
    if where in {"expired", "begun"}:
        life.now = life.shift.end_time - minutes(1)
    if where == "expired":
        life.deadline()
    # then
    assert life.assign("zoe").answer.status is Status.SUCCESS
    assert life.state.status is ShiftStatus.CLAIMED
    assert life.state.next_deadline is None


def refusal(life: Life, **details: Any) -> Refusal | None:
    decision = life.assign("zoe", **details)
    assert (decision.events, decision.messages) == ((), ())
    return decision.answer.refusal


def test_there_is_never_a_second_holder():
    # given
    life = claimed("alma")
    # then
    assert refusal(life) is Refusal.ALREADY_CLAIMED
    assert refusal(life, override="I say so") is Refusal.ALREADY_CLAIMED
    assert life.state.claimed_by == "alma"


def test_assigning_it_again_to_the_same_one_changes_nothing():
    # given
    life = Life()
    life.assign("zoe")
    # when
    decision = life.assign("zoe")
    # then
    assert decision.answer.message == "RN Sun Jul 14 7am-3pm is Zoe's already."
    assert (decision.events, decision.messages) == ((), ())


@pytest.mark.parametrize(
    ("details", "why"),
    [
        ({"active": False}, "Zoe is not active."),
        ({"role_keys": ("cna",)}, "Zoe does not have the role RN."),
    ],
)
def test_whoever_does_not_qualify_is_not_assigned(details: dict[str, Any], why: str):
    life = Life()
    assert refusal(life, **details) is Refusal.NOT_QUALIFIED
    assert life.last.answer.message == why


def test_somebody_of_another_organization_is_nobody_here():
    life = Life()
    assert refusal(life, organization_id="riverside") is Refusal.UNKNOWN
    assert "Zoe" not in life.last.answer.message


def test_a_shift_that_was_called_off_or_is_over_is_not_assigned():
    life = Life()
    life.now = life.shift.end_time
    assert refusal(life) is Refusal.CLOSED
    life.now = NOW
    life.cancel()
    assert refusal(life) is Refusal.CLOSED


def test_an_overlap_is_refused_unless_there_is_a_reason_which_the_claim_then_carries():
    # given
    life = Life()
    held = a_shift("other", starts=NOW + hours(3), role="LPN")
    # then
    assert refusal(life, held=held) is Refusal.OVERLAP
    assert life.last.answer.message == (
        "Zoe has LPN Sun Jul 14 8am-4pm, which overlaps RN Sun Jul 14 7am-3pm."
        ' To assign it all the same, give a reason ("override").'
    )
    # when
    life.assign("zoe", held=held, override="she swaps at noon")
    # then
    claimed = life.events[-1]
    assert isinstance(claimed, ShiftClaimed)
    assert claimed.override == "she swaps at noon"


def test_a_reason_where_nothing_overlaps_is_not_kept():
    life = Life()
    life.assign("zoe", override="to be safe")
    assert life.events[-1].override is None


def test_whoever_no_text_reaches_is_assigned_and_a_person_is_called_at_once():
    # given
    life = Life()
    # when
    decision = life.assign("zoe", reachable=False)
    # then
    assert life.state.claimed_by == "zoe"
    assert decision.messages == ()
    assert (life.events[-1].kind, life.events[-1].caregiver_id) == (AlertKind.NOT_TOLD, "zoe")
    assert "call them yourself" in decision.answer.message


def test_row_58_an_assignment_that_names_another_version_does_nothing():
    life = Life()
    assert refusal(life, version=9) is Refusal.MOVED_ON
    assert life.assign("zoe", version=1).answer.status is Status.SUCCESS


def test_nothing_is_assigned_to_nobody_and_nobody_to_nothing():
    life = Life()
    unknown = life.do(AssignShift(at=NOW, by="coordinator", caregiver_id="zoe")).answer
    assert (unknown.refusal, unknown.shift_id) == (Refusal.UNKNOWN, "s1")
    nowhere = decide(ShiftState(), AssignShift(at=NOW, by="coordinator", caregiver_id="zoe"))
    assert nowhere.answer.refusal is Refusal.UNKNOWN
