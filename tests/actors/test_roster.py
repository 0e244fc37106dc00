"""Who is awake, and who has died too often."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from pykka import ActorRef

from firstyes.actors.roster import IDLE, WITHIN, Roster

NOW = datetime(2030, 7, 16, 10, tzinfo=UTC)


class FakeRef:
    """As much of a reference as a roster looks at."""

    def __init__(self, name: str) -> None:
        self.actor_urn = name
        self.alive = True

    def is_alive(self) -> bool:
        return self.alive


def a_roster(**limits: int) -> tuple[Roster, list[FakeRef]]:
    woken: list[FakeRef] = []

    def wake(stream: str) -> ActorRef[Any]:
        woken.append(FakeRef(f"{stream}#{len(woken)}"))
        return cast(ActorRef[Any], woken[-1])

    return Roster(wake, **limits), woken


def test_an_actor_is_woken_once_and_found_again() -> None:
    roster, woken = a_roster()
    assert roster.find("shift/a", NOW) is roster.find("shift/a", NOW)
    assert len(woken) == 1


def test_a_dead_actor_is_replaced() -> None:
    roster, woken = a_roster()
    roster.find("shift/a", NOW)
    woken[0].alive = False
    assert cast(FakeRef, roster.find("shift/a", NOW)) is woken[1]


def test_the_longest_idle_sleep_first_when_there_are_too_many() -> None:
    roster, woken = a_roster(most_awake=2)
    for name in ("a", "b", "c"):
        roster.find(name, NOW)
    roster.find("a", NOW)
    assert cast(list[FakeRef], roster.drowsy(NOW)) == [woken[1]]


def test_an_actor_nobody_writes_to_goes_to_sleep() -> None:
    roster, woken = a_roster()
    roster.find("a", NOW)
    assert roster.drowsy(NOW + IDLE - timedelta(seconds=1)) == []
    assert cast(list[FakeRef], roster.drowsy(NOW + IDLE)) == woken


def test_the_third_death_within_a_minute_parks_the_stream() -> None:
    roster, _ = a_roster()
    assert not roster.count_death("a", NOW)
    assert not roster.count_death("a", NOW + timedelta(seconds=1))
    assert roster.count_death("a", NOW + timedelta(seconds=2))
    assert roster.is_parked("a")
    assert not roster.is_parked("b")


def test_deaths_far_apart_park_nobody() -> None:
    roster, _ = a_roster()
    for number in range(10):
        assert not roster.count_death("a", NOW + number * WITHIN)


def test_the_death_of_a_replaced_actor_does_not_strike_out_its_successor() -> None:
    roster, woken = a_roster()
    roster.find("a", NOW)
    woken[0].alive = False
    successor = roster.find("a", NOW)
    roster.forget("a", woken[0].actor_urn)
    assert roster.find("a", NOW) is successor
