"""A caregiver: a person with roles and a phone."""

import unicodedata
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from .consent import Consent
from .frozen import Frozen
from .identifier import Identifier
from .phone import Phone, read_phone
from .text import Label, Role, tidy


def role_key(role: str) -> str:
    """Give the form in which roles are compared: neither case nor the kind and number of blanks nor the width of letters
    count."""
    folded = unicodedata.normalize("NFKC", tidy(role)).casefold()
    return tidy(unicodedata.normalize("NFKC", folded))


def name_key(name: str) -> str:
    """Give the form in which names are compared: accents do not count either."""
    parts = unicodedata.normalize("NFKD", role_key(name))
    return tidy("".join(char for char in parts if not unicodedata.combining(char)))


class Caregiver(Frozen):
    """Somebody who can take shifts of an organization. `role` may be given instead of `roles` for a single one.

    `phone` is as it was written; saved, it is the number in the organization's country. Two records with one name and
    one number are one person, unless one of them is `distinct`: a namesake who shares the phone. `consents` are stated with
    the data, and kept with what the person says (`domain/conversation/consenting.py`).

    A context to validate with are the countries of organizations, in which `phone` is then to be readable.
    """

    id: Identifier
    organization_id: Identifier
    name: Label
    roles: Annotated[tuple[Role, ...], Field(min_length=1, max_length=50)]
    phone: Phone
    language: Literal["en", "es"] = "en"
    active: Annotated[bool, Field(strict=True)] = True
    distinct: Annotated[bool, Field(strict=True)] = False
    consents: Annotated[tuple[Consent, ...], Field(max_length=10)] = ()

    @model_validator(mode="before")
    @classmethod
    def _single_role(cls, data: Any) -> Any:
        if isinstance(data, dict) and "role" in data:
            if "roles" in data:
                raise ValueError("give role or roles, not both")
            data = {**data, "roles": [data["role"]]}
            del data["role"]
        return data

    @field_validator("phone")
    @classmethod
    def _readable_at_home(cls, phone: str, info: ValidationInfo) -> str:
        owner = info.data.get("organization_id")
        country = info.context.get(owner) if info.context and owner else None
        reading = read_phone(phone, country) if country else None
        if reading is not None and reading.number is None:
            raise ValueError(reading.problem)
        return phone


def with_role_keys(one: Caregiver) -> Caregiver:
    """Give somebody with their roles in the form in which these are compared, in one order."""
    return one.model_copy(update={"roles": tuple(sorted({role_key(role) for role in one.roles}))})
