"""The phone wall: a newcomer fills a shift without a phone."""

import pytest

from firstyes.actors.runtime.clock import MovableClock, SystemClock
from firstyes.web.console.rush import NAMES
from support.pages import Pages
from support.patience import PATIENCE
from support.world import World

WALL = "/console/phones"


def test_a_newcomer_fills_a_shift_on_the_wall(world: World, pages: Pages) -> None:
    # given
    world.caregivers("alma", "bea")
    world.shift()
    # when
    pages.press(WALL, "Offer now")
    world.desk.settle()
    assert "Open shift RN" in pages.text(WALL)
    pages.press(WALL, "Send", text="sure I can")
    # then
    assert world.record().claimed_by == "alma"
    assert "You have the shift" in pages.text(WALL)
    pages.press(WALL, "Yes", nth=1)
    world.desk.settle()
    assert "has been taken by someone else" in pages.text(WALL)


def test_a_phone_rings_and_is_answered_by_a_key(world: World, pages: Pages) -> None:
    # given
    world.asked("alma")
    pages.press(WALL, "Fly to the next step")
    world.desk.settle()
    assert "Ringing" in pages.text(WALL)
    # when
    form = pages.form(WALL, "1: take it2: pass")
    pages.send(form, press="1")
    world.desk.carrier.settle(PATIENCE)  # type: ignore[attr-defined]
    # then
    assert world.record().claimed_by == "alma"
    again = pages.text(pages.send(form, press="1", key="another").headers["Location"])
    assert "does not ring any more" in again
    assert "does not ring any more" in pages.text(pages.send(form, press="9", key="odd").headers["Location"])


def test_a_call_that_is_let_ring_stops(world: World, pages: Pages) -> None:
    world.asked("alma")
    world.later(601)
    world.clock.advance(30)
    assert "Ringing" not in pages.text(WALL)


@pytest.mark.parametrize(
    ("seconds", "flown"), [("60", 60.0), ("3600", 3600.0), ("", 0.0), ("-5", 0.0), ("x", 0.0)]
)
def test_time_flies(world: World, pages: Pages, seconds: str, flown: float) -> None:
    before = world.clock.now()
    pages.send(pages.form(WALL, "Fly 1 minute"), seconds=seconds)
    assert (world.clock.now() - before).total_seconds() == flown


def test_a_rush_is_thirty_people_one_winner_and_every_odd_answer(world: World, pages: Pages) -> None:
    # when
    shown = pages.press(WALL, "Play a rush at 5 a.m.")
    assert "offered to 30 caregivers" in shown
    for _ in range(8):
        world.clock.advance(10)
        world.desk.carrier.settle(PATIENCE)  # type: ignore[attr-defined]
        world.desk.settle()
    # then
    [shift] = world.desk.shifts().items
    assert shift.status == "claimed"
    answers = {one.answer for one in world.record(shift.id).offers or ()}
    assert {"accepted", "declined", "late_yes", None} <= answers
    assert len(world.desk.caregivers().items) == len(NAMES) == 30
    # when it is played again
    world.clock.advance(1)
    pages.press(WALL, "Play a rush at 5 a.m.")
    assert len(world.desk.caregivers().items) == 30


def test_the_wall_shows_whose_phones_are_asked_for(world: World, pages: Pages) -> None:
    world.caregivers(*(f"rn{number}" for number in range(8)))
    world.caregivers("carl", role="CNA")
    assert pages.text(WALL).count('class="phone"') == 6
    assert 'id="phone-carl"' in pages.text(f"{WALL}?role=CNA")


def test_who_was_texted_is_on_the_wall_before_all_others(world: World, pages: Pages) -> None:
    # given
    world.caregivers(*(f"a{number}" for number in range(8)), role="CNA")
    # when
    world.asked("zoe")
    # then
    assert 'id="phone-zoe"' in pages.text(WALL)


def test_a_clock_that_can_be_moved_goes_on_from_there() -> None:
    clock = MovableClock()
    clock.advance(3600)
    ahead = (clock.now() - SystemClock().now()).total_seconds()
    assert 3590 < ahead <= 3600
