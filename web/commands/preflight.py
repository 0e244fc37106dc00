"""`firstyes preflight`: what would fail once real people are texted and called?"""

import sys
from collections.abc import Iterator
from contextlib import closing, nullcontext
from typing import Any

import click

from ...actors.carriers.twilio.books import TwilioBooks
from ...actors.carriers.twilio.settings import TwilioSettings
from ...actors.journal.files.database_file import DatabaseFile
from ...actors.journal.port import Journal
from ...actors.records import whole
from ...domain.phone import normalise
from ..preflight.finding import Finding
from ..preflight.journal import look_at_journal
from ..preflight.on_call import look_at_on_call
from ..preflight.public_address import look_at_public_address
from ..preflight.stand_in import StandIn
from ..preflight.tried_text import try_text
from ..preflight.twilio import look_at_twilio
from ..preflight.twilio_numbers import FoundNumber
from ..service.address import AddressTaken, ListenAddress
from ..service.factories import chosen_couriers
from ..service.journal_owner import owner_of
from ..service.settings import TWILIO, ServiceSettings, read_settings
from .data_file import saved_journal
from .exit_codes import ExitCode
from .settings_options import kept_store, setting_options


@click.command()
@click.option(
    "--fix", is_flag=True, help="Have Twilio tell texts and calls of our numbers to the public address."
)
@click.option(
    "--text", "phone", metavar="NUMBER", help="Text this phone, and wait for the signed status and an answer."
)
@click.option(
    "--wait",
    "seconds",
    type=click.FloatRange(1, 3600),
    default=120.0,
    show_default=True,
    help="Seconds to wait for each of the two.",
)
@setting_options("store", "host", "port", "carrier")
def command(*, fix: bool, phone: str | None, seconds: float, **given: Any) -> None:
    """Say what would fail with real phones, and what to do about it.

    A line for each thing. It asks Twilio, and posts to the public address what Twilio would post there: the running service answers, or preflight in
    its place. Nobody is texted but with --text, for which the service must be stopped: what Twilio posts has to come here.
    Ends with 0 when nothing would fail, else with 1.
    """
    settings = read_settings(given)
    kept_store(settings)
    if phone is not None and owner_of(DatabaseFile.at(settings.store)) is not None:
        raise click.UsageError("--text needs the service to be stopped: it would take what Twilio posts")
    wrong = 0
    for finding in _findings(settings, fix=fix, phone=phone and normalise(phone), seconds=seconds):
        wrong += finding.wrong
        click.echo(str(finding))
    click.echo("Nothing here would fail." if not wrong else f"{wrong} to be mended.")
    sys.exit(ExitCode.REFUSED if wrong else ExitCode.OK)


def _findings(
    settings: ServiceSettings, *, fix: bool, phone: str | None, seconds: float
) -> Iterator[Finding]:
    address = ListenAddress.find(settings.host, settings.port)
    for danger in address.dangers(settings):
        yield Finding("settings", "the service would not start", danger)
    yield from look_at_journal(settings.store)
    with saved_journal(settings.store) or nullcontext() as journal:
        organizations = list(whole(journal.organizations)) if journal else []
        if journal is None or not organizations:
            yield Finding("organizations", "there is none", "bring one, with its numbers (docs/running.md)")
        else:
            couriers = chosen_couriers(settings)
            for organization in organizations:
                yield from look_at_on_call(organization, journal, couriers)
        if settings.carrier != TWILIO:
            yield _no_twilio(settings)
            return
        twilio = settings.twilio()
        with closing(TwilioBooks(twilio)) as books:
            numbers = yield from look_at_twilio(twilio, books, organizations, fix=fix)
        if journal is not None and numbers:
            yield from _from_outside(settings, twilio, journal, numbers, phone, seconds)


def _no_twilio(settings: ServiceSettings) -> Finding:
    if settings.carrier_factory is None:
        return Finding(
            "carrier", "the simulator, which texts and calls nobody", "set FIRSTYES_CARRIER=twilio"
        )
    return Finding("carrier", f"{settings.carrier}, of which nothing is known here", doubtful=True)


def _from_outside(
    settings: ServiceSettings,
    twilio: TwilioSettings,
    journal: Journal,
    numbers: list[FoundNumber],
    phone: str | None,
    seconds: float,
) -> Iterator[Finding]:
    owner = owner_of(DatabaseFile.at(settings.store))
    if owner is not None:
        yield from look_at_public_address(twilio, numbers, f"the service (process {owner})")
        return
    stand_in = StandIn(twilio, journal)
    try:
        listener = ListenAddress.find(settings.host, settings.port).listen()
    except AddressTaken as error:
        yield Finding(f"address {twilio.public_url}", "it cannot be tried", str(error))
        return
    with listener, stand_in.listening(listener):
        yield from look_at_public_address(twilio, numbers, "preflight, as no service runs")
        if phone is not None:
            yield from try_text(twilio, numbers, phone, stand_in, seconds)
