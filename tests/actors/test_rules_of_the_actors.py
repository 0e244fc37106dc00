"""The twelve rules of the actors, each with what would break without it. (Rule 5 is in test_tell.py, rule 7's actor
type in test_loop_actor_conformance.py.)"""

import ast
import dataclasses
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

import firstyes.actors
from firstyes.actors import system, tasks
from firstyes.actors.errors import NoAnswer, Parked
from firstyes.actors.journal.port import CommitUnknown, JournalBusy, JournalUnavailable
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.live_actors import IDLE
from firstyes.domain.answer import Status
from firstyes.domain.frozen import Frozen
from firstyes.domain.shift.commands import ShiftCommand
from firstyes.domain.shift.shift import ShiftStatus
from support.journals import Bug, FailingJournal, broken_for, no_fault, unavailable, unknown
from support.patience import PATIENCE
from support.world import FIVE_AM, World, a_world

ACTORS = Path(firstyes.actors.__file__).parent


@contextmanager
def a_failing_world() -> Iterator[tuple[World, FailingJournal]]:
    """A world whose journal can be told to fail."""
    journal = FailingJournal(SqliteJournal.open("sqlite://"))
    try:
        with a_world(journal) as world:
            yield world, journal
    finally:
        journal.close()


@pytest.mark.fault(3)
def test_rule_1_nothing_is_changed_or_told_when_the_commit_fails() -> None:
    with a_failing_world() as (world, journal):
        world.asked("Ana")
        events = world.events()

        journal.before = unavailable
        with pytest.raises(JournalUnavailable):
            world.says("Ana", "yes", message_id="SM1")
        journal.before = no_fault

        assert world.events() == events
        assert world.record().claimed_by is None
        assert world.says("Ana", "yes", message_id="SM1").status is Status.SUCCESS


def test_rule_1_a_commit_nobody_heard_of_is_not_done_twice() -> None:
    with a_failing_world() as (world, journal):
        world.asked("Ana")

        journal.after = unknown
        with pytest.raises(CommitUnknown):
            world.says("Ana", "yes", message_id="SM1")
        journal.after = no_fault

        assert world.says("Ana", "yes", message_id="SM1").status is Status.SUCCESS
        assert world.events().count("shift_claimed") == 1
        world.later(1)
        assert world.purposes("Ana") == ["offer", "confirmation"]


@pytest.mark.fault(38)
def test_rule_1_a_fan_out_nobody_heard_of_is_escalated_all_the_same() -> None:
    with a_failing_world() as (world, journal):
        world.caregivers("Ana")
        world.shift()

        journal.after = unknown
        with pytest.raises(CommitUnknown):
            world.desk.fan_out("early")
        journal.after = no_fault
        world.later(10)
        world.later(600)

        assert world.events() == ["shift_posted", "fan_out_started", "round_started"]


@pytest.mark.fault(38)
def test_rule_2_a_full_disk_is_an_answer_and_counts_as_no_death() -> None:
    with a_failing_world() as (world, journal):
        world.asked("Ana")

        journal.before = unavailable
        for _ in range(10):
            with pytest.raises(JournalUnavailable):
                world.says("Ana", "yes")
        journal.before = no_fault

        assert world.desk.health().parked == ()
        assert world.says("Ana", "yes").status is Status.SUCCESS


def test_rule_2_when_too_many_wait_the_next_one_is_told_so_at_once_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with a_world() as world:
        world.caregivers("ann", "bob")
        world.offered()
        monkeypatch.setattr(system, "MOST_QUEUED", 1)
        with world.busy():
            first = world.sends("ann", "what time?")
            with pytest.raises(JournalUnavailable, match="too many"):
                world.sends("bob", "yes")
        assert first.wait(PATIENCE).status is not Status.SUCCESS
        assert world.record().claimed_by is None
        world.desk.settle()
        assert world.says("bob", "yes").status is Status.SUCCESS


def test_rule_3_messages_are_frozen() -> None:
    messages = [
        one for one in vars(tasks).values() if isinstance(one, type) and dataclasses.is_dataclass(one)
    ]
    assert len(messages) >= 10
    assert all(one.__dataclass_params__.frozen for one in messages)  # type: ignore[attr-defined]
    assert issubclass(ShiftCommand, Frozen)


def test_rule_4_no_actor_asks() -> None:
    asks = [
        f"{path.name}:{node.lineno}"
        for path in ACTORS.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("ask", "proxy")
    ]
    assert asks == []


