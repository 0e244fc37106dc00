"""The board: which shifts need something, most urgent first, and how the day goes."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from ..domain.alert import AlertKind
from ..domain.frozen import Frozen
from ..domain.policy import Round
from ..domain.shift.shift import ShiftStatus


class Part(StrEnum):
    """A part of the board."""

    OPEN = "open"
    """Whatever needs something: those of the next three, and what has an open alert."""
    NEEDS_YOU = "needs_you"
    OFFERING = "offering"
    PENDING = "pending"
    FILLED = "filled"
    OVER = "over"


class Asked(StrEnum):
    """How far one offer has come, as the board tells it."""

    YES = "yes"
    """They have the shift."""
    LATE = "late"
    """They said yes, and did not get it."""
    NO = "no"
    QUESTION = "question"
    """They wrote something that is neither: a question, a condition, or what nobody could read."""
    UNREACHABLE = "unreachable"
    CALLING = "calling"
    DELIVERED = "delivered"
    SENT = "sent"
    WAITING = "waiting"


class BoardFilter(Frozen):
    """What to show of the board. `organization_ids` None is all; `text` is looked for in role, area, id and names.
    `shift_id` asks for that shift alone, wherever on the board it stands."""

    part: Part = Part.OPEN
    organization_ids: frozenset[str] | None = None
    role: str | None = None
    text: str | None = None
    shift_id: str | None = None
    limit: int = Field(default=50, ge=1, le=500)


class BoardRow(Frozen):
    """A shift on the board.

    `asked` counts the offers of its last fan-out by how far they have come. `alert` is what the coordinator was last told of
    it and has not seen to, with its kind and the number of such alerts. `needs_you` says that nothing goes on by itself.
    """

    id: str
    organization_id: str
    organization_name: str | None
    role_required: str
    start_time: datetime
    end_time: datetime
    zone: str | None
    area: str | None
    status: ShiftStatus
    version: int
    round: int
    rounds: tuple[Round, ...]
    paused: bool
    next_deadline: datetime | None
    claimed_by: str | None
    holder: str | None
    claimed_at: datetime | None
    needs_you: bool
    alerts: int
    alert: str | None
    alert_kind: AlertKind | None
    asked: dict[Asked, int]


class Board(Frozen):
    """The rows that were asked for; `more` says that there are others. The figures are of all shifts in sight; `counts` are
    those of the parts that are open.

    `filled_today` counts the shifts that somebody got since midnight where the shift is, and still has. `seconds_to_fill` is the
    median time from the first text to the yes, of the last seven days.
    """

    rows: tuple[BoardRow, ...]
    more: bool
    counts: dict[Part, int]
    filled_today: int
    seconds_to_fill: float | None
