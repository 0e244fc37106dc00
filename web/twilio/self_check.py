"""Whether what Twilio posts to the public address would reach us and be believed: we post such a thing ourselves."""

from urllib.parse import urlencode

import urllib3

from ...actors.carriers.twilio.callbacks import STATUS
from ...actors.carriers.twilio.settings import TwilioAccount, TwilioSettings
from ...actors.journal.port import Journal
from ...domain.phone import mask
from .signature import signature

PATIENCE = 10.0
"""Seconds it may take."""
KEY = "0"
"""The key of no message: what is said of it changes nothing."""


def find_mistake(settings: TwilioSettings, journal: Journal) -> str | None:
    """Say what is wrong with the public address, for any of our accounts; None when all is well. Raises `JournalUnavailable`."""
    by_account: dict[str | None, str] = {named: number for number, named in journal.own_numbers()}
    for named, number in by_account.items():
        account = settings.account(named)
        if account is None:
            return f"the number {mask(number)} names the account {named}, which the settings do not know"
        if mistake := reached(settings.public_url, account, number):
            return mistake
    return None if by_account else "no organization has a number of its own, so that nobody can be texted"


def reached(public_url: str, account: TwilioAccount, number: str) -> str | None:
    """Post a status callback as Twilio would, signed by the account, and say what is wrong; None when it is taken.

    It goes through the network, as that of whoever is outside would, and waits at most `PATIENCE` seconds.
    """
    url, form = _callback(public_url, account, number)
    proof = signature(url, {name: [value] for name, value in form.items()}, account.tokens[0]).decode()
    answer = _posted(url, form, proof)
    if isinstance(answer, str):
        return answer
    if answer == 403:
        return f"{url} answers, and does not believe what is signed for it: is FIRSTYES_PUBLIC_URL that of this service?"
    return None if answer == 200 else f"{url} answers {answer}"


def takes_anything(public_url: str, account: TwilioAccount, number: str) -> bool:
    """Whether the same is taken there without a signature: then somebody else answers, who knows nothing of the account."""
    url, form = _callback(public_url, account, number)
    return _posted(url, form, "none") == 200


def _callback(public_url: str, account: TwilioAccount, number: str) -> tuple[str, dict[str, str]]:
    form = {"AccountSid": account.sid, "From": number, "MessageSid": "SM0", "MessageStatus": "sent"}
    return f"{public_url}{STATUS}/{KEY}", form


def _posted(url: str, form: dict[str, str], proof: str) -> int | str:
    """Give the status of the answer, or say why there is none."""
    try:
        return urllib3.request(
            "POST",
            url,
            body=urlencode(form),
            headers={"X-Twilio-Signature": proof, "Content-Type": "application/x-www-form-urlencoded"},
            timeout=urllib3.Timeout(total=PATIENCE),
            retries=False,
            redirect=False,
        ).status
    except urllib3.exceptions.SSLError:
        return f"{url} has no certificate that is trusted"
    except (urllib3.exceptions.HTTPError, OSError) as error:
        return f"{url} does not answer ({type(error).__name__})"
