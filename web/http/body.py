"""Reading a request's body: JSON in UTF-8 that fits a model, or a problem that says what is wrong with it.

400 is for what is no JSON, 422 for JSON of the wrong shape, 415 for what does not say it is JSON, 413 for too much.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from flask import request
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from ...domain.data.rows import R, RawRow
from ...domain.data.rows import read_rows as check_rows
from ...domain.identifier import PATTERN
from ...domain.json_text import NameGivenTwice, parse_json
from .problems import Fault, RequestRefused, body_faults, found_faults, is_malformed, refuse, row_faults

M = TypeVar("M", bound=BaseModel)

MOST_ROWS = 10_000
"""Rows of one list."""
MOST_VALUES = 25 * MOST_ROWS
"""Values in one body, counted before any is made: in memory the smallest takes twenty times its bytes."""
LONG = 1 << 16
"""Bytes of a body in which values are counted."""
DRAINED = 16 << 20
"""Bytes of a body that is too long which are read and thrown away, so that its sender gets to hear the answer: to one
that is still sending, a closed connection hides it."""
PIECE = 1 << 16


def read_body(model: type[M], limit: int) -> M:
    """Read one thing, of at most `limit` bytes. Where all fields have defaults, no body at all is an empty object."""
    data = _json_bytes(limit)
    if not data and has_required(model):
        raise _empty()
    return parse_body(model, data or b"{}")


def has_required(model: type[BaseModel]) -> bool:
    """Whether a field of the model must be given."""
    return any(one.is_required() for one in model.model_fields.values())


def read_rows(
    model: type[R], limit: int, countries: Callable[[set[str]], Mapping[str, str]]
) -> tuple[list[R], bool]:
    """Read one thing or a list of things, of at most `limit` bytes; the second value says that it was a list.

    One bad row refuses the whole list, so that nothing is half done. `countries` gives those of organizations.
    """
    data = _json_bytes(limit)
    if not data:
        raise _empty()
    try:
        sent = from_json(data)
    except ValueError as error:
        fault = Fault(pointer="", detail=f"is no JSON: {error}")
        raise refuse("malformed-body", 400, "The body is not JSON in UTF-8.", (fault,)) from error
    _refuse_names_given_twice(data)
    many = isinstance(sent, list)
    if many and not 1 <= len(sent) <= MOST_ROWS:
        fault = Fault(pointer="", detail=f"a list holds 1 to {MOST_ROWS} rows, and this one {len(sent)}")
        raise found_faults("invalid-body", "body", (fault,))
    rows = [RawRow(number, row) for number, row in enumerate(sent if many else [sent], 1)]
    found = check_rows(model, rows, countries(_organizations(rows)))
    if found.faults:
        raise found_faults("invalid-body", "body", row_faults(found.faults, many=many))
    return list(found.good), many


def _organizations(rows: Iterable[RawRow]) -> set[str]:
    named = (row.data.get("organization_id") for row in rows if isinstance(row.data, dict))
    return {name for name in named if isinstance(name, str) and re.fullmatch(PATTERN, name)}


def parse_body(model: type[M], data: bytes) -> M:
    """Parse the bytes of a body."""
    try:
        found = model.model_validate_json(data)
    except ValidationError as error:
        raise _refused(error) from error
    # Each name has a colon after it: when there are no more of them than names that were found, none was given twice.
    if data.count(b":") > len(found.model_fields_set):
        _refuse_names_given_twice(data)
    return found


def _refuse_names_given_twice(data: bytes) -> None:
    try:
        parse_json(data.decode())
    except NameGivenTwice as error:
        raise found_faults("invalid-body", "body", (Fault(detail=str(error)),)) from error


def _json_bytes(limit: int) -> bytes:
    environ = request.environ
    kind = environ.get("CONTENT_TYPE")
    if kind != "application/json":
        _check_kind(kind)
    if "HTTP_CONTENT_ENCODING" in environ:
        raise refuse("body-not-json", 415, "Send the body as it is, without a Content-Encoding.")
    data = take_body(environ, limit)
    if len(data) > LONG and sum(map(data.count, (b",", b"[", b"{"))) > MOST_VALUES:
        fault = Fault(pointer="", detail=f"is no list of 1 to {MOST_ROWS} rows: it holds too many values")
        raise found_faults("invalid-body", "body", (fault,))
    return data


def _check_kind(kind: str | None) -> None:
    if not kind:
        if request.content_length or "HTTP_TRANSFER_ENCODING" in request.environ:
            raise _not_json()
        return
    essence, *parameters = (part.strip().lower() for part in kind.split(";"))
    if essence != "application/json" or any(
        one not in ("", "charset=utf-8", 'charset="utf-8"') for one in parameters
    ):
        raise _not_json()


def _not_json() -> RequestRefused:
    return refuse(
        "body-not-json", 415, "Send the body as JSON in UTF-8, with Content-Type: application/json."
    )


def _empty() -> RequestRefused:
    return refuse("malformed-body", 400, "The body is empty; send a JSON document.")


def _refused(error: ValidationError) -> RequestRefused:
    if is_malformed(error):
        return refuse("malformed-body", 400, "The body is not JSON in UTF-8.", body_faults(error))
    return found_faults("invalid-body", "body", body_faults(error))


def take_body(environ: dict[str, Any], limit: int) -> bytes:
    """Take the bytes off the wire, and no more than `limit`: werkzeug's own reader cuts a body of unsaid length off there
    and calls it whole."""
    stated = environ.get("CONTENT_LENGTH")
    stream = environ["wsgi.input"]
    try:
        if stated:
            return _of_length(stream, stated, limit)
        # Without a length, only such a server says where the body ends.
        return _up_to_its_end(stream, limit) if environ.get("wsgi.input_terminated") else b""
    except OSError as error:
        raise _ended_early() from error


def _of_length(stream: Any, stated: str, limit: int) -> bytes:
    if not (stated.isascii() and stated.isdigit()):
        raise refuse("malformed-body", 400, "Content-Length is no number.")
    # Python reads no number of more than some thousands of digits.
    size = int(stated[:16])
    if size > limit:
        _drain(stream, size)
        raise _too_long(limit)
    data: bytes = stream.read(size)
    if len(data) < size:
        raise _ended_early()
    return data


def _up_to_its_end(stream: Any, limit: int) -> bytes:
    data: bytes = stream.read(limit + 1)
    if len(data) > limit:
        _drain(stream, DRAINED)
        raise _too_long(limit)
    return data


def _drain(stream: Any, size: int) -> None:
    left = size if size <= DRAINED else 0
    while left > 0 and (piece := stream.read(min(PIECE, left))):
        left -= len(piece)


def _too_long(limit: int) -> RequestRefused:
    return refuse("body-too-long", 413, f"The body is longer than {limit} bytes; nothing was changed.")


def _ended_early() -> RequestRefused:
    return refuse("malformed-body", 400, "The body ended before its length; nothing was changed.")
