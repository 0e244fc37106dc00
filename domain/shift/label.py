"""Short texts that people read: one line, no control characters."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from ..text import tidy


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
