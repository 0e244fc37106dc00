"""From which of our numbers the carrier takes nothing, until a person has seen to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ...domain.alert import AlertKind
from ...domain.policy import Channel
from ..journal.alert_port import NewAlert
from ..journal.port import OutboxRow
from ..journal.transaction import Transaction

REST = timedelta(minutes=5)
"""So long no offer is tried from a number that was refused. Answers are: they are few, and the first one taken ends it."""


@dataclass(slots=True)
class Refusal:
    """Why a number is refused, since when nothing was tried, and whether only an arrival proves the contrary: what was refused
    after it had been taken may be taken again and again."""

    organization_id: str
    error: str
    rests_until: datetime
    until_delivered: bool = False


class Refusals:
    """Watches the numbers of one channel. It has no clock; instants are handed in, in UTC.

    `tell` writes what has changed as alerts, again until `settle` says that it is on disk.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.numbers: dict[str, Refusal] = {}
        """The numbers that are refused."""
        self._told: set[str] = set()
        self._over: dict[str, str] = {}
        self.changed = False
        """Whether there is something to tell."""

    def recall(self, transaction: Transaction, at: datetime) -> None:
        """Take over what was open before a start."""
        for organization_id, about in transaction.open_alerts_about(AlertKind.CARRIER_REFUSES):
            channel, _, number = about.partition(":")
            if channel == self._channel and number not in self.numbers:
                self.numbers[number] = Refusal(organization_id, "", at)
                self._told.add(number)

    def refused(self, row: OutboxRow, error: str, at: datetime, *, until_delivered: bool = False) -> None:
        """The carrier refused the number of a message."""
        number = _number(row)
        self.numbers[number] = Refusal(row.organization_id, error, at + REST, until_delivered)
        self.changed = True
        self._told.discard(number)
        self._over.pop(number, None)

    def taken(self, row: OutboxRow, *, delivered: bool = False) -> None:
        """The carrier took a message, or a phone has it."""
        number = _number(row)
        known = self.numbers.get(number)
        if known is not None and (delivered or not known.until_delivered):
            self._over[number] = known.organization_id
            del self.numbers[number]
            self.changed = True

    def follow_clock(self, at: datetime) -> None:
        """Let no number rest until an instant that was set by a clock which ran ahead."""
        for one in self.numbers.values():
            one.rests_until = min(one.rests_until, at + REST)

    def why_not(self, row: OutboxRow, at: datetime) -> str | None:
        """Say why nothing is to be tried from the number of a message for now; None when it may be."""
        known = self.numbers.get(_number(row))
        return known.error if known is not None and at < known.rests_until else None

    def tell(self, transaction: Transaction, at: datetime) -> None:
        """Call the coordinator for each number that is refused anew; close the alert of each that is no more."""
        what = "Calls" if self._channel is Channel.VOICE else "Texts"
        for number, one in self.numbers.items():
            if number not in self._told:
                message = f"{what} from {number} are not taken: {one.error}"
                about = f"{self._channel}:{number}"
                transaction.record_alert(
                    NewAlert(AlertKind.CARRIER_REFUSES, message, at, one.organization_id, about=about)
                )
        for number, organization_id in self._over.items():
            transaction.close_alert_about(
                AlertKind.CARRIER_REFUSES, f"{self._channel}:{number}", at, organization_id
            )

    def settle(self) -> None:
        """Take note that what was told is on disk."""
        self._told.update(self.numbers)
        self._over.clear()
        self.changed = False


def _number(row: OutboxRow) -> str:
    """Give the number a message goes out from; without one, whose it would be."""
    return row.from_phone or row.organization_id
