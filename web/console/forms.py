"""Forms of our own pages, told from those of others; and what one form asks for, done once."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from hmac import compare_digest, digest
from secrets import token_bytes
from threading import Lock
from typing import Any

from flask import Response
from pydantic import ValidationError

from ...actors.errors import NoAnswer
from ...domain.answer import Answer, Status
from ...domain.data.rows import errors_of, said
from ..http.problems import refuse
from .viewer import Viewer

SIZE = 32
KEPT = 10_000
"""Forms whose answers are remembered."""
LONGEST_WAIT = 30.0
"""Seconds for which the second press of a button waits for the answer to the first."""


@dataclass(frozen=True, slots=True)
class Said:
    """What came of a form, in a sentence; `done` False says that nothing was changed. `back` is the page to go to, where
    that is not the one the form stood on."""

    text: str
    done: bool = True
    back: str | None = None


def told(answer: Answer) -> Said:
    """Give an answer of the desk as a page tells it."""
    return Said(answer.message, answer.status is not Status.REFUSED)


Answered = Said | Response
"""A sentence to go back with, or a page."""


class Forms:
    """Gives each form a token that only our pages can know, and looks at what comes back.

    A token is masked anew for each page, so that a compressed one does not give it away bit by bit.
    """

    def __init__(self) -> None:
        self._secret = token_bytes(SIZE)
        self._lock = Lock()
        self._answers: OrderedDict[tuple[str, str], Future[Answered]] = OrderedDict()

    def token(self, viewer: Viewer) -> str:
        """Give the token for a form that is shown to `viewer`."""
        mask = token_bytes(SIZE)
        return (mask + _xor(mask, self._own(viewer))).hex()

    def check(self, viewer: Viewer, environ: dict[str, Any], token: str) -> None:
        """Raise `RequestRefused` unless the request comes from a page of ours that `viewer` was shown."""
        check_same_origin(environ)
        try:
            given = bytes.fromhex(token)
        except ValueError:
            given = b""
        if not compare_digest(_xor(given[:SIZE], given[SIZE:]), self._own(viewer)):
            raise refuse(
                "not-from-here", 403, "This form is not of this session. Reload the page and try again."
            )

    def once(self, viewer: Viewer, key: str, act: Callable[[], Answered]) -> Answered:
        """Do what a form asks for, and give what came of it; the same form again gets the first answer, but is looked at
        anew when nothing was done."""
        own, mine = (viewer.name, key), Future[Answered]()
        with self._lock:
            if (former := self.said(viewer, key)) is not None and not former.done:
                del self._answers[own]
            first = self._answers.setdefault(own, mine)
            if len(self._answers) > KEPT:
                self._answers.popitem(last=False)
        if first is not mine:
            try:
                return first.result(LONGEST_WAIT)
            except TimeoutError as error:
                raise NoAnswer("the first press of this button has no answer yet") from error
        try:
            said = act()
        except BaseException as error:
            mine.set_exception(error)
            with self._lock:
                self._answers.pop(own, None)
            raise
        mine.set_result(said)
        if not isinstance(said, Said):
            # It may hold a secret, which is shown once.
            with self._lock:
                self._answers.pop(own, None)
        return said

    def said(self, viewer: Viewer, key: str) -> Said | None:
        """Give what came of a form, None when it is not known any more."""
        found = self._answers.get((viewer.name, key))
        said = found.result() if found is not None and found.done() else None
        return said if isinstance(said, Said) else None

    def _own(self, viewer: Viewer) -> bytes:
        return digest(self._secret, f"{viewer.session}\n{viewer.name}".encode(), "sha256")


def wrong(error: ValidationError, **called: str) -> Said:
    """Say all that is wrong with what was filled in, field by field; `called` has the names of fields that people know by
    others."""
    found: dict[str, str] = {}
    for one in errors_of(error):
        found.setdefault(str(one["loc"][0]), said(one).rstrip("."))
    told = (f"{called.get(name, name.capitalize())}: {what}." for name, what in found.items())
    return Said(" ".join(told), done=False)


def check_same_origin(environ: dict[str, Any]) -> None:
    """Raise `RequestRefused` unless the browser says that a page of this very origin sent the request."""
    site, origin = environ.get("HTTP_SEC_FETCH_SITE"), str(environ.get("HTTP_ORIGIN", ""))
    # A proxy may speak TLS for us, so that the scheme is not ours to compare.
    same = (
        site == "same-origin"
        if site
        else bool(origin) and origin.partition("://")[2] == environ.get("HTTP_HOST")
    )
    if not same:
        raise refuse("not-from-here", 403, "This was not sent by a page of this console.")


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(left ^ right for left, right in zip(one, other, strict=False))
