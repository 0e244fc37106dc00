"""What is answered when a request fails: every exception becomes a problem document, and none leaves a stack trace."""

import logging
from secrets import token_hex

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from ...actors.errors import Forked, NoAnswer, NotRunning, Parked, ShuttingDown, UnknownPhone
from ...actors.journal.port import BadCursor, JournalDamaged, JournalUnavailable
from ...actors.runtime.failure_log import log_failure
from .problems import Problem, RequestRefused, plain_problem, problem, respond_problem

logger = logging.getLogger(__name__)

SOON = {"Retry-After": "1"}
LATER = {"Retry-After": "5"}


def _unavailable(kind: str, detail: str, headers: dict[str, str] = LATER) -> tuple[Problem, dict[str, str]]:
    return problem(kind, 503, detail), headers


EXPECTED: dict[type[Exception], tuple[Problem, dict[str, str]]] = {
    UnknownPhone: (problem("unknown-phone", 404, "Nobody here has this phone; nothing was sent."), {}),
    BadCursor: (
        problem("bad-cursor", 400, "The cursor was not given out by this list with this filter."),
        {},
    ),
    JournalUnavailable: _unavailable(
        "journal-unavailable", "The journal cannot be used now; nothing was changed. Try again."
    ),
    JournalDamaged: _unavailable(
        "journal-damaged",
        "The journal is damaged, and what it cannot read it does not answer from; nothing was changed. Whoever runs"
        " the service is needed: `firstyes doctor` says where the damage is, and the way back.",
    ),
    NoAnswer: _unavailable(
        "no-answer",
        "No answer came in time, and whether the request was carried out is not known. Send it again: what was"
        " done is not done twice, and a message with a message_id gets its first answer.",
        SOON,
    ),
    Parked: _unavailable(
        "parked", "What this is about was set aside after failing repeatedly; nothing was changed."
    ),
    ShuttingDown: _unavailable("shutting-down", "The service is stopping; nothing was changed."),
    Forked: _unavailable(
        "forked",
        "This process was forked from the one that started the desk, and can do nothing; nothing was changed. Start"
        " the desk in the process that serves, after the fork.",
    ),
    NotRunning: _unavailable("shutting-down", "The desk is not open; nothing was changed."),
}
"""What is told of errors that are no fault of the code, and the headers that go with it. Nearest base class counts."""

IN_OUR_WORDS = {
    404: "There is nothing at this path.",
    405: "There is something at this path, but not by this method; Allow says by which.",
}


def answer_failures(app: Flask) -> None:
    """Let `app` answer every exception by a problem document."""
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, lambda error: respond_failure(error, request.method, request.path))


def respond_failure(error: Exception, method: str, path: str) -> Response:
    """Answer a request for `path` that ended in an error."""
    document, headers = failure_of(error, method, path)
    return respond_problem(document, headers, path)


def failure_of(error: Exception, method: str, path: str) -> tuple[Problem, dict[str, str]]:
    """Give what is told of an error in which a request for `path` ended, and the headers that go with it."""
    if isinstance(error, RequestRefused):
        return error.problem, error.headers
    if isinstance(error, HTTPException):
        return _http(error)
    expected = next((EXPECTED[kind] for kind in type(error).__mro__ if kind in EXPECTED), None)
    if expected is None:
        return _unexpected(error, method, path), {}
    document, headers = expected
    if isinstance(error, JournalDamaged):
        logger.error("%s", error)
    if document.status >= 500:
        logger.warning("Answered %s to %s %s: %s", document.status, method, path, document.type)
    return document, headers


def _answer_http(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    return respond_failure(error, request.method, request.path)


def _http(error: HTTPException) -> tuple[Problem, dict[str, str]]:
    status = error.code or 500
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    detail = IN_OUR_WORDS.get(status) or error.description or "The request cannot be answered."
    return plain_problem(status, detail), headers


def _unexpected(error: Exception, method: str, path: str) -> Problem:
    error_id = token_hex(8)
    log_failure(logger, f"Unexpected error {error_id} on {method} {path}", error)
    detail = f"Something here is broken; the log says more under {error_id}."
    return plain_problem(500, detail).model_copy(update={"error_id": error_id})
