"""All that is looked at with Twilio: each account of the settings, and each number of each organization."""

from collections.abc import Generator, Sequence

from ...actors.carriers.port import SendFailed
from ...actors.carriers.twilio.books import TwilioBooks
from ...actors.carriers.twilio.settings import TwilioAccount, TwilioSettings
from ...domain.organization import Organization, OwnNumber
from .finding import Finding
from .twilio_account import look_at_account, refuses
from .twilio_numbers import FoundNumber, find_number, look_at_number
from .twilio_webhooks import Webhooks

SILENT = "look at this machine's connection, and at https://status.twilio.com"

Findings = Generator[Finding, None, list[FoundNumber]]
"""Lines, and at the end the numbers that were found."""


def look_at_twilio(
    settings: TwilioSettings, books: TwilioBooks, organizations: Sequence[Organization], *, fix: bool
) -> Findings:
    """Say how every account and every number stands; with `fix`, have their texts and calls told to us."""
    ours = [one for organization in organizations for one in organization.phones]
    for organization in organizations:
        if not organization.phones:
            who = f"organization {organization.id}"
            yield Finding(who, "it has no number, so that nobody can be texted", "give it one, in its phones")
    for one in ours:
        if settings.account(one.account) is None:
            yield Finding(
                f"number {one.number}",
                f"it names the account {one.account}, which the settings do not know",
                "add the account to FIRSTYES_TWILIO_CREDENTIALS, or correct the organization's phones",
            )
    webhooks = Webhooks(books, settings.public_url, [one.number for one in ours], fix=fix)
    found: list[FoundNumber] = []
    for account in settings.accounts:
        own = [one for one in ours if settings.account(one.account) is account]
        try:
            found += yield from _look_at(books, account, own, webhooks)
        except SendFailed as error:
            yield Finding(f"account {account.sid}", str(error), SILENT)
    return found


def _look_at(
    books: TwilioBooks, account: TwilioAccount, own: Sequence[OwnNumber], webhooks: Webhooks
) -> Findings:
    answer = books.account(account)
    if answer.status != 200:
        yield refuses(account, answer)
        return []
    yield from look_at_account(books, account, answer)
    services = books.services(account) if own else []
    found: list[FoundNumber] = []
    for one in own:
        number = find_number(books, account, one, services)
        if isinstance(number, Finding):
            yield number
            continue
        found.append(number)
        yield from look_at_number(books, number)
        yield from webhooks.look_at(number)
    return found
