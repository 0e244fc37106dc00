"""How the service does, for those who watch it."""

from typing import Literal

from flask import Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from ...actors.desk import ShiftDesk
from ...actors.errors import Forked
from ..http.operation import Operation, Operations
from ..http.problems import RequestRefused, problem
from ..http.responses import shown
from ..service.metrics import Metrics


class Health(BaseModel):
    """The process is there and answers."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Messages and orders are being taken."""

    status: Literal["ready"] = "ready"


def health_operations(desk: ShiftDesk, figures: Metrics) -> tuple[Operation, ...]:
    """Give the operations for those who watch."""
    api = Operations()

    @api.get("/health", "Whether the process answers", answer=Health, problems=(503,), open=True)
    def health() -> Response:
        """Says that the process answers. Needs no token."""
        _refuse_fork(desk)
        return shown(Health())

    @api.get("/livez", "Whether to leave the process alone", answer=Health, problems=(503,), open=True)
    def livez() -> Response:
        """Says that the process answers: when this fails, restart it. Needs no token."""
        _refuse_fork(desk)
        return shown(Health())

    @api.get("/readyz", "Whether to send requests", answer=Readiness, problems=(503,), open=True)
    def readyz() -> Response:
        """Says that messages and orders are being taken: when this fails, send them later. Needs no token."""
        state = desk.health()
        if not state.ready:
            reason = state.reason or "the desk is not ready"
            detail = f"Not ready: {reason}."
            raise RequestRefused(problem("not-ready", 503, detail), {"Retry-After": "1"})
        return shown(Readiness())

    @api.get("/metrics", "Figures for Prometheus", media="text/plain")
    def metrics() -> Response:
        """Gives figures in Prometheus' text format."""
        return Response(figures.text(), content_type=CONTENT_TYPE_LATEST)

    return api.operations


def _refuse_fork(desk: ShiftDesk) -> None:
    if desk.forked:
        raise Forked(desk.health().reason)
