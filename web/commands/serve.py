"""`firstyes serve`: the service."""

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from socket import socket
from threading import Thread
from typing import Any
from urllib.parse import quote

import click

from ... import __version__
from ...actors.accounts.managed import Made
from ...actors.desk.desk import ShiftDesk
from ...actors.runtime.clock import MovableClock, SystemClock
from ...domain.errors import FirstyesError
from ...domain.notice import Notice, NoticeEvent
from ..app import create_app
from ..middleware import Middleware
from ..server.server import Server
from ..service.address import ListenAddress
from ..service.collector import calm_collector, stop_collector
from ..service.factories import chosen_carrier, chosen_couriers, chosen_notifiers, chosen_reader
from ..service.logs import set_up_logs
from ..service.settings import TWILIO, ServiceSettings, read_settings, unknown_variables
from ..service.stopping import StopSignals, end_now
from ..service.web_settings import WebSettings
from ..twilio.self_check import find_mistake
from .browser import open_browser
from .data_file import bring_missing
from .exit_codes import ExitCode
from .first_steps import first_steps, is_sample
from .settings_options import SERVING, setting_options

logger = logging.getLogger(__name__)

DRAIN = 7.0
"""Seconds that requests under way get to finish once the service was told to stop."""

CLOSING = 2.0
"""Seconds the desk has for what is under way when no request is any more."""


@click.command()
@setting_options(*SERVING)
@click.option(
    "--load",
    "file",
    type=click.Path(path_type=Path),
    help="First bring what this JSON or CSV file holds and the journal does not; the rest stays as it is.",
)
@click.option(
    "--soon",
    is_flag=True,
    help="Move the shifts of that file, all by the same stretch, so that the first begins in two to three hours.",
)
def command(file: Path | None, *, soon: bool, **given: Any) -> None:
    """Serve the API and fill shifts, until stopped.

    Ends with 0 within ten seconds of SIGTERM, SIGINT or SIGHUP (unless that is ignored, as by nohup): nothing new is
    accepted, what is under way finishes, the journal is closed. A second signal ends it at once.

    The API's token comes from FIRSTYES_API_TOKEN only: an option could be read by every user of the machine.
    """
    settings = read_settings(given)
    address = ListenAddress.find(settings.host, settings.port)
    address.check(settings)
    # From here on the address is ours: a second service ends before it touches a journal.
    with address.listen() as listener:
        if settings.pin:
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        set_up_logs(settings.log_level, settings.log_format)
        for one in unknown_variables():
            logger.warning("%s", one)
        signals = StopSignals()
        end_now(ExitCode.OK if _serve(settings, address, listener, signals, file, soon) else ExitCode.REFUSED)


def _serve(
    settings: ServiceSettings,
    address: ListenAddress,
    listener: socket,
    signals: StopSignals,
    file: Path | None,
    soon: bool,
) -> bool:
    stop_collector()
    notifiers, reader = chosen_notifiers(settings), chosen_reader(settings)
    # Time may fly only where nobody real waits for it.
    tried_out = settings.real_carrier is None and settings.api_token is None and address.loopback
    clock = MovableClock() if tried_out else SystemClock()
    carrier = chosen_carrier(settings, clock)
    desk = ShiftDesk(
        settings.store,
        carrier=carrier,
        clock=clock,
        reader=reader,
        reader_timeout=settings.reader_timeout,
        rounds=settings.rounds,
        prices=settings.prices,
        notifiers=[_log_notice, *notifiers],
        couriers=chosen_couriers(settings),
    )
    desk.start()
    try:
        if file is not None:
            _load(desk, file, soon=soon)
        web = WebSettings(api_token=settings.api_token, open=settings.api_token is None and address.loopback)
        twilio = settings.twilio() if settings.carrier == TWILIO else None
        app = create_app(desk, web, twilio)
        calm_collector()
        middleware = app.wsgi_app
        assert isinstance(middleware, Middleware)
        server = Server(middleware, listener, settings.threads, middleware.admits, middleware)
        signals.stops(server.stop)
        finished = server.run(lambda: _welcome(desk, settings, address, file), DRAIN)
    finally:
        if not desk.close(CLOSING):
            logger.warning("Stopped with messages still on their way; the next start goes on with them")
        carrier.close()
    logger.info("Stopped")
    return finished


def _check_public_url(desk: ShiftDesk, settings: ServiceSettings) -> None:
    try:
        mistake = find_mistake(settings.twilio(), desk.journal)
    except FirstyesError as error:
        mistake = type(error).__name__
    if mistake is not None:
        logger.error("Twilio's webhooks may not reach this service: %s", mistake)


def _readers(settings: ServiceSettings) -> str:
    if settings.reader is not None:
        return settings.reader
    return (
        f"rules, and by {settings.llm_model} where the rules are at a loss" if settings.llm_model else "rules"
    )


def _log_notice(notice: Notice) -> None:
    # Without its sentence: it may quote a caregiver.
    if notice.kind is None:
        logger.info("%s: shift %s", notice.event.replace("_", " ").capitalize(), notice.shift_id)
    elif notice.event is NoticeEvent.ALERT:
        logger.warning(
            "The coordinator is needed: %s, shift %s", notice.kind.replace("_", " "), notice.shift_id
        )
    else:
        logger.info("Seen to: %s, shift %s", notice.kind.replace("_", " "), notice.shift_id)


def _load(desk: ShiftDesk, file: Path, *, soon: bool) -> None:
    summary, known = bring_missing(desk, file, soon=soon)
    logger.info("%s", summary)
    for line in known:
        logger.warning("%s", line)


def _first_admin(desk: ShiftDesk, url: str) -> Iterator[str]:
    """Give the link with which the first admin comes in, where there is none yet. It stands here and nowhere else."""
    try:
        made = desk.accounts.first_run()
    except FirstyesError as error:
        logger.warning("No link for a first admin could be made: %s", error)
        return
    if isinstance(made, Made):
        yield from (
            "",
            "Nobody manages the console yet. Who opens this link first, within a day, is its admin:",
        )
        yield f"  {url}/console/join?link={quote(made.token)}"


def _welcome(desk: ShiftDesk, settings: ServiceSettings, address: ListenAddress, file: Path | None) -> None:
    guarded = settings.api_token is not None or not desk.accounts.access.nobody
    if settings.carrier == TWILIO:
        Thread(target=_check_public_url, args=(desk, settings), daemon=True).start()
    lines = [
        f"firstyes {__version__} is ready on {address.url}",
        "",
        f"  journal  {settings.store}",
        f"  carrier  {settings.real_carrier or 'simulator: no real phone is texted or called'}",
        f"  replies  read by {_readers(settings)}",
        f"  access   {'with a token or a password' if guarded else 'from this machine, without a password'}",
        f"  console  {address.url}/",
        *(_first_admin(desk, address.url) if guarded else ()),
        "",
        *([] if guarded else [f"Open {address.url}/ in a browser: the board, and phones to answer.", ""]),
        "Or try it from another terminal:",
    ]
    sample = file is not None and is_sample(file)
    for what, line in first_steps(desk, address.url, with_token=guarded, sample=sample):
        lines += ["", f"  {what}", f"    {line}"]
    lines += ["", f"Read and try the whole API: {address.url}/docs", "Stop with Ctrl-C.", ""]
    # Nobody need be there to read it.
    with suppress(OSError):
        click.echo("\n".join(lines))
    if not guarded and settings.real_carrier is None:
        open_browser(f"{address.url}/")
    logger.info("Ready on %s", address.url)
