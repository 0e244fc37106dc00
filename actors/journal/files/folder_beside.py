"""A folder beside a journal, for copies of it: gone when the work is done, or at the next one if that was killed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from .database_file import DatabaseFile


@contextmanager
def folder_beside(file: DatabaseFile, *, alone: bool) -> Iterator[Path]:
    """Give a new folder. Whoever is `alone`, as the journal's owner, removes those that were left before. Raises `OSError`."""
    prefix = f"{file.path.name}.copy-"
    if alone:
        for left in file.path.parent.glob(f"{escape(prefix)}*"):
            shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=prefix, dir=file.path.parent) as folder:
        yield Path(folder)
