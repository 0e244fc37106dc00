"""Cursors: where a list goes on. Opaque to who gets them, and good for the list they came from only."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

from ....domain.text import number_of
from ..port import BadCursor

LONGEST = 400


def cursor_after(list_name: str, position: str | int) -> str:
    """Make the cursor that goes on behind `position`."""
    return urlsafe_b64encode(f"{list_name}\n{position}".encode()).decode().rstrip("=")


def text_position(list_name: str, cursor: str | None) -> str | None:
    """Give the position a cursor stands for, None without a cursor. Raises `BadCursor`."""
    if cursor is None:
        return None
    if len(cursor) > LONGEST:
        raise BadCursor("this cursor was not given out here; start the list anew without one")
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        name, separator, position = urlsafe_b64decode(padded.encode("ascii")).decode().partition("\n")
    except (Error, ValueError) as error:
        raise BadCursor("this cursor was not given out here; start the list anew without one") from error
    if name != list_name or not separator or cursor_after(name, position) != cursor:
        raise BadCursor("this cursor was given out by another list; start this one anew without it")
    return position


def number_position(list_name: str, cursor: str | None) -> int | None:
    """Give the position as a number."""
    position = text_position(list_name, cursor)
    if position is None:
        return None
    number = number_of(position)
    if number is None:
        raise BadCursor("this cursor was not given out here; start the list anew without one")
    return number
