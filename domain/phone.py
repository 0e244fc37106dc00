"""Phone numbers: normalised where they can be, kept verbatim where they cannot."""

from functools import lru_cache
from typing import Annotated

import phonenumbers
from pydantic import AfterValidator, StringConstraints

HOME_REGION = "US"
"""The region a number without a country code is read in."""


@lru_cache(maxsize=65_536)
def normalise(text: str) -> str:
    """Give the E.164 form of `text` ("(312) 555-0105" → "+13125550105").

    What is too odd to be a number, or has an extension, comes back as it was written, without surrounding blanks,
    so that it still matches itself. "+15550001" is too short to be dialled and stays as it is too.
    """
    verbatim = text.strip()
    form = _e164(verbatim)
    # A few forms are numbers only as they were written: read again they would be another number, and so nobody's.
    return form if form is not None and _e164(form) == form else verbatim


def _e164(text: str) -> str | None:
    try:
        number = phonenumbers.parse(text, HOME_REGION)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def mask(phone: str) -> str:
    """Hide all but the last two characters, for logs: "+13125550105" → "**********05"."""
    return "*" * max(len(phone) - 2, 2) + phone[-2:] if len(phone) > 4 else "****"


Phone = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$"),
    AfterValidator(normalise),
]
"""A phone number as text, normalised on the way in."""
