"""Breakages of a fan-out that goes on part by part."""

from dataclasses import replace
from typing import Any

from firstyes.actors.shift_actor import ShiftActor
from firstyes.actors.shift_people import ShiftPeople
from firstyes.domain.shift import decide as shift_decide
from firstyes.domain.shift import declining, fan_out
from firstyes.domain.shift.commands import MeetDeadline, Part
from simulation.violation import Rule

from .breaking import patched, violates


@violates(Rule.ALL_ASKED)
def rest_forgotten_at_the_start() -> Any:
    """A fan-out that a crash cut off is taken to have asked everybody."""
    honest = ShiftActor.replay
    return patched((ShiftActor, "replay", lambda self: replace(honest(self), goes_on_after=None)))


@violates(Rule.ALL_ASKED)
def somebody_skipped_between_two_parts() -> Any:
    """A fan-out goes on behind the one who should be next."""
    honest = ShiftPeople.part

    def part(self: Any) -> Any:
        self._state = replace(self._state, goes_on_after=self._state.goes_on_after + 1)
        return honest(self)

    return patched((ShiftPeople, "part", part))


@violates(Rule.STATUS)
def asks_on_after_the_yes() -> Any:
    """A fan-out goes on although somebody has the shift."""
    honest = fan_out.meet_deadline

    def meet_deadline(state: Any, command: Any) -> Any:
        if state.claimed_by is None or state.goes_on_after is None:
            return honest(state, command)
        part = Part(offers=(), goes_on_after=None)
        return fan_out._ask_on(state, command, part)

    return patched((shift_decide.DECIDERS, MeetDeadline, meet_deadline))


@violates(Rule.ALERTED)
def unfilled_in_silence() -> Any:
    """An outreach that ends without a claim calls nobody."""
    honest = fan_out.unfilled

    def unfilled(*more: Any, **named: Any) -> Any:
        return honest(*more, **named)[:1]

    return patched((fan_out, "unfilled", unfilled), (declining, "unfilled", unfilled))


MUTANTS = (
    rest_forgotten_at_the_start,
    somebody_skipped_between_two_parts,
    asks_on_after_the_yes,
    unfilled_in_silence,
)
