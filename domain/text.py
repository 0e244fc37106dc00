"""Text that people typed: one line, with plain blanks, whatever program it was copied from; no control characters."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

_UNSEEN = str.maketrans(
    "", "", "\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
)
"""What takes no room and nobody typed: soft hyphens, blanks of no width, marks of direction."""


def tidy(text: str) -> str:
    """Give `text` with each stretch of blanks, of any kind, as one plain blank, and none around it."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_UNSEEN)).split())


def number_of(text: str, digits: int = 18) -> int | None:
    """Give the number that a text writes, in at most so many digits; None when it writes none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None


def _tidied(text: str) -> str:
    line = tidy(text)
    if not line:
        raise ValueError("this holds nothing that can be seen")
    return line


def _one_role(text: str) -> str:
    if "," in text or ";" in text:
        raise ValueError(f'"{text}" is more than one role: give each by itself, as in ["RN", "LPN"]')
    return text


ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
NO_NUL = r"^[^\x00]*$"
VISIBLE = r"^[!-~]+$"

Label = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=ONE_LINE),
    AfterValidator(_tidied),
]

Role = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=ONE_LINE),
    AfterValidator(_tidied),
    AfterValidator(_one_role),
]
"""What somebody is qualified for, and a shift asks for: RN, LPN, CNA."""
