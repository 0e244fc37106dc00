"""An organization: an agency or facility. Everything belongs to one."""

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints

from .frozen import Frozen
from .identifier import Identifier
from .phone import Phone
from .policy import Rounds

Label = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$")
]
"""A short text that people read: one line, no control characters."""


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f'"{name}" is not an IANA time zone such as America/Chicago') from error
    return name


TimeZone = Annotated[str, StringConstraints(min_length=1, max_length=64), AfterValidator(_known_zone)]


class Organization(Frozen):
    """Owns shifts, caregivers, phone numbers and policy.

    `name` opens its offers and its help when it is given; `phones` are the numbers people dial to reach it; `rounds` replaces
    the service's own rounds.
    """

    id: Identifier
    name: Label | None = None
    time_zone: TimeZone | None = None
    phones: Annotated[tuple[Phone, ...], Field(max_length=100)] = ()
    rounds: Rounds | None = None
