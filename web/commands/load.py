"""`firstyes load`: data from files into the journal."""

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from ...actors.carriers.port import Capabilities, Recovery
from ...actors.carriers.simulator import Simulator
from ...actors.desk.desk import ShiftDesk
from ...actors.journal.port import Journal, JournalBusy
from ...domain.data.dataset import CheckedData, DataSet
from ..service.settings import ServiceSettings, read_settings
from .data_file import (
    ReadFiles,
    asked_zones,
    changes,
    counted,
    looked_over,
    refusals,
    saved_journal,
    shortened,
)
from .exit_codes import ExitCode
from .load_plan import Change, PlannedRow, kept, plan
from .settings_options import kept_store, setting_options


@click.command()
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@setting_options("store")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option("--good-rows", is_flag=True, help="Load the rows that have no fault, and leave out the others.")
@click.option("--organization", metavar="ID", help="The organization of rows that name none.")
def command(
    files: tuple[Path, ...], *, dry_run: bool, good_rows: bool, organization: str | None, **given: Any
) -> None:
    """Load organizations, caregivers and shifts from JSON or CSV files.

    Creates what is new and replaces what is there with what the files say, also a caregiver who was switched off;
    loading the same files twice changes nothing. When a row has a fault or is refused, nothing is loaded: all faults
    are listed, each with its row and what to write instead. Nothing is sent by it: what is due goes out when the service
    runs.

    The journal must not be in use, save for --dry-run. While the service runs, send the same data through its API, or
    start it with `serve --load`, which brings what is missing and leaves the rest as it is.
    """
    settings = read_settings(given)
    store = kept_store(settings)
    read = ReadFiles.read(files)
    with saved_journal(store) or nullcontext() as journal:
        checked = read.check(journal, organization)
        if dry_run:
            planned = plan(checked.data, journal)
            _report(read, checked, planned, "it would be: ", journal)
            _end(checked, planned)
            return
    data = checked.data if good_rows else checked.refuse_faults()
    _load(settings, read, checked, data, good_rows=good_rows)


def a_silent_carrier() -> Simulator:
    """Give one without a channel, so that messages stay planned until a service with a carrier sends them."""
    return Simulator(capabilities=Capabilities(channels=frozenset(), recovery=Recovery.LEAVE))


def _load(
    settings: ServiceSettings, read: ReadFiles, checked: CheckedData, data: DataSet, *, good_rows: bool
) -> None:
    try:
        with ShiftDesk(settings.store, carrier=a_silent_carrier(), rounds=settings.rounds) as desk:
            planned = plan(data, desk.journal)
            if good_rows or not _refused(planned):
                loaded = kept(planned, Change.NEW, Change.CHANGED, Change.SAME)
                late = refusals(desk.load(loaded, by="load"))
                _report(read, checked, planned, "", desk.journal)
            else:
                late = ["nothing was loaded; load the other rows with --good-rows"]
    except JournalBusy as error:
        raise JournalBusy(
            f"{error}\nWhile it runs, load through its API: POST /organizations, /caregivers, /shifts take lists."
        ) from error
    _end(checked, planned, late)


def _report(
    read: ReadFiles,
    checked: CheckedData,
    planned: Sequence[PlannedRow],
    how: str,
    journal: Journal | None,
) -> None:
    """Say what becomes of the rows, and what else is to be known."""
    click.echo(f"{read.name}: {counted(checked.data)}; {how}{changes(planned)}")
    told = [str(one) for one in planned if one.message and one.change is not Change.REFUSED]
    notes = (*read.notes, *shortened(told), *looked_over(checked.data, datetime.now(UTC)))
    for line in (*notes, *asked_zones(checked.data, journal)):
        click.echo(line)


def _refused(planned: Sequence[PlannedRow]) -> list[str]:
    return [f"refused: {one}" for one in planned if one.change is Change.REFUSED]


def _end(checked: CheckedData, planned: Sequence[PlannedRow], late: Sequence[str] = ()) -> None:
    """Say what was left out; end with 1 when something was."""
    lines = [*map(str, checked.faults), *shortened(_refused(planned)), *late]
    for line in lines:
        click.echo(line, err=True)
    if lines:
        sys.exit(ExitCode.REFUSED)
