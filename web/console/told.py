"""How the board tells a shift: its state in a word, what happens next, and how far its offers have come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import assert_never

from ...actors.board import Asked, BoardRow
from ...domain.alert import AlertKind
from ...domain.policy import Channel
from ...domain.shift.shift import ShiftStatus
from ...domain.when import day, local, told_span

BAR = 100.0
ORDER = (
    (Asked.YES, "has the shift"),
    (Asked.LATE, "said yes, and did not get it"),
    (Asked.QUESTION, "wrote something else"),
    (Asked.CALLING, "being called"),
    (Asked.DELIVERED, "delivered"),
    (Asked.SENT, "sent"),
    (Asked.WAITING, "waiting"),
    (Asked.NO, "said no"),
    (Asked.UNREACHABLE, "not reached"),
)
"""What is told of offers, in the order in which it matters."""
WORDS = {
    AlertKind.DROP_REQUESTED: "Wants to give it back",
    AlertKind.RUNNING_LATE: "Running late",
    AlertKind.HOLDER_WROTE: "Wrote something",
    AlertKind.HOLDER_MUTE: "Cannot be reached",
    AlertKind.NOT_TOLD: "A text did not arrive",
    AlertKind.WILLING: "Somebody is willing",
    AlertKind.PARTIAL_OFFER: "Can do a part",
    AlertKind.NEEDS_READING: "A reply to read",
    AlertKind.NOT_OFFERED: "Offered to nobody",
    AlertKind.NOBODY_QUALIFIES: "Nobody qualifies",
    AlertKind.NOBODY_REACHABLE: "Nobody was reached",
    AlertKind.EVERYBODY_DECLINED: "Everybody said no",
    AlertKind.UNFILLED: "Nobody said yes",
    AlertKind.EXPIRED: "Began with nobody",
    AlertKind.PARKED: "Set aside after a fault",
}
"""What the coordinator is needed for, in three words."""
TO_READ = (AlertKind.NEEDS_READING, AlertKind.WILLING, AlertKind.PARTIAL_OFFER)
"""What puts a shift that somebody has in no danger."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a bar: `x` and `width` in hundredths of it."""

    kind: Asked
    many: int
    words: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Told:
    """A row as it is shown. `tone` and `icon` name how it looks; the words say all of it."""

    row: BoardRow
    when: str
    tone: str
    icon: str
    state: str
    next: str
    next_at: datetime | None
    bar: tuple[Segment, ...]
    asked: int


def tell(row: BoardRow) -> Told:
    """Give a row of the board as it is shown."""
    tone, icon, state = _state(row)
    says, at = what_next(row)
    return Told(
        row,
        told_span(row.start_time, row.end_time, row.zone, "en"),
        tone,
        icon,
        state,
        says,
        at,
        bar(row.asked),
        sum(row.asked.values()),
    )


def _state(row: BoardRow) -> tuple[str, str, str]:
    if row.needs_you:
        said = WORDS.get(row.alert_kind) if row.alert_kind else None
        calm = row.status is ShiftStatus.CLAIMED and row.alert_kind in TO_READ
        return "warn" if calm else "danger", "alert", said or "Nobody said yes"
    match row.status:
        case ShiftStatus.PENDING:
            return "idle", "clock", "Not offered yet"
        case ShiftStatus.OFFERING if row.paused:
            return "warn", "pause", "Paused"
        case ShiftStatus.OFFERING:
            calling = row.rounds[row.round].channel is Channel.VOICE
            return "busy", "call" if calling else "text", "Calling" if calling else "Texting"
        case ShiftStatus.CLAIMED:
            return "good", "check", "Filled"
        case ShiftStatus.UNFILLED:
            return "danger", "alert", "Nobody said yes"
        case ShiftStatus.CANCELLED:
            return "idle", "cross", "Called off"
        case ShiftStatus.EXPIRED:
            return "danger", "alert", "Began with nobody"
        case _:  # pragma: no cover
            assert_never(row.status)


