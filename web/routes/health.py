"""How the service does, for those who watch it."""

from typing import Literal

from flask import Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from ...actors.desk import ShiftDesk
from ...actors.errors import Forked
from ..http.operation import Operation
from ..http.problems import RequestRefused, problem
from ..http.responses import shown
from ..service.metrics import Metrics


class Health(BaseModel):
    """The process is there and answers."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Messages and orders are being taken."""

    status: Literal["ready"] = "ready"


def health_operations(desk: ShiftDesk, metrics: Metrics) -> tuple[Operation, ...]:
    """Give the operations for those who watch."""

    def health() -> Response:
        """Says that the process answers. Needs no token."""
        _refuse_fork(desk)
        return shown(Health())

    def livez() -> Response:
        """Says that the process answers: when this fails, restart it. Needs no token."""
        _refuse_fork(desk)
        return shown(Health())

    def readyz() -> Response:
        """Says that messages and orders are being taken: when this fails, send them later. Needs no token."""
        state = desk.health()
        if not state.ready:
            reason = state.reason or "the desk is not ready"
            detail = f"Not ready: {reason}."
            raise RequestRefused(problem("not-ready", 503, detail), {"Retry-After": "1"})
        return shown(Readiness())

    def show_metrics() -> Response:
        """Gives figures in Prometheus' text format."""
        return Response(metrics.text(), content_type=CONTENT_TYPE_LATEST)

    return (
        Operation(
            method="GET",
            path="/health",
            name="health",
            summary="Whether the process answers",
            tag="health",
            view=health,
            answer=Health,
            problems=(503,),
            open=True,
        ),
        Operation(
            method="GET",
            path="/livez",
            name="livez",
            summary="Whether to leave the process alone",
            tag="health",
            view=livez,
            answer=Health,
            problems=(503,),
            open=True,
        ),
        Operation(
            method="GET",
            path="/readyz",
            name="readyz",
            summary="Whether to send requests",
            tag="health",
            view=readyz,
            answer=Readiness,
            problems=(503,),
            open=True,
        ),
        Operation(
            method="GET",
            path="/metrics",
            name="metrics",
            summary="Figures for Prometheus",
            tag="health",
            view=show_metrics,
            media="text/plain",
        ),
    )


def _refuse_fork(desk: ShiftDesk) -> None:
    if desk.forked:
        raise Forked(desk.health().reason)
