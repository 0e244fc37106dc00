"""What is known of a call while it is under way: whom it is with, and how what it is about stands."""

from datetime import datetime

from ..domain.message import Purpose
from ..domain.phone import mask, normalise
from ..domain.policy import Channel
from ..domain.text import number_of
from ..domain.voice.call import AlertCall, Call, call_about, call_for_code
from .errors import UnknownPhone
from .journal.port import Journal


def placed(journal: Journal, key: str, phone: str, number: str, at: datetime) -> Call | AlertCall:
    """Give a call that was placed to `phone` from our `number`, for the outbound message with this key.

    Where there was none to that phone the call is about nothing. Raises `JournalUnavailable`.
    """
    phone = normalise(phone)
    number_of_row = number_of(key)
    row = None if number_of_row is None else journal.outbox_row(number_of_row)
    if row is None or row.channel is not Channel.VOICE or row.to_phone != phone:
        return Call("en", phone, number)
    if row.purpose is not Purpose.OFFER:
        return AlertCall(phone, number, row.body, row.code, row.live)
    contact = journal.contact(phone, number, at)
    return call_about(contact, phone, number, row.caregiver_id, row.shift_id)


def called_in(journal: Journal, code: str, phone: str, number: str, at: datetime) -> Call:
    """Give the call of somebody whose phone shows as `phone` and who called our `number` about the offer with this code.

    Where no offer of theirs has it the call is about nothing. Raises `UnknownPhone`, `JournalUnavailable`.
    """
    phone = normalise(phone)
    contact = journal.contact(phone, number, at)
    if contact is None or not any(one.active for one in contact.people):
        raise UnknownPhone(f"Nobody here has the phone {mask(phone)}.")
    return call_for_code(contact, phone, number, code)
