"""`firstyes check`: would the service start, and how is its journal?"""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from typing import Any

import click
from pydantic import SecretStr

from ...actors.carriers.twilio.settings import BadCredentials
from ...actors.journal.files.database_file import DatabaseFile
from ...actors.journal.files.opening import check_readable
from ...actors.journal.port import JournalDamaged, JournalUnavailable
from ...actors.journal.sqlite_journal import SqliteJournal
from ...domain.policy import Round
from ..service.address import AddressTaken, ListenAddress
from ..service.factories import BadFactory, chosen_couriers, find
from ..service.journal_owner import owner_of
from ..service.settings import (
    FORGOTTEN,
    PREFIX,
    TWILIO,
    BadSettings,
    ServiceSettings,
    read_settings,
    unknown_variables,
)
from .exit_codes import ExitCode
from .settings_options import SERVING, setting_options

SHORT_TOKEN = 16
"""Characters below which a token is pointed out: it could be guessed."""

Refusal = tuple[ExitCode, str]
"""Why the service would not start, and what it would end with."""


@click.command()
@setting_options(*SERVING)
def command(**given: Any) -> None:
    """Look at settings and journal, and say what would be refused.

    Nothing is changed, and the journal may be in use. Ends with 0 when the service would start now with these settings,
    else with what it would end with: also when it runs already, on this address or this journal.
    """
    settings = read_settings(given)
    click.echo("settings")
    for name in ServiceSettings.model_fields:
        click.echo(f"  {PREFIX}{name.upper():<27} {describe_value(getattr(settings, name))}")
    for line in _warnings(settings):
        click.echo(f"  note: {line}")
    refusals = list(_refusals(settings))
    for _, said in refusals:
        click.echo(f"  refused: {said}")
    click.echo("journal")
    for refusal in _look_at_journal(settings):
        refusals.append(refusal)
        click.echo(f"  refused: {refusal[1]}")
    sys.exit(refusals[0][0] if refusals else ExitCode.OK)


def describe_value(value: object) -> str:
    """Give a setting's value as people write it; a secret only as being there."""
    if isinstance(value, SecretStr):
        return "set, not shown"
    if isinstance(value, tuple):
        return ",".join(f"{one.channel}:{one.wait}" if isinstance(one, Round) else str(one) for one in value)
    if isinstance(value, Mapping):
        return ",".join(f"{name}:{one}" for name, one in value.items())
    # An address may hold a password.
    return "not set" if value is None else re.sub(r"//[^/@]*@", "//***@", str(value))


def _warnings(settings: ServiceSettings) -> Iterator[str]:
    yield from unknown_variables()
    token = settings.api_token
    if token is not None and len(token.get_secret_value()) < SHORT_TOKEN:
        yield f"the token is shorter than {SHORT_TOKEN} characters"
    file = settings.twilio_credentials
    with suppress(OSError):
        if file is not None and file.stat().st_mode & 0o077:
            yield f"{file} can be read by others on this machine: chmod 600 {file}"


def _refusals(settings: ServiceSettings) -> Iterator[Refusal]:
    named = {
        "CARRIER": [settings.carrier_factory],
        "READER": [settings.reader],
        "NOTIFIERS": settings.notifiers,
    }
    for name, factories in named.items():
        for one in filter(None, factories or ()):
            try:
                find(f"{PREFIX}{name}", one)
            except BadFactory as error:
                yield ExitCode.SETTINGS, str(error)
    try:
        if settings.carrier == TWILIO:
            settings.twilio()
        chosen_couriers(settings)
    except (BadCredentials, BadSettings) as error:
        yield ExitCode.SETTINGS, str(error)
    if (log := settings.simulator_log) is not None:
        there = next(one for one in (log.absolute(), *log.absolute().parents) if one.exists())
        if log.is_dir() or not os.access(there, os.W_OK):
            yield ExitCode.SETTINGS, f"FIRSTYES_SIMULATOR_LOG: {log} is no file that can be written"
    try:
        address = ListenAddress.find(settings.host, settings.port)
        for danger in address.dangers(settings):
            yield ExitCode.SETTINGS, danger
        address.listen().close()
    except AddressTaken as error:
        yield ExitCode.UNAVAILABLE, str(error)


def _look_at_journal(settings: ServiceSettings) -> Iterator[Refusal]:
    if settings.store == FORGOTTEN:
        click.echo("  kept in a temporary folder and forgotten when the service stops")
        return
    file = DatabaseFile.at(settings.store)
    try:
        file.refuse_read_only()
        if any(one.exists() for one in (file.path, file.log, file.lock)):
            yield from _look_into(file, settings.store)
        else:
            click.echo(f"  {file.path} does not exist; the service will make it")
    except JournalDamaged as error:
        yield ExitCode.DAMAGED, str(error)
    except JournalUnavailable as error:
        yield ExitCode.UNAVAILABLE, str(error)


def _look_into(file: DatabaseFile, store: str) -> Iterator[Refusal]:
    owner = owner_of(file)
    if owner is not None:
        yield ExitCode.BUSY, f"the journal is in use by process {owner}; a second service could not start"
    file.refuse_vanished(was_made=True)
    check_readable(file.looked_at(), alone=owner is None)
    with closing(SqliteJournal.open_read_only(store)) as journal:
        health = journal.health()
    in_use = f"in use by process {owner}" if owner else "not in use"
    click.echo(f"  {file.path}, {health.size / 1e6:.1f} MB, {in_use}")
    for name, count in sorted(health.counts.items()):
        click.echo(f"  {name:<18} {count}")
