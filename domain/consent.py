"""Consent: who agrees to texts or calls, as it is stated by somebody else than the person."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from .frozen import Frozen
from .instant import Instant
from .policy import PhoneChannel
from .text import ONE_LINE


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


def hour_of(*, gives: bool) -> str:
    """Give the hour of a day that is known without one: nobody is texted who stopped on the day that they agreed."""
    return "00:00" if gives else "23:59"


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
