"""What validation found wrong, told without repeating what was sent: that may be a phone or a message."""

from collections.abc import Sequence

from pydantic import ValidationError

from ...domain.data.rows import Place, RowFault, errors_of, said
from .problems import Fault

LONGEST_NAME = 64
"""Characters of a field's name that are repeated; the caller made it up when the field is unknown."""


def body_faults(error: ValidationError) -> tuple[Fault, ...]:
    """Say where in the body, by JSON Pointer, and what."""
    return tuple(Fault(pointer=_pointer(one["loc"]), detail=said(one)) for one in errors_of(error))


def row_faults(faults: Sequence[RowFault], *, many: bool) -> tuple[Fault, ...]:
    """Say of which rows of a body, and what; `row` names the row by its id where that is one."""
    return tuple(
        Fault(
            pointer=_pointer((one.row.number - 1, *one.place) if many and one.row else one.place),
            detail=one.detail,
            row=one.row.id if many and one.row else None,
        )
        for one in faults
    )


def query_faults(error: ValidationError) -> tuple[Fault, ...]:
    """Say of which query parameter, and what."""
    return tuple(
        Fault(parameter=str(one["loc"][0])[:LONGEST_NAME] if one["loc"] else None, detail=said(one))
        for one in errors_of(error)
    )


def is_malformed(error: ValidationError) -> bool:
    """Whether the body was no JSON at all, rather than JSON of the wrong shape."""
    return any(one["type"] == "json_invalid" for one in errors_of(error))


def _pointer(location: Place) -> str:
    parts = (str(part)[:LONGEST_NAME].replace("~", "~0").replace("/", "~1") for part in location)
    return "".join(f"/{part}" for part in parts)
