"""`firstyes doctor`: is the journal whole, and if not, what now?"""

import sys
from collections.abc import Iterator
from typing import Any

import click

from ...actors.journal.files.acceptance import accept_loss
from ...actors.journal.files.database_file import DatabaseFile
from ...actors.journal.files.diagnosis import Diagnosis, Trouble, diagnose
from ..service.journal_owner import owner_of
from ..service.settings import read_settings
from .exit_codes import ExitCode
from .settings_options import setting_options

RESTORE = (
    "Restore the newest backup that the doctor finds sound: stop the service, move the journal and all files beside it "
    "whose names begin like its own into another folder, and put the backup in the journal's place."
)
ACCEPT = (
    'Or go on with what is there: stop the service, then "firstyes doctor --accept-loss". It sets the present files '
    "aside, and throws nothing away."
)
REBUILD = (
    'Or make the rows anew from the events: stop the service, then "firstyes doctor --rebuild". It sets the present files '
    "aside, and throws nothing away."
)
LOST = "Whoever was told something in the commits that are missing was told what nobody knows any more."
BY_HAND = "Pages that another program changed look the same as damaged ones."


@click.command()
@setting_options("store")
@click.option(
    "--accept-loss",
    is_flag=True,
    help="Go on with what the journal still holds; the present files are set aside. The service must be stopped.",
)
@click.option(
    "--rebuild",
    is_flag=True,
    help="Like --accept-loss, but first make the tables anew from the events, if they are not what these say.",
)
def command(*, accept_loss: bool, rebuild: bool, **given: Any) -> None:
    """Look the whole journal over, and say what can be done about damage.

    Every page is compared with the seal beside the journal, the tables are made anew from the events and every row is
    compared: some fifteen seconds for 100,000 shifts. The journal may be in use, and nothing is changed unless
    --accept-loss or --rebuild says so. Ends with 0 when all is sound, with 74 when something is damaged or missing.
    """
    store = read_settings(given).store
    file = DatabaseFile.at(store)
    if file.fleeting or not any(one.exists() for one in (file.path, file.log, file.lock, file.seal)):
        click.echo(f"There is no journal at {store}.", err=True)
        sys.exit(ExitCode.REFUSED)
    if accept_loss:
        _accept(file)
        return
    file.refuse_vanished(was_made=True)
    owner = owner_of(file)
    click.echo(
        f"{file.path}, {file.size / 1e6:.1f} MB, {f'in use by process {owner}' if owner else 'not in use'}"
    )
    found = diagnose(file)
    for line in describe(found):
        click.echo(line)
    if found.sound:
        click.echo("The journal is sound.")
        return
    if rebuild:
        _accept(file, rebuild=True)
        return
    click.echo("The journal is NOT sound. What now:")
    for line in ways_back(found):
        click.echo(f"  {line}")
    sys.exit(ExitCode.DAMAGED)


def describe(found: Diagnosis) -> Iterator[str]:
    """Give a line for each thing that was looked at, and one for each fault."""
    if found.sealed:
        yield from _part(found, Trouble.ALTERED, "pages", f"{found.pages}, each as it was written")
    elif Trouble.SEAL in found.faults:
        yield from _part(found, Trouble.SEAL, "seal", "")
    else:
        why = "there is no seal yet" if found.acknowledged is None else "the seal has no sums just now"
        yield f"  pages     not compared: {why}; the next start of the service makes it"
    whole = f"{found.commits}, and none is missing"
    yield from _part(
        found, Trouble.CUT_SHORT, "commits", whole if found.acknowledged is not None else f"{found.commits}"
    )
    fitting = (
        f"{found.events} events of {found.shifts} shifts and {found.conversations} conversations, "
        f"{found.messages_out} messages out, {found.messages_in} in; all fit together"
    )
    yield from _part(found, Trouble.DAMAGED, "content", fitting)
    yield from _part(found, Trouble.ROWS, "tables", "as the events make them")


def _part(found: Diagnosis, trouble: Trouble, name: str, well: str) -> Iterator[str]:
    faults = found.faults.get(trouble)
    if not faults:
        yield f"  {name:<9} {well}"
        return
    yield f"  {name:<9} DAMAGED: {trouble.value}"
    for one in faults:
        yield f"  {'':<9} - {one}"


def ways_back(found: Diagnosis) -> Iterator[str]:
    """Say what can be done."""
    if not found.fits:
        yield RESTORE
        if Trouble.ROWS in found.faults:
            yield REBUILD
        elif Trouble.CUT_SHORT in found.faults:
            yield f"{ACCEPT} It looks whether the database is sound without its log."
        return
    yield "What is there fits together."
    if Trouble.CUT_SHORT in found.faults:
        yield LOST
    if Trouble.ALTERED in found.faults:
        yield BY_HAND
    if Trouble.SEAL not in found.faults:
        yield RESTORE
    yield ACCEPT


def _accept(file: DatabaseFile, *, rebuild: bool = False) -> None:
    accepted = accept_loss(file, rebuild=rebuild)
    diagnosis, lost = accepted.diagnosis, accepted.lost
    said = (
        "how much is lost is not known"
        if lost is None
        else f"{lost} commits are lost"
        if lost
        else "no commit is lost"
    )
    click.echo(f"{file.path} now holds {diagnosis.shifts} shifts with {diagnosis.events} events; {said}.")
    if accepted.made_anew:
        click.echo("These rows were made anew:")
        for row in accepted.made_anew:
            click.echo(f"  {row}")
    click.echo("The files as they were:")
    for one in accepted.set_aside:
        click.echo(f"  {one}")
