"""Who keeps the seal while the journal is written: on the loop's thread, and never in its way."""

import logging
import os
from array import array
from contextlib import suppress
from pathlib import Path

from .database_file import DatabaseFile
from .seal import A_SECTOR, FIRST_SUMS, SECTOR, SLOTS, Seal, head_sector, slot_sector, sums_sector
from .write_ahead_log import header_of, sums_in_log

log = logging.getLogger(__name__)


class SealKeeper:
    """Notes commits and the sums of pages. What goes wrong here fails no commit: the seal then says less."""

    def __init__(self, file: DatabaseFile, seal: Seal) -> None:
        """Open a seal that is there and says `seal`. Raises `OSError`."""
        self._log: Path = file.log
        self._path: Path = file.seal
        self._page_size = seal.page_size
        self._sums: array[int] | None = seal.sums
        self._salts: tuple[int, int] | None = None
        self._taken = 0
        self._complained = False
        self._file = os.open(file.seal, os.O_RDWR | os.O_CLOEXEC)

    def note(self, commits: int) -> None:
        """Write down the last commit's number. A killed process loses nothing of it, a power cut perhaps a second's:
        it reaches the disk with the next check-point."""
        sector = SLOTS[commits % 2]
        try:
            os.pwrite(self._file, slot_sector(commits, sector), sector * SECTOR)
        except OSError as error:
            self._complain(error)

    def take_in(self, frames: int) -> None:
        """Take the sums of the pages in the log's first `frames` frames, which were just copied into the database, and
        wait for the disk. Called before anything else is committed, while the log still has those pages."""
        if self._sums is None or frames <= 0:
            return
        try:
            self._take_in(self._sums, frames)
        except OSError as error:
            self._complain(error)
            self.unseal()

    def unseal(self) -> None:
        """Say that the sums hold no more, because SQLite is going to copy pages by itself; the next start takes them
        anew. If that cannot be written the seal is removed: an old one would take good pages for damaged ones."""
        if self._sums is None:
            return
        self._sums = None
        try:
            os.pwrite(self._file, head_sector(self._page_size, 0, sealed=False), 0)
            os.fdatasync(self._file)
        except OSError as error:
            self._complain(error)
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _take_in(self, sums: "array[int]", frames: int) -> None:
        header = header_of(self._log)
        if header is None:
            return
        first = self._taken if header.salts == self._salts else 0
        found = sums_in_log(self._log, header, first, frames)
        if found:
            last = max(found)
            if last > len(sums):
                sums.extend([0] * (last - len(sums)))
            for page, value in found.items():
                sums[page - 1] = value
            for sector in {(page - 1) // A_SECTOR for page in found}:
                os.pwrite(self._file, sums_sector(sums, sector), (FIRST_SUMS + sector) * SECTOR)
            os.pwrite(self._file, head_sector(self._page_size, len(sums), sealed=True), 0)
        os.fdatasync(self._file)
        self._salts, self._taken = header.salts, frames

    def _complain(self, error: OSError) -> None:
        if not self._complained:
            self._complained = True
            log.warning("the journal's seal cannot be written: %s", error.strerror)
