"""Deadlines that were committed, though whoever should have told of them could not."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import NoReturn

import pytest

from firstyes.actors.errors import NoAnswer
from firstyes.actors.journal.port import Append, CommitUnknown
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.journal.transaction import Transaction
from firstyes.actors.tasks import Tick
from support.journals import Bug, FailingJournal, no_fault, unknown
from support.patience import PATIENCE
from support.world import World, a_world

ROUND = 600
ESCALATED = ["shift_posted", "fan_out_started", "round_started"]


@contextmanager
def a_failing_world() -> Iterator[tuple[World, FailingJournal]]:
    """A world with one open shift, whose journal can be told to fail."""
    journal = FailingJournal(SqliteJournal.open("sqlite://"))
    try:
        with a_world(journal) as world:
            world.caregivers("Ana")
            world.shift()
            yield world, journal
    finally:
        journal.close()


@pytest.mark.fault(47)
def test_an_actor_that_dies_before_it_could_look_again_leaves_no_deadline_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with a_failing_world() as (world, journal):
        # given
        journal.after = unknown
        with pytest.raises(CommitUnknown):
            world.desk.fan_out("early")
        journal.after = no_fault
        with monkeypatch.context() as patch:
            patch.setattr(Transaction, "shift_events", broken)
            with pytest.raises(NoAnswer):
                world.says("Ana", "yes")
        # when
        world.later(10)
        world.later(ROUND)
        # then
        assert world.events() == ESCALATED


def broken(_self: Transaction, _shift_id: str) -> NoReturn:
    raise Bug


@pytest.mark.fault(38)
def test_what_is_told_of_a_deadline_while_the_disk_is_full_is_heard() -> None:
    """What needs no journal is done also in a batch that cannot be written."""
    with a_failing_world() as (world, journal):

        def then_full(_: Append) -> None:
            journal.refuses = 1

        # when
        journal.after = then_full
        world.desk.fan_out("early")
        world.clock.advance(ROUND)
        world.desk._working.settle(PATIENCE, sent=False)
        # then
        assert world.events() == ESCALATED


@pytest.mark.fault(34)
def test_a_clock_set_back_behind_a_tick_leaves_no_deadline_forgotten() -> None:
    with a_failing_world() as (world, _):
        # given
        world.desk.fan_out("early")
        world.desk._working.tick(Tick(world.clock.now() + timedelta(seconds=ROUND)))
        world.desk.settle()
        assert world.events() == ESCALATED[:2]
        # when
        world.later(ROUND)
        # then
        assert world.events() == ESCALATED
