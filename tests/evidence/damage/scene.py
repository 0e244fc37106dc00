"""A small real journal in three states: killed with commits in its log, killed when idle, closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import cast

from firstyes.actors.desk.desk import ShiftDesk
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.runtime import loop
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.message import InboundMessage
from firstyes.domain.organization import Organization, OwnNumber
from firstyes.domain.shift.shift import Shift

AT = datetime(2030, 7, 16, 10, 0, tzinfo=UTC)
PHONES = {name: f"+1312555020{number}" for number, name in enumerate(("alma", "bea", "cleo", "dora"))}
NAME = "journal.db"
PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class State:
    """A journal's files as they lie on the disk, by what is added to the journal's name: "", "-wal", ".seal", ".lock"."""

    name: str
    files: dict[str, bytes]

    @classmethod
    def read(cls, name: str, folder: Path) -> "State":
        """Read them; what SQLite makes anew at each start is left out."""
        parts = ("", "-wal", ".seal", ".lock")
        there = {part: folder / f"{NAME}{part}" for part in parts}
        return cls(name, {part: path.read_bytes() for part, path in there.items() if path.exists()})

    def write(self, folder: Path) -> None:
        """Put them there, and nothing else."""
        for path in folder.iterdir():
            path.unlink()
        for part, content in self.files.items():
            (folder / f"{NAME}{part}").write_bytes(content)


def make_states(folder: Path) -> list[State]:
    """Let a desk fill shifts in `folder`, and read its journal after a kill in the middle, when idle, and closed."""
    with _idle_after(3600.0):
        with _desk(folder) as (desk, _):
            _employ(desk)
            _post(desk, "monday", "tuesday", "wednesday")
            _offer(desk, "monday", "tuesday", "wednesday")
            _say(
                desk,
                "bea",
                "no 10",
                "alma",
                "yes 10",
                "cleo",
                "yes 10",
                "bea",
                "what is the address?",
                "dora",
                "STOP",
            )
        with _desk(folder) as (desk, _):
            _say(desk, "cleo", "yes 12")
            killed = State.read("killed", folder)
    with _idle_after(0.01), _desk(folder) as (desk, copied):
        _say(desk, "alma", "running late", "bea", "yes")
        assert copied.wait(PATIENCE)
        # Not before what is done after a check-point is done as well.
        with cast(SqliteJournal, desk._store).transaction():
            pass
        idle = State.read("idle", folder)
    return [killed, idle, State.read("closed", folder)]


@contextmanager
def _idle_after(seconds: float) -> Iterator[None]:
    usual, loop.IDLE_AFTER = loop.IDLE_AFTER, seconds
    try:
        yield
    finally:
        loop.IDLE_AFTER = usual


@contextmanager
def _desk(folder: Path) -> Iterator[tuple[ShiftDesk, Event]]:
    copied = Event()

    def pass_point(point: str) -> None:
        if point == "after commit":
            copied.clear()
        elif point == "after checkpoint":
            copied.set()

    journal = SqliteJournal.open(f"sqlite:///{folder}/{NAME}", crash_point=pass_point)
    with ShiftDesk(journal, clock=ManualClock(AT)) as desk:
        yield desk, copied
        desk.settle()
    journal.close()


def _employ(desk: ShiftDesk) -> None:
    desk.put_organizations(
        [
            Organization(
                id="lakeside",
                name="Lakeside",
                time_zone="America/Chicago",
                phones=(OwnNumber(number="+13125550100"),),
            )
        ]
    )
    desk.put_caregivers(
        [
            Caregiver(id=name, name=name.title(), organization_id="lakeside", roles=("RN",), phone=phone)
            for name, phone in PHONES.items()
        ]
    )


def _post(desk: ShiftDesk, *shift_ids: str) -> None:
    for number, shift_id in enumerate(shift_ids):
        start = AT + timedelta(hours=3 + 24 * number)
        shift = {"start_time": start, "end_time": start + timedelta(hours=8)}
        desk.post_shifts(
            [
                Shift.model_validate(
                    {"id": shift_id, "organization_id": "lakeside", "role_required": "RN", **shift}
                )
            ]
        )


def _offer(desk: ShiftDesk, *shift_ids: str) -> None:
    for shift_id in shift_ids:
        desk.fan_out(shift_id)
    desk.settle()


def _say(desk: ShiftDesk, *said: str) -> None:
    for name, body in zip(said[::2], said[1::2], strict=True):
        desk.receive(InboundMessage(from_phone=PHONES[name], body=body))
    desk.settle()
