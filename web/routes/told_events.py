"""A shift's events in words, for people who look at its history."""

from collections.abc import Callable, Iterable
from datetime import datetime

from ...actors.records import TimelineEntry
from ...domain import wording
from ...domain.policy import Round
from ...domain.shift import events
from ...domain.shift.events import SHIFT_EVENT, AnyShiftEvent, Offer
from ...domain.shift.shift import Shift
from ...domain.when import day, local

SENTENCES: dict[type[AnyShiftEvent], str] = {
    events.OfferDeclined: "{who} said no",
    events.YesAnswered: "{who} said yes too late and was told so: {event.outcome}",
    events.YesQuestioned: "{who} was asked whether they mean their yes",
    events.OverlapRefused: "{who} said yes but holds shift {event.held_shift_id} at that time",
    events.DropRequested: "{who} cannot come and asks to be let off",
    events.LatenessReported: "{who} is running late",
    events.MoreTold: "more were told of it",
    events.FanOutPaused: "paused",
    events.FanOutResumed: "went on",
    events.ShiftReleased: "{who} gave the shift back",
    events.ShiftCancelled: "cancelled",
    events.ShiftExpired: "expired: its start has passed with nobody on it",
}
"""The events that are told alike, whatever is in them."""


def typed(entry: TimelineEntry) -> AnyShiftEvent:
    """Give the event of an entry of the timeline."""
    return SHIFT_EVENT.validate_python({**entry.details, "at": entry.at, "by": entry.by, "type": entry.type})


class ToldEvents:
    """Tells the events of one shift, with times in its zone and people by name where a name is known."""

    def __init__(self, shift: Shift, zone: str | None, name_of: Callable[[str], str | None]) -> None:
        self._shift = shift
        self._zone = shift.time_zone or zone
        self._name_of = name_of

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
            case events.ShiftPosted(shift=shift, revision=revision):
                told = wording.describe(shift, self._zone)
                return f"posted {told}" if revision == 1 else f"changed to {told} (revision {revision})"
            case events.FanOutStarted(offers=offers):
                rounds = ", then ".join(map(_round, event.rounds))
                return f"fan-out {event.fanout}: {rounds}; offered to {self._told(offers)}"
            case events.RoundStarted(reached=reached, round=number, round_ends_at=ends):
                told = f"{reached} caregiver" + ("" if reached == 1 else "s")
                return f"round {number + 1} started, to {told}, until {self.when(ends)}"
            case events.ReachedAhead(round=number, caregiver_ids=people):
                told = ", ".join(map(self._name, people))
                return f"not reached so far, and told as in round {number + 1}: {told}"
            case events.RoundExtended(round=number, round_ends_at=ends):
                why = "its messages had gone out later, or the clock was set back"
                return f"round {number + 1} lasts until {self.when(ends)}: {why}"
            case events.OffersAdded(offers=offers):
                return f"fan-out {event.fanout}: also offered to {self._told(offers)}"
            case events.OfferMoved(offer=offer):
                return f"{self._name(offer.caregiver_id)} is told at another phone from now on (code {offer.code})"
            case events.ShiftClaimed(caregiver_id=one, override=override):
                how = "claimed by" if event.by == f"caregiver:{one}" else "assigned to"
                although = f", although it overlaps another shift: {override}" if override else ""
                return f"{how} {self._name(one)}{although}"
            case events.OfferPutOff(caregiver_id=one, until=until):
                busy = "" if until is None else f"is busy until {self.when(until)}"
                return f"{self._name(one)} {busy or 'says maybe and is asked last'}"
            case events.ShiftUnfilled(reason=reason):
                return f"unfilled: {reason.replace('_', ' ')}"
            case events.CoordinatorAlerted(kind=kind, message=message):
                return f"coordinator alerted ({kind.replace('_', ' ')}): {message}"
            case _:
                who = self._name(getattr(event, "caregiver_id", ""))
                return SENTENCES[type(event)].format(who=who, event=event)

    def _told(self, offers: Iterable[Offer]) -> str:
        return ", ".join(f"{self._name(one.caregiver_id)} (code {one.code})" for one in offers)

    def _name(self, caregiver_id: str) -> str:
        return self._name_of(caregiver_id) or caregiver_id


def _round(one: Round) -> str:
    minutes, seconds = divmod(one.wait, 60)
    wait = " ".join(
        part for part in (f"{minutes} min" * bool(minutes), f"{seconds} s" * bool(seconds)) if part
    )
    return f"{one.channel} for {wait}"
