"""Whether whoever is on call can be reached."""

from collections.abc import Callable, Iterator, Mapping

from ...actors.carriers.port import SendFailed
from ...actors.couriers.mail import Mail
from ...actors.couriers.webhooks import Webhooks
from ...actors.journal.port import Journal
from ...domain.on_call import OnCall
from ...domain.organization import Organization
from ...domain.phone import mask
from ...domain.policy import PHONES, Channel
from .finding import Finding

SETTINGS = {
    Channel.EMAIL: "set FIRSTYES_SMTP_URL and FIRSTYES_MAIL_FROM",
    Channel.WEBHOOK: "set FIRSTYES_WEBHOOK_KEY",
}


def look_at_on_call(
    organization: Organization, journal: Journal, couriers: list[Mail | Webhooks]
) -> Iterator[Finding]:
    """Say of each who is on call for an organization whether they would hear of an alert. Nobody is written to or called."""
    what = f"on call for {organization.id}"
    if not organization.on_call:
        yield Finding(
            what,
            "nobody, so that alerts stand in the console only",
            "name somebody in the organization's on_call",
        )
    ways: Mapping[Channel, Callable[[str], str]] = {
        channel: courier.look_at for courier in couriers for channel in courier.capabilities.channels
    }
    for place, contact in enumerate(organization.on_call, 1):
        who = f"{what}, {place} ({contact.channel} {_named(contact)})"
        if contact.channel in PHONES:
            yield _phone(who, contact, organization, journal)
        elif contact.channel not in ways:
            yield Finding(
                who, f"there is nothing to send a {contact.channel} with", SETTINGS[contact.channel]
            )
        else:
            try:
                yield Finding(who, ways[contact.channel](contact.to))
            except SendFailed as error:
                yield Finding(who, str(error), "mend it, or name somebody else in on_call")


def _named(contact: OnCall) -> str:
    if contact.channel in PHONES:
        return mask(contact.to)
    # What follows the host may be secret.
    return contact.to.rpartition("@")[2] if contact.channel is Channel.EMAIL else contact.to.split("/")[2]


def _phone(who: str, contact: OnCall, organization: Organization, journal: Journal) -> Finding:
    if not any(contact.channel in one.channels for one in organization.phones):
        way = "text" if contact.channel is Channel.SMS else "call"
        return Finding(
            who, f"no number of the organization can {way}", "give it one in the organization's phones"
        )
    if any(contact.to == one.number for one in organization.phones):
        return Finding(who, "it is a number of our own", "name the phone of a person")
    if journal.caregivers(organization.id, None, 1, opted_out=True, text=contact.to).items:
        return Finding(
            who,
            "whoever has this phone has told us STOP",
            "have them text START to the organization's number",
        )
    return Finding(who, "it can be reached from the organization's number")
