"""The loop by itself, most of it turned by hand: what is one batch, and what becomes of it."""

import threading
from typing import Any

import pykka
import pytest
from pykka._envelope import Envelope as PykkaEnvelope

from firstyes.actors.errors import HandlerFailed, ReceiverGone
from firstyes.actors.journal.port import CommitUnknown, JournalDamaged, JournalUnavailable
from firstyes.actors.runtime import loop as loop_module
from firstyes.actors.runtime.envelope import Envelope
from firstyes.actors.runtime.loop import Batch, Loop
from firstyes.actors.runtime.promise import Promise
from support.callers import Box, Caller
from support.patience import PATIENCE

PHONE = "+1" + "5550001"


def broken() -> None:
    raise ValueError(PHONE)


def actor_of(ref: Any) -> Caller:
    actor = ref._actor_weakref()
    assert isinstance(actor, Caller)
    return actor


def test_all_that_waits_is_handled_in_the_order_it_came_and_committed_once(stepped, store, new, heard):
    one, other = new(), new()
    store.seen.clear()
    for number in range(10):
        (one, other)[number % 2].tell(number)
    assert stepped.queued == 10
    assert stepped.turn() is True
    assert (heard, store.seen, stepped.queued) == ([*range(10)], ["committed"], 0)
    assert stepped.turn() is False
    assert store.seen == ["committed"]


def test_no_batch_is_larger_than_it_may_be(stepped, store, new, heard):
    one = new()
    store.seen.clear()
    for number in range(5):
        one.tell(number)
    while stepped.turn(most=2):
        pass
    assert (heard, store.seen) == ([*range(5)], ["committed"] * 3)


def test_nobody_is_told_and_nothing_sent_before_the_commit(stepped, store, new, heard):
    # given
    one, other = new(), new()
    store.seen = heard
    heard.clear()

    def work() -> str:
        stepped.batch.after(lambda: heard.append("state changed"))
        other.tell("told")
        return "decided"

    # when
    future = one.ask(work, block=False)
    one.tell("next")
    stepped.turn()
    # then
    assert heard == ["decided", "next", "committed", "state changed"]
    assert future.get(timeout=0) == "decided"
    stepped.turn()
    assert heard[4:] == ["told", "committed"]


def test_after_an_exception_each_message_is_carried_out_by_itself_and_one_is_hurt(
    stepped, store, new, heard, caplog
):
    # given
    one, bad, other = new(), new(), new()
    store.seen.clear()
    # when
    futures = [one.ask(1, block=False), bad.ask(broken, block=False), other.ask(2, block=False)]
    bad.tell(3)
    stepped.turn()
    # then
    assert store.seen == ["taken back", "committed", "taken back", "committed", "committed"]
    assert [futures[number].get(timeout=0) for number in (0, 2)] == [1, 2]
    with pytest.raises(ValueError, match=PHONE[1:]):
        futures[1].get(timeout=0)
    assert heard[-2:] == [2, 3]


@pytest.mark.fault(47)
def test_what_a_broken_message_had_done_after_the_commit_is_not_done(stepped, new, heard):
    def work_in_vain() -> None:
        stepped.batch.after(lambda: heard.append("done"))
        one.tell("told")
        broken()

    one, bad = new(), new()
    bad.tell(work_in_vain)
    one.tell("hello")
    while stepped.turn():
        pass
    assert heard == ["hello"]
    assert not bad.is_alive()


@pytest.mark.fault(38)
@pytest.mark.parametrize(
    ("when", "error"),
    [
        ("fails_to_begin", JournalUnavailable("full")),
        ("fails_to_begin", CommitUnknown("who knows")),
        ("fails_to_commit", JournalUnavailable("full")),
        ("fails_to_commit", CommitUnknown("who knows")),
    ],
)
def test_while_the_journal_cannot_be_used_everybody_is_told_and_nothing_tried_twice(
    stepped, store, new, heard, when, error
):
    # given
    one, promise = new(), Promise[None]()
    message = Envelope(lambda: stepped.batch.after(lambda: heard.append("changed")), promise)
    one.tell(message)
    future = one.ask(2, block=False)
    # when
    setattr(store, when, error)
    store.seen.clear()
    stepped.turn()
    # then
    for wait in (lambda: promise.wait(0), lambda: future.get(timeout=0)):
        with pytest.raises(type(error)):
            wait()
    assert actor_of(one).refused == [(message, error), (2, error)]
    assert len(store.seen) <= 1
    assert "changed" not in heard
    # and afterwards the actor lives on
    setattr(store, when, None)
    future = one.ask(3, block=False)
    stepped.turn()
    assert future.get(timeout=0) == 3


