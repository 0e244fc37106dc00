"""Phone numbers: repaired where it is certain which number is meant, else refused with what to write instead."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

import phonenumbers
from pydantic import AfterValidator, StringConstraints

from .text import ONE_LINE, tidy

HOME_COUNTRY = "US"
"""The country a number without a country code is read in, where nothing else is known."""

EXAMPLE = "write it with its country code, as +13125550141"
NO_NUMBER = f"this is no phone number; {EXAMPLE}"
TWO_NUMBERS = f"there is more than one number; give the one that is to be texted, and {EXAMPLE}"
TOO_LONG = (
    f"there are more digits than one number there has; give the one that is to be texted, and {EXAMPLE}"
)
EXTENSION = f"an extension cannot be texted; give a direct number, and {EXAMPLE}"
ROUNDED = f"a spreadsheet has rounded the number; format its cell as text, and {EXAMPLE}"
WRONG_LENGTH = "a number with its country code has 7 to 15 digits, and begins with that code"

_LABELS = (
    "tel telephone phone ph cell cellphone cellular mobile mob home work office main primary personal text texts sms "
    "c h m o p t w celular cel movil móvil casa trabajo teléfono telefono handy mobil privat"
).split()
_WORD = re.compile(r"[^\W\d_]+")
_EXTENSION = re.compile(r"(?i)(?:\bext(?:ension|n)?\b\.?|;ext=|\bx\.?|(?<=\d)x|#)[\s:.]*\d")
_ROUNDED = re.compile(r"(?i)\d(?:[.,]\d+)?e\+?\d+")
_SHEET_FLOAT = re.compile(r"(\+?\d{7,15})\.0+")
_BETWEEN = re.compile(r"(?i)[;,|&\n]|/|\b(?:or|and|o|y|oder|und)\b")
LONGEST = 64
"""Characters of a number as somebody writes it, labels and all."""
_FEWEST = 7
"""Digits of a number that stands for itself."""
_MOST = 17
"""The same, with the two that some dial before a country code."""


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """How a number was read: the number, or the problem with it. `repaired` says that more than its spacing changed."""

    number: str | None
    problem: str = ""
    repaired: bool = False


@lru_cache(maxsize=65_536)
def read_phone(text: str, country: str = HOME_COUNTRY) -> PhoneReading:
    """Read a number as somebody wrote it: "(312) 555-0105" and "312 555 0105 (cell)" are "+13125550105" in the US.

    What has a plus and 7 to 15 digits stays, even if nobody can dial it.
    """
    try:
        digits = _digits(text)
        number = _international(digits, text) if digits[0] == "+" else _national(digits, country)
    except ValueError as error:
        return PhoneReading(None, str(error))
    plain = re.sub(r"[\s().-]", "", tidy(text))
    return PhoneReading(number, repaired=plain != number)


def normalise(text: str) -> str:
    """Give the number that a carrier names; what is none comes back as it is, without surrounding blanks, so that it
    still matches itself."""
    written = text.strip()
    return read_phone(written).number or written


@lru_cache(maxsize=1024)
def is_toll_free(phone: str) -> bool:
    """Whether a number is free of charge for whoever calls it; the networks of those have rules of their own."""
    try:
        return phonenumbers.number_type(phonenumbers.parse(phone)) == phonenumbers.PhoneNumberType.TOLL_FREE
    except phonenumbers.NumberParseException:
        return False


def is_answerable(phone: str) -> bool:
    """Whether a text to this sender reaches a person: a number, and no short code or name of a company."""
    return re.fullmatch(r"\+[1-9]\d{6,14}", phone) is not None


def mask(phone: str) -> str:
    """Hide all but the last two characters, for logs: "+13125550105" → "**********05"."""
    return "*" * max(len(phone) - 2, 2) + phone[-2:] if len(phone) > 4 else "****"


def _digits(text: str) -> str:
    """Give the digits, behind a plus where there is one. Raises `ValueError`, which says why this is no single number."""
    if len(text) > LONGEST:
        raise ValueError(NO_NUMBER)
    line = tidy(unicodedata.normalize("NFKC", text)).strip("'\"= ")
    if _ROUNDED.fullmatch(line):
        raise ValueError(ROUNDED)
    if _EXTENSION.search(line):
        raise ValueError(EXTENSION)
    whole = _SHEET_FLOAT.fullmatch(line)
    line = whole[1] if whole else line
    pieces = [piece for piece in _BETWEEN.split(line) if sum(map(str.isdecimal, piece)) >= _FEWEST]
    if len(pieces) > 1:
        raise ValueError(TWO_NUMBERS)
    words = _WORD.sub(_without_label, line)
    digits = "".join(_plain(char) for char in words)
    if not re.fullmatch(r"[ ().:/]*(?:\+[ ()]*)?(?:\d[\d ()./:-]*)", digits):
        raise ValueError(NO_NUMBER)
    if re.search(r"\d.*\d.*\d.*/\s*\d{1,3}$", digits):
        raise ValueError(TWO_NUMBERS)
    return re.sub(r"[^+\d]", "", digits)


def _without_label(found: re.Match[str]) -> str:
    """Take a label away, but no letter that stands for a digit ("555O141") or parts two ("5550141p5")."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    inside = any(map(str.isdecimal, before)) and any(map(str.isdecimal, after))
    touching = len(found[0]) == 1 and (before[-1:].isdecimal() or after[:1].isdecimal())
    return found[0] if inside or touching or found[0].casefold() not in _LABELS else ""


