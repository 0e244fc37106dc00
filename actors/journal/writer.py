"""The writer: the one connection that changes the journal, and what becomes of it when the disk fails."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock

from .errors import BrokenAppend, CommitUnknown, JournalDamaged, JournalUnavailable
from .files.database_file import AT_REST, OPEN_MARK
from .files.identity import FileIdentity
from .files.seal_keeper import SealKeeper
from .numbers import Numbers, last_commit
from .sqlite_errors import A_BUG, ERRORS, explain, needs_new_connection
from .transaction import Transaction

CrashPoint = Callable[[str], None]
"""Called at named moments, so that tests can end the process there."""

CHECKPOINT_AT = 16_000
"""How many pages of 4 KiB, roughly, are written to the log before they are copied into the database, although writes
wait meanwhile. The more, the oftener a page is copied once for many writes; it happens anyhow when idle."""
A_PAGE = 4_096
PAGES_A_COMMIT = 10
ROWS_A_PAGE = 2

log = logging.getLogger(__name__)


def no_crash(point: str) -> None:
    """The `CrashPoint` of service: nothing happens."""


class Writer:
    """Commits transactions, one at a time, over a connection that `connect` opens, and opens again when it breaks."""

    def __init__(
        self,
        connect: Callable[[], sqlite3.Connection],
        identity: FileIdentity,
        *,
        timeout: float,
        crash_point: CrashPoint,
        seal: SealKeeper | None = None,
        left_in_log: int = 0,
    ) -> None:
        """Open the connection, raising what `connect` does or that it cannot write.

        `seal` learns of every commit and of every page that is copied out of the log; `left_in_log` are the bytes of it
        that the last owner left.
        """
        self._connect = connect
        self._identity = identity
        self._timeout = timeout
        self._crash_point = crash_point
        self._seal = seal
        # Else a service that is killed again and again, and never silent between, would let it grow for ever.
        self._in_log = left_in_log // A_PAGE
        self._lock = Lock()
        self._closed = False
        self._error: str | None = None
        self._damage: str | None = None
        self._connection: sqlite3.Connection | None = None
        self._reconnect()
        # SQLite opens what is read-only without a word.
        self._cursor.execute("BEGIN IMMEDIATE")
        self._cursor.execute("ROLLBACK")
        self._mark(OPEN_MARK)
        identity.expect_mark()

    @property
    def error(self) -> str | None:
        """Why not everything can be written, as far as is known: its files are gone, the last try failed, or there is damage,
        which does not pass although elsewhere it can be written."""
        return self._lost() or self._error or self._damage

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Give a transaction; it is committed when the block ends, and taken back when it raises.

        Raises `JournalUnavailable` when the disk does not do its part, and then nothing was changed; `CommitUnknown`
        when that cannot be found out now; `JournalDamaged` when something that was needed could not be read; `BrokenAppend`
        when what was written contradicts what is kept.
        """
        if not self._lock.acquire(timeout=self._timeout):
            raise JournalUnavailable("another transaction does not end")
        try:
            transaction = self._begin()
            try:
                yield transaction
                self._commit(transaction)
            except BaseException as error:
                self._roll_back()
                self._judge(error)
                raise
            if self._in_log >= CHECKPOINT_AT:
                self._check_point()
        finally:
            self._lock.release()

    def idle(self) -> None:
        """Copy the log into the database: a restart then has little to replay. After a failure, try whether there is room
        again: who sends nothing until we are ready would wait for ever."""
        if self.error != self._damage:
            with suppress(JournalUnavailable), self.transaction() as transaction:
                transaction.change_a_page()
        elif self._in_log:
            with self._lock:
                self._check_point()

    def close(self, timeout: float) -> bool:
        """Check-point and close the connection; False when a transaction did not end in time."""
        if not self._lock.acquire(timeout=timeout):
            return False
        try:
            if not self._closed:
                self._closed = True
                with suppress(sqlite3.Error):
                    self._mark(AT_REST)
                self._disconnect(sealed=self._check_point())
                self._identity.close()
                if self._seal is not None:
                    self._seal.close()
        finally:
            self._lock.release()
        return True

    def _begin(self) -> Transaction:
        if self._closed:
            raise JournalUnavailable("the journal is closed")
        try:
            if self._connection is None:
                self._reconnect()
        except ERRORS as error:
            self._judge(error)
            raise
        assert self._connection is not None
        self._changes = self._connection.total_changes
        return Transaction(self._cursor, self._numbers)

    def _reconnect(self) -> None:
        self._refuse_gone()
        connection = self._connect()
        try:
            cursor = connection.cursor()
            self._numbers = Numbers(cursor)
        except BaseException:
            connection.close()
            raise
        self._connection, self._cursor = connection, cursor
        self._identity.note_log()

    def _lost(self) -> str | None:
        return None if self._closed else self._identity.gone() or self._identity.overwritten()

    def _refuse_gone(self) -> None:
        """Raise `JournalUnavailable` when a file was removed or replaced: what is committed then is lost at exit."""
        gone = self._lost()
        if gone is None:
            return
        if gone != self._error:
            log.error("the journal cannot be written: %s", gone)
        self._error = gone
        raise JournalUnavailable(gone)

    def _commit(self, transaction: Transaction) -> None:
        connection = self._connection
        assert connection is not None
        transaction.flush()
        # Even where nothing was changed: an answer from a file that is gone is none.
        self._refuse_gone()
        if not connection.in_transaction:
            return
        changed = connection.total_changes - self._changes
        if not changed:
            # What changes nothing needs no room, and waits for no disk.
            self._cursor.execute("ROLLBACK")
            return
        number = self._numbers.number_commit(self._cursor)
        self._crash_point("before commit")
        try:
            self._cursor.execute("COMMIT")
        except sqlite3.Error:
            # Where nobody knows what was written, nothing is changed by it.
            transaction.touched.everybody = True
            if not self._was_committed(number):
                raise
        self._numbers.commits = number
        transaction.committed()
        self._crash_point("after commit")
        self._error = None
        self._in_log += PAGES_A_COMMIT + changed // ROWS_A_PAGE
        if self._seal is not None:
            self._seal.note(number)

    def _was_committed(self, number: int) -> bool:
        """Find out what a commit that failed has done. Raises `CommitUnknown` when the journal cannot say."""
        try:
            self._disconnect()
            self._reconnect()
            return last_commit(self._cursor) >= number
        except (*ERRORS, JournalUnavailable) as error:
            self._error = str(explain(error) if isinstance(error, ERRORS) else error)
            raise CommitUnknown(
                "the journal failed while it was writing; whether the change was made will be known when it works again"
            ) from error

    def _judge(self, error: BaseException) -> None:
        """Raise what an error of the database is in our words; others are the caller's."""
        if isinstance(error, A_BUG):
            log.error("the journal refused a write that contradicts what it keeps", exc_info=error)
            raise BrokenAppend(
                "the journal refused a write that contradicts itself or what is kept: a bug"
            ) from error
        if isinstance(error, ERRORS):
            self._refuse_gone()
            ours = explain(error)
            log.error("the journal cannot be written: %s", ours)
            if isinstance(ours, JournalDamaged):
                # The connection is kept: closed here, it would take the sums along by which the next start finds the damage.
                self._damage = str(ours)
            else:
                self._error = str(ours)
                if needs_new_connection(error):
                    self._disconnect()
            raise ours from error
        if isinstance(error, JournalDamaged):
            self._damage = str(error)

    def _mark(self, mark: bytes) -> None:
        """Write into the database file itself whether it needs its log."""
        if self._connection is None or self._identity.gone() is not None:
            return
        if self._cursor.execute("PRAGMA application_id").fetchone()[0] != int.from_bytes(mark):
            self._cursor.execute(f"PRAGMA application_id = {int.from_bytes(mark)}")
            self._check_point()

    def _check_point(self) -> bool:
        """Copy the log into the database; False when that failed."""
        self._in_log = 0
        if self._connection is None or self._identity.gone() is not None:
            return False
        self._crash_point("before checkpoint")
        try:
            _, frames, _ = self._cursor.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        except sqlite3.Error as error:
            log.warning("the journal's log was not copied into the database: %s", explain(error))
            return False
        self._crash_point("after checkpoint")
        self._identity.expect_mark()
        if self._seal is not None:
            self._seal.take_in(frames)
        return True

    def _roll_back(self) -> None:
        connection = self._connection
        if connection is None:
            return
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._disconnect()

    def _disconnect(self, *, sealed: bool = False) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            if self._seal is not None and not sealed and self._identity.database_gone() is None:
                # Closed as the last one, it copies the log by itself.
                self._seal.unseal()
            self._identity.forget_log()
            try:
                connection.close()
            except sqlite3.Error:
                log.exception("the journal's connection did not close")
