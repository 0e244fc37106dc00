"""What is known of a call while it is under way: whom it is with, and how the offer it is about stands."""

from datetime import datetime

from ..domain.phone import mask, normalise
from ..domain.policy import Channel
from ..domain.voice.call import Call, call_about, call_for_code
from .errors import UnknownPhone
from .journal.port import Journal


def placed(journal: Journal, key: str, phone: str, number: str, at: datetime) -> Call:
    """Give a call that was placed to `phone` from our `number`, for the outbound message with this key.

    Where there was none to that phone the call is about nothing. Raises `JournalUnavailable`.
    """
    phone, record = normalise(phone), journal.message(f"out-{key}")
    if record is None or record.channel is not Channel.VOICE or record.phone != phone:
        return Call("en", phone, number)
    contact = journal.contact(phone, number, at)
    return call_about(contact, phone, number, record.caregiver_id, record.shift_id)


def called_in(journal: Journal, code: str, phone: str, number: str, at: datetime) -> Call:
    """Give the call of somebody whose phone shows as `phone` and who called our `number` about the offer with this code.

    Where no offer of theirs has it the call is about nothing. Raises `UnknownPhone`, `JournalUnavailable`.
    """
    phone = normalise(phone)
    contact = journal.contact(phone, number, at)
    if contact is None or not any(one.active for one in contact.people):
        raise UnknownPhone(f"Nobody here has the phone {mask(phone)}.")
    return call_for_code(contact, phone, number, code)
