"""A shift's events in words, for people who look at its history."""

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from ...actors.records import TimelineEntry
from ...domain import wording
from ...domain.policy import Round, Rounds
from ...domain.shift.events import (
    SHIFT_EVENT,
    AnyShiftEvent,
    CoordinatorAlerted,
    DropRequested,
    FanOutStarted,
    LatenessReported,
    OfferDeclined,
    OfferMoved,
    OffersAdded,
    OverlapRefused,
    RoundStarted,
    ShiftCancelled,
    ShiftClaimed,
    ShiftExpired,
    ShiftPosted,
    ShiftReleased,
    ShiftUnfilled,
    YesAnswered,
    YesQuestioned,
)
from ...domain.shift.shift import Shift
from ...domain.when import day, local


def typed(entry: TimelineEntry) -> AnyShiftEvent:
    """Give the event of an entry of the timeline."""
    return SHIFT_EVENT.validate_python({**entry.details, "at": entry.at, "by": entry.by, "type": entry.type})


class ToldEvents:
    """Tells the events of one shift, with times in its zone and people by name where a name is known."""

    def __init__(self, shift: Shift, zone: str | None, names: Mapping[str, str]) -> None:
        self._shift = shift
        self._zone = shift.time_zone or zone
        self._names = names

    @property
    def title(self) -> str:
        """Give "RN Tue Jul 14 7am-3pm"."""
        return wording.describe(self._shift, self._zone)

    def when(self, at: datetime) -> str:
        """Give "Tue Jul 14 05:00:12.345", in the zone of the shift or with the offset it was posted with."""
        zoned = local(at, self._zone) if self._zone else at.astimezone(self._shift.start_time.tzinfo)
        return f"{day(zoned, 'en')} {zoned:%H:%M:%S}.{zoned.microsecond // 1000:03}"

    def who(self, by: str) -> str:
        """Give who did it: "Alma Reyes" for "caregiver:alma"."""
        kind, _, caregiver_id = by.partition(":")
        return self._name(caregiver_id) if kind == "caregiver" else by

    def what(self, event: AnyShiftEvent) -> str:
        """Tell one event in a sentence."""
        match event:
            case ShiftPosted(shift=shift, revision=revision):
                told = wording.describe(shift, self._zone)
                return f"posted {told}" if revision == 1 else f"changed to {told} (revision {revision})"
            case FanOutStarted(offers=offers):
                told = ", ".join(f"{self._name(one.caregiver_id)} (code {one.code})" for one in offers)
                return f"fan-out {event.fanout}: {_rounds(event.rounds)}; offered to {told}"
            case RoundStarted(reached=reached, round=number, round_ends_at=ends):
                return f"round {number + 1} started, to {_caregivers(reached)}, until {self.when(ends)}"
            case OffersAdded(offers=offers):
                told = ", ".join(f"{self._name(one.caregiver_id)} (code {one.code})" for one in offers)
                return f"fan-out {event.fanout}: also offered to {told}"
            case OfferMoved(offer=offer):
                return f"{self._name(offer.caregiver_id)} is told at another phone from now on (code {offer.code})"
            case ShiftClaimed(caregiver_id=one, override=override):
                how = "claimed by" if event.by == f"caregiver:{one}" else "assigned to"
                although = f", although it overlaps another shift: {override}" if override else ""
                return f"{how} {self._name(one)}{although}"
            case OfferDeclined(caregiver_id=one):
                return f"{self._name(one)} said no"
            case YesAnswered(caregiver_id=one, outcome=outcome):
                return f"{self._name(one)} said yes too late and was told so: {outcome}"
            case YesQuestioned(caregiver_id=one):
                return f"{self._name(one)} was asked whether they mean their yes"
            case OverlapRefused(caregiver_id=one, held_shift_id=held):
                return f"{self._name(one)} said yes but holds shift {held} at that time"
            case DropRequested(caregiver_id=one):
                return f"{self._name(one)} cannot come and asks to be let off"
            case LatenessReported(caregiver_id=one):
                return f"{self._name(one)} is running late"
            case ShiftReleased(caregiver_id=one):
                return f"{self._name(one)} gave the shift back"
            case ShiftUnfilled(reason=reason):
                return f"unfilled: {reason.replace('_', ' ')}"
            case ShiftCancelled():
                return "cancelled"
            case ShiftExpired():
                return "expired: its start has passed with nobody on it"
            case CoordinatorAlerted(kind=kind, message=message):
                return f"coordinator alerted ({kind.replace('_', ' ')}): {message}"
            case _:  # pragma: no cover
                assert_never(event)

    def _name(self, caregiver_id: str) -> str:
        return self._names.get(caregiver_id, caregiver_id)


def _caregivers(count: int) -> str:
    return f"{count} caregiver" + ("" if count == 1 else "s")


def _rounds(rounds: Rounds) -> str:
    return ", then ".join(_round(one) for one in rounds)


def _round(one: Round) -> str:
    minutes, seconds = divmod(one.wait, 60)
    wait = " ".join(
        part for part in (f"{minutes} min" * bool(minutes), f"{seconds} s" * bool(seconds)) if part
    )
    return f"{one.channel} for {wait}"
