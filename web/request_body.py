"""Reading a request's body: JSON in UTF-8 that fits a model, or a problem that says what is wrong with it.

400 is for what is no JSON, 422 for JSON of the wrong shape, 415 for what does not say it is JSON, 413 for too much.
"""

from functools import cache
from typing import Annotated, Any, TypeVar

from flask import request
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from .body_bytes import take_body
from .faults import body_faults, is_malformed
from .problem import RequestRefused, found_faults, refuse

M = TypeVar("M", bound=BaseModel)

MOST_ROWS = 10_000
"""Rows of one list."""


def read_body(model: type[M], limit: int) -> M:
    """Read one thing, of at most `limit` bytes."""
    data = _json_bytes(limit)
    if not data:
        raise _empty()
    try:
        return model.model_validate_json(data)
    except ValidationError as error:
        raise _refused(error) from error


def read_body_if_any(model: type[M], limit: int) -> M:
    """Read one thing all of whose fields have defaults: no body at all is an empty object."""
    data = _json_bytes(limit)
    try:
        return model.model_validate_json(data or b"{}")
    except ValidationError as error:
        raise _refused(error) from error


def read_rows(model: type[M], limit: int) -> tuple[list[M], bool]:
    """Read one thing or a list of things, of at most `limit` bytes; the second value says that it was a list.

    One bad row refuses the whole list, so that nothing is half done.
    """
    data = _json_bytes(limit)
    if not data:
        raise _empty()
    many = data.lstrip(b" \t\r\n").startswith(b"[")
    try:
        return (
            (_rows(model).validate_json(data), True) if many else ([model.model_validate_json(data)], False)
        )
    except ValidationError as error:
        raise _refused(error) from error


def _json_bytes(limit: int) -> bytes:
    environ = request.environ
    kind = environ.get("CONTENT_TYPE")
    if kind != "application/json":
        _check_kind(kind)
    if "HTTP_CONTENT_ENCODING" in environ:
        raise refuse("body-not-json", 415, "Send the body as it is, without a Content-Encoding.")
    return take_body(environ, limit)


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


@cache
def _rows(model: type[M]) -> TypeAdapter[list[M]]:
    rows: Any = Annotated[list[model], Field(min_length=1, max_length=MOST_ROWS)]  # type: ignore[valid-type]
    return TypeAdapter(rows)
