"""Whether each of our numbers is there, can do what it is for, and may text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...actors.carriers.twilio.books import MessagingService, Record, TwilioBooks
from ...actors.carriers.twilio.settings import TwilioAccount
from ...domain.organization import OwnNumber
from ...domain.phone import is_toll_free
from ...domain.policy import Channel
from .finding import Finding

ABLE = {Channel.SMS: ("sms", "text"), Channel.VOICE: ("voice", "call")}
CONSOLE = "in Twilio's console under Regulatory Compliance"


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number of an organization, as Twilio shows it, and the service that it sends for."""

    own: OwnNumber
    account: TwilioAccount
    record: Record
    service: MessagingService | None

    @property
    def what(self) -> str:
        """Name it."""
        return f"number {self.own.number}"

    @property
    def sid(self) -> str:
        """Its identifier."""
        return str(self.record.get("sid"))


def find_number(
    books: TwilioBooks, account: TwilioAccount, own: OwnNumber, services: Sequence[MessagingService]
) -> FoundNumber | Finding:
    """Find a number, or say why it is not to be had. Raises a kind of `SendFailed` when Twilio does not say."""
    what = f"number {own.number}"
    if not own.number.startswith("+"):
        return Finding(
            what,
            "a short code; whether it is registered and tells us its texts is not looked at",
            doubtful=True,
        )
    record = books.number(account, own.number)
    if record is None:
        return Finding(
            what,
            f"the account {account.sid} does not have it",
            "buy it there, or correct the organization's phones (and the account that they name)",
        )
    return FoundNumber(
        own, account, record, next((one for one in services if own.number in one.numbers), None)
    )


def look_at_number(books: TwilioBooks, found: FoundNumber) -> Iterator[Finding]:
    """Say whether a number can do what it is for, and may text. Raises a kind of `SendFailed` when Twilio does not say."""
    can = found.record.get("capabilities") or {}
    missing = [ABLE[one][1] for one in found.own.channels if not can.get(ABLE[one][0])]
    if missing:
        yield Finding(
            found.what,
            f"it cannot {' or '.join(missing)}",
            'get one that can, or say what it is for in the organization\'s phones ("channels")',
        )
    else:
        yield Finding(found.what, f"it can {' and '.join(ABLE[one][1] for one in found.own.channels)}")
    if Channel.SMS in found.own.channels and found.own.number.startswith("+1"):
        yield _verified(books, found) if is_toll_free(found.own.number) else _registered(books, found)


def _verified(books: TwilioBooks, found: FoundNumber) -> Finding:
    statuses = [one.get("status") for one in books.verifications(found.account, found.sid)]
    if "TWILIO_APPROVED" in statuses:
        return Finding(found.what, "it is verified as a toll-free number")
    how = statuses[0] if statuses else "nobody asked for it"
    return Finding(
        found.what,
        f"it is not verified as a toll-free number ({how}): its texts are blocked",
        f"have it verified {CONSOLE}; that takes days",
    )


def _registered(books: TwilioBooks, found: FoundNumber) -> Finding:
    """Say whether a number of ten digits may text phones in the US (A2P 10DLC): by the campaign of its service."""
    blocked = "texts to the US are blocked"
    if found.service is None:
        return Finding(
            found.what,
            f"it sends for no Messaging Service, so that it belongs to no registered campaign: {blocked}",
            "add it to the sender pool of the service with your campaign, in Twilio's console under Messaging, Services",
        )
    campaigns = books.campaigns(found.account, found.service)
    verified = [one for one in campaigns if one.get("campaign_status") == "VERIFIED"]
    if not verified:
        how = campaigns[0].get("campaign_status") if campaigns else "there is none"
        return Finding(
            found.what,
            f"the campaign of its service is not verified ({how}): {blocked}",
            f"register brand and campaign {CONSOLE}; that takes weeks",
        )
    refused = [
        str(one.get("status"))
        for one in books.brands(found.account)
        if one.get("sid") == verified[0].get("brand_registration_sid") and one.get("status") != "APPROVED"
    ]
    if refused:
        return Finding(
            found.what,
            f"the brand of its campaign is not approved ({refused[0]}): {blocked}",
            f"mend it {CONSOLE}",
        )
    return Finding(found.what, "its campaign is registered")
