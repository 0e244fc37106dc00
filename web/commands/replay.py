"""`firstyes replay`: what happened to a shift."""

import sys
from contextlib import closing
from functools import cache
from typing import Any

import click

from ...actors.journal.port import Journal
from ...actors.journal.sqlite_journal import SqliteJournal
from ...actors.records import TimelineEntry
from ...domain.shift.shift import Shift
from ..routes.told_events import ToldEvents, typed
from ..service.settings import read_settings
from .exit_codes import ExitCode
from .settings_options import kept_store, setting_options


@click.command()
@click.argument("shift")
@setting_options("store")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object an event, as the API's timeline has them."
)
def command(shift: str, as_json: bool, **given: Any) -> None:
    """Show what happened to a shift, event by event.

    The journal is only read, and may be in use. Times are told in the shift's own zone. Ends with 1 when there is no such
    shift.
    """
    store = kept_store(read_settings(given))
    with closing(SqliteJournal.open_read_only(store)) as journal:
        entries = journal.timeline(shift)
        if not entries:
            click.echo(f'There is no shift "{shift}" in {store}.', err=True)
            sys.exit(ExitCode.REFUSED)
        if as_json:
            for entry in entries:
                click.echo(entry.model_dump_json())
        else:
            _tell(journal, shift, entries)


def _tell(journal: Journal, shift_id: str, entries: list[TimelineEntry]) -> None:
    record = journal.shift(shift_id)
    assert record is not None
    shift = Shift.model_validate(record.model_dump(include=set(Shift.model_fields)))
    organization = journal.organization(record.organization_id)

    @cache
    def name(caregiver_id: str) -> str | None:
        person = journal.caregiver(caregiver_id)
        return person.name if person else None

    told = ToldEvents(shift, organization.time_zone if organization else None, name)
    click.echo(f"{shift_id}: {told.title}, {record.status}, organization {record.organization_id}")
    width = max(len(told.who(one.by)) for one in entries)
    for entry in entries:
        click.echo(
            f"{entry.version:>4}  {told.when(entry.at)}  {told.who(entry.by):<{width}}  {told.what(typed(entry))}"
        )
        if entry.reading is not None:
            click.echo(
                f"{'':>4}  {'':<{len(told.when(entry.at))}}  {'':<{width}}  read as {entry.reading['intent']}: "
                f"{entry.reading['reason']}"
            )
