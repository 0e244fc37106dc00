"""Whether the journal can be written, and what of it the other lines need."""

import shutil
from collections.abc import Iterator
from tempfile import TemporaryFile

from ...actors.journal.files.database_file import DatabaseFile
from ...domain.errors import FirstyesError
from ..service.journal_owner import owner_of
from ..service.settings import FORGOTTEN
from .finding import Finding

WHAT = "journal"
LEAST_FREE = 200_000_000
"""Bytes on the disk below which it is soon full."""


def look_at_journal(store: str) -> Iterator[Finding]:
    """Say whether what people answer can be kept."""
    if store == FORGOTTEN:
        yield Finding(WHAT, "it is forgotten when the service stops", "name a file with FIRSTYES_STORE")
        return
    file = DatabaseFile.at(store)
    folder = next(one for one in file.path.parents if one.exists())
    try:
        file.refuse_read_only()
        with TemporaryFile(dir=folder) as tried:
            tried.write(bytes(4096))
            tried.flush()
    except FirstyesError as error:
        yield Finding(WHAT, "it cannot be written", str(error))
        return
    except OSError as error:
        yield Finding(
            WHAT, f"it cannot be written: {error.strerror}", f"let the service's user write to {folder}"
        )
        return
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        yield Finding(WHAT, f"the disk of {folder} has {free / 1e6:.0f} MB left", "make room on it")
        return
    owner = owner_of(file)
    in_use = f", in use by process {owner}" if owner else ""
    yield Finding(WHAT, f"{file.path} can be written{in_use}")
