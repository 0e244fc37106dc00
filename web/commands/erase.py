"""`firstyes erase`: a caregiver is forgotten."""

from datetime import UTC, datetime
from typing import Any

import click

from ...actors.journal.files.database_file import DatabaseFile
from ...actors.journal.files.rewriting import rehearse, rewrite
from ...actors.journal.instants import to_micros
from ...actors.journal.retention.erasing import erase
from ..service.settings import read_settings
from .settings_options import kept_store, setting_options


@click.command()
@click.argument("caregiver")
@click.option(
    "--dry-run", is_flag=True, help="Say what would be erased, and change nothing; the service may run."
)
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
@setting_options("store")
def command(*, caregiver: str, dry_run: bool, yes: bool, **given: Any) -> None:
    """Forget a caregiver, for good.

    That is name, phone, id, and the words of every message from and to them. The service must be stopped: a running one remembers people. What happened to shifts stays, under an id that says nothing.
    The journal is written anew, so that no page of it has what was erased. docs/privacy.md says what to see to elsewhere.
    """
    file = DatabaseFile.at(kept_store(read_settings(given)))
    now = to_micros(datetime.now(UTC))
    found = rehearse(file, lambda cursor: erase(cursor, caregiver, now))
    told = f"the words of {found.messages} messages, and {found.events} events about them"
    if dry_run:
        click.echo(f"Would erase {told}.")
        return
    if not yes:
        click.confirm(f"Erase {caregiver} with {told}? This cannot be undone", abort=True)
    found = rewrite(file, lambda cursor: erase(cursor, caregiver, now))
    click.echo(f"Erased {told}. What is left of them is called {found.left_as}.")
    if found.shared_phone:
        click.echo(
            "Others have the same phone: it stays theirs, with what was not known to be from this person."
        )
    if found.keeps_opt_out:
        click.echo(
            "They had opted out: a hash of the number is kept, so that it is not texted if it is loaded again."
        )
    click.echo(
        "Backups, the carrier's own records and logs of your programs are not reached by this: docs/privacy.md."
    )
