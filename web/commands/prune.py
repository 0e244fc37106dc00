"""`firstyes prune`: what is long over leaves the journal."""

from datetime import UTC, datetime, timedelta
from typing import Any

import click

from ...actors.journal.files.database_file import DatabaseFile
from ...actors.journal.files.rewriting import rehearse, rewrite
from ...actors.journal.instants import to_micros
from ...actors.journal.retention.pruning import Pruned, prune
from ..service.settings import read_settings
from .settings_options import kept_store, setting_options

LEAST = 30
"""Days that everything is kept: a carrier, a program or a person may come back to it."""


@click.command()
@click.option(
    "--older-than",
    "days",
    type=click.IntRange(min=LEAST),
    required=True,
    metavar="DAYS",
    help=f"Take out what ended so many days ago, {LEAST} or more.",
)
@click.option(
    "--dry-run", is_flag=True, help="Say what would be taken out, and change nothing; the service may run."
)
@setting_options("store")
def command(*, days: int, dry_run: bool, **given: Any) -> None:
    """Take out of the journal what is long over.

    That is shifts with all that belongs to them, and old messages and alerts. The service must be stopped. Nothing goes that is under way, newer, or has an open alert; people stay. The journal is then
    written anew, so that no page of it has what was taken out. docs/privacy.md says what is kept how long.
    """
    file = DatabaseFile.at(kept_store(read_settings(given)))
    before = to_micros(datetime.now(UTC) - timedelta(days=days))
    size = file.size
    found = (rehearse if dry_run else rewrite)(file, lambda cursor: prune(cursor, before))
    click.echo(f"{'Would take' if dry_run else 'Took'} out {_told(found)}.")
    if not dry_run:
        click.echo(f"{file.path}: {size / 1e6:.1f} MB before, {file.size / 1e6:.1f} MB now.")


def _told(found: Pruned) -> str:
    return (
        f"{found.shifts} shifts, {found.messages} messages, {found.alerts} alerts, {found.phones} phones of nobody and "
        f"{found.sessions} sessions"
    )
