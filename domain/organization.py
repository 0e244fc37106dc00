"""An organization: an agency or facility. Everything belongs to one."""

import re
from typing import Annotated

import phonenumbers
from pydantic import (
    AfterValidator,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from .frozen import Frozen
from .identifier import Identifier
from .linter import look_at
from .on_call import OnCall
from .own_texts import OwnTexts
from .phone import HOME_COUNTRY, WrittenPhone, read_phone
from .policy import PHONES, Channel, PhoneChannel, Rounds
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


class OwnNumber(Frozen):
    """A number of an organization: its people are texted and called from it, and dial it.

    `account` names the carrier's account that it belongs to; its secrets are the operator's and stand in the settings. A
    number without one belongs to the first account there. `channels` are what it can do.
    """

    number: WrittenPhone
    account: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,64}$")] | None = None
    channels: Annotated[tuple[PhoneChannel, ...], Field(min_length=1, max_length=len(PHONES))] = (
        Channel.SMS,
        Channel.VOICE,
    )

    @model_validator(mode="before")
    @classmethod
    def _by_itself(cls, given: object) -> object:
        return {"number": given} if isinstance(given, str) else given


class Organization(Frozen):
    """Owns shifts, caregivers, phone numbers and policy.

    `name` opens its offers and its help when it is given; `time_zone` is the one in which its people are told times;
    `country` is where phone numbers without a country code are at home; `phones` are its numbers, each may be given as a text;
    several share the work, and each person keeps hearing from the same one. `rounds` replaces the service's own rounds.
    `on_call` are told of alerts, in order. `texts` replace ours to its people.

    With `releases_call_offs` a clear "I can't come" of whoever has a shift releases it and offers it anew at once; else a
    coordinator decides. With `consent_required` nobody is asked by text or call who is not known to have agreed to that. With
    `welcomes` whoever agrees to texts is told once who writes to them, and why.
    """

    id: Identifier
    name: Label | None = None
    time_zone: TimeZone | None = None
    country: Country = HOME_COUNTRY
    phones: Annotated[tuple[OwnNumber, ...], Field(max_length=100)] = ()
    rounds: Rounds | None = None
    releases_call_offs: Annotated[bool, Field(strict=True)] = False
    consent_required: Annotated[bool, Field(strict=True)] = False
    welcomes: Annotated[bool, Field(strict=True)] = False
    on_call: Annotated[tuple[OnCall, ...], Field(max_length=20)] = ()
    texts: OwnTexts | None = None

    @field_validator("phones")
    @classmethod
    def _read_at_home(cls, phones: tuple[OwnNumber, ...], info: ValidationInfo) -> tuple[OwnNumber, ...]:
        country = info.data.get("country", HOME_COUNTRY)
        numbers = [one.model_copy(update={"number": _number(one.number, country)}) for one in phones]
        return tuple({one.number: one for one in numbers}.values())

    @field_validator("texts")
    @classmethod
    def _may_go_out(cls, texts: OwnTexts | None, info: ValidationInfo) -> OwnTexts | None:
        if texts is not None and info.data.get("name") is None:
            raise ValueError("give the organization a name: its texts have to say who sends them")
        return texts and look_at(texts)

    @field_validator("on_call")
    @classmethod
    def _reached_at_home(cls, on_call: tuple[OnCall, ...], info: ValidationInfo) -> tuple[OnCall, ...]:
        country = info.data.get("country", HOME_COUNTRY)
        return tuple(
            one.model_copy(update={"to": _number(one.to, country)}) if one.channel in PHONES else one
            for one in on_call
        )


def _number(phone: str, country: str) -> str:
    if SHORT_CODE.fullmatch(phone):
        return phone
    reading = read_phone(phone, country)
    if reading.number is None:
        raise ValueError(reading.problem)
    return reading.number