@pytest.mark.fault(47)
@pytest.mark.parametrize("error", [Bug(), SystemExit(1), KeyboardInterrupt()])
def test_rule_6_an_actor_that_dies_is_restarted_and_the_others_go_on(error: BaseException) -> None:
    with a_failing_world() as (world, journal):
        world.asked("Ana", "Ben", shift_id="bad")
        world.offered("good", starts_in=20)
        yes_bad, yes_good = (f"yes {world.code('Ana', name)}" for name in ("bad", "good"))

        journal.before = broken_for("shift/bad", error)
        with pytest.raises(NoAnswer):
            world.says("Ana", yes_bad)
        assert world.says("Ana", yes_good).status is Status.SUCCESS
        journal.before = no_fault

        assert world.says("Ana", yes_bad).status is Status.SUCCESS


@pytest.mark.fault(47)
def test_rule_6_the_third_death_in_a_minute_parks_that_shift_and_calls_a_person() -> None:
    with a_failing_world() as (world, journal):
        world.asked("Ana", shift_id="bad")
        journal.before = broken_for("shift/bad", Bug())

        for _ in range(3):
            with pytest.raises(NoAnswer):
                world.says("Ana", "yes")
        journal.before = no_fault
        world.desk.settle()

        with pytest.raises(Parked):
            world.says("Ana", "yes")
        assert world.desk.health().parked == ("bad",)
        world.offered("good", starts_in=20)
        assert world.record("good").status is ShiftStatus.OFFERING
        assert "parked" in world.alerts()


def test_rule_7_an_idle_shift_sleeps_and_wakes_by_replay() -> None:
    with a_failing_world() as (world, journal):
        world.asked("Ana", "Ben", starts_in=100)
        world.says("Ana", "no")
        assert journal.replays == ["early"]

        for _ in range(3):
            world.later(IDLE.total_seconds() + 1)
        woken_for_its_rounds = len(journal.replays)
        world.later(IDLE.total_seconds() + 1)
        world.desk.fan_out("early")

        assert len(journal.replays) == woken_for_its_rounds + 1
        assert world.says("Ana", "yes").status is Status.SUCCESS


def test_rule_7_no_message_is_lost_to_falling_asleep() -> None:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with a_world() as world:
            names = [f"N{number}" for number in range(20)]
            world.asked(*names, starts_in=100)

            def noise(turn: int) -> Status:
                if turn % 4 == 0:
                    world.clock.advance(IDLE.total_seconds() / 1000)
                return world.says(names[turn % 20], "no").status

            with ThreadPoolExecutor(8) as threads:
                statuses = list(threads.map(noise, range(400)))
            assert len(statuses) == 400
    finally:
        sys.setswitchinterval(interval)


@pytest.mark.fault(36)
def test_rule_8_after_a_restart_only_the_remaining_time_is_waited_for(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/journal.db"
    with a_world(store) as world:
        world.asked("Ana")
        world.later(400)

    with a_world(store, at=FIVE_AM + timedelta(seconds=400)) as world:
        world.phones["Ana"] = world.desk.caregivers().items[0].phone
        world.later(199)
        assert world.record().round == 0
        world.later(1)
        assert world.record().round == 1
        assert [one.channel for one in world.sent("Ana")] == ["sms", "voice"]


@pytest.mark.fault(36)
@pytest.mark.fault(37)
def test_rule_8_what_fell_due_while_down_happens_once_and_the_dead_expire_first(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/journal.db"
    with a_world(store) as world:
        world.asked("Ana", shift_id="begun", starts_in=3)
        world.offered("open", starts_in=12)

    with a_world(store, at=FIVE_AM + timedelta(hours=6)) as world:
        world.phones["Ana"] = world.desk.caregivers().items[0].phone
        assert world.record("begun").status is ShiftStatus.EXPIRED
        assert world.events("open").count("round_started") == 1
        assert [one.shift_id for one in world.sent("Ana") if one.channel == "voice"] == ["open"]


@pytest.mark.fault(42)
def test_rule_9_a_second_owner_of_the_journal_is_refused(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/journal.db"
    with a_world(store), pytest.raises(JournalBusy), a_world(store):
        pass


def test_rule_10_two_desks_live_in_one_process_on_two_stores() -> None:
    with a_world() as one, a_world() as two:
        one.caregivers("Ana")
        two.caregivers("Ana")
        one.offered()
        two.offered()

        assert one.says("Ana", "yes").status is Status.SUCCESS
        assert two.record().claimed_by is None
        assert two.says("Ana", "yes").status is Status.SUCCESS


def test_rule_12_every_event_says_who(world: World) -> None:
    world.caregivers("Ana", "Ben")
    world.shift()
    world.desk.fan_out("early", by="token:desk-1")
    world.says("Ben", "no")
    world.later(600)
    world.says("Ana", "yes")

    who = [(entry.type, entry.by) for entry in world.desk.timeline("early")]

    assert who == [
        ("shift_posted", "coordinator"),
        ("fan_out_started", "token:desk-1"),
        ("offer_declined", "caregiver:Ben"),
        ("round_started", "timer"),
        ("shift_claimed", "caregiver:Ana"),
    ]
