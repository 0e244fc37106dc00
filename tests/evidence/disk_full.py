"""A full disk: the journal lies on a small one that is filled under load and freed again, without a restart."""

import errno
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from firstyes.actors.carriers.port import Recovery

from .kills.answers import lost_answers
from .kills.house import House
from .kills.journal import KilledJournal
from .kills.part import judge
from .part import Finding, Part, Progress

TIMES = 8
"""How often a full run fills the disk."""

ROOM = 48 * 2**20
"""Bytes on the small disk; a journal and its log need some of them before it is filled."""

REFUSALS = 20
"""Requests that must have been refused before the disk is freed."""

PATIENCE = 300.0
"""Seconds until it must have noticed that the disk is full, or has room again."""


class CannotMount(Exception):
    """Raised when this user may not mount a disk of their own."""


@dataclass(slots=True)
class Spells:
    """What was measured while the disk was full, and afterwards."""

    kept: int = 0
    """Answers acknowledged by the time the disk was freed, all found on it."""
    recovered: list[float] = field(default_factory=list)
    """Seconds from room to ready."""


def run(share: float, progress: Progress) -> Finding:
    """Fill the disk `share` of eight times; where this user may mount nothing, say so."""
    try:
        return fill(max(1, round(TIMES * share)), progress)
    except CannotMount as error:
        return Finding(True, f"NOT TRIED: {error}")


def fill(times: int, progress: Progress) -> Finding:
    """Fill the disk under load again and again, then look at everything. Raises `CannotMount`."""
    spells = Spells()
    with (
        tempfile.TemporaryDirectory(prefix="firstyes-full-") as folder,
        small_disk(Path(folder) / "disk") as disk,
    ):
        house = House(Path(folder), Recovery.LOOK_UP, 1, disk / "journal.db")
        try:
            house.open()
            house.server.start()
            assert house.server.wait_ready(), house.server.last_words()
            for done in range(times):
                _fill_once(house, disk / "ballast", spells)
                progress((done + 1) / times)
            house.stop()
            problems = tuple(judge(house))
        finally:
            house.close()
    summary = (
        f"full {times} times under load: {house.ledger.refused:,} requests refused with 503, {spells.kept:,} answers "
        f"looked for on the full disk; ready {max(spells.recovered, default=0):.1f} s after there was room, at most"
    )
    return Finding(not problems, summary, problems)


@contextmanager
def small_disk(folder: Path, size: int = ROOM) -> Iterator[Path]:
    """Mount a disk of `size` bytes, in memory. Raises `CannotMount`."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "firstyes-proof", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except OSError as error:
        raise CannotMount(f"there is no mount command: {error}") from error
    if done.returncode != 0:
        raise CannotMount(f"a small disk can only be mounted by root ({done.stderr.strip()})")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], timeout=10, check=False)


def _fill_once(house: House, ballast: Path, spells: Spells) -> None:
    ledger = house.ledger
    until = time.monotonic() + 0.5
    house.load.run(lambda: time.monotonic() > until)
    ledger.full = True
    _use_up(ballast)
    wanted, until = ledger.refused + REFUSALS, time.monotonic() + PATIENCE
    house.load.run(lambda: ledger.refused >= wanted or time.monotonic() > until)
    if ledger.refused < wanted:
        ledger.problems.append(f"{PATIENCE:.0f} s of load on a full disk, and {ledger.refused} were refused")
    ready, told = _get(house, "/readyz")
    if ready != 503 or "disk is full" not in str(told):
        ledger.problems.append(f"the disk is full, and /readyz says {ready}: {told}")
    if (alive := _get(house, "/livez")[0]) != 200:
        ledger.problems.append(f"the disk is full, and /livez says {alive}: it would be killed for it")
    spells.kept = sum(text.answer is not None for text in ledger.texts.values())
    ledger.problems += [
        f"on the full disk: {one}" for one in lost_answers(ledger, KilledJournal(house.server.journal))
    ]
    ballast.unlink()
    # Nobody asks for anything but whether it is ready: whoever balances load sends nothing before that.
    freed = time.monotonic()
    while (ready := _get(house, "/readyz")[0]) != 200 and time.monotonic() - freed < PATIENCE:
        time.sleep(0.05)
    if ready != 200:
        ledger.problems.append(f"{PATIENCE:.0f} s after there was room it was not ready")
    spells.recovered.append(time.monotonic() - freed)
    ledger.full = False
    house.settle()


def _use_up(ballast: Path) -> None:
    """Write until there is no room for another byte."""
    file = os.open(ballast, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        for piece in (2**20, 4096, 1):
            try:
                while True:
                    os.write(file, bytes(piece))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
    finally:
        os.close(file)


def _get(house: House, path: str) -> tuple[int, object]:
    caller = house.server.caller()
    try:
        return caller.call("GET", path)
    finally:
        caller.close()


PART = Part(
    name="disk_full",
    what="Fill the disk under load and free it: what was acknowledged is kept, all else is refused, it recovers.",
    seconds=45.0,
    run=run,
)
