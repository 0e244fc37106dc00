"""Alerts: what the coordinator is needed for, and closing them."""

from typing import Annotated

from flask import Response
from pydantic import BeforeValidator, Field

from ...actors.desk import ShiftDesk
from ...actors.records import AlertRecord, Page
from ...domain.alert import AlertKind
from ...domain.answer import Refusal
from ...domain.frozen import Frozen
from ...domain.identifier import Identifier
from ...domain.shift.label import Label
from ..http.body import read_body
from ..http.operation import Operation, Operations
from ..http.problems import refuse
from ..http.query import PageQuery, read_query
from ..http.responses import shown
from ..service.web_settings import WebSettings

TRUTH = {"true": True, "false": False}
"""A parameter is text, and of all that could be taken for a truth value only these two words are."""


class AlertsQuery(PageQuery):
    """Which alerts to list; what is not given does not narrow. `open` false lists those that are closed."""

    organization_id: Identifier | None = None
    kind: AlertKind | None = None
    shift_id: Identifier | None = None
    open: Annotated[bool | None, Field(strict=True), BeforeValidator(lambda one: TRUTH.get(one, one))] = None


class CloseBody(Frozen):
    """Who closes an alert; whoever the token stands for, where nobody is named."""

    by: Label | None = None


def alert_operations(desk: ShiftDesk, by: str, settings: WebSettings) -> tuple[Operation, ...]:
    """Give the operations on alerts; `by` is who closes one where nobody is named."""
    api = Operations()

    @api.get("/alerts", "List alerts", query=AlertsQuery, answer=Page[AlertRecord])
    def list_alerts() -> Response:
        """Lists alerts, newest first: each with its shift, the person, the messages and what is asked for.

        Those of no organization concern everybody, and are in the list of each.
        """
        query = read_query(AlertsQuery)
        return shown(
            desk.alerts(
                organization_id=query.organization_id,
                kind=query.kind,
                shift_id=query.shift_id,
                open=query.open,
                cursor=query.cursor,
                limit=query.limit,
            )
        )

    @api.post("/alerts/{alert_id}/close", "Close an alert", body=CloseBody, answer=AlertRecord)
    def close_alert(alert_id: str) -> Response:
        """Closes an alert that was seen to. One that is closed already is answered as it was closed, and by whom.

        An alert whose cause is gone closes itself.
        """
        body = read_body(CloseBody, settings.body_limit)
        record = desk.close_alert(int(alert_id), by=body.by or by)
        if record is None:
            raise refuse(Refusal.UNKNOWN, 404, f"There is no alert {alert_id}.")
        return shown(record)

    return api.operations
