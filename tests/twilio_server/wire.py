"""What comes in and what goes back: one request to the API and its answer, as values."""

import json
from base64 import b64decode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Params = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Request:
    """One request to the API. `user` and `password` are those of basic authentication."""

    method: str
    path: str
    query: Params = field(default_factory=dict)
    form: Params = field(default_factory=dict)
    user: str | None = None
    password: str | None = None

    @classmethod
    def parse(cls, method: str, target: str, body: bytes = b"", authorization: str = "") -> "Request":
        """Read a request as it arrives. What cannot be read counts as not sent, as with the real one."""
        parts = urlsplit(target)
        user = password = None
        scheme, _, encoded = authorization.partition(" ")
        if scheme.lower() == "basic":
            try:
                user, _, password = b64decode(encoded, validate=True).decode().partition(":")
            except ValueError:
                user = password = None
        query = parse_qs(parts.query, keep_blank_values=True)
        form = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        return cls(method, unquote(parts.path), query, form, user, password)

    def given(self, name: str) -> str | None:
        """Give a field of the form, the last where there are several."""
        values = self.form.get(name)
        return values[-1] if values else None

    def asked(self, name: str) -> str | None:
        """Give a field of the query."""
        values = self.query.get(name)
        return values[-1] if values else None


@dataclass(frozen=True, slots=True)
class Response:
    """The answer to one request.

    `waits` is how many seconds it takes to come. It never comes where `lost` is set: the connection is cut after that time.
    """

    status: int
    payload: dict[str, Any] | None = None
    waits: float = 0.0
    lost: bool = False

    @property
    def body(self) -> bytes:
        """Give the body as it is sent."""
        return b"" if self.payload is None else json.dumps(self.payload).encode()


class ApiError(Exception):
    """Raised when a request is refused; its answer is the error in Twilio's own shape."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code

    def response(self) -> Response:
        """Give the answer that says so."""
        more = f"https://www.twilio.com/docs/errors/{self.code}"
        return Response(
            self.status, {"code": self.code, "message": str(self), "more_info": more, "status": self.status}
        )
