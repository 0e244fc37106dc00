"""The writer: the one thread and the one connection that change the journal.

It takes all that is queued, settles each task by itself, and commits once. Whoever handed a task in waits for its
reply.
"""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from ..errors import NoAnswer
from ..reply import Reply
from . import transaction
from .alert_port import AlertChanges
from .errors import BrokenAppend
from .files.seal_keeper import SealKeeper
from .numbers import Numbers
from .port import Append, DeliveryChange, JournalUnavailable, Outcome
from .sqlite_errors import explain, needs_new_connection
from .transaction import CrashPoint
from .write_tasks import AppendTask, DeliveryTask, Task, WorkTask, write_and_take_back

T = TypeVar("T")

HEAVIEST_BATCH = 4_096
"""How much one commit takes, in rows, roughly: what comes after a big fan-out waits for that one only."""

IDLE_AFTER = 1.0
"""Seconds without a task after which the log is copied into the database."""

CHECKPOINT_AT = 16_000
"""How many pages of 4 KiB, roughly, are written to the log before they are copied into the database, although writes
wait meanwhile. The more, the oftener a page is copied once for many writes; it happens anyhow when idle."""
A_PAGE = 4_096
PAGES_A_COMMIT = 10
ROWS_A_PAGE = 2

A_BUG = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.DataError)

log = logging.getLogger(__name__)


