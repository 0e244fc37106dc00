"""The journal on SQLite: one file, one writer, any number of readers."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from sqlite3 import Cursor
from typing import NoReturn, Self, TypeVar

from ...domain.answer import Answer
from ...domain.caregiver import Caregiver
from ...domain.conversation.events import AnyConversationEvent
from ...domain.inbound.contact import Contact
from ...domain.organization import Organization
from ...domain.policy import Channel
from ...domain.shift.candidates import Candidate
from ...domain.shift.events import AnyShiftEvent
from ...domain.shift.shift import Shift
from ..records import AlertRecord, CaregiverRecord, MessageRecord, Page, ShiftRecord, TimelineEntry
from . import event_rows
from .alert_port import AlertChanges, AlertFilter, Names, NewAlert
from .alert_rows import close_alert, close_corrected, record_alert
from .deliveries import bring_forward, mark_interrupted
from .files.database_file import DatabaseFile
from .files.health import read_health
from .files.opening import check_readable, prepare
from .files.owner_lock import OwnerLock
from .files.seal_keeper import SealKeeper
from .files.sealing import seal_up
from .instants import to_micros
from .people import delete_organization, put_caregivers, put_organization
from .port import (
    Append,
    Deadline,
    DeliveryChange,
    JournalHealth,
    JournalUnavailable,
    Outcome,
    Outgoing,
    ShiftFilter,
    contact_stream,
    shift_stream,
)
from .queries import actors as actor_lookups
from .queries import alerts as alert_lists
from .queries import outbox as outbox_readings
from .queries import people as people_lists
from .queries import shifts as shift_lists
from .queries.contact import look_up
from .queries.messages import message, messages
from .queries.outbox import UNKNOWN
from .queries.readings import Readings
from .reservations import reserve
from .sqlite_errors import ERRORS, explain
from .transaction import CrashPoint
from .writer import Writer

T = TypeVar("T")

TIMEOUT = 10.0
PRIVATE_FOLDER = 0o700
CAREGIVERS_A_COMMIT = 1_000


def no_crash(point: str) -> None:
    """Do nothing at a crash point: what happens outside of tests."""


class SqliteJournal:
    """Implements `Journal`. Made by `open` or `open_read_only`.

    Of a write that was given up after its time-out it is unknown whether it will still be committed if the writer
    had already taken it; otherwise it never is. Asking again tells: the same inbound message is then already seen,
    the stream has moved on. The same holds for a write that failed while it was being committed, if the process is
    killed right then.
    """

    def __init__(
        self, file: DatabaseFile, lock: OwnerLock | None, writer: Writer | None, timeout: float
    ) -> None:
        """Put together what `open` and `open_read_only` have opened."""
        self._file = file
        self._lock = lock
        self._open_writer = writer
        self._readings = Readings(file.connect_reader, timeout=timeout)

    @classmethod
    def open(cls, url: str | Path, *, timeout: float = TIMEOUT, crash_point: CrashPoint = no_crash) -> Self:
        """Open the journal at `url` (or path) as its owner, making or upgrading it where needed.

        "sqlite:///var/firstyes.db" is a file below the present folder, "sqlite:////srv/firstyes.db" one anywhere,
        "sqlite://" one that is kept in a temporary folder, without waiting for the disk, until `close`. `timeout`
        bounds every wait, in seconds. `crash_point` is called on the writer's thread, before and after each commit
        and each checkpoint made in silence.

        Raises `JournalBusy` when another process owns it, `JournalDamaged` (`JournalTooNew`) when it cannot be used
        as it is, `JournalUnavailable` when the disk does not let us.
        """
        file = DatabaseFile.at(url)
        lock = None
        try:
            if not file.fleeting:
                file.refuse_read_only()
                _make_folder(file)
                lock = OwnerLock(file.lock)
                file.refuse_vanished(was_made=lock.journal_was_made)
                _keep_private(file)
            prepare(file)
            if lock is not None:
                lock.remember_journal()
            seal = None if file.fleeting else _sealed(file)
            writer = Writer(
                file.connect_writer,
                timeout=timeout,
                crash_point=crash_point,
                seal=seal,
                left_in_log=file.log.stat().st_size if file.log.exists() else 0,
            )
        except BaseException as error:
            if lock is not None:
                lock.release()
            _remove_fleeting(file)
            if isinstance(error, ERRORS):
                raise explain(error) from error
            raise
        return cls(file, lock, writer, timeout)

    @classmethod
    def open_read_only(cls, url: str | Path, *, timeout: float = TIMEOUT) -> Self:
        """Open the journal at `url` to look at it, beside its owner or without one. Writing to it raises
        `JournalUnavailable`; opening it raises what `open` does."""
        file = DatabaseFile.at(url).looked_at()
        file.refuse_vanished(was_made=True)
        check_readable(file)
        return cls(file, None, None, timeout)

    # -- writing
    def append(self, append: Append) -> Outcome:
        """Commit one actor's decision, all or nothing."""
        return self._writer.append([append])[0]

    def append_all(self, appends: Sequence[Append]) -> list[Outcome]:
        """Commit several decisions of one actor together, in order."""
        return self._writer.append(appends)

    def reserve_codes(
        self, shift: Shift, fanout: int, offered: Sequence[Candidate], at: datetime
    ) -> dict[str, str]:
        """Give each candidate a reply code that no other answerable offer of their phone has."""
        return self._writer.work(lambda cursor, _: reserve(cursor, shift, fanout, offered, at))

    def put_organization(self, organization: Organization, at: datetime) -> Answer:
        """Create or replace an organization."""
        return self._writer.work(lambda cursor, _: put_organization(cursor, organization))

    def delete_organization(self, organization_id: str) -> Answer:
        """Delete an organization that nothing belongs to."""
        return self._writer.work(lambda cursor, _: delete_organization(cursor, organization_id))

    def put_caregivers(self, caregivers: Sequence[Caregiver], at: datetime) -> list[Answer]:
        """Create or replace caregivers, a thousand in a commit so that others get their turn."""
        answers: list[Answer] = []
        for start in range(0, len(caregivers), CAREGIVERS_A_COMMIT):
            some = caregivers[start : start + CAREGIVERS_A_COMMIT]

            def put(cursor: Cursor, alerts: AlertChanges, some: Sequence[Caregiver] = some) -> list[Answer]:
                saved = put_caregivers(cursor, some)
                close_corrected(cursor, some, to_micros(at), alerts)
                return saved

            answers += self._writer.work(put)
        return answers

    def record_alert(self, alert: NewAlert) -> None:
        """Open an alert that no event carries."""
        self._writer.work(lambda cursor, changes: record_alert(cursor, alert, changes))

    def close_alert(self, alert_id: int, at: datetime, by: str) -> AlertRecord | None:
        """Close an alert by hand, and give it."""
        self._writer.work(lambda cursor, changes: close_alert(cursor, alert_id, to_micros(at), by, changes))
        return next(iter(self.alerts_by_id([alert_id])), None)

    def on_alerts(self, told: Callable[[AlertChanges], None]) -> None:
        """Have `told` called after each commit that opened or closed alerts, on the writer's thread."""
        self._writer.on_alerts = told

    # -- reading, for routing and actors
    def shift_events(self, shift_id: str) -> list[AnyShiftEvent]:
        """Give all events of a shift, in order."""
        stored = self._readings.all(event_rows.READ, (shift_stream(shift_id),))
        return event_rows.read_shift_events(stored)

    def conversation_events(self, contact_id: int) -> list[AnyConversationEvent]:
        """Give all events of a conversation, in order."""
        stored = self._readings.all(event_rows.READ, (contact_stream(contact_id),))
        return event_rows.read_conversation_events(stored)

    def contact(self, phone: str, dialled: str | None, at: datetime) -> Contact | None:
        """Look up who a phone may be and what its messages can mean."""
        return look_up(self._readings, phone, dialled, at)

    def candidates(self, organization_id: str, role_key: str, shift: Shift | None = None) -> list[Candidate]:
        """Give the organization's caregivers with a role, by contact id."""
        return actor_lookups.candidates(self._readings, organization_id, role_key, shift)

    def candidate(self, caregiver_id: str) -> Candidate | None:
        """Give one caregiver."""
        return actor_lookups.candidate(self._readings, caregiver_id)

    def moved_away(self, shift_id: str) -> list[Candidate]:
        """Give those who were offered the shift at another phone than they have now."""
        return actor_lookups.moved_away(self._readings, shift_id)

    def shifts_with_news(
        self, at: datetime, caregiver_ids: Sequence[str] | None = None, contact_id: int | None = None
    ) -> list[str]:
        """Give the shifts that one of these caregivers, or anybody, may have to be told of."""
        return actor_lookups.shifts_with_news(self._readings, at, caregiver_ids, contact_id)

    def unavailable(self, shift_id: str, fanout: int) -> frozenset[str]:
        """Give the caregivers offered the shift in this fan-out who opted out since or are not active."""
        return actor_lookups.unavailable(self._readings, shift_id, fanout)

    def deadlines(self) -> Iterator[Deadline]:
        """Give every deadline that is stored, soonest first."""
        return actor_lookups.deadlines(self._readings)

    def thread(self, contact_id: int, limit: int = 6) -> tuple[str, ...]:
        """Give the last messages exchanged with a phone, oldest first."""
        return actor_lookups.thread(self._readings, contact_id, limit)

    # -- the outbox
    def due(self, channel: Channel, at: datetime, limit: int) -> list[Outgoing]:
        """Give planned rows whose time has come."""
        return outbox_readings.due(self._readings, channel, at, limit)

    def next_due(self, channel: Channel) -> datetime | None:
        """Give the soonest instant for which a row is planned; 1970 for one that waits for nothing."""
        return outbox_readings.next_due(self._readings, channel)

    def change_deliveries(self, changes: Sequence[DeliveryChange]) -> None:
        """Record what became of outbox rows. `SENDING` counts an attempt; what has ended stays ended."""
        if changes:
            self._writer.change_deliveries(changes)

    def bring_forward(self, channel: Channel, at: datetime) -> None:
        """Plan for `at` what a clock put off that ran ahead."""
        self._writer.work(lambda cursor, _: bring_forward(cursor, channel, at))

    def interrupted(self, channel: Channel) -> list[Outgoing]:
        """Mark what a crash left `sending` as `unknown`, and give all rows that are."""
        self._writer.work(lambda cursor, _: mark_interrupted(cursor, channel))
        return outbox_readings.outgoing(self._readings.one(UNKNOWN, (channel,))[0])

    def went_out(self, shift_id: str, fanout: int) -> bool:
        """Whether a carrier has taken any text or call of a fan-out."""
        return outbox_readings.went_out(self._readings, shift_id, fanout)

    def round_failed(self, shift_id: str, fanout: int) -> bool:
        """Whether every offer message of the fan-out's latest round has failed for good or was dropped."""
        return outbox_readings.round_failed(self._readings, shift_id, fanout)

    # -- reading, for people
    def organization(self, organization_id: str) -> Organization | None:
        """Give one organization."""
        return people_lists.organization(self._readings, organization_id)

    def organizations(self, cursor: str | None, limit: int) -> Page[Organization]:
        """List organizations by id."""
        return people_lists.organizations(self._readings, cursor, limit)

    def caregivers(
        self, organization_id: str | None, cursor: str | None, limit: int, opted_out: bool | None = None
    ) -> Page[CaregiverRecord]:
        """List caregivers by id, each person once."""
        return people_lists.caregivers(self._readings, organization_id, cursor, limit, opted_out)

    def caregiver(self, caregiver_id: str) -> CaregiverRecord | None:
        """Give one person, by their own id or an alias of it."""
        return people_lists.caregiver(self._readings, caregiver_id)

    def shift(self, shift_id: str) -> ShiftRecord | None:
        """Give one shift with its offers."""
        return shift_lists.shift(self._readings, shift_id)

    def shifts(self, which: ShiftFilter, cursor: str | None, limit: int) -> Page[ShiftRecord]:
        """List shifts in the order they were first posted."""
        return shift_lists.shifts(self._readings, which, cursor, limit)

    def timeline(self, shift_id: str) -> list[TimelineEntry]:
        """Give every event of a shift, in order, with how the message behind it was read."""
        return shift_lists.timeline(self._readings, shift_id)

    def messages(
        self, shift_id: str | None, phone: str | None, cursor: str | None, limit: int
    ) -> Page[MessageRecord]:
        """List messages in and out, newest first."""
        return messages(self._readings, shift_id, phone, cursor, limit)

    def message(self, message_id: str) -> MessageRecord | None:
        """Give one message by its id in the list."""
        return message(self._readings, message_id)

    def alerts(self, which: AlertFilter, cursor: str | None, limit: int) -> Page[AlertRecord]:
        """List alerts, newest first."""
        return alert_lists.alerts(self._readings, which, cursor, limit)

    def alerts_by_id(self, ids: Sequence[int]) -> list[AlertRecord]:
        """Give these alerts."""
        return alert_lists.alerts_by_id(self._readings, ids)

    def names(self, shift_id: str, caregiver_id: str | None) -> Names | None:
        """Say in words which shift it is, whose, and who the caregiver is."""
        return alert_lists.names(self._readings, shift_id, caregiver_id)

    # -- the house
    def health(self) -> JournalHealth:
        """Say how the journal does. Of outbox rows, those are counted that have not ended."""
        return read_health(self._readings, self._open_writer, self._file)

    def close(self, timeout: float = TIMEOUT) -> None:
        """Commit what is queued, checkpoint, and let go of the files. Later calls raise `JournalUnavailable`.

        If the writer does not come to an end within `timeout` seconds, the journal stays locked until the process ends.
        """
        self._readings.close()
        if self._open_writer is not None and not self._open_writer.close(timeout):
            return
        if self._lock is not None:
            self._lock.release()
        _remove_fleeting(self._file)

    @property
    def _writer(self) -> Writer:
        return self._open_writer or _refuse_to_write()


def _refuse_to_write() -> NoReturn:
    raise JournalUnavailable("the journal was opened to be read only")


def _make_folder(file: DatabaseFile) -> None:
    try:
        if not file.path.parent.exists():
            file.path.parent.mkdir(parents=True, mode=PRIVATE_FOLDER)
            file.path.parent.chmod(PRIVATE_FOLDER)
    except OSError as error:
        raise JournalUnavailable(f"cannot make the folder {file.path.parent}: {error.strerror}") from error


def _keep_private(file: DatabaseFile) -> None:
    try:
        file.keep_private()
    except OSError as error:
        raise JournalUnavailable(f"cannot make {file.path}: {error.strerror}") from error


def _sealed(file: DatabaseFile) -> SealKeeper:
    try:
        return seal_up(file)
    except OSError as error:
        raise JournalUnavailable(f"cannot seal the journal with {file.seal}: {error.strerror}") from error
    except ERRORS as error:
        raise explain(error) from error


def _remove_fleeting(file: DatabaseFile) -> None:
    if file.fleeting:
        shutil.rmtree(file.path.parent, ignore_errors=True)
