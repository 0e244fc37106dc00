"""Going on with what a damaged journal still holds, once somebody has said that what is lost may be lost, or that its
tables may be made anew."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ..port import JournalDamaged, JournalUnavailable
from ..sqlite_errors import WHAT_TO_DO, explained
from .backup import skip_numbers
from .database_file import DatabaseFile, wait_for_disk
from .diagnosis import Diagnosis, Trouble, diagnose
from .folder_beside import folder_beside
from .owner_lock import OwnerLock
from .rebuilt import rebuilt
from .seal import BrokenSeal, Seal
from .sealing import seal_up
from .set_aside import set_aside


@dataclass(frozen=True, slots=True)
class Accepted:
    """What the journal holds now. `lost` is how many commits are missing, as far as is known; `made_anew` says which rows
    are other than they were; the files as they were lie in `set_aside`."""

    diagnosis: Diagnosis
    made_anew: tuple[str, ...]
    lost: int | None
    set_aside: tuple[Path, ...]


def accept_loss(file: DatabaseFile, *, rebuild: bool = False) -> Accepted:
    """Put the best sound state of a journal in its place, set its files aside, and seal it anew.

    Tried are the database with its log, and without: a damaged log can hide what the database has. With `rebuild`, tables
    that are not what the events say are made anew first.

    Raises `JournalBusy` when the journal is in use, `JournalDamaged` when neither fits together (nothing was changed
    then), `JournalUnavailable` when the disk does not let us.
    """
    lock = OwnerLock(file.lock)
    try:
        with explained(f"cannot mend {file.path}"):
            file.refuse_vanished(was_made=True)
            file = file.looked_at()
            with folder_beside(file, alone=True) as folder:
                return _accept(file, folder, rebuild)
    finally:
        lock.release()


def _accept(file: DatabaseFile, folder: Path, rebuild: bool) -> Accepted:
    acknowledged = _acknowledged(file)
    sound = list(_sound_ones(file, folder, rebuild))
    if not sound:
        raise JournalDamaged(
            f"what is left of the journal does not fit together; nothing was changed. {WHAT_TO_DO}"
        )
    copy, diagnosis, made_anew = max(sound, key=lambda one: one[1].commits)
    # Closed as the only one, the connection leaves one file without a log.
    with closing(copy.connect_writer()) as connection:
        skip_numbers(connection)
    wait_for_disk(copy.path)
    owner = file.path.stat()
    # The database first: if this is cut off, the next start says that it is missing, and makes no new one.
    aside = set_aside(file, file.path, file.log, file.seal)
    file.shared.unlink(missing_ok=True)
    copy.take_the_place_of(file, owner)
    seal_up(file).close()
    lost = None if acknowledged is None else max(0, acknowledged - diagnosis.commits)
    return Accepted(diagnosis, made_anew, lost, aside)


def _acknowledged(file: DatabaseFile) -> int | None:
    if file.backup:
        return None
    try:
        seal = Seal.read(file.seal)
    except BrokenSeal:
        return None
    return None if seal is None else seal.commits


def _sound_ones(
    file: DatabaseFile, folder: Path, rebuild: bool
) -> Iterator[tuple[DatabaseFile, Diagnosis, tuple[str, ...]]]:
    for name in ("with-log.db", "alone.db"):
        copy = DatabaseFile(folder / name)
        shutil.copy(file.path, copy.path)
        if name == "with-log.db" and file.log.exists() and not file.backup:
            shutil.copyfile(file.log, copy.log)
        made_anew: tuple[str, ...] = ()
        try:
            diagnosis = diagnose(copy, with_seal=False)
            if rebuild and Trouble.ROWS in diagnosis.faults:
                made_anew = tuple(diagnosis.faults[Trouble.ROWS])
                with rebuilt(copy, writable=True) as tables:
                    tables.put_in_place()
                diagnosis = diagnose(copy, with_seal=False)
        except (JournalDamaged, JournalUnavailable):
            continue
        if diagnosis.sound and diagnosis.made:
            yield copy, diagnosis, made_anew