def _plain(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return "-" if unicodedata.category(char) == "Pd" else char


def _international(digits: str, text: str) -> str:
    if not re.fullmatch(r"\+[1-9]\d{6,14}", digits):
        raise ValueError(f"{WRONG_LENGTH}; {EXAMPLE}")
    if digits not in text and _is_too_long(digits):
        # "+1 312 555 0141-0142": put together from more than one number, or from one and something else.
        raise ValueError(TOO_LONG)
    return _e164(digits, None) or digits


def _national(digits: str, country: str) -> str:
    dialled = digits.startswith("00")
    form = _e164(f"+{digits[2:]}", None) if dialled else _e164(digits, country)
    if form is None or not (dialled or _is_certain(form, digits, country)):
        raise ValueError(f"this is no complete number in {country}; {EXAMPLE}")
    return form


def _is_certain(form: str, digits: str, country: str) -> bool:
    prefix = phonenumbers.ndd_prefix_for_region(country, True)
    if prefix == "1":
        return re.fullmatch(r"\+1[2-9]\d\d[2-9]\d{6}", form) is not None
    if not prefix or digits.startswith(prefix):
        return True
    # Sheets drop a nought in front; without it only a mobile number is certain to be one.
    mobile = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return phonenumbers.number_type(phonenumbers.parse(form)) in mobile


def _is_too_long(digits: str) -> bool:
    try:
        number = phonenumbers.parse(digits)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.TOO_LONG


def _e164(text: str, country: str | None) -> str | None:
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    form = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    # A few forms are numbers only as they were written: read again they would be another number, and so nobody's.
    return form if form == text or _e164(form, None) == form else None


def _readable(text: str) -> str:
    digits = _digits(text)
    if digits[0] != "+":
        # In which country it is to be read is known where it is saved.
        if not _FEWEST <= len(digits) <= _MOST:
            raise ValueError(NO_NUMBER)
        return text
    reading = read_phone(text)
    if reading.number is None:
        raise ValueError(reading.problem)
    return text if reading.repaired else reading.number


WrittenPhone = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST, pattern=ONE_LINE),
]
"""A number as somebody wrote it."""

Phone = Annotated[WrittenPhone, AfterValidator(_readable)]
"""A person's number, checked, and still as it was written where that depends on the country."""

ReportedPhone = Annotated[WrittenPhone, AfterValidator(normalise)]
"""A number as a carrier names it: normalised where it is one, else kept, so that it is found or unknown."""
