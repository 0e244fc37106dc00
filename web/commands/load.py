"""`firstyes load`: data from a file into the journal."""

import sys
from pathlib import Path
from typing import Any

import click

from ...actors.desk import ShiftDesk
from ...actors.journal.port import JournalBusy
from ..exit_codes import ExitCode
from ..service_settings import FORGOTTEN, read_settings
from .data_file import load_file, read_file
from .settings_options import setting_options
from .silent_carrier import SilentCarrier


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@setting_options("store")
def command(file: Path, **given: Any) -> None:
    """Load organizations, caregivers and shifts from a JSON file.

    Creates what is new and replaces what has changed; loading the same file twice changes nothing. Rows that are refused
    are listed and the others loaded; then the exit code is 1. Nothing is sent by it: what is due goes out when the
    service runs.

    The journal must not be in use. While the service runs, send the same data through its API, or start it with
    `serve --load`.
    """
    settings = read_settings(given)
    if settings.store == FORGOTTEN:
        raise click.UsageError(
            f"{FORGOTTEN} is a journal that is forgotten; name one with --store or FIRSTYES_STORE"
        )
    read_file(file)
    try:
        with ShiftDesk(settings.store, carrier=SilentCarrier(), rounds=settings.rounds) as desk:
            summary, refused = load_file(desk, file)
    except JournalBusy as error:
        raise JournalBusy(
            f"{error}\nWhile it runs, load through its API: POST /organizations, /caregivers, /shifts take lists."
        ) from error
    click.echo(summary)
    for line in refused:
        click.echo(f"refused: {line}", err=True)
    if refused:
        sys.exit(ExitCode.REFUSED)
