"""`firstyes backup`: a copy of the journal, while the service runs."""

from pathlib import Path
from typing import Any

import click

from ...actors.journal.files.backup import back_up
from ...actors.journal.files.database_file import DatabaseFile
from ..service.settings import read_settings
from .settings_options import setting_options


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@setting_options("store")
def command(file: Path, **given: Any) -> None:
    """Copy the journal to a file, while the service runs.

    The copy holds everything that was answered before the command began. It is looked over as `firstyes doctor` does, and
    FILE, which must not exist yet, appears only when it is complete. docs/backup.md says how to put it back.
    """
    found = back_up(DatabaseFile.at(read_settings(given).store), file)
    size = file.stat().st_size / 1e6
    click.echo(
        f"{file}: {size:.1f} MB, {found.shifts} shifts with {found.events} events, up to commit {found.commits}; sound"
    )
