"""What actors ask: the same whether of the last commit, or of a transaction under way."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from ....domain.conversation.events import AnyConversationEvent
from ....domain.organization import Organization
from ....domain.policy import Channel
from ....domain.shift.candidates import Candidate
from ....domain.shift.events import AnyShiftEvent
from ....domain.shift.shift import Shift
from .. import event_rows
from ..port import Outgoing, contact_stream, shift_stream
from . import actors, outbox
from .people import ORGANIZATION
from .rows import row

LAST = 2**63 - 1
"""No key is greater."""


class QueriesForActors:
    """Questions over `one` and `all`, which whoever inherits from this brings."""

    def one(self, query: str, parameters: tuple[object, ...] = ()) -> Any:
        """Give the first row, None when there is none."""
        raise NotImplementedError

    def all(self, query: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        """Give all rows."""
        raise NotImplementedError

    def shift_events(self, shift_id: str) -> list[AnyShiftEvent]:
        """Give all events of a shift, in order; empty when it is unknown."""
        return event_rows.read_shift_events(self.all(event_rows.READ, (shift_stream(shift_id),)))

    def conversation_events(self, contact_id: int) -> list[AnyConversationEvent]:
        """Give all events of a conversation, in order."""
        return event_rows.read_conversation_events(self.all(event_rows.READ, (contact_stream(contact_id),)))

    def candidates(
        self,
        shift: Shift,
        gone: Collection[str] = (),
        *,
        fanout: int = 0,
        after: int = 0,
        until: int = LAST,
        limit: int = -1,
    ) -> list[Candidate]:
        """Give those who can be offered a shift and are not in a fan-out of it, by key: at most `limit` of those behind
        `after`, up to `until`. `gone` have given it back."""
        return actors.candidates(self, shift, gone, fanout, after, until, limit)

    def left_out(self, shift: Shift, gone: Collection[str]) -> tuple[list[Candidate], int]:
        """Give those with its role who cannot be offered a shift, and how many can; the domain says why."""
        return actors.left_out(self, shift, gone)

    def candidate(self, caregiver_id: str) -> Candidate | None:
        """Give one caregiver, None when nobody has the id."""
        return actors.candidate(self, caregiver_id)

    def moved_away(self, shift_id: str) -> list[Candidate]:
        """Give those who were offered the shift at another phone than they have now."""
        return actors.moved_away(self, shift_id)

    def shifts_with_news(
        self, at: datetime, caregiver_ids: Sequence[str] | None = None, contact_id: int | None = None
    ) -> list[str]:
        """Give the shifts that these caregivers, those with this phone, or anybody, may have to be offered or told of now."""
        return actors.shifts_with_news(self, at, caregiver_ids, contact_id)

    def unavailable(self, shift_id: str, fanout: int) -> frozenset[str]:
        """Give those offered the shift in this fan-out who opted out, left, lost the role or have a number in doubt."""
        return actors.unavailable(self, shift_id, fanout)

    def went_out(self, shift_id: str, fanout: int) -> bool:
        """Whether a carrier has taken any text or call of a fan-out."""
        return outbox.went_out(self, shift_id, fanout)

    def round_failed(self, shift_id: str, fanout: int) -> bool:
        """Whether every offer message of the fan-out's latest round has failed for good or was dropped."""
        return outbox.round_failed(self, shift_id, fanout)

    def due(self, channel: Channel, at: datetime, limit: int) -> list[Outgoing]:
        """Give planned rows whose time has come: answers to people before offers, then in order."""
        return outbox.due(self, channel, at, limit)

    def waiting_since(self, channel: Channel, until: datetime) -> datetime | None:
        """Give when the first was planned, until an instant, of the messages that are still to go out; None of none."""
        return outbox.waiting_since(self, channel, until)

    def organization(self, organization_id: str) -> Organization | None:
        """Give one organization."""
        query = f"SELECT {ORGANIZATION} FROM organizations WHERE id = ?"  # noqa: S608 - no value is in it
        found = self.one(query, (organization_id,))
        return None if found is None else Organization(**row(ORGANIZATION.split(", "), found))