def test_to_stop_takes_no_journal(stepped, store, new):
    one = new()
    store.fails_to_commit = JournalUnavailable("full")
    stopped, late = one.stop(block=False), one.ask("late", block=False)
    stepped.turn()
    assert stopped.get(timeout=0) is True
    with pytest.raises(pykka.ActorDeadError):
        late.get(timeout=0)


def test_a_batch_that_is_carried_out_anew_loses_nothing_that_came_before_a_stop(stepped, new, heard):
    # given
    box = Box()
    one, bad = new(dead_letters=box), new()
    before = one.ask("before", block=False)
    stopped = one.stop(block=False)
    one.tell("behind")
    late = one.ask("late", block=False)
    bad.tell(broken)
    # when
    stepped.turn()
    # then
    assert before.get(timeout=0) == "before"
    assert stopped.get(timeout=0) is True
    with pytest.raises(pykka.ActorDeadError):
        late.get(timeout=0)
    assert box.letters == ["behind"]


def test_what_comes_to_a_dead_actor_in_such_a_batch_is_given_back_once(stepped, store, new):
    # given
    box, promise = Box(), Promise[None]()
    dead, bad = new(dead_letters=box), new()
    inbox = dead.actor_inbox
    dead.stop(block=False)
    stepped.turn()
    # when
    future: pykka.Future[Any] = pykka.ThreadingFuture()
    inbox.put(PykkaEnvelope(Envelope("late", promise)))
    inbox.put(PykkaEnvelope("late", reply_to=future))
    bad.tell(broken)
    stepped.turn()
    # then
    assert box.letters == [Envelope("late", promise)]
    with pytest.raises(ReceiverGone):
        promise.wait(0)
    with pytest.raises(pykka.ActorDeadError):
        future.get(timeout=0)


class Outgoing:
    """Takes part in batches, and fails as often as it is told to."""

    def __init__(self, heard: list[Any], fails: int = 0) -> None:
        self.heard, self.fails = heard, fails

    def take_part(self, batch: Batch) -> None:
        self.heard.append("takes part")
        if self.fails:
            self.fails -= 1
            broken()
        batch.after(lambda: self.heard.append("goes out"))

    def failed(self, error: BaseException) -> None:
        assert isinstance(error, ValueError)
        self.heard.append("begins anew")

    def refused(self) -> None:
        self.heard.append("refused")


def test_who_joins_a_batch_takes_part_once_when_all_is_decided(stepped, new, heard):
    one, outgoing = new(), Outgoing(heard)
    for number in range(2):
        one.tell(lambda number=number: stepped.batch.join(outgoing) or number)
    stepped.turn()
    assert heard == [0, 1, "takes part", "goes out"]


def test_when_who_takes_part_fails_it_begins_anew_and_no_message_is_hurt(stepped, store, new, heard):
    one, outgoing = new(), Outgoing(heard, fails=2)
    store.seen.clear()
    future = one.ask(lambda: stepped.batch.join(outgoing) or "done", block=False)
    stepped.turn()
    assert future.get(timeout=0) == "done"
    assert heard == [*["done", "takes part", "begins anew"] * 2, "done", "takes part", "goes out"]
    assert store.seen == ["taken back"] * 2 + ["committed"]


