"""Alerts: what the coordinator is needed for, and closing them."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from ...actors.desk.desk import ShiftDesk
from ...actors.records import AlertRecord, Page
from ...domain.alert import AlertKind
from ...domain.frozen import Frozen
from ...domain.identifier import Identifier
from ...domain.text import Label
from ..http.operation import Operations
from ..http.query import PageQuery

TRUTH = {"true": True, "false": False}
"""A parameter is text, and of all that could be taken for a truth value only these two words are."""


class AlertsQuery(PageQuery):
    """Which alerts to list; what is not given does not narrow. `open` false lists those that are closed."""

    organization_id: Identifier | None = None
    kind: AlertKind | None = None
    shift_id: Identifier | None = None
    open: Annotated[bool | None, Field(strict=True), BeforeValidator(lambda one: TRUTH.get(one, one))] = None


class CloseBody(Frozen):
    """Who acknowledges or closes an alert; whoever the token stands for, where nobody is named."""

    by: Label | None = None


def add_alert_operations(api: Operations, desk: ShiftDesk) -> None:
    """Add the operations on alerts."""

    @api.get("/alerts", "List alerts")
    def list_alerts(query: AlertsQuery) -> Page[AlertRecord]:
        """Lists alerts, newest first: each with its shift, the person, the messages and what is asked for.

        Of those of no organization, carriers that are down concern everybody, and are in the list of each; a phone that nobody has
        is in the list of an organization only where that is the only one.
        """
        return desk.alerts(**dict(query))

    @api.post("/alerts/{alert_id}/acknowledge", "Say that you see to an alert")
    def acknowledge_alert(alert_id: str, body: CloseBody) -> AlertRecord | None:
        """Says that somebody sees to an alert: nobody else on call is told of it any more.

        One that is closed, or that somebody sees to already, is answered as it is. What somebody writes on the matter
        afterwards is told from the first on call on.
        """
        return desk.acknowledge_alert(int(alert_id), by=api.named(body.by))

    @api.post("/alerts/{alert_id}/close", "Close an alert")
    def close_alert(alert_id: str, body: CloseBody) -> AlertRecord | None:
        """Closes an alert that was seen to. One that is closed already is answered as it was closed, and by whom.

        An alert whose cause is gone closes itself.
        """
        return desk.close_alert(int(alert_id), by=api.named(body.by))
