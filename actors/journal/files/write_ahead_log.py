"""SQLite's write-ahead log as a file: which pages stand in it, and their sums.

Its form is documented ("The Write-Ahead Log", "WAL-mode File Format" in SQLite's documentation) and has been the same
since 3.7.0. SQLite locks nothing on this file, so that opening and closing it beside a connection is safe.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from zlib import crc32

HEADER = Struct(">8I")
FRAME = Struct(">6I")
LITTLE, BIG = 0x377F0682, 0x377F0683
WORDS = {LITTLE: "<", BIG: ">"}
AT_ONCE = 256
"""Frames that are read at once: a mebibyte."""


@dataclass(frozen=True, slots=True)
class LogHeader:
    """The first 32 bytes. `salts` are new each time the log is begun from its start."""

    magic: int
    page_size: int
    salts: tuple[int, int]
    sums: tuple[int, int]

    @classmethod
    def read(cls, file: int) -> "LogHeader | None":
        """Read it; None when SQLite would not take it either, and then takes nothing of the log."""
        data = os.pread(file, HEADER.size, 0)
        if len(data) < HEADER.size:
            return None
        magic, _, page_size, _, *salts, first, second = HEADER.unpack(data)
        if magic not in WORDS or _summed(data[:24], WORDS[magic], (0, 0)) != (first, second):
            return None
        return cls(magic, page_size, (salts[0], salts[1]), (first, second))

    @property
    def frame_size(self) -> int:
        """Bytes of a page with its head."""
        return FRAME.size + self.page_size


def pages_in_log(log: Path) -> frozenset[int]:
    """Give the pages that SQLite may read from the log and not from the database, and perhaps some more.

    Empty when it reads nothing from it: no log, a damaged header, or damage in the first transaction.
    """
    try:
        file = os.open(log, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return frozenset()
    try:
        header = LogHeader.read(file)
        if header is None or not _begins_well(file, header):
            return frozenset()
        return frozenset(page for page, _ in _frames(file, header, 0, None))
    finally:
        os.close(file)


def sums_in_log(log: Path, header: LogHeader, first: int, end: int) -> dict[int, int]:
    """Give the CRC-32 of each page that stands in the frames from `first` up to `end`, as it is in the last of them."""
    file = os.open(log, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return {page: crc32(content) for page, content in _frames(file, header, first, end)}
    finally:
        os.close(file)


def header_of(log: Path) -> LogHeader | None:
    """Give the header of a log."""
    file = os.open(log, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return LogHeader.read(file)
    finally:
        os.close(file)


def _frames(file: int, header: LogHeader, first: int, end: int | None) -> Iterator[tuple[int, memoryview]]:
    size = header.frame_size
    while end is None or first < end:
        wanted = AT_ONCE if end is None else min(AT_ONCE, end - first)
        data = memoryview(os.pread(file, wanted * size, HEADER.size + first * size))
        for start in range(0, len(data) - size + 1, size):
            page, _, one, two, _, _ = FRAME.unpack_from(data, start)
            if (one, two) != header.salts:
                return
            yield page, data[start + FRAME.size : start + size]
        if len(data) < wanted * size:
            return
        first += wanted


def _begins_well(file: int, header: LogHeader) -> bool:
    """Whether the first transaction's frames have the sums they should."""
    sums, place = header.sums, HEADER.size
    while True:
        data = os.pread(file, header.frame_size, place)
        if len(data) < header.frame_size:
            return False
        _, commit, one, two, first, second = FRAME.unpack_from(data)
        sums = _summed(data[:8] + data[FRAME.size :], WORDS[header.magic], sums)
        if (one, two) != header.salts or (first, second) != sums:
            return False
        if commit:
            return True
        place += header.frame_size


def _summed(data: bytes, words: str, sums: tuple[int, int]) -> tuple[int, int]:
    one, two = sums
    numbers = iter(Struct(f"{words}{len(data) // 4}I").unpack(data))
    for number in numbers:
        one = (one + number + two) & 0xFFFFFFFF
        two = (two + next(numbers) + one) & 0xFFFFFFFF
    return one, two