class Writer:
    """Writes on its own daemon thread, over a connection that `connect` opens and opens again when it breaks."""

    def __init__(
        self,
        connect: Callable[[], sqlite3.Connection],
        *,
        timeout: float,
        crash_point: CrashPoint,
        seal: SealKeeper | None = None,
        left_in_log: int = 0,
    ) -> None:
        """Open the connection, raising what `connect` does or that it cannot write, and start the thread.

        `seal` learns of every commit and of every page that is copied out of the log; `left_in_log` are the bytes of it
        that the last owner left.
        """
        self._connect = connect
        self._timeout = timeout
        self._crash_point = crash_point
        self._seal = seal
        # Else a service that is killed again and again, and never silent between, would let it grow for ever.
        self._in_log = left_in_log // A_PAGE
        self._queue: SimpleQueue[Task | None] = SimpleQueue()
        self._closing = Lock()
        self._closed = False
        self._put_back: list[Task] = []
        self.error: str | None = None
        self.on_alerts: Callable[[AlertChanges], None] = lambda alerts: None
        self._connection: sqlite3.Connection | None = connect()
        self._cursor = self._connection.cursor()
        # SQLite opens what is read-only without a word.
        self._cursor.execute("BEGIN IMMEDIATE")
        self._cursor.execute("ROLLBACK")
        self._numbers = Numbers(self._cursor)
        self._thread = Thread(target=self._run, name="journal", daemon=True)
        self._begin()

    @property
    def queued(self) -> int:
        """How many tasks wait."""
        return self._queue.qsize()

    def append(self, appends: Sequence[Append]) -> list[Outcome]:
        """Write one actor's decisions, in order."""
        if not appends:
            return []
        task = AppendTask(appends)
        self._put(task)
        return self._wait(task.reply)

    def change_deliveries(self, changes: Sequence[DeliveryChange]) -> None:
        """Write what became of outbox rows."""
        task = DeliveryTask(changes)
        self._put(task)
        self._wait(task.reply)

    def work(self, work: Callable[[sqlite3.Cursor, AlertChanges], T]) -> T:
        """Run a function inside a transaction and give its result."""
        task = WorkTask(work)
        self._put(task)
        reply: Reply[T] = task.reply
        return self._wait(reply)

    def _begin(self) -> None:
        """Start writing; a simulation, where whoever waits writes, has no thread."""
        self._thread.start()

    def close(self, timeout: float) -> bool:
        """Write what is queued, checkpoint, close the connection; False when that took too long."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _put(self, task: Task) -> None:
        with self._closing:
            if self._closed:
                raise JournalUnavailable("the journal is closed")
            self._queue.put(task)

    def _wait(self, reply: Reply[T]) -> T:
        try:
            return reply.wait(self._timeout)
        except NoAnswer as error:
            # Whoever sets the reply first decides: the writer skips what was given up before it was taken.
            late = JournalUnavailable(
                f"the journal did not answer within {self._timeout:g} s; if it was just writing, the change may "
                "still be made, and asking again will tell"
            )
            if reply.set_error(late):
                raise late from error
            return reply.wait(0)

    def _run(self) -> None:
        while True:
            batch, last = self._take()
            if batch:
                self._write(batch)
            if last:
                break
        self._disconnect(sealed=self._check_point())
        if self._seal is not None:
            self._seal.close()

    def _take(self) -> tuple[list[Task], bool]:
        batch: list[Task] = []
        streams: set[str] = set()
        put_back, self._put_back = self._put_back, []
        weight = 0
        for task in put_back:
            weight += self._take_one(task, batch, streams)
        if not put_back:
            task_or_end = self._next()
            if task_or_end is None:
                return batch, True
            weight += self._take_one(task_or_end, batch, streams)
        while weight < HEAVIEST_BATCH:
            try:
                task_or_end = self._queue.get_nowait()
            except Empty:
                break
            if task_or_end is None:
                if self._put_back:
                    self._queue.put(None)
                    break
                return batch, True
            weight += self._take_one(task_or_end, batch, streams)
        return batch, False

    def _next(self) -> Task | None:
        while self.error is not None:
            with suppress(Empty):
                return self._queue.get(timeout=IDLE_AFTER)
            self._try_again()
        if self._connection is not None:
            with suppress(Empty):
                return self._queue.get(timeout=IDLE_AFTER)
            self._check_point()
        return self._queue.get()

    def _try_again(self) -> None:
        """Write something that leaves nothing behind: whoever sends nothing until we are ready would wait for ever."""
        try:
            self._transaction([WorkTask(write_and_take_back)])
        except sqlite3.Error as error:
            self.error = str(explain(error))
            if needs_new_connection(error):
                self._disconnect()

    def _check_point(self) -> bool:
        """Copy the log into the database: a restart then has little to replay. False when that failed."""
        self._in_log = 0
        if self._connection is None:
            return False
        self._crash_point("before checkpoint")
        try:
            _, frames, _ = self._cursor.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        except sqlite3.Error as error:
            log.warning("the journal's log was not copied into the database: %s", explain(error))
            return False
        self._crash_point("after checkpoint")
        if self._seal is not None:
            self._seal.take_in(frames)
        return True

    def _take_one(self, task: Task, batch: list[Task], streams: set[str]) -> int:
        if task.reply.is_set():
            return 0
        if isinstance(task, AppendTask):
            # Two decisions on one stream cannot both stand; the later one is settled when the first is written.
            if task.stream in streams:
                self._put_back.append(task)
                return 0
            streams.add(task.stream)
        batch.append(task)
        return task.weight

    def _write(self, batch: Sequence[Task]) -> None:
        try:
            results = self._transaction(batch)
        except Exception as error:  # noqa: BLE001 - a bug in one task must not end the writer
            if isinstance(error, sqlite3.Error) and not isinstance(error, A_BUG):
                self._fail(batch, error)
            elif len(batch) == 1:
                self._blame(batch[0], error)
            else:
                # One of them is broken; written one by one, the others are not touched by it.
                for task in batch:
                    self._write([task])
        else:
            for task, result in zip(batch, results, strict=True):
                task.reply.set_result(result)
            if self._in_log >= CHECKPOINT_AT:
                self._check_point()

    def _transaction(self, batch: Sequence[Task]) -> list[Any]:
        try:
            if self._connection is None:
                self._connection = self._connect()
                self._cursor = self._connection.cursor()
                self._numbers = Numbers(self._cursor)
            rows = self._connection.total_changes
            alerts = AlertChanges()
            results = transaction.run(self._cursor, self._numbers, batch, self._crash_point, alerts)
        except BaseException:
            self._roll_back()
            raise
        if self._connection.total_changes != rows:
            # What changes nothing needs no room, and says nothing about it.
            self.error = None
            self._in_log += PAGES_A_COMMIT + (self._connection.total_changes - rows) // ROWS_A_PAGE
            if self._seal is not None:
                self._seal.note(self._numbers.commits)
        if alerts.opened or alerts.closed:
            self.on_alerts(alerts)
        return results

    def _blame(self, task: Task, error: Exception) -> None:
        log.error("the journal refused a write that contradicts what it keeps", exc_info=error)
        broken = BrokenAppend("the journal refused a write that contradicts itself or what is kept: a bug")
        broken.__cause__ = error
        task.reply.set_error(broken)

    def _fail(self, batch: Sequence[Task], error: sqlite3.Error) -> None:
        ours = explain(error)
        self.error = str(ours)
        log.error("the journal cannot be written: %s", ours)
        if needs_new_connection(error):
            self._disconnect()
        for task in batch:
            task.reply.set_error(ours)

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
            if self._seal is not None and not sealed:
                # Closed as the last one, it copies the log by itself.
                self._seal.unseal()
            try:
                connection.close()
            except sqlite3.Error:
                log.exception("the journal's connection did not close")
