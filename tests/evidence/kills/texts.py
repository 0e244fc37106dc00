"""Was any text lost, sent twice, or sent to the wrong person? The outbox against the carrier's own books."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from firstyes.actors.carriers.port import Recovery

from .books import Entry
from .journal import KilledJournal, Row
from .town import SILENT

OFFER = re.compile(r"Open shift (.*)\. Reply (YES \d+) ")
ENDED = {"sent", "delivered", "dropped", "failed", "unknown"}


def lost_texts(
    journal: KilledJournal, entries: list[Entry], recovery: Recovery, window: set[int]
) -> Iterator[str]:
    """Whatever was planned and did not end, or is said to be sent and the carrier never had."""
    had = {entry.key for entry in entries}
    # Killed twice before it can be sent again, and then not wanted any more, such a row ends as dropped.
    resent = window if recovery is Recovery.RESEND else set()
    for row in journal.rows:
        if row.state not in ENDED:
            yield f"{_named(row)} has not ended: {row.state}"
        elif row.state in {"sent", "delivered"} and row.sent_as not in had:
            yield f"{_named(row)} is said to be {row.state}, and the carrier never had it"
        elif row.state == "unknown" and (recovery is Recovery.LOOK_UP or row.key not in window):
            yield f"{_named(row)} is unknown, and was not on its way at any kill, or could have been looked up"
        elif row.state in {"dropped", "failed"} and not row.error:
            yield f"{_named(row)} was {row.state} without a reason"
        elif row.state in {"dropped", "failed"} and row.key in had - resent:
            yield f"{_named(row)} is said to be {row.state} ({row.error}), and the carrier had it"
    yield from _never_planned(journal)


def _never_planned(journal: KilledJournal) -> Iterator[str]:
    """Whoever is offered a shift, or wins one, and was to be told nothing."""
    offered = {
        (row.shift_id, row.fanout, row.caregiver)
        for row in journal.rows
        if row.purpose == "offer" and row.round == 0
    }
    confirmed = Counter(
        (row.shift_id or "", row.caregiver) for row in journal.rows if row.purpose == "confirmation"
    )
    claims = Counter(
        (shift_id, str(event.data["caregiver_id"]))
        for shift_id, events in journal.shifts.items()
        for event in events
        if event.type == "shift_claimed"
    )
    for shift_id, events in journal.shifts.items():
        for event in events:
            if event.type == "fan_out_started":
                for offer in event.data["offers"]:
                    if (shift_id, event.data["fanout"], offer["caregiver_id"]) not in offered:
                        yield f"{offer['caregiver_id']} is offered {shift_id}, and no text was planned"
    if claims != confirmed:
        yield f"claims and confirmations differ: {claims - confirmed}, {confirmed - claims}"


def wrong_texts(
    journal: KilledJournal, entries: list[Entry], recovery: Recovery, window: set[int]
) -> Iterator[str]:
    """Whatever the carrier had twice outside the window, or that was not meant for that phone."""
    rows = {row.key: row for row in journal.rows}
    parts: dict[int, list[Row]] = defaultdict(list)
    for part in journal.rows:
        parts[part.sent_as].append(part)
    for entry in entries:
        row = rows.get(entry.key)
        several = [one.body for one in parts[entry.key]]
        if row is None or (row.phone, row.channel) != (entry.phone, entry.channel.value):
            yield f"the carrier was handed {entry}, which the outbox does not hold: {row}"
        elif entry.body not in {row.body, ""} and not _are_in(several, entry.body, recovery):
            yield f"the carrier was handed {entry}, which the outbox does not hold: {several}"
    for key, times in Counter(entry.key for entry in entries).items():
        if times > 1 and (recovery is not Recovery.RESEND or key not in window):
            yield f"{_named(rows[key])} was handed over {times} times"
    offers = [row for row in journal.rows if row.purpose == "offer"]
    planned = Counter((row.shift_id, row.fanout, row.round, row.caregiver, row.channel) for row in offers)
    for offer, times in planned.items():
        if times > 1:
            yield f"{offer} was planned {times} times"
    failed = {(row.shift_id, row.fanout, row.caregiver) for row in offers if row.state == "failed"}
    for row in offers:
        if (
            row.channel == "voice"
            and row.round == 0
            and (row.shift_id, row.fanout, row.caregiver) not in failed
        ):
            yield f"{_named(row)} was planned ahead, and no text had failed"


def _are_in(bodies: list[str], text: str, recovery: Recovery) -> bool:
    """Whether one text has all of these in it: of an offer, its code and what is offered. Where it may have been sent twice, the
    second time may have been without some of them."""
    offers = [OFFER.search(body) for body in bodies]
    found = [
        (f"{offer[2]}: {offer[1]}\n" if offer else body) in text
        for offer, body in zip(offers, bodies, strict=True)
    ]
    return any(found) if recovery is Recovery.RESEND else len(bodies) > 1 and all(found)


def missed_deadlines(journal: KilledJournal) -> Iterator[str]:
    """Shifts that nobody answers: each round once, in order, then the coordinator, once. A fan-out whose answer was
    lost is asked for again, and by then there may be room for a second one."""
    told: dict[str, Counter[tuple[str, int | None, str]]] = defaultdict(Counter)
    for row in journal.rows:
        if row.purpose == "offer":
            told[row.shift_id or ""][row.caregiver, row.fanout, row.channel] += 1
    wanted = ["fan_out_started", "round_started", "shift_unfilled", "coordinator_alerted"]
    for shift_id, events in journal.shifts.items():
        # Whom a text does not reach is called ahead of the round.
        types = [event.type for event in events if event.type not in {"shift_posted", "reached_ahead"}]
        if not shift_id.startswith(SILENT) or not types:
            continue
        if types != wanted * types.count("fan_out_started"):
            yield f"{shift_id}, which nobody answers, went {types}"
        elif any(times != 1 for times in told[shift_id].values()):
            yield f"{shift_id}: {told[shift_id]}"


def _named(row: Row) -> str:
    return f"outbox row {row.key} ({row.purpose} by {row.channel} to {row.caregiver} about {row.shift_id})"
