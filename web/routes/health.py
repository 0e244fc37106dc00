"""How the service does, for those who watch it."""

from typing import Literal

from flask import Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from ...actors.desk.desk import ShiftDesk
from ...actors.errors import Forked
from ..http.operation import Operations
from ..http.problems import RequestRefused, problem
from ..service.metrics import Metrics


class Health(BaseModel):
    """The process is there and answers."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Messages and orders are being taken."""

    status: Literal["ready"] = "ready"


def add_health_operations(api: Operations, desk: ShiftDesk, figures: Metrics) -> None:
    """Add the operations for those who watch."""

    @api.get("/health", "Whether the process answers", problems=(503,), open=True)
    def health() -> Health:
        """Says that the process answers. Needs no token."""
        return _health(desk)

    @api.get("/livez", "Whether to leave the process alone", problems=(503,), open=True)
    def livez() -> Health:
        """Says that the process answers: when this fails, restart it. Needs no token."""
        return _health(desk)

    @api.get("/readyz", "Whether to send requests", problems=(503,), open=True)
    def readyz() -> Readiness:
        """Says that messages and orders are being taken: when this fails, send them later. Needs no token."""
        state = desk.health()
        if not state.ready:
            detail = f"Not ready: {state.reason or 'the desk is not ready'}."
            raise RequestRefused(problem("not-ready", 503, detail), {"Retry-After": "1"})
        return Readiness()

    @api.get("/metrics", "Figures for Prometheus", media="text/plain", everywhere=True)
    def metrics() -> Response:
        """Gives figures in Prometheus' text format."""
        return Response(figures.text(), content_type=CONTENT_TYPE_LATEST)


def _health(desk: ShiftDesk) -> Health:
    if desk.forked:
        raise Forked(desk.health().reason)
    return Health()
