"""Rows of data as they come from outside: each is read by itself, and every fault is told with its place and a remedy."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..caregiver import Caregiver, with_role_keys
from ..identifier import PATTERN
from ..organization import Organization
from ..phone import HOME_COUNTRY, read_phone
from ..shift.shift import Shift
from ..text import NO_NUL, ONE_LINE, VISIBLE

MOST_FAULTS = 100
"""Faults that are told; nobody mends more at a time, and a list of nothing else would fill the memory."""
LONGEST_NAME = 80

R = TypeVar("R", Organization, Caregiver, Shift)
Place = tuple[int | str, ...]

REMEDIES = {
    "extra_forbidden": "is not known here",
    "missing": "is required",
    **dict.fromkeys(("bool_type", "bool_parsing"), "write true or false"),
    "string_type": "write it as text",
    "datetime_parsing": "give the time as RFC 3339 text, for example 2030-07-14T07:00:00-05:00",
    "datetime_from_date_parsing": "give the time as RFC 3339 text, for example 2030-07-14T07:00:00-05:00",
    "string_unicode": "leave out what is no letter, and no whole character",
    "string_too_short": "write something here",
    "string_too_long": "write at most {max_length} characters",
    "too_short": "give at least {min_length}",
    "too_long": "give at most {max_length}",
    "literal_error": "write {expected}",
    "enum": "write {expected}",
    "greater_than": "give more than {gt}",
    "greater_than_equal": "give {ge} or more",
    "less_than_equal": "give {le} or less",
    **dict.fromkeys(
        ("float_type", "float_parsing", "decimal_type", "decimal_parsing", "finite_number"),
        "give a number, as 2.5",
    ),
    **dict.fromkeys(
        ("decimal_max_digits", "decimal_max_places", "decimal_whole_digits"), "give fewer digits"
    ),
    **dict.fromkeys(("ip_v4_network", "ip_v6_network"), "write a network, as 10.1.0.0/16"),
    **dict.fromkeys(
        ("url_parsing", "url_scheme", "url_type"), "write an address, as https://models.example.org/v1"
    ),
    **dict.fromkeys(("list_type", "tuple_type"), "write it as a list"),
    **dict.fromkeys(("int_type", "int_from_float", "int_parsing", "int_parsing_size"), "give a whole number"),
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), "is no object with fields"),
}
"""What to write instead, by what validation found; in braces stands what it knows of the field."""
WRITTEN = {
    PATTERN: "use only A-Z a-z 0-9 . _ : - and neither . nor .. alone",
    ONE_LINE: "write one line, without control characters",
    NO_NUL: "leave out the character NUL",
    VISIBLE: "use only visible ASCII characters, and no blanks",
    "^[A-Z]{3}$": "write three capital letters, as USD",
}
"""How text is to be written, by the pattern that it does not match."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it was sent: `number` counts from 1, or is the line of a sheet. `wrong` are faults that were found before."""

    number: int
    data: Any
    source: str = ""
    in_sheet: bool = False
    wrong: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str | None:
        """The id in it, where that is one."""
        found = self.data.get("id") if isinstance(self.data, dict) else None
        return found if isinstance(found, str) and re.fullmatch(PATTERN, found) else None

    @property
    def who(self) -> str:
        """Name it for people: by the name in it, else by the id."""
        if not isinstance(self.data, dict):
            return ""
        found = self.data.get("name") or self.data.get("id")
        text = found if isinstance(found, str) and found.isprintable() else ""
        return text.strip()[:LONGEST_NAME]


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing wrong: in which row, at which field, and what to write instead. Without a row it is about the whole."""

    what: str
    row: RawRow | None
    place: Place
    detail: str

    def __str__(self) -> str:
        where = ".".join(_shown(str(part)) for part in self.place)
        if self.row is None:
            return f"{where}: {self.detail}" if where else self.detail
        source = f"{self.row.source}: " if self.row.source else ""
        who = f" ({self.row.who})" if self.row.who else ""
        named = f", {where}" if where else ""
        return f"{source}{self.what} {self.row.number}{who}{named}: {self.detail}"


def _shown(name: str) -> str:
    return name[:LONGEST_NAME] if name.isprintable() else "a field"


@dataclass(frozen=True, slots=True)
class ReadRows(Generic[R]):
    """What rows hold: those that are good, and what is wrong with the others."""

    good: tuple[R, ...]
    faults: tuple[RowFault, ...]


def read_rows(model: type[R], rows: Iterable[RawRow], countries: Mapping[str, str]) -> ReadRows[R]:
    """Read rows of one kind; `countries` are those of the organizations, as far as they are known.

    Stops after `MOST_FAULTS`. An id that stands in two rows with different data is a fault of both.
    """
    what = model.__name__.lower()
    good: list[tuple[RawRow, R]] = []
    faults: list[RowFault] = []
    for row in rows:
        found = _read(model, what, row, countries)
        if isinstance(found, list):
            faults += found
            if len(faults) >= MOST_FAULTS:
                return ReadRows((), tuple(faults[:MOST_FAULTS]))
        else:
            good.append((row, found))
    twice: list[RowFault] = _given_twice(what, good, countries)
    torn = {fault.row.number for fault in twice if fault.row is not None}
    kept = tuple(one for row, one in good if row.number not in torn)
    return ReadRows(kept, tuple((faults + twice)[:MOST_FAULTS]))


def said(error: ErrorDetails) -> str:
    """Say what one error of validation is, without what was sent."""
    kind = error["type"]
    if kind == "value_error":
        return error["msg"].removeprefix("Value error, ")
    if kind == "string_pattern_mismatch":
        pattern = error["ctx"]["pattern"]
        return WRITTEN.get(pattern) or f"write it so that it matches {pattern}"
    if kind in REMEDIES:
        return REMEDIES[kind].format(**error.get("ctx", {}))
    return error["msg"][:1].lower() + error["msg"][1:]


def errors_of(error: ValidationError) -> list[ErrorDetails]:
    """Give what validation found, but not that a list lacks rows when those it has are what is wrong."""
    found = error.errors(include_url=False, include_input=False)
    wrong = {one["loc"][:length] for one in found for length in range(len(one["loc"]))}
    return [one for one in found if not (one["type"] == "too_short" and one["loc"] in wrong)]


def _read(model: type[R], what: str, row: RawRow, countries: Mapping[str, str]) -> R | list[RowFault]:
    faults = [RowFault(what, row, (name,), detail) for name, detail in row.wrong.items()]
    try:
        found = model.model_validate(row.data, context=countries)
    except ValidationError as error:
        faults += [
            RowFault(what, row, one["loc"], said(one))
            for one in errors_of(error)
            if not one["loc"] or one["loc"][0] not in row.wrong
        ]
        return faults
    return faults or found


def _given_twice(what: str, rows: Iterable[tuple[RawRow, R]], countries: Mapping[str, str]) -> list[RowFault]:
    first: dict[str, tuple[RawRow, R]] = {}
    faults: list[RowFault] = []
    told: set[str] = set()
    for row, one in rows:
        other_row, other = first.setdefault(one.id, (row, one))
        before, now = _as_saved(other, countries), _as_saved(one, countries)
        if before == now:
            continue
        remedy = "give them one row, with all roles" if _are_one(before, now) else "give each their own"
        if one.id not in told:
            faults.append(_twice(what, other_row, row, one.id, remedy))
            told.add(one.id)
        faults.append(_twice(what, row, other_row, one.id, remedy))
    return faults


def _are_one(one: R, other: R) -> bool:
    """Whether only the roles differ."""
    if not isinstance(one, Caregiver):
        return False
    return one.model_copy(update={"roles": getattr(other, "roles", ())}) == other


def _as_saved(one: R, countries: Mapping[str, str]) -> R:
    if not isinstance(one, Caregiver):
        return one
    number = read_phone(one.phone, countries.get(one.organization_id, HOME_COUNTRY)).number
    return with_role_keys(one.model_copy(update={"phone": number or one.phone}))


def _twice(what: str, row: RawRow, other: RawRow, row_id: str, remedy: str) -> RowFault:
    who = f" ({other.who})" if other.who else ""
    source = f"{other.source}, " if other.source != row.source else ""
    detail = f"{row_id} is also the id of {source}{what} {other.number}{who}, with different data; {remedy}"
    return RowFault(what, row, ("id",), detail)
