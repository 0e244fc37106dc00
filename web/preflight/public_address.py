"""Whether Twilio reaches us at the public address, and is believed there."""

from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from ...actors.carriers.twilio.settings import TwilioSettings
from ...actors.this_machine import on_this_machine
from ..twilio.self_check import reached, takes_anything
from .finding import Finding
from .twilio_numbers import FoundNumber

PROXY = "see that name, proxy and service lead from there to here (docs/running.md), and that FIRSTYES_PUBLIC_URL is exact"


def look_at_public_address(
    settings: TwilioSettings, numbers: Sequence[FoundNumber], answered_by: str
) -> Iterator[Finding]:
    """Post to the public address what each account would sign, and say what came of it; `answered_by` names who answers."""
    what = f"address {settings.public_url}"
    if _nobody_comes_here(settings):
        yield Finding(
            what, "Twilio cannot reach an address of this machine or of its network", "give it a public name"
        )
    by_account = {one.account.sid: one for one in numbers}
    for sid, one in by_account.items():
        mistake = reached(settings.public_url, one.account, one.own.number)
        if mistake is None and takes_anything(settings.public_url, one.account, one.own.number):
            yield Finding(what, "something else answers there, and takes what nobody signed", PROXY)
        elif mistake is None:
            yield Finding(what, f"what {sid} signs is believed there, by {answered_by}")
        else:
            yield Finding(what, mistake, PROXY)


def _nobody_comes_here(settings: TwilioSettings) -> bool:
    """A server in Twilio's place may be on this machine, too."""
    host = urlsplit(settings.public_url).hostname or ""
    if on_this_machine(urlsplit(settings.base_url).hostname or ""):
        return False
    try:
        return not ip_address(host).is_global
    except ValueError:
        return on_this_machine(host)
