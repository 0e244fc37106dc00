"""Who may come in: the holder of a token or, where there is neither a token nor a user, whoever sits at this machine.

An API open on loopback can be reached by every web page open in a browser on that machine. What keeps such a page out:

- `Host` must name this machine, so that a foreign name that resolves to 127.0.0.1 leads nowhere (DNS rebinding).
- `Origin` must be the API's own, and `Sec-Fetch-Site` must not be another site's, for what changes something.
- Bodies must say that they are JSON (`request_body`), which no page can send elsewhere without asking first.
- Forwarded headers are refused: they say that a proxy listens where everybody can come.

A proxy on this machine that sends none of them on, as a bare nginx does, looks like any program here. Nothing can tell it
from one, so an app that reaches real phones is never open (`WebSettings.check`).
"""

from collections.abc import Iterable
from functools import lru_cache
from hmac import compare_digest
from typing import Any

from ...actors.accounts.accounts import Accounts
from ...actors.this_machine import on_this_machine
from ..service.web_settings import WebSettings
from .caller import Caller
from .problems import RequestRefused, problem, refuse

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORWARDED = frozenset(
    {
        "HTTP_FORWARDED",
        "HTTP_VIA",
        "HTTP_X_REAL_IP",
        "HTTP_X_CLIENT_IP",
        "HTTP_TRUE_CLIENT_IP",
        "HTTP_CF_CONNECTING_IP",
    }
)
"""What proxies add, besides all that begins like X-Forwarded."""
CHALLENGE = 'Bearer realm="firstyes"'

OPERATOR = Caller("token")
"""Who comes with the service's own token."""
HERE = Caller("coordinator")
"""Who sits at the machine of an open service."""
ANYBODY = Caller("anybody")
"""Who asks for what is open to all."""


class Guard:
    """Checks each request before anything is read from it, and says who sends it.

    `needs_no_token` are the paths that are open to all, those that end in a slash with all below them. The console's pages
    need none either: a browser has no token, and who looks at them is asked there. Raises `Unguarded` when made from
    settings that have neither a token nor the word that the app is open.
    """

    def __init__(self, settings: WebSettings, accounts: Accounts, needs_no_token: Iterable[str] = ()) -> None:
        settings.check()
        self._accounts = accounts
        self._access = accounts.access
        self._open = frozenset(needs_no_token)
        self._token = settings.api_token.get_secret_value().encode() if settings.api_token else None

    def check(self, environ: dict[str, Any]) -> Caller:
        """Give who sends a request. Raises `RequestRefused` when it may not come in, `JournalUnavailable` when that cannot be
        told. `environ` is WSGI's."""
        # Whoever comes to a page is asked by the console.
        open_path = self._is_open(environ.get("PATH_INFO", ""))
        if self._token is None and self._access.nobody:
            _check_nearby(environ)
            return HERE
        return ANYBODY if open_path else self._bearer(environ.get("HTTP_AUTHORIZATION"))

    def _bearer(self, header: str | None) -> Caller:
        if header is None:
            raise _unauthorized("Send the API's token as Authorization: Bearer <token>.", CHALLENGE)
        scheme, _, given = header.partition(" ")
        given = given.strip()
        if scheme.lower() == "bearer":
            # In one time, however much of the token was guessed.
            if self._token is not None and compare_digest(given.encode(), self._token):
                return OPERATOR
            found = self._accounts.token_of(given)
            if found is not None:
                return Caller(f"token:{found.name}", found.organization_id)
        raise _unauthorized("This is not the API's token.", f'{CHALLENGE}, error="invalid_token"')

    def _is_open(self, path: str) -> bool:
        return path in self._open or path[: path.rfind("/") + 1] in self._open or is_page(path)


def is_page(path: str) -> bool:
    """Whether a path is one of the console's."""
    return path == "/" or path.startswith("/console/")


def _unauthorized(detail: str, challenge: str) -> RequestRefused:
    return RequestRefused(problem("unauthorized", 401, detail), {"WWW-Authenticate": challenge})


def _check_nearby(environ: dict[str, Any]) -> None:
    host = environ.get("HTTP_HOST", "")
    if not is_loopback(host):
        raise _forbidden(
            "The API is open on this machine only: Host must be localhost or a loopback address."
        )
    # One search in one text: a server may hand on its whole environment, and a loop over that takes ten times as long.
    if not FORWARDED.isdisjoint(environ) or "HTTP_X_FORWARDED" in " ".join(environ):
        raise _forbidden(
            "The API is open on this machine only and takes no forwarded requests; give it a token."
        )
    origin = environ.get("HTTP_ORIGIN")
    if origin is not None and origin.lower() != f"{environ['wsgi.url_scheme']}://{host.lower()}":
        raise _forbidden("The API is open on this machine only and takes no requests of other origins.")
    site = environ.get("HTTP_SEC_FETCH_SITE")
    if site not in (None, "same-origin", "none") and environ["REQUEST_METHOD"] not in SAFE:
        raise _forbidden("The API is open on this machine only and takes no orders of other sites.")


@lru_cache(maxsize=256)
def is_loopback(host: str) -> bool:
    """Whether a `Host` names this machine."""
    name, colon, port = host.lower().rpartition(":")
    if not colon or port.endswith("]"):
        name, port = host.lower(), "0"
    if not (port.isascii() and port.isdigit()):
        return False
    return on_this_machine(name[1:-1] if name.startswith("[") and name.endswith("]") else name)


def _forbidden(detail: str) -> RequestRefused:
    return refuse("not-from-here", 403, detail)
