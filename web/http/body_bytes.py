"""Taking the bytes of a request's body off the wire, and no more of them than are wanted."""

from typing import Any

from .problems import RequestRefused, refuse

DRAINED = 16 << 20
"""Bytes of a body that is too long which are read and thrown away, so that its sender gets to hear the answer: to one
that is still sending, a closed connection hides it."""
PIECE = 1 << 16


def take_body(environ: dict[str, Any], limit: int) -> bytes:
    """Give the body, of at most `limit` bytes; `environ` is WSGI's.

    werkzeug's own reader cuts a body of unsaid length off at the limit and calls it whole.
    """
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
