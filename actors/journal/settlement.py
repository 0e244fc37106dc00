"""Which appends of a batch can be written: each is settled by itself, before any of them is."""

import json
from collections.abc import Iterable, Sequence
from sqlite3 import Cursor

from ...domain.answer import Answer
from ...domain.conversation.events import PersonNeeded
from ...domain.shift.events import ShiftClaimed
from ...domain.shift.shift import Shift
from ...domain.shift.state import ShiftState
from .append_rows import ENDS_A_CLAIM
from .inbox_rows import digest
from .instants import to_micros
from .many_rows import dump
from .port import AlreadySeen, Append, Conflict, Inbound, Outcome, Overlap, shift_stream

# One statement and one row for a whole batch: each step of a statement gives up the interpreter's lock.
KNOWN = """
SELECT
  (SELECT json_group_array(json_array(streams.name, streams.id,
     (SELECT coalesce(max(version), 0) FROM events WHERE stream = streams.id)))
   FROM json_each(?1) AS wanted CROSS JOIN streams ON streams.name = wanted.value),
  (SELECT json_group_array(json_array(inbox.message_id, inbox.contact_id, inbox.digest, inbox.answer))
   FROM json_each(?2) AS wanted CROSS JOIN inbox ON inbox.message_id = json_extract(wanted.value, '$[0]')
   AND inbox.contact_id = json_extract(wanted.value, '$[1]') AND inbox.digest = json_extract(wanted.value, '$[2]')),
  (SELECT json_group_array(json_array(claims.caregiver_id, claims.shift, claims.starts, claims.ends))
   FROM json_each(?3) AS wanted CROSS JOIN claims
   ON claims.caregiver_id = wanted.value AND claims.released_at IS NULL AND claims.ends > ?4
   AND claims.starts < ?5)
"""
HELD = (
    "SELECT shift_id, organization_id, role, start_time, end_time, time_zone, area FROM shifts WHERE key = ?"
)

Held = dict[int, tuple[int, int, Shift | None]]
"""Unreleased claims of one caregiver by shift key: from when to when."""

Heard = tuple[str, int, str]
"""What makes a message the same: its id, its phone, its text."""
Claim = tuple[str, Shift, bool]
"""Who claims which shift, and whether a coordinator said that it may overlap another one of theirs."""


class Settlement:
    """Settles appends in the order they came, against what is stored and against the ones accepted before."""

    def __init__(self, cursor: Cursor, appends: Sequence[Append]) -> None:
        """Look up, in the transaction that is open, all that the appends can collide with."""
        self._cursor = cursor
        self._claims: dict[int, Claim | None] = {}
        names: set[str] = set()
        heard: list[Heard] = []
        claims: list[Claim] = []
        for append in appends:
            names.update(_streams_named(append))
            if append.inbound is not None:
                heard.append(_heard(append.inbound))
            claim = self._claims[id(append)] = _claim(append)
            if claim is not None:
                claims.append(claim)
        from_, to = _stretch(shift for _, shift, _ in claims)
        row = cursor.execute(
            KNOWN, (dump(list(names)), dump(heard), dump([one for one, _, _ in claims]), from_, to)
        ).fetchone()
        streams, seen, held = (json.loads(column) for column in row)
        self.keys: dict[str, int] = {name: key for name, key, _ in streams}
        self._versions: dict[str, int] = {name: version for name, _, version in streams}
        self._seen: dict[Heard, str | Answer] = {
            (one, phone, text): answer for one, phone, text, answer in seen
        }
        self._held: dict[str, Held] = {}
        for caregiver_id, shift, starts, ends in held:
            self._held.setdefault(caregiver_id, {})[shift] = (starts, ends, None)

    def refusal(self, append: Append) -> Outcome | None:
        """Say why the append cannot be written; None when it can, and then later ones meet it as written."""
        inbound = append.inbound
        if inbound is not None and (answer := self._seen.get(_heard(inbound))) is not None:
            known = answer if isinstance(answer, Answer) else Answer.model_validate_json(answer)
            return AlreadySeen(known)
        if self._versions.get(append.stream, 0) != append.expected:
            return Conflict()
        claim = self._claims[id(append)]
        if claim is not None and not claim[2]:
            held = self._overlapping(append, *claim[:2])
            if held is not None:
                return Overlap(held)
        self._accept(append, claim)
        return None

    def _overlapping(self, append: Append, caregiver_id: str, shift: Shift) -> Shift | None:
        starts, ends = to_micros(shift.start_time), to_micros(shift.end_time)
        own = self.keys.get(append.stream)
        for key, (held_from, held_to, held) in self._held.get(caregiver_id, {}).items():
            if key != own and held_from < ends and starts < held_to:
                return held or self._stored_shift(key)
        return None

    def _accept(self, append: Append, claim: Claim | None) -> None:
        if append.inbound is not None:
            self._seen[_heard(append.inbound)] = append.answer
        self._versions[append.stream] = append.expected + len(append.events)
        key = self.keys.get(append.stream)
        if any(type(event) in ENDS_A_CLAIM for event in append.events):
            for one in self._held.values():
                one.pop(key or 0, None)
        if claim is not None:
            caregiver_id, shift, _ = claim
            stretch = (to_micros(shift.start_time), to_micros(shift.end_time), shift)
            self._held.setdefault(caregiver_id, {})[key or -len(self._versions)] = stretch

    def _stored_shift(self, key: int) -> Shift:
        columns = ("id", "organization_id", "role_required", "start_time", "end_time", "time_zone", "area")
        row = self._cursor.execute(HELD, (key,)).fetchone()
        return Shift.model_validate(dict(zip(columns, row, strict=True)))


def _heard(inbound: Inbound) -> Heard:
    return inbound.message_id, inbound.contact_id, digest(inbound.body)


def _claim(append: Append) -> Claim | None:
    if isinstance(append.state, ShiftState) and append.state.shift is not None:
        for event in append.events:
            if type(event) is ShiftClaimed:
                return event.caregiver_id, append.state.shift, event.override is not None
    return None


def _streams_named(append: Append) -> Iterable[str]:
    yield append.stream
    if isinstance(append.state, ShiftState):
        return
    if append.inbound is not None and append.inbound.shift_id is not None:
        yield shift_stream(append.inbound.shift_id)
    for event in append.events:
        if type(event) is PersonNeeded and event.shift_id is not None:
            yield shift_stream(event.shift_id)


def _stretch(shifts: Iterable[Shift]) -> tuple[int, int]:
    stretches = [(to_micros(one.start_time), to_micros(one.end_time)) for one in shifts]
    if not stretches:
        return 0, 0
    return min(starts for starts, _ in stretches), max(ends for _, ends in stretches)
