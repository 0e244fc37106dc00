"""Was anything lost that had been acknowledged, or anything given to two? The ledger against the journal."""

import time
from collections.abc import Iterator

from ..linearizability import Operation, Said, essence, is_linearizable, told
from .journal import KilledJournal
from .ledger import Ledger

SAID = {"success": Said.WON, "already_claimed": Said.LOST}


def unanswered(ledger: Ledger) -> Iterator[str]:
    """Whatever nobody ever answered, though it was delivered again and again."""
    for text in ledger.texts.values():
        if text.answer is None:
            yield f"{text.message_id} ({text.body!r}) was never answered"


def lost_answers(ledger: Ledger, journal: KilledJournal) -> Iterator[str]:
    """Whatever was acknowledged and is not in the journal, or stands in it otherwise."""
    for text in list(ledger.texts.values()):
        if text.answer is None:
            continue
        said, kept = text.answer[1], journal.answers.get(text.message_id)
        if kept is None:
            yield f"{text.message_id} ({text.body!r}) was answered {said} and is not in the journal"
        elif any((kept[name] or "") != said.get(name, "") for name in ("status", "message", "shift_id")):
            yield f"{text.message_id} was answered {said}; in the journal stands {kept}"
    for shift_id in sorted(ledger.posted - journal.shifts.keys()):
        yield f"{shift_id} was acknowledged as posted and is not in the journal"
    for shift_id in sorted(ledger.offered):
        if not _with(journal, shift_id, "fan_out_started"):
            yield f"{shift_id} was acknowledged as fanned out and never was"
    yield from _lost_effects(ledger, journal)


def _lost_effects(ledger: Ledger, journal: KilledJournal) -> Iterator[str]:
    """Whatever an answer says and no event bears out. A no to a shift that is taken is noted, and changes nothing."""
    people = {row.phone: row.caregiver for row in journal.rows}
    for text in ledger.texts.values():
        said = text.answer[1] if text.answer else {}
        shift_id, who = said.get("shift_id", ""), people.get(text.phone)
        winners = _with(journal, shift_id, "shift_claimed")
        if said.get("status") == "success" and who not in winners:
            yield f"{text.message_id}: {who} was told to have {shift_id}, and no event says so"
        passed = text.body.startswith("NO") and said.get("status") == "acknowledged" and shift_id
        if passed and not winners and who not in _with(journal, shift_id, "offer_declined"):
            yield f"{text.message_id}: {who} passed on {shift_id}, and no event says so"
    for release in ledger.releases:
        done = release.answer is not None and release.answer[0] == 200
        if done and not _with(journal, release.shift_id, "shift_released"):
            yield f"the release of {release.shift_id} was acknowledged, and no event says so"


def double_claims(ledger: Ledger, journal: KilledJournal) -> Iterator[str]:
    """Whatever was given to two at once, by its history or by what people were told."""
    for shift_id, events in journal.shifts.items():
        holder: str | None = None
        for event in events:
            if event.type == "shift_claimed":
                if holder is not None:
                    yield f"{shift_id} was claimed by {event.data['caregiver_id']} while {holder} had it"
                holder = event.data["caregiver_id"]
            elif event.type == "shift_released":
                holder = None
        if journal.holders.get(shift_id, []) != ([holder] if holder else []):
            yield f"{shift_id} belongs to {holder} by its events and to {journal.holders[shift_id]} by its row"
    for shift_id, history in histories(ledger).items():
        if not is_linearizable(history):
            yield f"what people were told about {shift_id} fits no order:\n{told(essence(history))}"


def histories(ledger: Ledger) -> dict[str, list[Operation]]:
    """Give what was asked and answered about each shift: yeses that won or lost, and releases."""
    found: dict[str, list[Operation]] = {}
    for text in ledger.texts.values():
        answer = text.answer[1] if text.answer else {}
        if (said := SAID.get(answer.get("status", ""))) and answer.get("shift_id"):
            operation = Operation(text.began, text.ended, text.phone, said)
            found.setdefault(answer["shift_id"], []).append(operation)
    for release in ledger.releases:
        if release.answer is None:
            operation = Operation(release.began, release.began, None, Said.UNKNOWN)
        else:
            done = release.answer[0] == 200
            said = Said.RELEASED if done else Said.NOTHING_TO_RELEASE
            operation = Operation(release.began, release.ended, None, said)
        found.setdefault(release.shift_id, []).append(operation)
    return found


def forgotten_shifts(journal: KilledJournal) -> Iterator[str]:
    """Whatever is being offered and waits for nothing."""
    now = time.time() * 1e6
    for shift_id, (status, deadline) in journal.status.items():
        if status == "offering" and (deadline is None or deadline < now - 30e6):
            yield f"{shift_id} is being offered, and its deadline is {deadline} at {now:.0f}"


def _with(journal: KilledJournal, shift_id: str, kind: str) -> list[str]:
    events = journal.shifts.get(shift_id, [])
    return [event.data.get("caregiver_id", "") for event in events if event.type == kind]
