"""The seal: a file beside the database that says, from outside of it, what was committed.

SQLite keeps no sums of the database's pages, and drops without a word whatever stands behind a damaged stretch of its
log. The seal holds the number of the last commit that was answered, and a CRC-32 of every page as it was last copied
out of the log. A journal with fewer commits has lost some; a page with another sum is not what was written.

It may lag behind the journal, never run ahead of it: the number is written after the commit, without waiting for the
disk (a killed process loses nothing of it), the sums before the log they come from is begun anew.
"""

import os
from array import array
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from time import sleep
from zlib import crc32

from ..port import JournalDamaged
from .database_file import PRIVATE, wait_for_disk

MAGIC = b"firstyes seal 1\n"
SECTOR = 512
"""Bytes that a disk writes as a whole."""
A_SECTOR = SECTOR // 4 - 1
"""Sums of pages that fit into a sector beside its own sum."""
HEAD = Struct("<16s3I")
SLOT = Struct("<2Q")
SLOTS = (1, 2)
"""Sectors that take turns to hold the number of the last commit: damage to one costs one commit's protection."""
FIRST_SUMS = 3
READ_AGAIN = 2
BETWEEN = 0.01

WHAT_TO_DO = (
    'Nothing says any more that the journal is whole. Ask "firstyes doctor"; if it finds the journal sound, '
    '"firstyes doctor --accept-loss" makes a new seal.'
)


class BrokenSeal(JournalDamaged):
    """Raised when the seal itself is damaged: whether the journal is whole cannot be told from it."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a seal says. `sums` are by page, from page 1; None when there are none that hold."""

    commits: int
    page_size: int
    sums: "array[int] | None"

    @classmethod
    def read(cls, path: Path) -> "Seal | None":
        """Read a seal; None when there is none. Raises `BrokenSeal`, and `OSError`."""
        for _ in range(READ_AGAIN):
            # A running service may be writing just what is read.
            with suppress(BrokenSeal):
                return cls._read(path)
            sleep(BETWEEN)
        return cls._read(path)

    @classmethod
    def _read(cls, path: Path) -> "Seal | None":
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        head = _content(data, 0, path)
        magic, page_size, count, sealed = HEAD.unpack_from(head)
        if magic != MAGIC:
            raise BrokenSeal(f"{path.name} has another form than this firstyes knows. {WHAT_TO_DO}")
        commits = _last_number(data, path)
        if not sealed:
            return cls(commits, page_size, None)
        sums: array[int] = array("I")
        for sector in range(FIRST_SUMS, FIRST_SUMS + -(-count // A_SECTOR)):
            sums.frombytes(_content(data, sector, path))
        return cls(commits, page_size, sums[:count])

    def write(self, path: Path) -> None:
        """Write the whole seal anew, so that a crash leaves the old one or this. Raises `OSError`."""
        sums = self.sums if self.sums is not None else array("I")
        parts = [head_sector(self.page_size, len(sums), sealed=self.sums is not None)]
        parts += [slot_sector(self.commits, slot) for slot in SLOTS]
        parts += [sums_sector(sums, number) for number in range(-(-len(sums) // A_SECTOR))]
        new = path.with_name(path.name + ".new")
        with open(new, "wb", opener=_private) as file:
            file.write(b"".join(parts))
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        wait_for_disk(path.parent)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CLOEXEC, PRIVATE)


def head_sector(page_size: int, count: int, *, sealed: bool) -> bytes:
    """Give the first sector."""
    return _sector(HEAD.pack(MAGIC, page_size, count, int(sealed)), 0)


def slot_sector(commits: int, sector: int) -> bytes:
    """Give a sector with the number of the last commit."""
    return _sector(SLOT.pack(commits, sector), sector)


def sums_sector(sums: "array[int]", number: int) -> bytes:
    """Give the numberth sector of sums."""
    return _sector(sums[number * A_SECTOR : (number + 1) * A_SECTOR].tobytes(), FIRST_SUMS + number)


def _sector(content: bytes, sector: int) -> bytes:
    content = content.ljust(SECTOR - 4, b"\0")
    return content + crc32(content, sector).to_bytes(4, "little")


def _content(data: bytes, sector: int, path: Path) -> bytes:
    whole = data[sector * SECTOR : (sector + 1) * SECTOR]
    content = whole[: SECTOR - 4]
    if len(whole) < SECTOR or crc32(content, sector) != int.from_bytes(whole[SECTOR - 4 :], "little"):
        raise BrokenSeal(f"the seal {path.name} is damaged at byte {sector * SECTOR} or behind. {WHAT_TO_DO}")
    return content


def _last_number(data: bytes, path: Path) -> int:
    numbers = []
    for slot in SLOTS:
        try:
            numbers.append(int(SLOT.unpack_from(_content(data, slot, path))[0]))
        except BrokenSeal:
            if slot == SLOTS[-1] and not numbers:
                raise
    return max(numbers)
