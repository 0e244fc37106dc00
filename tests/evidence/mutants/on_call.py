"""Breakages of how whoever is on call is told, and of what others read."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from firstyes.actors.journal import call_rows, transaction
from firstyes.actors.journal.queries import events
from firstyes.domain import on_call
from simulation.violation import Rule

from .breaking import patched, violates

Now = tuple[list[tuple[int, Any]], timedelta | None]


@violates(Rule.ON_CALL)
def only_the_first_is_told() -> Any:
    """Nobody is told after the first on call."""
    return patched((call_rows, "next_called", lambda *given: (on_call.next_called(*given)[0], None)))


@violates(Rule.ON_CALL)
def nobody_waits() -> Any:
    """The next on call is told as soon as the first."""

    def next_called(*given: Any) -> Now:
        now, wait = on_call.next_called(*given)
        return now, wait and timedelta(seconds=1)

    return patched((call_rows, "next_called", next_called))


@violates(Rule.CALLED_ONCE)
def two_are_told_for_one() -> Any:
    """One step of an alert goes to two."""

    def next_called(everybody: Sequence[Any], step: int, channels: Any) -> Now:
        now, wait = on_call.next_called(everybody, step, channels)
        return [*now, *((step, one) for one in everybody[2:3] if now and one is not now[0][1])], wait

    return patched((call_rows, "next_called", next_called))


@violates(Rule.SEEN_TO)
def thanked_for_nothing() -> Any:
    """Who sees to an alert is thanked, and it is not noted."""
    return patched((transaction, "acknowledge_alert", lambda *given: True))


@violates(Rule.EVENTS_ONCE)
def the_last_event_again() -> Any:
    """Each page of events begins with the last one of the page before."""
    return patched((events, "PAGE", events.PAGE.replace("events.id > :after", "events.id >= :after")))


MUTANTS = (
    only_the_first_is_told,
    nobody_waits,
    two_are_told_for_one,
    thanked_for_nothing,
    the_last_event_again,
)
