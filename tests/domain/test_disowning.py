"""Somebody took a shift by a call to us, from a number that can be forged."""

from typing import Any

import pytest

from firstyes.domain.answer import Status
from firstyes.domain.decision import Decision
from firstyes.domain.shift.commands import AcceptOffer, DisownClaim
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import Life, an_outreach, minutes, offered


def called_in(life: Life, name: str) -> Decision[Any]:
    """Say yes by a call to us."""
    return life.do(AcceptOffer(at=life.now, by=f"caregiver:{name}", caregiver_id=name, called_in=True))


def disown(life: Life, name: str, *others: str) -> Decision[Any]:
    """Say no to it, while these could be asked instead."""
    outreach = an_outreach(*others)
    return life.do(DisownClaim(at=life.now, by=f"caregiver:{name}", caregiver_id=name, outreach=outreach))


def test_the_confirmation_says_how_to_undo_it() -> None:
    # given
    life = offered("alma", "ben")
    # when
    [told] = called_in(life, "alma").messages
    # then
    assert told.body == (
        "You have the shift: RN Sun Jul 14 7am-3pm, taken by a call to us. If that was not you, reply NO 28."
    )


def test_a_no_frees_the_shift_offers_it_anew_and_calls_a_person() -> None:
    # given
    life = offered("alma", "ben")
    called_in(life, "alma")
    # when
    decision = disown(life, "alma", "ben")
    # then
    assert decision.answer.status is Status.ACKNOWLEDGED
    assert "You are off the shift" in decision.answer.message
    assert life.types == ["shift_released", "fan_out_started", "coordinator_alerted"]
    assert [(one.caregiver_id, one.purpose) for one in decision.messages] == [
        ("alma", "release"),
        ("ben", "offer"),
    ]
    assert (life.state.status, life.state.claimed_by) == (ShiftStatus.OFFERING, None)


def taken_by_text(life: Life) -> None:
    life.yes("alma")


def confirmed_by_text(life: Life) -> None:
    called_in(life, "alma")
    life.yes("alma")


def begun(life: Life) -> None:
    called_in(life, "alma")
    life.now = life.shift.start_time


def taken_anew(life: Life) -> None:
    called_in(life, "ben")
    life.release_to("alma")
    life.yes("alma")


@pytest.mark.parametrize("happened", [taken_by_text, confirmed_by_text, begun, taken_anew])
def test_otherwise_a_no_asks_the_coordinator_as_ever(happened: Any) -> None:
    # given
    life = offered("alma", "ben")
    happened(life)
    life.wait(minutes(1))
    # when
    disown(life, "alma", "ben")
    # then
    assert "drop_requested" in life.types
    assert life.state.claimed_by == "alma"


def test_a_no_of_somebody_else_is_only_that() -> None:
    life = offered("alma", "ben")
    called_in(life, "alma")
    disown(life, "ben", "carla")
    assert life.state.claimed_by == "alma"
