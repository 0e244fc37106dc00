"""What the actors are told. Imperative for what shall be done, past tense for what has happened."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..domain.caregiver import Caregiver
from ..domain.conversation.state import ConversationCommand
from ..domain.shift.commands import ShiftCommand
from ..domain.shift.events import AnyShiftEvent
from .journal.alert_port import NewAlert
from .journal.port import Inbound
from .journal.transaction import Transaction


@dataclass(frozen=True, slots=True)
class LookAtPeople:
    """People of the shift may have changed: offer it to those who qualify now, and follow those with another phone."""

    by: str = "service"


@dataclass(frozen=True, slots=True)
class KeepTime:
    """A deadline of the shift has come, or its present round failed to reach anybody."""

    by: str = "timer"
    round_failed: bool = False


@dataclass(frozen=True, slots=True)
class ShiftTask:
    """Something for the actor of one shift, which looks up what the order needs besides."""

    shift_id: str
    order: ShiftCommand | LookAtPeople | KeepTime
    inbound: Inbound | None = None


@dataclass(frozen=True, slots=True)
class ConversationTask:
    """Something for the actor of one phone's conversation."""

    contact_id: int
    order: ConversationCommand
    inbound: Inbound | None = None


Task = ShiftTask | ConversationTask


@dataclass(frozen=True, slots=True)
class EachTask:
    """Something for several shifts, from one text: all of it is committed, or nothing. `answer` is carried out last, with
    the answers of the parts."""

    parts: tuple[ShiftTask, ...]
    answer: ConversationTask

    @property
    def all(self) -> tuple[Task, ...]:
        """All of it, in order."""
        return *self.parts, self.answer


@dataclass(frozen=True, slots=True)
class PutPeople:
    """Create or replace caregivers, and keep what is stated of their consent: all of it is committed, or nothing."""

    caregivers: tuple[Caregiver, ...]
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Write:
    """Change what belongs to no stream: people, organizations, alerts. `write` may be called again when its first
    transaction failed, and must keep nothing between."""

    write: Callable[[Transaction], Any]


@dataclass(frozen=True, slots=True)
class RecordAlert:
    """Record an alert that no event carries, where it is `wanted`: that is asked in each batch that is to have it."""

    alert: NewAlert
    wanted: Callable[[], bool] = lambda: True
    told: bool = False
    """Whether people were told of it because it could not be recorded; it is tried again."""


@dataclass(frozen=True, slots=True)
class LookForNews:
    """Have those shifts look at their people that these caregivers may have to be told of; None: everybody whose key is
    greater than `behind`."""

    caregiver_ids: tuple[str, ...] | None
    behind: int = 0


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has moved on to `now` (UTC)."""

    now: datetime


@dataclass(frozen=True, slots=True)
class DeadlineSet:
    """A shift now waits for `at`; `expires_at` is its start. An earlier deadline of it is stale."""

    shift_id: str
    at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TimeKept:
    """A shift has done what its deadline asked for; `False` when the journal could not be written."""

    shift_id: str
    done: bool


@dataclass(frozen=True, slots=True)
class TryAgain:
    """The journal could not be used for a task that nobody waits for."""

    task: Task


@dataclass(frozen=True, slots=True)
class ActorDied:
    """An actor died of an exception while it handled `task`."""

    urn: str
    stream: str
    task: Task | None


@dataclass(frozen=True, slots=True)
class RoundFailed:
    """Messages of a shift's present round failed for good, some or all."""

    shift_id: str


@dataclass(frozen=True, slots=True)
class Happened:
    """Events of a shift were committed; `was_offered` says that a fan-out was under way before them."""

    shift_id: str
    events: tuple[AnyShiftEvent, ...]
    was_offered: bool = False
