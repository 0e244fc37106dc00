"""What can be read at a desk: shifts, people, messages and alerts, as they are kept."""

from collections.abc import Collection
from datetime import datetime

from ...domain.alert import AlertKind
from ...domain.organization import Organization
from ..board import Board, BoardFilter
from ..journal.access_port import Owned
from ..journal.alert_port import AlertFilter
from ..journal.port import Journal, ShiftFilter
from ..numbers import Numbers
from ..records import (
    AlertRecord,
    CaregiverRecord,
    ChangeRecord,
    ConsentRecord,
    EventPage,
    MessageRecord,
    OfferedShift,
    Page,
    ShiftRecord,
    TimelineEntry,
)
from ..runtime.clock import Clock
from ..system import ActorSystem
from .arguments import expect_shift_id, read_alert_kind

EVERY_SHIFT = ShiftFilter()
EVERYTHING = BoardFilter()


class DeskView:
    """The half of `ShiftDesk` that changes nothing."""

    clock: Clock

    @property
    def journal(self) -> Journal:
        """The journal, for reading."""
        return self._working.journal

    @property
    def _working(self) -> ActorSystem:
        raise NotImplementedError

    def version(self, organization_ids: Collection[str] | None = None) -> int:
        """Give a number that has grown since it was last given when something of these organizations has changed; None is
        all. It begins anew with each start, and costs no reading of the journal."""
        return self._working.versions.of(organization_ids)

    def board(self, which: BoardFilter = EVERYTHING) -> Board:
        """Give the shifts that need something, most urgent first, and how the day goes."""
        return self.journal.board(which, self.clock.now())

    def shift(self, shift_id: str) -> ShiftRecord | None:
        """Give a shift with its offers, None when it is unknown."""
        expect_shift_id(shift_id)
        return self.journal.shift(shift_id)

    def shifts(
        self, which: ShiftFilter = EVERY_SHIFT, cursor: str | None = None, limit: int = 100
    ) -> Page[ShiftRecord]:
        """List shifts."""
        return self.journal.shifts(which, cursor, limit)

    def timeline(self, shift_id: str) -> list[TimelineEntry]:
        """Give everything that happened to a shift, in order."""
        expect_shift_id(shift_id)
        return self.journal.timeline(shift_id)

    def events(self, after: int = 0, organization_id: str | None = None, limit: int = 100) -> EventPage:
        """Give the events that were committed after the one with this number, each once and in order."""
        return self.journal.events(after, organization_id, limit)

    def messages(
        self,
        shift_id: str | None = None,
        phone: str | None = None,
        cursor: str | None = None,
        limit: int = 100,
        *,
        organization_id: str | None = None,
    ) -> Page[MessageRecord]:
        """List messages in and out, newest first.

        A message in whose shift, number and writer tell nothing is of each organization that its phone works for.
        """
        return self.journal.messages(shift_id, phone, cursor, limit, organization_id)

    def message(self, message_id: str) -> MessageRecord | None:
        """Give one message in or out by its id in the list ("in-12"), None when there is none."""
        return self.journal.message(message_id)

    def alerts(
        self,
        *,
        organization_id: str | None = None,
        kind: AlertKind | str | None = None,
        shift_id: str | None = None,
        open: bool | None = None,  # noqa: A002 - the word of the API
        cursor: str | None = None,
        limit: int = 100,
    ) -> Page[AlertRecord]:
        """List what the coordinator was needed for, newest first; `open` False gives what is closed.

        Raises `InvalidArgument` when there is no such kind.
        """
        kind = None if kind is None else read_alert_kind(kind)
        return self.journal.alerts(AlertFilter(organization_id, kind, shift_id, open), cursor, limit)

    def organization(self, organization_id: str) -> Organization | None:
        """Give an organization, None when it is unknown."""
        return self.journal.organization(organization_id)

    def organizations(
        self, cursor: str | None = None, limit: int = 100, *, organization_id: str | None = None
    ) -> Page[Organization]:
        """List organizations, or only one of them."""
        return self.journal.organizations(cursor, limit, organization_id)

    def owners(self, kind: Owned, name: str) -> frozenset[str]:
        """Give the organizations that a thing belongs to; none when there is no such thing."""
        return self.journal.owners(kind, name)

    def caregivers(
        self,
        organization_id: str | None = None,
        cursor: str | None = None,
        limit: int = 100,
        *,
        opted_out: bool | None = None,
        text: str | None = None,
    ) -> Page[CaregiverRecord]:
        """List caregivers, each person once; `opted_out` narrows to those who are, or are not, `text` to those in whose name,
        phone, roles or id it is."""
        return self.journal.caregivers(organization_id, cursor, limit, opted_out, text)

    def changes(
        self,
        organization_id: str | None = None,
        caregiver_id: str | None = None,
        cursor: str | None = None,
        limit: int = 100,
    ) -> Page[ChangeRecord]:
        """List who added and changed caregivers and organizations, newest first: which fields, never what stood in them."""
        return self.journal.changes(organization_id, caregiver_id, cursor, limit)

    def consents(self, caregiver_id: str) -> tuple[ConsentRecord, ...]:
        """Give what somebody has said about texts and calls, with the words and the instant, newest first."""
        return self.journal.consents(caregiver_id)

    def offers_to(self, caregiver_id: str, limit: int = 50) -> tuple[OfferedShift, ...]:
        """Give the shifts that somebody was offered, newest first."""
        return self.journal.offers_to(caregiver_id, limit)

    def numbers(self, organization_ids: Collection[str] | None, since: datetime, until: datetime) -> Numbers:
        """Give the figures of the shifts of these organizations, None is all, that start from `since` on and before
        `until`."""
        return self.journal.numbers(organization_ids, since, until)

    def caregiver(self, caregiver_id: str) -> CaregiverRecord | None:
        """Give one person, by their own id or an alias of it; None when there is none."""
        return self.journal.caregiver(caregiver_id)
