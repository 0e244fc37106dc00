"""A file of data: organizations, caregivers and shifts, as loaded at start or in bulk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import Field

from ..caregiver import Caregiver
from ..consent import stated_at
from ..errors import FirstyesError
from ..frozen import Frozen
from ..organization import Organization
from ..phone import HOME_COUNTRY, read_phone
from ..shift.shift import Shift
from ..time_zone import with_offset
from .rows import MOST_FAULTS, RawRow, RowFault, read_rows

MOST = 1_000_000
"""Rows of one kind in a file."""

KINDS = ("organizations", "caregivers", "shifts")
NO_ORGANIZATIONS: Mapping[str, Organization] = {}

NOT_IN_SHEETS = frozenset({"rounds", "releases_call_offs", "consent_required", "welcomes", "texts"})
"""What organizations have and sheets have no columns for."""

Raw = Mapping[str, Sequence[RawRow]]


class BadData(FirstyesError):
    """Raised when a file does not hold what can be loaded; the message says where and why. Nothing was loaded."""

    def __init__(self, message: str, faults: Sequence[RowFault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


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


@dataclass(frozen=True, slots=True)
class CheckedData:
    """What a file holds: the good rows, and what is wrong with the others. `name` is the file's."""

    data: DataSet
    faults: tuple[RowFault, ...]
    name: str = ""

    def refuse_faults(self) -> DataSet:
        """Give the data. Raises `BadData`, with every fault, when there is one."""
        if self.faults:
            raise BadData(f"{self.name}: {describe_faults(self.faults)}".removeprefix(": "), self.faults)
        return self.data


def read_data(raw: Any, known: Mapping[str, Organization] = NO_ORGANIZATIONS) -> DataSet:
    """Read a parsed JSON document; `known` are organizations that are saved already, which say where phones are at home.

    Rows that name no organization belong to the one that the file's shifts name. Raises `BadData` with all that is wrong.
    """
    return check_data(json_rows(raw), known).refuse_faults()


def json_rows(raw: Any, source: str = "") -> Raw:
    """Give the rows of a parsed JSON document. Raises `BadData` when it holds something else than lists of rows."""
    if not isinstance(raw, dict):
        raise BadData('the file must hold one JSON object: {"shifts": [...], "caregivers": [...]}')
    wrong = [
        RowFault("", None, (str(name),), "is not known here; write organizations, caregivers or shifts")
        for name in raw
        if name not in KINDS
    ]
    wrong += [
        RowFault("", None, (kind,), "must be a list of rows")
        for kind in KINDS
        if not isinstance(raw.get(kind, []), list)
    ]
    if wrong:
        raise BadData(describe_faults(wrong[:MOST_FAULTS]), wrong)
    return {
        kind: [RawRow(number, row, source) for number, row in enumerate(raw.get(kind, []), 1)]
        for kind in KINDS
    }


def check_data(
    raw: Raw,
    known: Mapping[str, Organization] = NO_ORGANIZATIONS,
    owner: str | None = None,
    name: str = "",
) -> CheckedData:
    """Read rows of all kinds; `owner` is the organization of those that name none."""
    for kind, rows in raw.items():
        if len(rows) > MOST:
            raise BadData(f"{kind}: more than {MOST} rows; load them in several files")
    organizations = read_rows(
        Organization, (_beside_the_sheet(row, known) for row in raw.get("organizations", ())), {}
    )
    homes = {**known, **{one.id: one for one in organizations.good}}
    owned = {kind: list(_owned(raw, kind, owner)) for kind in ("caregivers", "shifts")}
    named = {_text(row, "organization_id") for rows in owned.values() for row in rows}
    countries = {name: homes[name].country if name in homes else HOME_COUNTRY for name in named}
    caregivers = read_rows(Caregiver, (_stated_there(row, homes) for row in owned["caregivers"]), countries)
    shifts = read_rows(Shift, (_told_there(row, homes) for row in owned["shifts"]), {})
    return CheckedData(
        DataSet(organizations=organizations.good, caregivers=caregivers.good, shifts=shifts.good),
        (*organizations.faults, *caregivers.faults, *shifts.faults)[:MOST_FAULTS],
        name,
    )


def describe_faults(faults: Sequence[RowFault]) -> str:
    """Say all faults, a line each."""
    if len(faults) == 1:
        return str(faults[0])
    count = f"the first {MOST_FAULTS} faults" if len(faults) >= MOST_FAULTS else f"{len(faults)} faults"
    return "\n".join([f"{count}:", *map(str, faults)])


def _owned(raw: Raw, kind: str, owner: str | None) -> Iterator[RawRow]:
    """Give the rows, each with its organization as far as that is certain."""
    names = {_text(row, "organization_id") for row in raw.get("shifts", ())} - {""}
    names = names or {_text(row, "id") for row in raw.get("organizations", ())} - {""}
    [only] = names if len(names) == 1 else [owner]
    only = owner or only
    for row in raw.get(kind, ()):
        if not isinstance(row.data, dict) or row.data.get("organization_id") is not None:
            yield row
        elif only is not None:
            yield replace(row, data={**row.data, "organization_id": only})
        else:
            why = f"is required, since {f'{len(names)} organizations are' if names else 'no organization is'} named"
            yield replace(row, wrong={**row.wrong, "organization_id": why})


def _text(row: RawRow, name: str) -> str:
    value = row.data.get(name) if isinstance(row.data, dict) else None
    return value if isinstance(value, str) else ""


def _beside_the_sheet(row: RawRow, known: Mapping[str, Organization]) -> RawRow:
    """Let an organization keep what a sheet cannot say: else its next sheet lets people be texted who have not agreed."""
    home = known.get(_text(row, "id"))
    if not row.in_sheet or home is None:
        return row
    own = {one.number: one for one in home.phones}
    phones = [own.get(read_phone(one, home.country).number or "", one) for one in row.data.get("phones", ())]
    return replace(row, data={**home.model_dump(include=set(NOT_IN_SHEETS)), **row.data, "phones": phones})


def _stated_there(row: RawRow, homes: Mapping[str, Organization]) -> RawRow:
    """Read when consent was given, in a sheet, in the zone of its organization."""
    if not row.in_sheet or "consents" not in row.data:
        return row
    home = homes.get(_text(row, "organization_id"))
    consents, wrong = [dict(one) for one in row.data["consents"]], dict(row.wrong)
    for one in consents:
        if "given_at" in one:
            try:
                one["given_at"] = stated_at(
                    one["given_at"], home.time_zone if home else None, gives=one["gives"]
                )
            except ValueError as error:
                wrong["consents"] = str(error)
    return replace(row, data={**row.data, "consents": consents}, wrong=wrong)


def _told_there(row: RawRow, homes: Mapping[str, Organization]) -> RawRow:
    """Read times of a sheet that have no offset in the zone of the shift, else of its organization."""
    if not row.in_sheet:
        return row
    home = homes.get(_text(row, "organization_id"))
    zone = _text(row, "time_zone") or (home.time_zone if home else None)
    data, wrong = dict(row.data), dict(row.wrong)
    for name in ("start_time", "end_time"):
        if name in data:
            try:
                data[name] = with_offset(_text(row, name), zone)
            except ValueError as error:
                wrong[name] = str(error)
    return replace(row, data=data, wrong=wrong)
