"""What validation found wrong, told without repeating what was sent: that may be a phone or a message."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .problem import Fault

LONGEST_NAME = 64
"""Characters of a field's name that are repeated; the caller made it up when the field is unknown."""


def body_faults(error: ValidationError) -> tuple[Fault, ...]:
    """Say where in the body, by JSON Pointer, and what."""
    return tuple(Fault(pointer=_pointer(one["loc"]), detail=_detail(one)) for one in _told(error))


def query_faults(error: ValidationError) -> tuple[Fault, ...]:
    """Say of which query parameter, and what."""
    return tuple(
        Fault(parameter=str(one["loc"][0])[:LONGEST_NAME] if one["loc"] else None, detail=_detail(one))
        for one in _told(error)
    )


def is_malformed(error: ValidationError) -> bool:
    """Whether the body was no JSON at all, rather than JSON of the wrong shape."""
    return any(one["type"] == "json_invalid" for one in _told(error))


def _told(error: ValidationError) -> list[ErrorDetails]:
    """Leave out that a list lacks rows when the rows it has are what is wrong."""
    found = error.errors(include_url=False, include_input=False)
    wrong = {one["loc"][:length] for one in found for length in range(len(one["loc"]))}
    return [one for one in found if not (one["type"] == "too_short" and one["loc"] in wrong)]


def _pointer(location: tuple[int | str, ...]) -> str:
    parts = (str(part)[:LONGEST_NAME].replace("~", "~0").replace("/", "~1") for part in location)
    return "".join(f"/{part}" for part in parts)


def _detail(one: ErrorDetails) -> str:
    match one["type"]:
        case "extra_forbidden":
            return "is not known here"
        case "missing":
            return "is required"
        case "value_error":
            return one["msg"].removeprefix("Value error, ")
        case _:
            return one["msg"][:1].lower() + one["msg"][1:]
