"""One transaction: what is decided in it is settled against what is stored, and against what came before it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from sqlite3 import Cursor, IntegrityError
from typing import Any

from ...domain.alert import AlertKind
from ...domain.answer import Answer
from ...domain.caregiver import Caregiver
from ...domain.conversation.events import PersonNeeded
from ...domain.message import Message
from ...domain.organization import Organization
from ...domain.policy import Channel
from ...domain.shift.candidates import Candidate
from ...domain.shift.events import ShiftClaimed
from ...domain.shift.shift import Shift
from ...domain.shift.state import ShiftState
from ...domain.wording import describe
from ..contacts import Touched
from .access_rows import AccessRows
from .alert_port import AlertChanges, NewAlert
from .alert_rows import (
    IS_OPEN,
    OPEN_MATTERS,
    AlertRows,
    acknowledge_alert,
    close_alert,
    close_corrected,
    matter,
    record_alert,
)
from .append_rows import ENDS_A_CLAIM, AppendRows
from .call_rows import MAKE_CONTACT, call_out, news, was_told
from .deliveries import INTERRUPT, QUEUE, UNQUEUE, bring_forward, write_changes
from .errors import BrokenAppend, HeardBefore
from .instants import to_micros
from .kept_opt_outs import take_kept_opt_outs
from .many_rows import dump
from .numbers import Numbers
from .people import delete_organization, put_caregivers, put_organization
from .port import Append, DeliveryChange, Inbound, OutboxRow, Overlap, shift_stream
from .queries.actors import QueriesForActors, stored_shift
from .queries.contact import ContactQuery
from .queries.outbox import SENT_WITH, UNKNOWN, outbox_rows
from .reply_codes import find_codes

STREAM = (
    "SELECT id, (SELECT coalesce(max(version), 0) FROM events WHERE stream = streams.id) "
    "FROM streams WHERE name = ?"
)
HEARD = "SELECT answer FROM inbox WHERE message_id = ? AND contact_id = ? AND digest = ?"
HELD = """
SELECT claims.shift, shifts.shift_id, shifts.organization_id, shifts.role, shifts.start_time, shifts.end_time,
  shifts.time_zone, shifts.area
