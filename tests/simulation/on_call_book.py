"""Who is on call is told of alerts in their order, in time and once, until somebody sees to it."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from firstyes.actors.journal.alert_port import AGAIN, CALLS
from firstyes.actors.journal.instants import from_micros
from firstyes.actors.outbox.outbox_actor import LEASE
from firstyes.domain.on_call import TURNS, OnCall
from firstyes.domain.policy import Channel

from .agency import LAKESIDE, NORTHSIDE
from .stepped_time import SteppedClock
from .tally import Tally
from .violation import Report, Rule

REACHABLE = frozenset({Channel.SMS, Channel.VOICE})
PATIENCE = 60.0
"""Seconds that the next on call may be told late: many alerts are told a few at a time."""

SLACK = LEASE + 1.0
CLOCK_SET = 7_300.0
"""Seconds a story's clock may be set: for so long after that it is not said what is late."""

OPEN = (
    "SELECT alerts.id, coalesce(alerts.organization_id, shifts.organization_id), alerts.at, alerts.last_at FROM alerts "
    "LEFT JOIN shifts ON shifts.key = alerts.shift WHERE alerts.closed_at IS NULL AND alerts.acknowledged_at IS NULL"
)
ALERT = (
    "SELECT coalesce(alerts.organization_id, shifts.organization_id), alerts.acknowledged_at, alerts.closed_at FROM alerts "
    "LEFT JOIN shifts ON shifts.key = alerts.shift WHERE alerts.id = ?"
)
NEXT_CALL = "SELECT min(call_at) FROM alerts WHERE closed_at IS NULL AND call_at IS NOT NULL"
ENDED_BADLY = "SELECT EXISTS (SELECT 1 FROM outbox WHERE seq = ? AND state IN ('failed', 'dropped'))"


@dataclass(frozen=True, slots=True)
class Told:
    """The last message about an alert: its row, which step it is, and when it was planned by the service's clock."""

    row: int
    step: int
    at: datetime


def told_of(organization_id: str | None) -> list[OnCall]:
    """Give who is told of alerts of an organization, in order: whom no channel reaches is passed over."""
    lists = {one.id: one.on_call for one in (LAKESIDE, NORTHSIDE)}
    return list(lists.get(organization_id or "", ()))


class OnCallBook:
    """Follows the messages about each alert."""

    def __init__(
        self, connection: sqlite3.Connection, clock: SteppedClock, tally: Tally, report: Report
    ) -> None:
        self._connection = connection
        self._clock = clock
        self._tally = tally
        self._report = report
        self._causes: set[int] = set()
        self._told: dict[int, Told] = {}
        self._alerts: dict[int, int] = {}

    def plan(self, key: int, cause: int, channel: str, phone: str) -> None:
        """Take in a message that tells of an alert: the next one on the list, and not before their time."""
        alert, step = divmod(cause, CALLS)
        now = self._clock.now()
        if cause in self._causes:
            self._report(Rule.CALLED_ONCE, f"alert {alert}, step {step}")
        self._causes.add(cause)
        self._alerts[key] = alert
        self._tally.add("told of an alert")
        organization, _, _ = self._connection.execute(ALERT, (alert,)).fetchone()
        there, before = told_of(organization), self._told.get(alert)
        if there:
            one = there[step % AGAIN % len(there)]
            if (one.channel, one.to) != (channel, phone):
                self._report(
                    Rule.ON_CALL, f"step {step} of alert {alert} goes to {phone} instead of {one.to}"
                )
            if before is not None and before.step // AGAIN == step // AGAIN:
                self._look_at_wait(alert, before, there, step, now)
        self._told[alert] = Told(key, step, now)

    def _look_at_wait(self, alert: int, before: Told, there: list[OnCall], step: int, now: datetime) -> None:
        skipped = [there[one % AGAIN % len(there)] for one in range(before.step + 1, step)]
        if any(one.channel in REACHABLE for one in skipped):
            self._report(Rule.ON_CALL, f"alert {alert} goes from step {before.step} to {step}")
        if len(there) > 1 and before.step + 1 == step:
            self._tally.add("the next on call was told")
        wait = timedelta(seconds=there[before.step % AGAIN % len(there)].wait)
        failed = self._connection.execute(ENDED_BADLY, (before.row,)).fetchone()[0]
        if now < before.at + wait - timedelta(seconds=1) and not failed:
            self._report(Rule.ON_CALL, f"step {step} of alert {alert} comes before its time")

    def sees_to(self, alert: int, said: str) -> None:
        """Somebody was told that an alert is theirs to see to: then it is."""
        _, acknowledged, closed = self._connection.execute(ALERT, (alert,)).fetchone()
        if acknowledged is None and closed is None:
            self._report(Rule.SEEN_TO, f"{said!r}, and alert {alert} is not seen to")
        self._tally.add("alerts somebody sees to")

    def arrived(self, key: int) -> int | None:
        """Somebody is told: nobody may have seen to it a while before. Give the alert."""
        alert = self._alerts.get(key)
        if alert is None:
            return None
        soon = self._clock.true - SLACK
        _, *ends = self._connection.execute(ALERT, (alert,)).fetchone()
        if any(end is not None and self._clock.when(from_micros(end)) < soon for end in ends):
            self._report(Rule.SEEN_TO, f"alert {alert} is told to somebody though it is seen to")
        return alert

    def next_call(self) -> datetime | None:
        """Say when somebody is to be told next, by the service's own word: the ticker, which comes all the time, may not miss it."""
        [(at,)] = self._connection.execute(NEXT_CALL).fetchall()
        return None if at is None else from_micros(at)

    def at_rest(self, started: float, jumped: float) -> None:
        """Nobody has anything to do: whoever is next has been told of each alert that nobody sees to."""
        if self._clock.true < max(started + PATIENCE, jumped + CLOCK_SET):
            return
        now = self._clock.now()
        for alert, organization, at, last_at in self._connection.execute(OPEN).fetchall():
            there, told = told_of(organization), self._told.get(alert)
            if not there:
                continue
            due: datetime | None = from_micros(at)
            if told is not None:
                due = _due_after(told, there, from_micros(last_at))
            if due is not None and (now - due).total_seconds() > PATIENCE:
                self._report(Rule.ON_CALL, f"nobody is told of alert {alert} since {due}, it is {now}")


def _due_after(told: Told, there: list[OnCall], last_at: datetime) -> datetime | None:
    """Say when the next is to be told, by the service's clock; None when that was the last."""
    step = told.step % AGAIN
    rest = range(step + 1, TURNS * len(there))
    if not any(there[one % len(there)].channel in REACHABLE for one in rest):
        return None
    # What was seen to and is written about again begins anew.
    return max(told.at + timedelta(seconds=there[step % len(there)].wait), last_at)
