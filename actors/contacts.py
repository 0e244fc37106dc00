"""Who a phone may be and what its messages can mean, remembered until something of it changes."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from ..domain.inbound.contact import Contact
from .journal.transaction import Touched

MOST = 50_000
"""Contacts that are remembered, about 2 KB each; the one remembered longest goes first."""

LookUp = Callable[[str, str | None, datetime], Contact | None]


class Known(NamedTuple):
    """A contact as it was looked up: from the commit `stamp` on, at the instants from `since` and before `until`."""

    contact: Contact
    stamp: int
    since: datetime
    until: datetime


class Contacts:
    """Remembers what the journal says of a phone. Asked on any thread; `changed` is called by the loop after each commit,
    before anybody is told of it.

    What is remembered counts while nothing of it was touched since before it was read, and until the first instant at which one
    of its offers ends by itself.
    """

    def __init__(self, look_up: LookUp, most: int = MOST) -> None:
        self._look_up = look_up
        self._most = most
        self._known: dict[tuple[str, str | None], Known] = {}
        self._commits = 0
        self._all_changed = 0
        self._changed: dict[str | int, int] = {}

    def find(self, phone: str, dialled: str | None, at: datetime) -> Known | None:
        """Give the contact; None when nobody has the phone. Raises `JournalUnavailable` when it has to be looked up and cannot."""
        known = self.remembered(phone, dialled, at)
        if known is not None:
            return known
        stamp = self._commits
        contact = self._look_up(phone, dialled, at)
        if contact is None:
            return None
        known = Known(contact, stamp, at, contact.unchanged_until(at))
        self._remember((phone, dialled), known)
        return known

    def remembered(self, phone: str, dialled: str | None, at: datetime) -> Known | None:
        """Give the contact if it need not be looked up."""
        known = self._known.get((phone, dialled))
        if known is not None and known.since <= at < known.until and self._unchanged(known):
            return known
        return None

    def touched_since(self, known: Known) -> bool:
        """Whether something was said by or to the phone since it was looked up, or people have changed."""
        return known.stamp < self._all_changed or self._changed.get(known.contact.contact_id, 0) > known.stamp

    def changed(self, touched: Touched) -> None:
        """Take note of what a commit has touched."""
        if not touched:
            return
        self._commits += 1
        if touched.everybody or len(self._changed) > 4 * self._most:
            self._all_changed = self._commits
            self._changed = {}
        changed = self._changed
        touched_ones: tuple[str | int, ...] = (*touched.shifts, *touched.contacts)
        for one in touched_ones:
            changed[one] = self._commits

    def _unchanged(self, known: Known) -> bool:
        if self.touched_since(known):
            return False
        stamp, changed = known.stamp, self._changed
        return all(changed.get(one.shift_id, 0) <= stamp for one in known.contact.offers)

    def _remember(self, key: tuple[str, str | None], known: Known) -> None:
        self._known[key] = known
        while len(self._known) > self._most:
            # Another thread may remember somebody at this very moment.
            with suppress(RuntimeError):
                self._known.pop(next(iter(self._known)), None)
