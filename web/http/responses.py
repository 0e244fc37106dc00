"""Turning what the desk says into HTTP."""

from typing import TYPE_CHECKING, Literal

from flask import Response
from pydantic import BaseModel, ConfigDict
from werkzeug.datastructures import Headers

from ...domain.answer import Answer, Choice, LeftOut, Outcome, Refusal, Result, Status
from ...domain.policy import Rounds
from .problems import refuse

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class Json(Response):
    """An answer in JSON, of known length."""

    default_mimetype = "application/json"

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """Give the headers as they are: nothing in them is left for werkzeug to correct, and looking costs 8 µs."""
        return self.headers


class WireAnswer(BaseModel):
    """What was done. All but `status` and `message` are there when they say something: `outcome`, `offered`, `plan` and
    `left_out` in the answer to a fan-out, `results` in the answer to a text about several shifts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: Literal["success", "already_claimed", "no_action", "acknowledged", "clarify"]
    message: str
    shift_id: str = ""
    choices: tuple[Choice, ...] = ()
    outcome: Outcome | None = None
    offered: int | None = None
    plan: Rounds | None = None
    left_out: tuple[LeftOut, ...] = ()
    results: tuple[Result, ...] = ()


class RowAnswer(BaseModel):
    """What became of one row of a list. `refusal` says why a row was refused; the other rows are not touched by it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    status: Literal["success", "refused"]
    message: str
    refusal: Refusal | None = None


class RowAnswers(BaseModel):
    """What became of each row of a list, in order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    items: tuple[RowAnswer, ...]


def answered(answer: Answer) -> Response:
    """Tell an answer; a refusal becomes a problem: 404 when something is unknown, else 409."""
    if answer.refusal is not None:
        status = 404 if answer.refusal is Refusal.UNKNOWN else 409
        raise refuse(answer.refusal.replace("_", "-"), status, answer.message)
    return Json(answer.model_dump_json(exclude_defaults=True))


def rows_answered(ids: list[str], answers: list[Answer]) -> Response:
    """Tell what became of each row."""
    rows = tuple(
        RowAnswer(
            id=row_id,
            status="refused" if answer.status is Status.REFUSED else "success",
            message=answer.message,
            refusal=answer.refusal,
        )
        for row_id, answer in zip(ids, answers, strict=True)
    )
    return shown(RowAnswers(items=rows))


def shown(model: BaseModel) -> Response:
    """Tell what was read."""
    return Json(model.model_dump_json())