FROM claims CROSS JOIN shifts ON shifts.key = claims.shift
WHERE claims.caregiver_id = ?1 AND claims.released_at IS NULL AND claims.ends > ?2 AND claims.starts < ?3
"""

IS_DUE = "SELECT 1 FROM alerts WHERE closed_at IS NULL AND call_at <= ? LIMIT 1"
ANYBODY_ON_CALL = "SELECT 1 FROM organizations WHERE id = ? AND on_call <> '[]'"

MOST_STREAMS = 200_000
"""Streams whose key and version are remembered, about 200 bytes each."""

Heard = tuple[str, int, str]
"""What makes a message the same: its id, its phone, its text."""


class Transaction(ContactQuery, QueriesForActors):
    """Gathers what is decided and writes it; nothing of it is kept unless whoever opened it commits.

    What is asked sees all that was decided in it. Raises `sqlite3.Error` of ours or the disk's; it must then be taken back.
    """

    def __init__(self, cursor: Cursor, numbers: Numbers) -> None:
        """Begin with nothing; the database is first locked when something is written."""
        self.looks_back = True
        """Whether it looks for messages that were heard before. Not to look is quicker; `HeardBefore` is raised when one was."""
        self.alerts = AlertChanges()
        self.touched = Touched()
        self.changed = False
        """Whether it is committed, and has changed anything."""
        self._cursor = cursor
        self._numbers = numbers
        self._rows = AppendRows(cursor, numbers, AlertRows(self.alerts))
        self._gathered = False
        self._keys: dict[str, int] = {}
        self._versions: dict[str, int] = {}
        self._heard: dict[Heard, Answer] = {}
        self._won: dict[str, list[tuple[int, Shift]]] = {}
        self._given_back: set[int] = set()

    # -- asking
    def one(self, query: str, parameters: tuple[object, ...] = ()) -> Any:
        """Give the first row, None when there is none."""
        self.flush()
        return self._cursor.execute(query, parameters).fetchone()

    def all(self, query: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        """Give all rows."""
        self.flush()
        return self._cursor.execute(query, parameters).fetchall()

    def heard(self, inbound: Inbound) -> Answer | None:
        """Give what a message was answered that was heard before; None when it is new."""
        what = _heard(inbound)
        if what in self._heard:
            return self._heard[what]
        if not self.looks_back:
            return None
        row = self._cursor.execute(HEARD, what).fetchone()
        return None if row is None else Answer.model_validate_json(row[0])

    def interrupted(self, channel: Channel) -> list[OutboxRow]:
        """Mark what a crash left `sending` as `unknown`, and give all rows that are."""
        self.writing().execute(INTERRUPT, (channel,))
        return outbox_rows(self.one(UNKNOWN, (channel,))[0])

    # -- writing
    def append(self, append: Append) -> Overlap | None:
        """Write one decision. Given an `Overlap`, nothing was written: decide again, knowing it.

        Raises `BrokenAppend` when it was decided on another state than the last.
        """
        for name in _streams_named(append):
            if name not in self._keys:
                row = self._numbers.streams.get(name) or self._cursor.execute(STREAM, (name,)).fetchone()
                if row is not None:
                    self._keys[name], self._versions[name] = row
        version = self._versions.get(append.stream, 0)
        if append.expected != version:
            raise BrokenAppend(f"{append.stream} is at {version}, and was decided on at {append.expected}")
        claim = next((one for one in append.events if type(one) is ShiftClaimed), None)
        shift = append.state.shift if isinstance(append.state, ShiftState) else None
        if claim is not None and shift is not None and claim.override is None:
            held = self._overlapping(claim.caregiver_id, shift)
            if held is not None:
                return Overlap(held)
        self.writing(flushed=False)
        with self._recognizing():
            self._rows.add(append, self._keys)
        self._gathered = True
        self._versions[append.stream] = append.state.version
        self.touched.add(append, self._about(append))
        if append.inbound is not None and not append.inbound.part:
            self._heard[_heard(append.inbound)] = append.answer
        key = self._keys[append.stream]
        if any(type(event) in ENDS_A_CLAIM for event in append.events):
            self._given_back.add(key)
            self._won = {who: [one for one in won if one[0] != key] for who, won in self._won.items()}
        if claim is not None and shift is not None:
            self._won.setdefault(claim.caregiver_id, []).append((key, shift))
        return None

    def find_codes(self, offered: Sequence[Candidate], at: datetime) -> dict[str, str]:
        """Give each candidate a reply code (caregiver id → code) that no other answerable offer of their phone has.

        Whose phone has no free code is not in the answer. Ask once for one decision: a code is taken when its offer is
        appended.
        """
        return find_codes(self.writing(), offered, at)

    def put_organization(self, organization: Organization, at: datetime, by: str) -> Answer:
        """Create or replace an organization, at somebody's word. Refused (`OTHER_OWNER`) when a number of it belongs to another one."""
        self.touched.everybody = True
        return put_organization(self.writing(), organization, at, by)

    def delete_organization(self, organization_id: str, at: datetime, by: str) -> Answer:
        """Delete an organization. Refused (`UNKNOWN`, `IN_USE`) when there is none, or it has caregivers or shifts."""
        self.touched.everybody = True
        return delete_organization(self.writing(), organization_id, at, by)

    def put_caregivers(self, caregivers: Sequence[Caregiver], at: datetime, by: str) -> list[Answer]:
        """Create or replace caregivers at somebody's word, each by itself: one answer each, in order.

        A new id with the name, phone and organization of somebody who is there becomes an alias of theirs. Refused by
        `UNKNOWN` (organization), `TAKEN`, `NOT_A_PHONE`, and `SAME_PERSON`, `GIVEN_TWICE` as `register` says.
        """
        self.touched.everybody = True
        saved = put_caregivers(self.writing(), caregivers, at, by)
        close_corrected(self._cursor, caregivers, to_micros(at), self.alerts)
        return saved

    def keeps_opt_outs(self) -> bool:
        """Whether anything is kept of what people had stopped who were erased."""
        return bool(self.one("SELECT EXISTS (SELECT 1 FROM kept_opt_outs)")[0])

    def take_kept_opt_outs(self, contact_id: int) -> list[tuple[str, Channel, datetime]]:
        """Take out what a phone had stopped when its person was erased: of which organization, which channel, and when."""
        return take_kept_opt_outs(self.writing(), self.phone_of(contact_id))

    def make_contact(self, phone: str) -> None:
        """Make the row of a phone that was never heard of."""
        self.writing().execute(MAKE_CONTACT, (phone,))

    def record_alert(self, alert: NewAlert) -> None:
        """Open an alert that no event carries, or add to the one that is open on its matter."""
        self.touched.elsewhere = True
        record_alert(self.writing(), alert, self.alerts)

    def acknowledge_alert(self, alert_id: int, at: datetime, by: str) -> bool:
        """Note that somebody sees to an alert; False when it is closed, or somebody does already."""
        self.touched.elsewhere = True
        return acknowledge_alert(self.writing(), alert_id, to_micros(at), by)

    def was_told(self, contact_id: int, alert_id: int) -> bool:
        """Whether an alert was told to this phone."""
        self.flush()
        return was_told(self._cursor, contact_id, alert_id)

    def call_out(self, at: datetime, channels: frozenset[Channel]) -> set[Channel]:
        """Tell whoever is next of the alerts that are due; give the channels that something goes out on."""
        if not self.one(IS_DUE, (to_micros(at),)):
            return set()
        told = call_out(self.writing(), self._numbers, at, channels)
        self.touched.contacts.update((contact_id, None) for contact_id, _ in told)
        self.touched.elsewhere = True
        return {channel for _, channel in told}

    def news(self, claim: ShiftClaimed, state: ShiftState, channels: frozenset[Channel]) -> list[Message]:
        """Give the messages that tell whoever is on call of a claim that was just decided."""
        shift = state.posted
        if self._cursor.execute(ANYBODY_ON_CALL, (shift.organization_id,)).fetchone() is None:
            return []
        words = describe(shift, state.zone)
        return news(
            self.writing(flushed=False),
            channels,
            shift.organization_id,
            claim.caregiver_id,
            claim.at,
            shift.id,
            words,
        )

    def close_alert(self, alert_id: int, at: datetime, by: str) -> None:
        """Close an alert by hand. One that is closed stays as it was closed."""
        self.touched.elsewhere = True
        close_alert(self.writing(), alert_id, to_micros(at), by, self.alerts)

    def has_alert_about(self, kind: AlertKind, about: str) -> bool:
        """Whether an alert of no organization is open on that."""
        return bool(self.one(IS_OPEN, (matter(kind, None, None, about),)))

    def open_alerts_about(self, kind: AlertKind) -> list[tuple[str, str]]:
        """Give what alerts of a kind are open: whose, and about what."""
        found = self.all(OPEN_MATTERS, (f"{kind}/", f"{kind}0"))
        return [(place, about) for (one,) in found for _, place, about in [one.split("/", 2)]]

    def close_alert_about(
        self, kind: AlertKind, about: str, at: datetime, organization_id: str | None = None
    ) -> None:
        """Close the alert that is open on that, of an organization or of none: its cause is gone."""
        self.touched.elsewhere = True
        rows = AlertRows(self.alerts)
        rows.close_matter(matter(kind, None, organization_id, about), to_micros(at), "service")
        rows.write(self.writing())

    def access(self) -> AccessRows:
        """Give what changes who may come in."""
        self.touched.access = True
        return AccessRows(self.writing())

    def change_deliveries(self, changes: Sequence[DeliveryChange]) -> None:
        """Write what became of outbox rows, and of those that go out with them, and the alerts that open or close by it."""
        if not changes:
            return
        beside = json.loads(self.one(SENT_WITH, (dump([one.key for one in changes]),))[0])
        if beside:
            changes = [
                *changes,
                *(replace(one, key=key) for one in changes for first, key in beside if first == one.key),
            ]
        for organization_id, contact_id in write_changes(self.writing(), changes, self.alerts):
            self.touched.organizations.add(organization_id)
            if contact_id is not None:
                self.touched.contacts[contact_id] = None

    def queue_planned(self, channel: Channel, limit: int) -> int:
        """Put planned rows, at most so many, into the queues of the numbers that send them; say how many were."""
        return self.writing().execute(QUEUE, (channel, limit)).rowcount

    def unqueue(self, channel: Channel) -> None:
        """Take all planned rows of a channel out of queues."""
        self.writing().execute(UNQUEUE, (channel,))

    def bring_forward(self, channel: Channel, at: datetime) -> None:
        """Plan for `at` what waits for an instant so far ahead that only a clock that was wrong can have set it."""
        bring_forward(self.writing(), channel, at)

    def change_a_page(self) -> None:
        """Write something that leaves nothing behind, to find out whether there is room."""
        cursor = self.writing()
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('room', 0)")
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'room'")

    def committed(self) -> None:
        """Let later transactions know the streams as they are now."""
        self.changed = True
        if len(self._numbers.streams) > MOST_STREAMS:
            self._numbers.streams.clear()
        self._numbers.streams.update((name, (key, self._versions[name])) for name, key in self._keys.items())

    def flush(self) -> None:
        """Write what was gathered."""
        if self._gathered:
            self._gathered = False
            with self._recognizing():
                self._rows.write()

    def writing(self, *, flushed: bool = True) -> Cursor:
        """Give the cursor to write with, what was gathered before written first."""
        if not self._cursor.connection.in_transaction:
            self._cursor.execute("BEGIN IMMEDIATE")
        if flushed:
            self.flush()
        return self._cursor

    @contextmanager
    def _recognizing(self) -> Iterator[None]:
        """Raise `HeardBefore` when what is written was heard before, and nobody had looked."""
        try:
            yield
        except IntegrityError as error:
            if "inbox." in str(error) and not self.looks_back:
                raise HeardBefore("a message was heard before") from error
            raise

    def _about(self, append: Append) -> str | None:
        """Give the shift that the messages of a decision are about, as far as there is one."""
        kind, _, name = append.stream.partition("/")
        if kind == "shift":
            return name
        about = None if append.inbound is None else append.inbound.shift_id
        return about if about is not None and shift_stream(about) in self._keys else None

    def _overlapping(self, caregiver_id: str, shift: Shift) -> Shift | None:
        own = self._keys.get(shift_stream(shift.id))
        for key, won in self._won.get(caregiver_id, ()):
            if key != own and won.start_time < shift.end_time and shift.start_time < won.end_time:
                return won
        stretch = (caregiver_id, to_micros(shift.start_time), to_micros(shift.end_time))
        for key, *columns in self._cursor.execute(HELD, stretch).fetchall():
            if key != own and key not in self._given_back:
                return stored_shift(*columns)
        return None


def _heard(inbound: Inbound) -> Heard:
    return inbound.message_id, inbound.contact_id, inbound.digest


def _streams_named(append: Append) -> list[str]:
    names = [append.stream]
    if isinstance(append.state, ShiftState):
        return names
    if append.inbound is not None and append.inbound.shift_id is not None:
        names.append(shift_stream(append.inbound.shift_id))
    names += [
        shift_stream(event.shift_id)
        for event in append.events
        if type(event) is PersonNeeded and event.shift_id is not None
    ]
    return names
