"""Who is awake, and who has died too often."""

from datetime import UTC, datetime
from typing import Any, cast

from pykka import ActorRef

from firstyes.actors.live_actors import WITHIN, LiveActors

NOW = datetime(2030, 7, 16, 10, tzinfo=UTC)


class FakeRef:
    """As much of a reference as is looked at."""

    def __init__(self, name: str) -> None:
        self.actor_urn = name
        self.alive = True

    def is_alive(self) -> bool:
        return self.alive


def live_actors(**limits: int) -> tuple[LiveActors, list[FakeRef]]:
    woken: list[FakeRef] = []

    def wake(stream: str) -> ActorRef[Any]:
        woken.append(FakeRef(f"{stream}#{len(woken)}"))
        return cast(ActorRef[Any], woken[-1])

    return LiveActors(wake, **limits), woken


def test_the_longest_idle_sleep_first_when_there_are_too_many() -> None:
    live, woken = live_actors(most_awake=2)
    for name in ("a", "b", "c"):
        live.find(name, NOW)
    live.find("a", NOW)
    assert cast(list[FakeRef], live.drowsy(NOW)) == [woken[1]]


def test_deaths_far_apart_park_nobody() -> None:
    live, _ = live_actors()
    for number in range(10):
        assert not live.count_death("a", NOW + number * WITHIN)


def test_the_death_of_a_replaced_actor_does_not_strike_out_its_successor() -> None:
    live, woken = live_actors()
    live.find("a", NOW)
    woken[0].alive = False
    successor = live.find("a", NOW)
    live.forget("a", woken[0].actor_urn)
    assert live.find("a", NOW) is successor