def what_next(row: BoardRow) -> tuple[str, datetime | None]:
    """Say what happens next, and when that is known, when."""
    match row.status:
        case ShiftStatus.OFFERING if row.paused:
            return "A yes still takes it. Nobody else is asked until you resume.", None
        case ShiftStatus.OFFERING:
            if row.round + 1 == len(row.rounds):
                return "You are alerted in", row.next_deadline
            calls = row.rounds[row.round + 1].channel is Channel.VOICE
            return "Phones ring in" if calls else "Texts go out again in", row.next_deadline
        case ShiftStatus.PENDING:
            return "Nobody has been asked.", None
        case ShiftStatus.UNFILLED:
            return "Any yes still takes it.", None
        case ShiftStatus.CLAIMED:
            return f"{row.holder or row.claimed_by} has it.", None
        case ShiftStatus.CANCELLED:
            return "Nobody is needed any more.", None
        case ShiftStatus.EXPIRED:
            return "You can still offer it or give it to somebody.", None
        case _:  # pragma: no cover
            assert_never(row.status)


def bar(asked: dict[Asked, int]) -> tuple[Segment, ...]:
    """Lay out how far offers have come, as stretches of one bar."""
    total, x, found = sum(asked.values()), 0.0, []
    for kind, words in ORDER:
        if many := asked.get(kind, 0):
            width = BAR * many / total
            found.append(Segment(kind, many, words, round(x, 2), round(width, 2)))
            x += width
    return tuple(found)


def headline(needs_you: int, offering: int, pending: int) -> str:
    """Say in one sentence how it stands."""
    if needs_you:
        return f"{number(needs_you)} {'shift needs' if needs_you == 1 else 'shifts need'} you"
    if offering:
        return f"{number(offering)} {'shift is' if offering == 1 else 'shifts are'} being offered"
    if pending:
        return f"{number(pending)} {'shift waits' if pending == 1 else 'shifts wait'} to be offered"
    return "Every shift is covered"


def number(count: int) -> str:
    """Give a small number as a word."""
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return words[count] if count < len(words) else f"{count:,}"


def lasting(seconds: float) -> str:
    """Give a length of time, short: "45 s", "12 min", "3 h 05", "4 days"."""
    whole = round(abs(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes = whole // 60
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60:02}"
    return f"{minutes // 1440} days"


def by_whom(by: str) -> str:
    """Give whose word something was, as people call them: "user:cora" is Cora, "token:payroll" a program's token."""
    kind, _, name = by.partition(":")
    return {"user": name, "token": f"{name} (API)" if name else "the API", "caregiver": name}.get(kind, by)


def money(amount: Decimal, currency: str) -> str:
    """Give "$12.40", "EUR 12.40"; of less than a hundredth no more than that."""
    sign = "$" if currency == "USD" else f"{currency} "
    return f"under {sign}0.01" if 0 < amount < Decimal("0.01") else f"{sign}{amount:,.2f}"


def away(at: datetime, now: datetime) -> str:
    """Say how far off an instant is: "in 3 h 05", "12 min ago", "now"."""
    seconds = (at - now).total_seconds()
    if abs(seconds) < 1:
        return "now"
    return f"in {lasting(seconds)}" if seconds >= 0 else f"{lasting(seconds)} ago"


def countdown(at: datetime, now: datetime) -> str:
    """Give what is left until an instant as a clock: "4:32", "1:04:10"; "any moment" when it is over."""
    left = int(max(timedelta(), at - now).total_seconds())
    if not left:
        return "any moment"
    hours, minutes, seconds = left // 3600, left // 60 % 60, left % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def clock_time(at: datetime, zone: str | None) -> str:
    """Give "6:02am"."""
    there = local(at, zone)
    return f"{there.hour % 12 or 12}:{there.minute:02}{'am' if there.hour < 12 else 'pm'}"


def exact(at: datetime, zone: str | None) -> str:
    """Give "Tue Jul 16 6:02am"."""
    return f"{day(local(at, zone), 'en')} {clock_time(at, zone)}"