def test_when_who_takes_part_fails_again_and_again_the_asker_is_told_and_nobody_dies_of_it(
    stepped, new, heard
):
    one, outgoing = new(), Outgoing(heard, fails=9)
    future = one.ask(lambda: stepped.batch.join(outgoing), block=False)
    one.tell(lambda: stepped.batch.join(outgoing))
    stepped.turn()
    with pytest.raises(HandlerFailed):
        future.get(timeout=0)
    assert "goes out" not in heard
    assert one.is_alive()


@pytest.mark.parametrize("error", [JournalUnavailable("full"), JournalDamaged("page 7")])
def test_while_the_journal_fails_who_takes_part_is_not_called_broken(stepped, new, heard, error):
    class Refused(Outgoing):
        def take_part(self, batch: Batch) -> None:
            raise error

    one = new()
    future = one.ask(lambda: stepped.batch.join(Refused(heard)), block=False)
    stepped.turn()
    with pytest.raises(type(error)):
        future.get(timeout=0)
    assert heard == [None, "refused"]


@pytest.mark.fault(40)
def test_row_72_damage_costs_only_the_message_that_needs_what_is_damaged(stepped, new, heard):
    # given
    def read() -> None:
        raise JournalDamaged("page 7")

    one, other = new(), new()
    # when
    futures = [one.ask(1, block=False), other.ask(read, block=False), one.ask(2, block=False)]
    other.tell(read)
    stepped.turn()
    # then
    assert [futures[number].get(timeout=0) for number in (0, 2)] == [1, 2]
    with pytest.raises(JournalDamaged):
        futures[1].get(timeout=0)
    assert other.is_alive()


@pytest.mark.fault(47)
def test_what_fails_after_a_commit_costs_the_others_nothing(stepped, new, caplog):
    one = new()
    one.tell(lambda: stepped.batch.after(broken))
    future = one.ask("x", block=False)
    stepped.turn()
    assert future.get(timeout=0) == "x"
    assert "ValueError" in caplog.text
    assert PHONE not in caplog.text


def test_each_batch_that_is_on_disk_is_reported(store):
    reported: list[Batch] = []
    loop = Loop(store, reported.append)
    one = Caller.start(loop)
    loop.turn()
    one.tell(broken)
    loop.turn()
    assert len(reported) == 1


def test_after_a_while_without_messages_the_store_may_tidy_up(loop, store, monkeypatch):
    monkeypatch.setattr(loop_module, "IDLE_AFTER", 0.001)
    Caller.start(loop).ask("x", timeout=PATIENCE)
    assert store.tidied.wait(PATIENCE)


@pytest.mark.parametrize("changes", [False, True])
def test_messages_that_change_nothing_do_not_keep_the_store_from_tidying_up(store, monkeypatch, changes):
    """Ticks come all the time, and a journal that could not be written would never be tried again."""
    # given
    monkeypatch.setattr(loop_module, "IDLE_AFTER", 3_600.0)
    store.changes = changes
    seconds = [0.0]
    loop = Loop(store, steady=lambda: seconds[0])
    loop.start()
    one = Caller.start(loop)
    # when
    for _ in range(8):
        seconds[0] += 1_000
        one.ask("tick", timeout=PATIENCE)
        rested = threading.Event()
        loop.when_idle(lambda rested=rested: rested.set() or True)
        assert rested.wait(PATIENCE)
    # then
    assert store.tidied.is_set() is not changes
    assert loop.stop(PATIENCE)


def test_a_batch_takes_no_further_message_once_it_has_lasted_long(store, heard):
    # given
    seconds = [0.0]
    loop = Loop(store, steady=lambda: seconds[0])
    one = Caller.start(loop, heard)
    loop.turn()
    store.seen.clear()

    def take_long() -> str:
        seconds[0] += 2 * loop_module.ENOUGH
        one.tell("came last")
        return "took long"

    for message in ("first", take_long, "third", "fourth"):
        one.tell(message)
    # when
    loop.turn()
    # then
    assert heard == ["first", "took long"]
    loop.turn()
    assert heard == ["first", "took long", "third", "fourth", "came last"]
    assert store.seen == ["committed", "committed"]
    assert loop.longest == 2 * loop_module.ENOUGH
