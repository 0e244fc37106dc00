"""Whether what Twilio posts to the public address would reach us and be believed: we post such a thing ourselves."""

from urllib.parse import urlencode

import urllib3

from ...actors.carriers.twilio.callbacks import STATUS
from ...actors.carriers.twilio.settings import TwilioSettings
from ...actors.journal.port import Journal
from ...domain.phone import mask
from .signature import signature

PATIENCE = 10.0
"""Seconds it may take."""
KEY = "0"
"""The key of no message: what is said of it changes nothing."""


def find_mistake(settings: TwilioSettings, journal: Journal) -> str | None:
    """Sign a status callback as Twilio would, post it to the public address, and say what is wrong; None when all is well.

    Asks through the network, as whoever is outside would, and waits at most `PATIENCE` seconds. Raises `JournalUnavailable`.
    """
    for number, named in journal.own_numbers():
        account = settings.account(named)
        if account is None:
            return f"the number {mask(number)} names the account {named}, which the settings do not know"
        form = {"AccountSid": account.sid, "From": number, "MessageSid": "SM0", "MessageStatus": "sent"}
        url = f"{settings.public_url}{STATUS}/{KEY}"
        proof = signature(url, {name: [value] for name, value in form.items()}, account.tokens[0]).decode()
        return _said(url, form, proof)
    return "no organization has a number of its own, so that nobody can be texted"


def _said(url: str, form: dict[str, str], proof: str) -> str | None:
    try:
        answer = urllib3.request(
            "POST",
            url,
            body=urlencode(form),
            headers={"X-Twilio-Signature": proof, "Content-Type": "application/x-www-form-urlencoded"},
            timeout=urllib3.Timeout(total=PATIENCE),
            retries=False,
            redirect=False,
        )
    except (urllib3.exceptions.HTTPError, OSError) as error:
        return f"{url} does not answer ({type(error).__name__})"
    if answer.status == 403:
        return f"{url} answers, and does not believe what is signed for it: is FIRSTYES_PUBLIC_URL that of this service?"
    return None if answer.status == 200 else f"{url} answers {answer.status}"
