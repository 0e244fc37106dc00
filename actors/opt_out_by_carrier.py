"""What a carrier's word that somebody opted out comes to: the same as their own."""

from datetime import datetime

from ..domain.conversation.state import OptOut
from ..domain.inbound.contact import Contact
from ..domain.inbound.standing import Standing
from .journal.port import OutboxRow


def opt_out_by_carrier(contact: Contact, row: OutboxRow, at: datetime) -> OptOut:
    """Give the command that stops all texts and calls of the organization whose message was refused. Nobody is told so by text:
    the carrier would refuse that too."""
    language = next((one.language for one in contact.people if one.caregiver_id == row.caregiver_id), "en")
    return OptOut(
        at=at,
        by="carrier",
        contact_id=contact.contact_id,
        caregiver_id=row.caregiver_id,
        organization_id=row.organization_id,
        language=language,
        held=Standing(contact, at).holdings(),
        organization_ids=(row.organization_id,),
        answered=True,
    )
