"""Compares what is remembered of phones with what the journal says of them."""

from datetime import datetime

from firstyes.actors.contacts import Contacts

from .violation import Report, Rule


def compare(contacts: Contacts, at: datetime, report: Report, *, latest: bool = False) -> None:
    """Compare all that is remembered at `at`; with `latest`, what the last commit has changed."""
    last = {one for one, noted in contacts._noted.items() if noted.stamp == contacts._commits}
    remembered = []
    for asked, known in list(contacts._known.items()):
        about = {known.contact.contact_id, *(one.shift_id for one in known.contact.offers)}
        if not latest or about & last:
            present = contacts.remembered(*asked, at)
            if present is not None:
                remembered.append((asked, present.contact))
    found = contacts._look_up([asked for asked, _ in remembered], at)
    for (asked, contact), is_now in zip(remembered, found, strict=True):
        if contact != is_now:
            report(Rule.REMEMBERED, f"of {asked[0]}: {contact}, not {is_now}")
