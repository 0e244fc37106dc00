"""Replies that queue up at one shift share a commit, and are each answered as if they had come alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest

from firstyes.actors.envelope import Envelope
from firstyes.actors.errors import HandlerFailed
from firstyes.actors.journal.port import Append, JournalUnavailable
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.reply import Reply
from firstyes.actors.tasks import Settle
from firstyes.domain.answer import Answer, Status
from firstyes.domain.message import InboundMessage
from firstyes.domain.shift.events import ShiftClaimed
from support.journals import Bug, FailingJournal
from support.patience import PATIENCE
from support.world import World, a_world

CROWD = [f"N{number}" for number in range(12)]


class Crowd:
    """People whose replies queue up at one shift, behind a first one that is held up in its commit."""

    def __init__(self, world: World, journal: FailingJournal) -> None:
        self.world, self.journal = world, journal
        self._held_up, self._may_commit = Event(), Event()
        self._plain = journal.before
        journal.before = self._hold_up

    def _hold_up(self, _: Append) -> None:
        self._held_up.set()
        self._may_commit.wait(PATIENCE)
        self.journal.before = self._plain

    def say(self, name: str, body: str, message_id: str | None = None) -> Reply[Answer]:
        """Send a message without waiting for its answer."""
        staff = self.world.desk._working
        phone = self.world.phones[name]
        reply: Reply[Answer] = Reply()
        message = InboundMessage(from_phone=phone, body=body, message_id=message_id)
        staff.post(Envelope(staff.reception.task(message), reply))
        return reply

    def say_first(self) -> Reply[Answer]:
        """Have the first one say no, and be held up in its commit."""
        reply = self.say("First", "no")
        assert self._held_up.wait(PATIENCE)
        return reply

    def answers(self, replies: list[Reply[Answer]]) -> list[Any]:
        """Let the first commit through once everybody has queued up, and collect the answers and errors."""
        queued: Reply[Any] = Reply()
        self.world.desk._working.post(Envelope(Settle(), queued))
        queued.wait(PATIENCE)
        self._may_commit.set()
        return [_outcome(reply) for reply in replies]


def _outcome(reply: Reply[Answer]) -> Any:
    try:
        return reply.wait(PATIENCE).status
    except (HandlerFailed, JournalUnavailable) as error:
        return type(error)


@contextmanager
def a_crowd() -> Iterator[Crowd]:
    journal = FailingJournal(SqliteJournal.open("sqlite://"))
    try:
        with a_world(journal) as world:
            world.caregivers("First", *CROWD)
            world.offered()
            world.desk.settle()
            yield Crowd(world, journal)
    finally:
        journal.close()


def test_the_first_of_a_burst_wins_and_all_of_it_is_one_write() -> None:
    with a_crowd() as crowd:
        replies = [crowd.say_first(), *(crowd.say(name, "yes") for name in CROWD)]

        answers = crowd.answers(replies)

        assert answers == [Status.ACKNOWLEDGED, Status.SUCCESS, *[Status.ALREADY_CLAIMED] * (len(CROWD) - 1)]
        assert crowd.journal.together == [len(CROWD)]
        assert crowd.world.record().claimed_by == CROWD[0]


@pytest.mark.fault(9)
def test_a_second_delivery_within_a_burst_gets_the_first_answer() -> None:
    with a_crowd() as crowd:
        replies = [
            crowd.say_first(),
            *(crowd.say("N0", "yes", "SM1") for _ in range(3)),
            crowd.say("N1", "yes"),
        ]

        answers = crowd.answers(replies)

        assert answers[1:] == [Status.SUCCESS] * 3 + [Status.ALREADY_CLAIMED]
        assert crowd.world.events().count("shift_claimed") == 1


@pytest.mark.fault(23)
def test_a_yes_that_overlaps_is_refused_and_those_behind_it_are_decided_anew() -> None:
    with a_crowd() as crowd:
        world = crowd.world
        crowd.journal.before = crowd._plain
        world.caregivers("Busy", role="LPN")
        world.caregivers("Busy", roles=("RN", "LPN"), phone=world.phones["Busy"])
        world.offered("other", role="LPN")
        world.desk.cancel("early")
        world.offered("next")
        taken = world.says("Busy", f"yes {world.code('Busy', 'other')}")
        assert taken.status is Status.SUCCESS
        again = Crowd(world, crowd.journal)

        replies = [again.say_first()]
        replies += [again.say("Busy", f"yes {world.code('Busy', 'next')}")]
        replies += [again.say(name, f"yes {world.code(name, 'next')}") for name in CROWD[:3]]

        answers = again.answers(replies)
        assert answers[1:] == [Status.NO_ACTION, Status.SUCCESS, *[Status.ALREADY_CLAIMED] * 2]
        assert world.record("next").claimed_by == "N0"


@pytest.mark.fault(47)
def test_only_the_message_with_the_bug_is_hurt_by_it() -> None:
    with a_crowd() as crowd:
        replies = [crowd.say_first(), *(crowd.say(name, "yes") for name in CROWD[:4])]

        def break_on_a_claim(append: Append) -> None:
            if any(isinstance(event, ShiftClaimed) and event.caregiver_id == "N0" for event in append.events):
                raise Bug

        crowd._plain = break_on_a_claim
        answers = crowd.answers(replies)

        # The others go to a new actor, each from its own thread: any of them may come first.
        assert answers[:2] == [Status.ACKNOWLEDGED, HandlerFailed]
        assert sorted(answers[2:]) == sorted([Status.SUCCESS, *[Status.ALREADY_CLAIMED] * 2])


@pytest.mark.fault(38)
def test_when_the_disk_is_full_nobody_of_a_burst_is_told_anything_else() -> None:
    with a_crowd() as crowd:
        replies = [crowd.say_first(), *(crowd.say(name, "yes") for name in CROWD)]

        def full(append: Append) -> None:
            raise JournalUnavailable("the disk is full")

        crowd._plain = full
        answers = crowd.answers(replies)
        crowd.journal.before = lambda _: None

        assert answers == [Status.ACKNOWLEDGED, *[JournalUnavailable] * len(CROWD)]
        assert crowd.world.says("N3", "yes").status is Status.SUCCESS
