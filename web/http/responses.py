"""Turning what the desk says into HTTP."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from flask import Response
from pydantic import BaseModel
from werkzeug.datastructures import Headers

from ...domain.answer import Answer, Choice, LeftOut, Outcome, Refusal, Result, Status
from ...domain.caregiver import Caregiver
from ...domain.frozen import Frozen
from ...domain.organization import Organization
from ...domain.policy import Rounds
from ...domain.shift.shift import Shift
from .problems import refuse

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class Json(Response):
    """An answer in JSON, of known length."""

    default_mimetype = "application/json"

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """Give the headers as they are: nothing in them is left for werkzeug to correct, and looking costs 8 µs."""
        return self.headers


class WireAnswer(Frozen):
    """What was done. All but `status` and `message` are there when they say something: `outcome`, `offered`, `plan` and
    `left_out` in the answer to a fan-out, `results` in the answer to a text about several shifts."""

    status: Literal["success", "already_claimed", "no_action", "acknowledged", "clarify"]
    message: str
    shift_id: str = ""
    choices: tuple[Choice, ...] = ()
    outcome: Outcome | None = None
    offered: int | None = None
    plan: Rounds | None = None
    left_out: tuple[LeftOut, ...] = ()
    results: tuple[Result, ...] = ()


class RowAnswer(Frozen):
    """What became of one row of a list. `refusal` says why a row was refused; the other rows are not touched by it."""

    id: str
    status: Literal["success", "refused"]
    message: str
    refusal: Refusal | None = None


class RowAnswers(Frozen):
    """What became of each row of a list, in order."""

    items: tuple[RowAnswer, ...]


def respond(answer: Answer) -> Response:
    """Tell an answer. Raises as `answer_body` does."""
    return Json(answer_body(answer))


def answer_body(answer: Answer) -> bytes:
    """Give an answer as JSON. Raises `RequestRefused` on a refusal: 404 when something is unknown, else 409."""
    if answer.refusal is not None:
        status = 404 if answer.refusal is Refusal.UNKNOWN else 409
        raise refuse(answer.refusal.replace("_", "-"), status, answer.message)
    return answer.model_dump_json(exclude_defaults=True).encode()


def respond_rows(rows: Sequence[Shift | Caregiver | Organization], answers: Sequence[Answer]) -> Response:
    """Tell what became of each row."""
    items = tuple(
        RowAnswer(
            id=row.id,
            status="refused" if answer.status is Status.REFUSED else "success",
            message=answer.message,
            refusal=answer.refusal,
        )
        for row, answer in zip(rows, answers, strict=True)
    )
    return respond_with(RowAnswers(items=items))


def respond_with(model: BaseModel) -> Response:
    """Tell what was read."""
    return Json(model.model_dump_json())
