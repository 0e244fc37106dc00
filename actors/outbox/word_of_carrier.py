"""What a carrier's word about a phone comes to: an opt-out, a number that is none, or one that takes no texts."""

from datetime import datetime
from typing import Any

from ...domain.conversation.numbers import CARRIER
from ...domain.conversation.state import ConversationCommand, DoubtNumber, MarkLandline, OptOut
from ...domain.inbound.contact import Contact
from ...domain.inbound.standing import Standing
from ..carriers.port import Trouble
from ..journal.port import OutboxRow

LASTING = frozenset({Trouble.OPTED_OUT, Trouble.NO_NUMBER, Trouble.NO_TEXTS})
"""What is true of a phone beyond the message it was said of."""


def word_of_carrier(
    contact: Contact, row: OutboxRow, trouble: Trouble, at: datetime
) -> ConversationCommand | None:
    """Give the command that has it kept; None where it is about no caregiver's phone. Nobody is told so by text: the carrier
    would refuse that too."""
    whose: dict[str, Any] = {
        "at": at,
        "by": CARRIER,
        "contact_id": contact.contact_id,
        "caregiver_id": row.caregiver_id,
        "organization_id": row.organization_id,
        "held": Standing(contact, at).holdings(),
        "answered": True,
    }
    language = next((one.language for one in contact.people if one.caregiver_id == row.caregiver_id), "en")
    if trouble is Trouble.OPTED_OUT:
        return OptOut(**whose, language=language, organization_ids=(row.organization_id,))
    if not any(one.caregiver_id == row.caregiver_id for one in contact.people):
        return None
    if trouble is Trouble.NO_TEXTS:
        return MarkLandline(**whose)
    return DoubtNumber(**whose, organization_ids=(row.organization_id,))
