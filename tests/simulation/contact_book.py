"""Compares what is remembered of phones with what the journal says of them."""

from datetime import datetime

from firstyes.actors.contacts import Contacts

from .violation import Report, Rule


def compare(contacts: Contacts, at: datetime, report: Report, *, latest: bool = False) -> None:
    """Compare all that is remembered at `at`; with `latest`, what the last commit has changed."""
    last = {one for one, noted in contacts._noted.items() if noted.stamp == contacts._commits}
    for asked, known in list(contacts._known.items()):
        about = {known.contact.contact_id, *(one.shift_id for one in known.contact.offers)}
        if latest and not about & last:
            continue
        remembered = contacts.remembered(*asked, at)
        if remembered is not None and remembered.contact != contacts._look_up(*asked, at):
            report(
                Rule.REMEMBERED, f"of {asked[0]}: {remembered.contact}, not {contacts._look_up(*asked, at)}"
            )
