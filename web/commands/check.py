"""`firstyes check`: would the service start, and how is its journal?"""

import re
import sys
from collections.abc import Iterator
from typing import Any

import click
from pydantic import SecretStr

from ...actors.journal.database_file import DatabaseFile
from ...actors.journal.port import JournalDamaged, JournalUnavailable
from ...actors.journal.sqlite_journal import SqliteJournal
from ..exit_codes import ExitCode
from ..journal_owner import owner_of
from ..listen_address import AddressTaken, ListenAddress
from ..service_settings import FORGOTTEN, PREFIX, ServiceSettings, read_settings, unknown_variables
from .settings_options import setting_options

SHORT_TOKEN = 16
"""Characters below which a token is pointed out: it could be guessed."""


@click.command()
@setting_options("store", "host", "port", "rounds", "carrier", "simulator_log", "threads", "pin", "log_level")
def command(**given: Any) -> None:
    """Look at settings and journal, and say what would be refused.

    Nothing is changed, and the journal may be in use. Ends with 0 when the service would start with these settings.
    """
    settings = read_settings(given)
    click.echo("settings")
    for name in ServiceSettings.model_fields:
        click.echo(f"  {PREFIX}{name.upper():<14} {shown(getattr(settings, name))}")
    for line in _warnings(settings):
        click.echo(f"  note: {line}")
    refused = list(_refusals(settings))
    for line in refused:
        click.echo(f"  refused: {line}")
    click.echo("journal")
    damage = _look_at_journal(settings)
    sys.exit(damage or (ExitCode.SETTINGS if refused else ExitCode.OK))


def shown(value: object) -> str:
    """Give a setting's value as people write it; a secret only as being there."""
    if isinstance(value, SecretStr):
        return "set, not shown"
    if isinstance(value, tuple):
        return ",".join(f"{one.channel}:{one.wait}" for one in value)
    # An address may hold a password.
    return "not set" if value is None else re.sub(r"//[^/@]*@", "//***@", str(value))


def _warnings(settings: ServiceSettings) -> Iterator[str]:
    yield from unknown_variables()
    token = settings.api_token
    if token is not None and len(token.get_secret_value()) < SHORT_TOKEN:
        yield f"the token is shorter than {SHORT_TOKEN} characters"


def _refusals(settings: ServiceSettings) -> Iterator[str]:
    try:
        yield from ListenAddress.find(settings.host, settings.port).dangers(settings)
    except AddressTaken as error:
        yield str(error)


def _look_at_journal(settings: ServiceSettings) -> ExitCode | None:
    if settings.store == FORGOTTEN:
        click.echo("  kept in a temporary folder and forgotten when the service stops")
        return None
    file = DatabaseFile.at(settings.store)
    if not any(one.exists() for one in (file.path, file.log, file.lock)):
        click.echo(f"  {file.path} does not exist; the service will make it")
        return None
    try:
        journal = SqliteJournal.open_read_only(settings.store)
    except (JournalDamaged, JournalUnavailable) as error:
        click.echo(f"  refused: {error}")
        return ExitCode.DAMAGED if isinstance(error, JournalDamaged) else ExitCode.UNAVAILABLE
    try:
        health = journal.health()
    finally:
        journal.close()
    owner = owner_of(file)
    click.echo(
        f"  {file.path}, {health.size / 1e6:.1f} MB, {f'in use by process {owner}' if owner else 'not in use'}"
    )
    for name, count in sorted(health.counts.items()):
        click.echo(f"  {name:<18} {count}")
    return None
