"""An organization: an agency or facility. Everything belongs to one."""

import re
from typing import Annotated

import phonenumbers
from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator

from .frozen import Frozen
from .identifier import Identifier
from .phone import HOME_COUNTRY, WrittenPhone, read_phone
from .policy import Rounds
from .text import Label
from .time_zone import TimeZone

SHORT_CODE = re.compile(r"\d{3,6}")
MEANT = {"UK": "GB", "USA": "US", "EN": "GB", "GER": "DE", "ESP": "ES", "MEX": "MX"}


def _known(code: str) -> str:
    country = code.upper()
    if country not in phonenumbers.SUPPORTED_REGIONS:
        meant = MEANT.get(country, "US")
        raise ValueError(f"this is no country code of two letters (ISO 3166); write for example {meant}")
    return country


Country = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), AfterValidator(_known)
]
"""Two letters of ISO 3166."""


class Organization(Frozen):
    """Owns shifts, caregivers, phone numbers and policy.

    `name` opens its offers and its help when it is given; `time_zone` is the one in which its people are told times;
    `country` is where phone numbers without a country code are at home; `phones` are the numbers people dial to reach it;
    `rounds` replaces the service's own rounds.
    """

    id: Identifier
    name: Label | None = None
    time_zone: TimeZone | None = None
    country: Country = HOME_COUNTRY
    phones: Annotated[tuple[WrittenPhone, ...], Field(max_length=100)] = ()
    rounds: Rounds | None = None

    @field_validator("phones")
    @classmethod
    def _read_at_home(cls, phones: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        return tuple(_number(phone, info.data.get("country", HOME_COUNTRY)) for phone in phones)


def _number(phone: str, country: str) -> str:
    if SHORT_CODE.fullmatch(phone):
        return phone
    reading = read_phone(phone, country)
    if reading.number is None:
        raise ValueError(reading.problem)
    return reading.number
