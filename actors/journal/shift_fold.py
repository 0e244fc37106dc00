"""What the rows of one shift must be, from its events alone, and where the stored ones differ."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from sqlite3 import Cursor

from ...domain.closing import Closing, closes
from ...domain.shift.events import (
    AnyShiftEvent,
    CoordinatorAlerted,
    FanOutStarted,
    OfferDeclined,
    OfferMoved,
    OffersAdded,
    ShiftCancelled,
    ShiftClaimed,
    ShiftExpired,
    ShiftPosted,
    ShiftReleased,
    YesAnswered,
)
from ...domain.shift.state import ShiftState, evolve
from .instants import to_micros
from .shift_rows import SAME, fanout_row, whole_row

COLUMNS = f"key, shift_id, {SAME}"
SHIFT = f"SELECT {COLUMNS} FROM shifts WHERE key = ?"  # noqa: S608 - no value is in it
FANOUTS = "SELECT shift, number, revision, started_at, zone, open_until, closed_at, outcome FROM fanouts WHERE shift = ? ORDER BY number"
CLAIMS = "SELECT fanout, caregiver_id, starts, ends, claimed_at, override, released_at FROM claims WHERE shift = ? ORDER BY id"
OFFERS = (
    "SELECT fanout, caregiver_id, contact_id, code, open_until, declined_at, told_at FROM offers "
    "WHERE shift = ?1 AND fanout BETWEEN 1 AND ?2"
)
ALERTS = "SELECT kind, coalesce(caregiver_id, ''), at, last_at, closed_at IS NULL FROM alerts WHERE shift = ?"
REVISION, CLOSED_AT = 2, 6


@dataclass(slots=True)
class OfferFold:
    """One offer. Of several noes or answers in one commit any may have left its instant."""

    contact_id: int
    code: str
    open_until: int
    declined: set[int | None] = field(default_factory=set)
    told: set[int | None] = field(default_factory=set)


class ShiftFold:
    """One shift's events, taken one by one."""

    def __init__(self, key: int, shift_id: str) -> None:
        """Begin with nothing."""
        self.state = ShiftState()
        self._key = key
        self._shift_id = shift_id
        self._fanouts: dict[int, list[object]] = {}
        self._claims: list[list[object]] = []
        self._offers: dict[tuple[int, str], OfferFold] = {}
        self._raised: list[tuple[str, str, int]] = []
        self._closings: list[tuple[Closing, int]] = []

    def take(self, event: AnyShiftEvent) -> None:
        """Take the next event. Raises what `evolve` does of an event that cannot follow."""
        at, before = to_micros(event.at), self.state
        self.state = evolve(before, event)
        match event:
            case FanOutStarted() | OffersAdded():
                self._fanouts.setdefault(event.fanout, [*fanout_row(self._key, event), None, None])
                until = to_micros(event.open_until)
                for one in event.offers:
                    self._offers[event.fanout, one.caregiver_id] = OfferFold(one.contact_id, one.code, until)
            case OfferMoved():
                fold = self._offers[event.fanout, event.offer.caregiver_id]
                fold.contact_id, fold.code = event.offer.contact_id, event.offer.code
                fold.told.clear()
            case OfferDeclined():
                self._offers[event.fanout, event.caregiver_id].declined.add(at)
            case YesAnswered():
                self._offers[event.fanout, event.caregiver_id].told.add(at)
            case ShiftClaimed():
                shift = before.shift
                if shift is not None:
                    stretch = [to_micros(shift.start_time), to_micros(shift.end_time)]
                    self._claims.append(
                        [event.fanout, event.caregiver_id, *stretch, at, event.override, None]
                    )
            case ShiftReleased() | ShiftCancelled() if before.claimed_by is not None:
                self._claims[-1][-1] = at
                for (_, whose), offer in self._offers.items():
                    if whose == before.claimed_by:
                        offer.told.clear()
            case CoordinatorAlerted():
                self._raised.append((event.kind.value, event.caregiver_id or "", at))
            case _:
                pass
        self._closings.extend((closing, at) for closing in closes(event))
        if isinstance(event, ShiftPosted | ShiftClaimed | ShiftCancelled | ShiftExpired):
            for row in self._fanouts.values():
                if row[CLOSED_AT] is None:
                    row[CLOSED_AT:] = [at, event.type]
        if isinstance(event, ShiftPosted | FanOutStarted | ShiftReleased):
            for row in self._fanouts.values():
                if row[REVISION] == self.state.revision:
                    row[CLOSED_AT:] = [None, None]

    def differences(self, cursor: Cursor) -> Iterator[str]:
        """Say where the stored rows differ."""
        if self.state.shift is None or self.state.shift.id != self._shift_id:
            yield f"shift {self._shift_id}: its events are of another shift, or post none"
            return
        row = cursor.execute(SHIFT, (self._key,)).fetchone()
        if row is None:
            yield f"shift {self._shift_id} is missing in the list of shifts"
        else:
            names = COLUMNS.split(", ")
            for name, stored, folded in zip(names, row, whole_row(self._key, self.state), strict=True):
                if stored != folded:
                    yield f"shift {self._shift_id}: its {name} is {stored!r}, by its events {folded!r}"
        if [list(one) for one in cursor.execute(FANOUTS, (self._key,))] != list(self._fanouts.values()):
            yield f"shift {self._shift_id}: its fan-outs are not those of its events"
        if [list(one) for one in cursor.execute(CLAIMS, (self._key,))] != self._claims:
            yield f"shift {self._shift_id}: its claims are not those of its events"
        yield from self._offers_that_differ(cursor)
        yield from self._alerts_that_differ(cursor)

    def _alerts_that_differ(self, cursor: Cursor) -> Iterator[str]:
        rows = list(cursor.execute(ALERTS, (self._key,)))
        for kind, caregiver, at in self._raised:
            if not any(row[:2] == (kind, caregiver) and row[2] <= at <= row[3] for row in rows):
                yield f"shift {self._shift_id}: an alert is missing, or says something else than its event"
        for kind, caregiver, _, last_at, is_open in rows:
            for closing, at in self._closings if is_open else ():
                if kind in closing.kinds and closing.caregiver_id in (None, caregiver) and last_at < at:
                    yield f"shift {self._shift_id}: an alert of kind {kind} is open, though its cause is gone"
                    break

    def _offers_that_differ(self, cursor: Cursor) -> Iterator[str]:
        seen = set()
        for fanout, caregiver, contact, code, until, declined, told in cursor.execute(
            OFFERS, (self._key, self.state.fanout)
        ):
            fold = self._offers.get((fanout, caregiver))
            seen.add((fanout, caregiver))
            if (
                fold is None
                or (fold.contact_id, fold.code, fold.open_until) != (contact, code, until)
                or declined not in (fold.declined or {None})
                or told not in (fold.told or {None})
            ):
                yield f"shift {self._shift_id}: the offer to {caregiver} is not what its events say"
        for fanout, caregiver in self._offers.keys() - seen:
            yield f"shift {self._shift_id}: the offer to {caregiver} in fan-out {fanout} is missing"
