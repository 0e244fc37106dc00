"""Alerts: what the coordinator was needed for."""

from flask import Response

from ..actors.desk import ShiftDesk
from ..actors.records import AlertRecord, Page
from ..domain.identifier import Identifier
from .answers import shown
from .operation import Operation
from .request_query import PageQuery, read_query


class AlertsQuery(PageQuery):
    """Which alerts to list."""

    organization_id: Identifier | None = None


def alert_operations(desk: ShiftDesk) -> tuple[Operation, ...]:
    """Give the operations on alerts."""

    def list_alerts() -> Response:
        """Lists alerts, newest first."""
        query = read_query(AlertsQuery)
        return shown(desk.alerts(query.organization_id, query.cursor, query.limit))

    return (
        Operation(
            method="GET",
            path="/alerts",
            name="list_alerts",
            summary="List alerts",
            tag="alerts",
            view=list_alerts,
            query=AlertsQuery,
            answer=Page[AlertRecord],
            problems=(400, 422, 503),
        ),
    )
