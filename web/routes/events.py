"""Events: everything that happened, for programs that follow it."""

from typing import Annotated

from pydantic import Field

from ...actors.desk.desk import ShiftDesk
from ...actors.records import EventPage
from ...domain.frozen import Frozen
from ...domain.identifier import Identifier
from ..http.operation import Operations


class EventsQuery(Frozen):
    """Which events to give: those behind `after`, of the shifts of an organization or of all."""

    after: Annotated[int, Field(ge=0, le=2**62)] = 0
    organization_id: Identifier | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100


def add_event_operations(api: Operations, desk: ShiftDesk) -> None:
    """Add the operations on events."""

    @api.get("/events", "Follow what happens")
    def list_events(query: EventsQuery) -> EventPage:
        """Gives every event once, in the order in which they were committed.

        Hand `next_after` back as `after`: what has happened since comes then. A page can be empty and there can be `more`.
        """
        return desk.events(query.after, query.organization_id, query.limit)
