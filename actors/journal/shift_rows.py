"""Shifts, their fan-outs and claims as rows, for look-ups and lists; the truth stays with the events."""

from ...domain.caregiver import role_key
from ...domain.policy import Channel, Round, Rounds
from ...domain.shift.events import FanOutStarted, OffersAdded
from ...domain.shift.state import ShiftState
from .instants import micros_or_none, to_micros
from .many_rows import dump, insert, update

SAME = (
    "organization_id, role, role_key, start_time, end_time, starts, ends, time_zone, area, rounds, status, "
    "revision, fanout, round, next_deadline, claimed_by, paused"
)
PUT_SHIFTS = insert(
    "shifts",
    f"key, shift_id, {SAME}",
    "ON CONFLICT (key) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in SAME.split(", ")),
)
MOVE_SHIFTS = update(
    "shifts",
    "key, status, round, next_deadline, claimed_by, paused",
    "status = new.status, round = new.round, next_deadline = new.next_deadline, claimed_by = new.claimed_by, "
    "paused = new.paused",
    "shifts.key = new.key",
)
INSERT_FANOUTS = insert("fanouts", "shift, number, revision, started_at, zone, open_until")
JOIN_FANOUTS = insert(
    "fanouts", "shift, number, revision, started_at, zone, open_until", "ON CONFLICT DO NOTHING"
)
# Offers of all fan-outs of a shift die together, and those of one revision come to life together.
CLOSE_FANOUTS = update(
    "fanouts",
    "shift, closed_at",
    "closed_at = new.closed_at",
    "fanouts.shift = new.shift AND fanouts.closed_at IS NULL",
)
REOPEN_FANOUTS = update(
    "fanouts",
    "shift, revision",
    "closed_at = NULL",
    "fanouts.shift = new.shift AND fanouts.revision = new.revision AND fanouts.closed_at IS NOT NULL",
)

INSERT_CLAIMS = insert("claims", "shift, version, fanout, caregiver_id, starts, ends, claimed_at, override")
RELEASE_CLAIMS = update(
    "claims",
    "shift, released_at",
    "released_at = new.released_at",
    "claims.shift = new.shift AND claims.released_at IS NULL",
)

Row = list[object]


def whole_row(key: int, state: ShiftState) -> Row:
    """Give the row of a shift that is new, was replaced, or starts a fan-out."""
    shift = state.shift
    if shift is None:
        raise ValueError("a shift's first event must post it")
    return [
        key,
        shift.id,
        shift.organization_id,
        shift.role_required,
        role_key(shift.role_required),
        shift.start_time.isoformat(),
        shift.end_time.isoformat(),
        to_micros(shift.start_time),
        to_micros(shift.end_time),
        shift.time_zone,
        shift.area,
        write_rounds(state.rounds),
        state.status.value,
        state.revision,
        state.fanout,
        state.round,
        micros_or_none(state.next_deadline),
        state.claimed_by,
        int(state.paused is not None),
    ]


def moved_row(key: int, state: ShiftState) -> Row:
    """Give what changes when a shift moves on without being replaced."""
    deadline, paused = micros_or_none(state.next_deadline), int(state.paused is not None)
    return [key, state.status.value, state.round, deadline, state.claimed_by, paused]


def fanout_row(key: int, event: FanOutStarted | OffersAdded) -> Row:
    """Give the row of a fan-out that starts."""
    until = to_micros(event.open_until)
    return [key, event.fanout, event.revision, to_micros(event.at), event.zone, until]


def write_rounds(rounds: Rounds) -> str:
    """Write rounds as JSON."""
    return dump([[one.channel.value, one.wait] for one in rounds])


def read_rounds(rows: list[tuple[str, int]]) -> Rounds:
    """Give rounds from their JSON, loaded."""
    return tuple(Round(channel=Channel(channel), wait=wait) for channel, wait in rows)
