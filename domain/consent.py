"""Consent: who agrees to texts or calls, as it is stated by somebody else than the person."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from .frozen import Frozen
from .instant import Instant
from .policy import PhoneChannel
from .text import ONE_LINE
from .time_zone import with_offset


class ConsentWay(StrEnum):
    """How somebody agreed, or said that they do no more."""

    FORM = "form"
    SPOKEN = "spoken"
    WRITTEN = "written"
    KEYWORD = "keyword"
    IMPORTED = "imported"


Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=ONE_LINE)
]


def stated_at(text: str, zone: str | None, *, gives: bool) -> str:
    """Give when somebody said so, with its offset. Of a day without an hour it is the one that says least: nobody is texted who
    stopped on the day that they agreed. Raises `ValueError` as `with_offset` does."""
    hour = " 00:00" if gives else " 23:59"
    return with_offset(f"{text}{hour}" if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text, zone)


class Consent(Frozen):
    """One statement: that a person agrees to texts (sms) or calls (voice) of their organization, or (`gives` false) no more.

    `given_at` is when they said so, `words` is what they agreed to, or what they said. What is not dated restores nothing
    that the person has stopped.
    """

    channel: PhoneChannel
    gives: Annotated[bool, Field(strict=True)] = True
    how: ConsentWay = ConsentWay.IMPORTED
    given_at: Instant | None = None
    words: Words | None = None
