"""POST /messages/inbound, the way of every yes: answered within Flask or, where all is plain, before it."""

from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any

from ...actors.contacts import Known
from ...actors.desk.desk import ShiftDesk
from ...actors.errors import NoAnswer
from ...actors.inbound import InboundRouter
from ...actors.runtime.promise import Promise
from ...domain.answer import Answer
from ...domain.message import InboundMessage
from ..http.body import LONG, parse_body
from ..http.failures import respond_failure
from ..http.operation import NAME_IN_ENVIRON
from ..http.responses import Json, answer_body
from ..http.wsgi import Defer, Environ, Reply
from ..service.metrics import Metrics
from ..service.web_settings import WebSettings

PATH = "/messages/inbound"
NAME = "receive_message"

TOGETHER = 32
"""Messages whose senders are looked up together, by one thread."""


class InboundRoute:
    """Takes messages in and says what they did.

    `receive` is Flask's way, on a thread that waits for the answer. `begin` is for a server that has better to do: no
    thread waits there, and the answer is sent when the loop has committed. What is not plain it leaves to Flask.
    """

    def __init__(self, desk: ShiftDesk, settings: WebSettings, metrics: Metrics) -> None:
        self._desk = desk
        self._metrics = metrics
        self._short = min(settings.body_limit, LONG)
        self._waiting: deque[tuple[float, Promise[Answer]]] = deque()
        self._unknown: deque[tuple[InboundMessage, Reply]] = deque()

    def receive(self, message: InboundMessage, patience: float | None = None) -> Answer:
        """Take in a message that came through Flask, and wait for its answer, at most `patience` seconds where that is said."""
        desk = self._desk
        return self._counted(
            desk.receive(message) if patience is None else desk.inbound.receive(message, patience)
        )

    def _counted(self, answer: Answer) -> Answer:
        self._metrics.count_inbound(answer)
        return answer

    def is_plain(self, environ: Environ) -> bool:
        """Whether the head asks for this route and for nothing else; `environ` is WSGI's, with all of the body."""
        return (
            environ["PATH_INFO"] == PATH
            and environ["REQUEST_METHOD"] == "POST"
            and not environ["QUERY_STRING"]
            and environ.get("CONTENT_TYPE") == "application/json"
            and "HTTP_CONTENT_ENCODING" not in environ
            and "HTTP_TRANSFER_ENCODING" not in environ
        )

    def begin(self, environ: Environ, reply: Reply, defer: Defer) -> bool:
        """Put a plain request's message to the loop, and `reply` when it is answered; False, and nothing was done, when
        the body is not plain either. Where the disk must be read, or a reader waited for, that is deferred."""
        data = environ["wsgi.input"].getvalue()
        if len(data) > self._short or environ.get("CONTENT_LENGTH") != str(len(data)):
            return False
        try:
            message = parse_body(InboundMessage, data)
            router = self._desk.inbound
            known = router.quick(message)
        except Exception:  # noqa: BLE001 - nothing was done: Flask meets the same, and tells it
            return False
        environ[NAME_IN_ENVIRON] = NAME
        if known is not None:
            self._put(router, message, reply, known)
        elif router.reads_at_once(message):
            self._unknown.append((message, reply))
            # Whoever finds others waiting leaves it to the thread that was asked to see to them.
            if len(self._unknown) == 1:
                defer(partial(self._put_some, router, defer))
        else:
            defer(partial(self._put, router, message, reply))
        return True

    def expire(self, now: float) -> None:
        """Answer those whose patience is over; `now` is monotonic. Called now and then."""
        waiting = self._waiting
        while waiting and (waiting[0][1].is_set() or waiting[0][0] <= now):
            waiting.popleft()[1].set_error(NoAnswer("no answer in time"))

    def _put_some(self, router: InboundRouter, defer: Defer) -> None:
        """Look up together whom waiting messages are from: a thread and a statement for each cost more than the look-up."""
        some: list[tuple[InboundMessage, Reply]] = []
        with suppress(IndexError):
            while len(some) < TOGETHER:
                some.append(self._unknown.popleft())
        if self._unknown:
            defer(partial(self._put_some, router, defer))
        known: list[Known | None] = [None] * len(some)
        # Whoever cannot be looked up is so by themselves, and is told why.
        with suppress(Exception):
            known = router.look_up([message for message, _ in some])
        for (message, reply), one in zip(some, known, strict=True):
            self._put(router, message, reply, one)

    def _put(
        self, router: InboundRouter, message: InboundMessage, reply: Reply, known: Known | None = None
    ) -> None:
        until = monotonic() + self._desk.patience
        try:
            promise = router.put(message, known)
        except Exception as error:  # noqa: BLE001 - it is told as Flask would tell it
            promise = Promise()
            promise.set_error(error)
        else:
            self._waiting.append((until, promise))
        promise.when_kept(lambda: reply(partial(self._finish, router, promise)))

    def _finish(
        self,
        router: InboundRouter,
        promise: Promise[Answer],
        environ: Environ,
        start_response: Callable[..., Any],
    ) -> Iterable[bytes]:
        try:
            body = answer_body(self._counted(router.answer_in(promise)))
        except Exception as error:  # noqa: BLE001 - every error is told by a problem document
            return respond_failure(error, "POST", PATH)(environ, start_response)
        # As Flask would, without the 25 us that an object for it takes.
        start_response(
            "200 OK", [("Content-Type", Json.default_mimetype), ("Content-Length", str(len(body)))]
        )
        return (body,)
