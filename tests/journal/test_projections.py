"""The rows that are looked things up in say what the events say."""

from datetime import timedelta
from functools import reduce
from random import Random
from typing import Any

import pytest

from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.files.diagnosis import diagnose
from firstyes.actors.journal.port import Append
from firstyes.domain.conversation import state as conversation
from firstyes.domain.conversation.state import OptIn, OptOut
from firstyes.domain.shift.commands import (
    AcceptOffer,
    AnyShiftCommand,
    CancelShift,
    DeclineOffer,
    MeetDeadline,
    PostShift,
    ReleaseShift,
    StartFanOut,
)
from firstyes.domain.shift.shift import ShiftStatus
from support.kept import HOUR, LAKESIDE, NOW, Kept

NAMES = ("alma", "bea", "cleo", "dora")
SHIFTS = ("s1", "s2", "s3")


def a_command(kept: Kept, chance: Random, shift_id: str) -> AnyShiftCommand:
    """Think of something to do to a shift."""
    at, name = kept.now, chance.choice(NAMES)
    state = kept.state(shift_id)
    assert state.shift is not None
    match chance.choice(
        ["start", "start", "yes", "yes", "yes", "no", "no", "deadline", "cancel", "release", "post"]
    ):
        case "start":
            return StartFanOut(at=at, by="coordinator", outreach=kept.outreach(shift_id)[0])
        case "yes":
            return AcceptOffer(at=at, by=f"caregiver:{name}", caregiver_id=name)
        case "no":
            return DeclineOffer(at=at, by=f"caregiver:{name}", caregiver_id=name)
        case "deadline":
            return MeetDeadline(at=at, by="timer")
        case "cancel" if chance.random() < 0.2:
            return CancelShift(at=at, by="coordinator", confirm=True)
        case "release":
            return ReleaseShift(at=at, by="coordinator", outreach=kept.outreach(shift_id)[0])
        case _:
            later = state.shift.model_copy(update={"end_time": state.shift.end_time + timedelta(minutes=1)})
            return PostShift(at=at, by="coordinator", shift=later)


def live(kept: Kept, chance: Random, steps: int) -> None:
    """Let things happen."""
    for _ in range(steps):
        kept.now += timedelta(minutes=chance.choice([0, 1, 10]))
        if chance.random() < 0.1:
            kind: type[OptOut] | type[OptIn] = OptOut if chance.random() < 0.5 else OptIn
            append = kept.converse(chance.choice(NAMES), kind, organization_ids=(LAKESIDE,))
        else:
            shift_id = chance.choice(SHIFTS)
            append = kept.decided(shift_id, a_command(kept, chance, shift_id))
        write(kept, append)


def write(kept: Kept, append: Append) -> None:
    if append.events:
        kept.append(append)


def as_events_say(kept: Kept, shift_id: str) -> dict[str, Any]:
    state = kept.state(shift_id)
    assert state.shift is not None
    return {
        "status": state.status,
        "version": state.version,
        "revision": state.revision,
        "fanout": state.fanout,
        "rounds": state.rounds,
        "round": state.round if state.status is ShiftStatus.OFFERING else None,
        "next_deadline": state.next_deadline,
        "claimed_by": state.claimed_by,
        "end_time": state.shift.end_time,
        "offers": {
            name: one.offer.code
            for name, one in state.offers.items()
            if name != state.claimed_by and one.revision == state.revision
        },
    }


def as_rows_say(kept: Kept, shift_id: str) -> dict[str, Any]:
    record = kept.journal.shift(shift_id)
    assert record is not None and record.offers is not None
    fields = (
        "status",
        "version",
        "revision",
        "fanout",
        "rounds",
        "round",
        "next_deadline",
        "claimed_by",
        "end_time",
    )
    offers = {one.caregiver_id: one.code for one in record.offers if one.caregiver_id != record.claimed_by}
    return {**{name: getattr(record, name) for name in fields}, "offers": offers}


@pytest.mark.parametrize("seed", range(6))
def test_rows_say_what_replay_says_whatever_happened(kept: Kept, store, seed: int) -> None:
    # given
    kept.employ("cleo", "dora")
    for number, shift_id in enumerate(SHIFTS):
        kept.post(shift_id, starts=NOW + 4 * HOUR * (number + 1), hours=7)
    # when
    live(kept, Random(seed), 60)
    # then
    for shift_id in SHIFTS:
        assert as_rows_say(kept, shift_id) == as_events_say(kept, shift_id)
    claimed = {(one, kept.state(one).claimed_by) for one in SHIFTS if kept.state(one).claimed_by}
    query = "SELECT shift_id, caregiver_id FROM claims JOIN shifts ON key = shift WHERE released_at IS NULL"
    assert set(store.rows(query)) == claimed
    for one in kept.journal.candidates(LAKESIDE, "rn"):
        events = kept.journal.conversation_events(one.contact_id)
        state = reduce(conversation.evolve, events, conversation.ConversationState())
        assert one.opted_out == (LAKESIDE in state.opted_out)
    for name in NAMES:
        for offer in kept.contact(name).offers:
            state_of = kept.state(offer.shift_id)
            mine = state_of.offers[name]
            assert (offer.code, offer.declined, offer.told) == (
                mine.offer.code,
                mine.declined,
                mine.told is not None,
            )
            assert offer.mine == (state_of.claimed_by == name)
    deadlines = {one: kept.state(one).next_deadline for one in SHIFTS if kept.state(one).next_deadline}
    assert {one.shift_id: one.at for one in kept.journal.deadlines()} == deadlines
    found = diagnose(DatabaseFile(store.path))
    assert found.sound, found.faults
