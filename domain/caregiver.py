"""A caregiver: a person with roles and a phone."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from .frozen import Frozen
from .identifier import Identifier
from .organization import Label
from .phone import Phone

Role = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")
]


def role_key(role: str) -> str:
    """Give the form in which roles are compared: case and surrounding blanks do not count."""
    return role.strip().casefold()


class Caregiver(Frozen):
    """Somebody who can take shifts of an organization. `role` may be given instead of `roles` for a single one."""

    id: Identifier
    organization_id: Identifier
    name: Label
    roles: Annotated[tuple[Role, ...], Field(min_length=1, max_length=50)]
    phone: Phone
    language: Literal["en", "es"] = "en"
    active: Annotated[bool, Field(strict=True)] = True

    @model_validator(mode="before")
    @classmethod
    def _single_role(cls, data: Any) -> Any:
        if isinstance(data, dict) and "role" in data:
            if "roles" in data:
                raise ValueError("give role or roles, not both")
            data = {**data, "roles": [data["role"]]}
            del data["role"]
        return data
