"""What every request passes on its way in and every answer on its way out, around the app.

As WSGI, because hooks of the app cost ten times as much, and this is on the way of every message.
"""

from collections.abc import Callable, Iterable
from typing import Any

from ..domain.errors import FirstyesError
from .console.viewer import Viewers
from .http.caller import CALLER_IN_ENVIRON, Caller
from .http.failures import respond_failure
from .http.guard import Guard, is_page
from .http.operation import NAME_IN_ENVIRON
from .http.wsgi import Defer, Environ, Reply, Wsgi
from .routes.inbound import InboundRoute
from .service.metrics import Metrics

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    # Not "no-referrer": a browser would say of no form that is sent from a page of ours where it comes from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""On every answer that does not say otherwise: it is data, for whoever asked, and nobody keeps it."""


class Middleware:
    """Lets requests in, adds headers to answers, and counts them."""

    def __init__(
        self, app: Wsgi, guard: Guard, metrics: Metrics, inbound: InboundRoute, viewers: Viewers
    ) -> None:
        self._app = app
        self._guard = guard
        self._metrics = metrics
        self._inbound = inbound
        self._viewers = viewers

    def admits(self, environ: Environ) -> bool:
        """Whether a request may come in with a long body, as its head says."""
        try:
            if is_page(environ.get("PATH_INFO", "")) and self._viewers.find(environ) is None:
                return False
        except FirstyesError:
            # Why it cannot be told who it is, the app says.
            return False
        return self._caller(environ) is not None

    def _caller(self, environ: Environ) -> Caller | None:
        try:
            return self._guard.check(environ)
        except FirstyesError:
            return None

    def begin(self, environ: Environ, reply: Reply, defer: Defer) -> bool:
        """Answer one request without a thread that waits; False when it is to be called for it. See `InboundRoute.begin`."""

        def finish(finished: Wsgi) -> None:
            reply(lambda environ, start_response: finished(environ, self._finishing(environ, start_response)))

        if not self._inbound.is_plain(environ):
            return False
        caller = self._caller(environ)
        # A text may be about any organization: who comes for one is refused, by the operation.
        if caller is None or caller.organization_id is not None:
            return False
        return self._inbound.begin(environ, finish, defer)

    def expire(self, now: float) -> None:
        """Answer what has waited too long."""
        self._inbound.expire(now)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request; WSGI."""
        answer = self._finishing(environ, start_response)
        try:
            environ[CALLER_IN_ENVIRON] = self._guard.check(environ)
        except FirstyesError as error:
            # WSGI hands the path's bytes over as if they were Latin-1.
            path = environ.get("PATH_INFO", "").encode("latin-1").decode(errors="replace")
            return respond_failure(error, environ["REQUEST_METHOD"], path)(environ, answer)
        return self._app(environ, answer)

    def _finishing(self, environ: Environ, start_response: Callable[..., Any]) -> Callable[..., Any]:
        def answer(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            said = {name for name, _ in headers}
            headers.extend(pair for pair in HEADERS.items() if pair[0] not in said)
            self._metrics.count_request(environ.get(NAME_IN_ENVIRON), status[:3])
            return start_response(status, headers, error)

        return answer
