"""Files that belong to a journal no more, kept where nobody takes them for its own."""

from pathlib import Path

from .database_file import DatabaseFile


def set_aside(file: DatabaseFile, *files: Path) -> tuple[Path, ...]:
    """Move those of `files` that exist into a new folder beside the journal, in this order; give where they are.

    Raises `OSError`.
    """
    there = [one for one in files if one.exists()]
    if not there:
        return ()
    number = 1
    while (place := file.path.with_name(f"{file.path.name}.set-aside-{number}")).exists():
        number += 1
    place.mkdir(mode=0o700)
    return tuple(one.rename(place / one.name) for one in there)
