"""The problem document (RFC 9457): the form of every answer of status 400 and above.

What validation found wrong is told without repeating what was sent: that may be a phone or a message.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from flask import Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ...domain.answer import Refusal
from ...domain.data.rows import Place, RowFault, errors_of, said
from ...domain.errors import FirstyesError

MEDIA_TYPE = "application/problem+json"
URN = "urn:firstyes:problem:"
MOST_FAULTS = 100
"""Faults told of one request; `detail` says how many there are."""
LONGEST_NAME = 64
"""Characters of a field's name that are repeated; the caller made it up when the field is unknown."""


class Fault(BaseModel):
    """One thing wrong with a request: where (a JSON Pointer into the body, or a query parameter) and what.

    `row` is the id of the row of a list.
    """

    model_config = ConfigDict(frozen=True)

    detail: str
    pointer: str | None = None
    parameter: str | None = None
    row: str | None = None


class Problem(BaseModel):
    """Why a request was not carried out. Unless `detail` says otherwise, nothing was changed.

    `type` names the kind of problem for programs, `detail` tells people what to do, `instance` is the path asked for.
    `error_id` stands on unexpected errors only: the server's log says more under it.
    """

    model_config = ConfigDict(frozen=True)

    type: str
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    instance: str | None = None
    errors: tuple[Fault, ...] | None = None
    error_id: str | None = None


class RequestRefused(FirstyesError):
    """Raised when a request is answered by a problem document; it carries the document and headers to go with it."""

    def __init__(self, problem: Problem, headers: dict[str, str] | None = None) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.headers = headers or {}


def problem(kind: str, status: int, detail: str, errors: tuple[Fault, ...] | None = None) -> Problem:
    """Make a problem of a kind of ours ("unknown-phone"); its title is the kind in words."""
    title = kind.replace("-", " ").capitalize()
    return Problem(type=URN + kind, title=title, status=status, detail=detail, errors=errors)


def plain_problem(status: int, detail: str) -> Problem:
    """Make a problem that says no more than its HTTP status does."""
    return Problem(type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=detail)


def found_faults(kind: str, part: str, faults: tuple[Fault, ...]) -> RequestRefused:
    """Make the exception for a request a `part` of which (body, query) has the wrong shape."""
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return refuse(kind, 422, f"The {part} has {count}; nothing was changed.", faults[:MOST_FAULTS])


def refuse(kind: str, status: int, detail: str, errors: tuple[Fault, ...] | None = None) -> RequestRefused:
    """Make the exception that ends a request with a problem of ours."""
    return RequestRefused(problem(kind, status, detail, errors))


def refuse_unknown(what: str, name: str) -> RequestRefused:
    """Make the exception for a request about something that is not there."""
    return refuse(Refusal.UNKNOWN, 404, f"There is no {what} {name}.")


def respond_problem(document: Problem, headers: dict[str, str], path: str) -> Response:
    """Answer a request for `path` with a problem document."""
    placed = document.model_copy(update={"instance": quote(path, errors="replace")})
    body = placed.model_dump_json(exclude_none=True)
    return Response(body, document.status, headers, content_type=MEDIA_TYPE)


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
