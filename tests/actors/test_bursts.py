"""Replies that come at once share a commit, and are each answered as if they had come alone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from firstyes.actors.errors import HandlerFailed
from firstyes.actors.journal.port import Append, CommitUnknown, JournalUnavailable
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.runtime.promise import Promise
from firstyes.domain.answer import Answer, Status
from firstyes.domain.shift.events import ShiftClaimed
from support.journals import Bug, FailingJournal, unavailable, unknown
from support.patience import PATIENCE
from support.world import World, a_world

CROWD = [f"N{number}" for number in range(12)]


@contextmanager
def a_crowd() -> Iterator[tuple[World, FailingJournal]]:
    journal = FailingJournal(SqliteJournal.open("sqlite://"))
    try:
        with a_world(journal) as world:
            world.asked(*CROWD)
            journal.together.clear()
            yield world, journal
    finally:
        journal.close()


def outcomes(promises: Sequence[Promise[Answer]]) -> list[Any]:
    return [outcome(one) for one in promises]


def outcome(promise: Promise[Answer]) -> Any:
    try:
        return promise.wait(PATIENCE).status
    except (HandlerFailed, JournalUnavailable, CommitUnknown) as error:
        return type(error)


def test_the_first_of_a_burst_wins_and_all_of_it_is_one_commit() -> None:
    with a_crowd() as (world, journal):
        with world.busy():
            replies = [world.sends(name, "yes") for name in CROWD]
        assert outcomes(replies) == [Status.SUCCESS, *[Status.ALREADY_CLAIMED] * (len(CROWD) - 1)]
        assert journal.together == [len(CROWD)]
        assert world.record().claimed_by == CROWD[0]


@pytest.mark.fault(9)
def test_a_second_delivery_within_a_burst_gets_the_first_answer() -> None:
    with a_crowd() as (world, journal):
        with world.busy():
            replies = [world.sends("N0", "yes", message_id="SM1") for _ in range(3)]
            replies.append(world.sends("N1", "yes"))
        assert outcomes(replies) == [*[Status.SUCCESS] * 3, Status.ALREADY_CLAIMED]
        assert journal.together == [2]
        assert world.events().count("shift_claimed") == 1


@pytest.mark.fault(9)
def test_a_second_delivery_in_a_later_burst_gets_the_first_answer() -> None:
    with a_crowd() as (world, _):
        world.says("N0", "yes", message_id="SM1")
        with world.busy():
            replies = [world.sends(name, "yes", message_id="SM1") for name in ("N1", "N0")]
        assert outcomes(replies) == [Status.ALREADY_CLAIMED, Status.SUCCESS]
        assert world.events().count("shift_claimed") == 1


@pytest.mark.fault(23)
def test_of_two_shifts_at_the_same_time_a_burst_gives_a_person_one() -> None:
    with a_crowd() as (world, journal):
        world.offered("late", starts_in=6)
        journal.together.clear()
        with world.busy():
            replies = [
                world.sends("N0", f"yes {world.code('N0', 'early')}"),
                world.sends("N0", f"yes {world.code('N0', 'late')}"),
                world.sends("N1", f"yes {world.code('N1', 'late')}"),
            ]
        assert outcomes(replies) == [Status.SUCCESS, Status.NO_ACTION, Status.SUCCESS]
        assert journal.together == [3]
        assert world.record("late").claimed_by == "N1"


@pytest.mark.fault(47)
def test_only_the_message_with_the_bug_is_hurt_by_it() -> None:
    def break_on_a_claim(append: Append) -> None:
        if any(isinstance(event, ShiftClaimed) and event.caregiver_id == "N0" for event in append.events):
            raise Bug

    with a_crowd() as (world, journal):
        journal.before = break_on_a_claim
        with world.busy():
            replies = [world.sends(name, "yes") for name in CROWD[:4]]
        assert outcomes(replies) == [HandlerFailed, Status.SUCCESS, *[Status.ALREADY_CLAIMED] * 2]


@pytest.mark.fault(38)
@pytest.mark.parametrize(
    ("fails", "told"), [("before", JournalUnavailable), ("after", CommitUnknown)], ids=["full", "unknown"]
)
def test_when_the_disk_fails_nobody_of_a_burst_is_told_anything_else(fails: str, told: type) -> None:
    with a_crowd() as (world, journal):
        plain = getattr(journal, fails)
        setattr(journal, fails, unavailable if told is JournalUnavailable else unknown)
        with world.busy():
            replies = [world.sends(name, "yes", message_id=f"SM{name}") for name in CROWD]
        assert outcomes(replies) == [told] * len(CROWD)
        # and delivered again it has its answer, whether or not it was committed
        setattr(journal, fails, plain)
        again = [world.says(name, "yes", message_id=f"SM{name}").status for name in CROWD]
        assert again == [Status.SUCCESS, *[Status.ALREADY_CLAIMED] * (len(CROWD) - 1)]
        assert world.events().count("shift_claimed") == 1
