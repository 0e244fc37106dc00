"""A request that has arrived whole, and the answer to it as bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from ..http.problems import MEDIA_TYPE, plain_problem
from ..http.wsgi import Environ

if TYPE_CHECKING:
    from .connection import Connection

WITHOUT_BODY = ("204", "304")


@dataclass(slots=True)
class Request:
    """One request, in WSGI's terms. `size` bytes of body are kept for it; `keep`: its connection may bring another."""

    connection: "Connection"
    environ: Environ
    size: int
    keep: bool


def response(status: str, headers: Iterable[tuple[str, str]], body: bytes, date: str, *, keep: bool) -> bytes:
    """Give the bytes of an answer."""
    lines = [f"HTTP/1.1 {status}", *[f"{name}: {value}" for name, value in headers], f"Date: {date}"]
    if status[:3] not in WITHOUT_BODY and not any(name.lower() == "content-length" for name, _ in headers):
        lines.append(f"Content-Length: {len(body)}")
    lines.append("Connection: keep-alive\r\n\r\n" if keep else "Connection: close\r\n\r\n")
    return "\r\n".join(lines).encode("latin-1") + body


def failed(status: HTTPStatus, detail: str, date: str) -> bytes:
    """Give the last answer of a connection: why the server itself ends it."""
    document = plain_problem(status.value, detail).model_dump_json(exclude_none=True).encode()
    told = f"{status.value} {status.phrase}"
    return response(told, [("Content-Type", MEDIA_TYPE)], document, date, keep=False)
