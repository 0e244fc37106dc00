"""A file of data: organizations, caregivers and shifts, as loaded at start or in bulk."""

from typing import Annotated, Any

from pydantic import Field, ValidationError

from .caregiver import Caregiver
from .errors import FirstyesError
from .frozen import Frozen
from .organization import Organization
from .shift import Shift

MOST = 1_000_000
"""Rows of one kind in a file."""


class BadData(FirstyesError):
    """Raised when a file does not hold what can be loaded; the message says where and why. Nothing was loaded."""


class DataSet(Frozen):
    """Everything a file brings. Organizations that are only named by shifts and caregivers are made from their id."""

    organizations: Annotated[tuple[Organization, ...], Field(max_length=MOST)] = ()
    caregivers: Annotated[tuple[Caregiver, ...], Field(max_length=MOST)] = ()
    shifts: Annotated[tuple[Shift, ...], Field(max_length=MOST)] = ()

    def named_organizations(self) -> tuple[Organization, ...]:
        """Give the organizations that the rows name and `organizations` does not hold."""
        known = {one.id for one in self.organizations}
        named = [one.organization_id for one in self.shifts] + [
            one.organization_id for one in self.caregivers
        ]
        return tuple(Organization(id=name) for name in dict.fromkeys(named) if name not in known)


def read_data(raw: Any) -> DataSet:
    """Read a parsed JSON document.

    Caregivers that name no organization belong to the one that the file's shifts name. Raises `BadData` when that is
    not exactly one, or when anything else is wrong.
    """
    if not isinstance(raw, dict):
        raise BadData('the file must hold one JSON object: {"shifts": [...], "caregivers": [...]}')
    try:
        return DataSet.model_validate({**raw, "caregivers": _with_organization(raw)})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadData(f"{where}: {first['msg']} ({error.error_count()} problems in all)") from error


def _with_organization(raw: dict[str, Any]) -> Any:
    caregivers = raw.get("caregivers", [])
    if not isinstance(caregivers, list):
        return caregivers
    homeless = sum(_is_homeless(one) for one in caregivers)
    if not homeless:
        return caregivers
    named = _organizations_of(raw.get("shifts"))
    if len(named) != 1:
        raise BadData(
            f"{homeless} caregivers name no organization, and the file's shifts name {len(named)}:"
            " give each caregiver an organization_id"
        )
    [owner] = named
    return [{**one, "organization_id": owner} if _is_homeless(one) else one for one in caregivers]


def _is_homeless(caregiver: Any) -> bool:
    return isinstance(caregiver, dict) and caregiver.get("organization_id") is None


def _organizations_of(shifts: Any) -> set[str]:
    rows = shifts if isinstance(shifts, list) else []
    names = (row.get("organization_id") for row in rows if isinstance(row, dict))
    return {name for name in names if isinstance(name, str)}
