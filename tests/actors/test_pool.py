"""The pool by itself, and what it does to its actors when it stops."""

import gc
import logging
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import pykka
import pytest
from pykka._envelope import Envelope as PykkaEnvelope

from firstyes.actors.dead_letter import DeadLetter
from firstyes.actors.envelope import Envelope
from firstyes.actors.errors import ReceiverGone, ShuttingDown
from firstyes.actors.pool import Pool
from firstyes.actors.pooled_actor import MESSAGES_A_TURN, PooledActor
from firstyes.actors.reply import Reply
from support.patience import PATIENCE

PHONE = "+1" + "5550001"


class DeadLetterBox:
    """Keeps dead letters and takes none over."""

    def __init__(self) -> None:
        self.letters: list[DeadLetter] = []

    def __call__(self, letter: DeadLetter) -> bool:
        self.letters.append(letter)
        return False


class Caller(PooledActor):
    """An actor that calls what it is sent and notes it."""

    def __init__(self, pool: Pool, **kwargs: Any) -> None:
        super().__init__(pool, **kwargs)
        self.done: list[Any] = []

    def on_receive(self, message: Any) -> Any:
        content = message.message if isinstance(message, Envelope) else message
        answer = content() if callable(content) else content
        self.done.append(answer)
        if isinstance(message, Envelope) and message.reply is not None:
            message.reply.set_result(answer)
        return answer


class CountingPool(Pool):
    """A pool that counts how often it was handed something."""

    submitted = 0

    def submit(self, turns: Any) -> None:
        self.submitted += 1
        super().submit(turns)


class Gate:
    """A handler that says when it has been reached and waits to be let through."""

    def __init__(self) -> None:
        self.reached, self.open = threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.reached.set()
        assert self.open.wait(PATIENCE)
        return "through"


@pytest.fixture
def pools() -> Iterator[Any]:
    """Makes pools and stops them in the end."""
    made: list[Pool] = []

    def make(size: int = 2, kind: type[Pool] = Pool) -> Any:
        made.append(kind(size=size))
        return made[-1]

    yield make
    for pool in made:
        pool.stop(timeout=PATIENCE)


def test_a_pool_has_as_many_daemon_threads_as_it_was_given(pools):
    before = set(threading.enumerate())
    pool = pools(size=3)
    threads = set(threading.enumerate()) - before
    assert len(threads) == 3
    assert all(thread.daemon for thread in threads)
    assert pool.stop(timeout=PATIENCE) is True
    assert not any(thread.is_alive() for thread in threads)


def test_a_pool_without_threads_is_refused():
    with pytest.raises(ValueError, match="at least one thread"):
        Pool(size=0)


def test_a_handler_that_blocks_does_not_stall_other_actors_while_threads_remain(pools):
    pool, gate = pools(size=2), Gate()
    blocked, other = Caller.start(pool), Caller.start(pool)
    waiting = blocked.ask(gate, block=False)
    assert gate.reached.wait(PATIENCE)
    assert [other.ask(number, timeout=PATIENCE) for number in range(100)] == list(range(100))
    gate.open.set()
    assert waiting.get(timeout=PATIENCE) == "through"


def test_when_all_threads_are_blocked_the_others_are_queued_and_counted(pools):
    pool, gate = pools(size=1), Gate()
    blocked, others = Caller.start(pool), [Caller.start(pool) for _ in range(3)]
    for other in others:
        other.ask("ready", timeout=PATIENCE)
    blocked.tell(gate)
    assert gate.reached.wait(PATIENCE)
    waiting = [other.ask("x", block=False) for other in others]
    assert pool.queued == 3
    gate.open.set()
    assert [future.get(timeout=PATIENCE) for future in waiting] == ["x", "x", "x"]


def test_a_message_told_during_a_turn_costs_no_second_hand_over(pools):
    pool, gate = pools(size=2, kind=CountingPool), Gate()
    actor = Caller.start(pool)
    actor.tell(gate)
    assert gate.reached.wait(PATIENCE)
    handed_over = pool.submitted
    waiting = [actor.ask(number, block=False) for number in range(MESSAGES_A_TURN - 2)]
    gate.open.set()
    assert [future.get(timeout=PATIENCE) for future in waiting] == list(range(MESSAGES_A_TURN - 2))
    assert pool.submitted == handed_over


def test_an_actor_that_always_has_something_to_do_does_not_starve_the_others(pools):
    class Restless(PooledActor):
        def on_receive(self, message: Any) -> None:
            self.actor_ref.tell(message)

    pool = pools(size=1)
    restless = Restless.start(pool)
    restless.tell("again")
    assert Caller.start(pool).ask("my turn", timeout=PATIENCE) == "my turn"
    assert restless.stop(timeout=PATIENCE) is True


def test_stopping_lets_every_actor_finish_what_it_was_sent(pools):
    pool = pools(size=2)
    refs = [Caller.start(pool) for _ in range(100)]
    futures = [ref.ask(number, block=False) for number, ref in enumerate(refs)]
    assert pool.stop(timeout=PATIENCE) is True
    assert [future.get(timeout=0) for future in futures] == list(range(100))
    assert not any(ref.is_alive() for ref in refs)
    assert (pool.live, pool.queued) == (0, 0)


def test_stopping_twice_is_harmless(pools):
    pool = pools()
    assert pool.stop(timeout=PATIENCE) is True
    assert pool.stop(timeout=PATIENCE) is True


def test_no_actor_starts_on_a_pool_that_has_stopped(pools):
    pool = pools()
    pool.stop(timeout=PATIENCE)
    with pytest.raises(ShuttingDown):
        Caller.start(pool)
    assert pool.live == 0


def test_a_pool_refuses_to_be_stopped_by_one_of_its_own_actors(pools):
    pool = pools()
    with pytest.raises(RuntimeError, match="own threads"):
        Caller.start(pool).ask(lambda: pool.stop(timeout=PATIENCE), timeout=PATIENCE)


@pytest.mark.fault(48)
def test_a_pool_that_cannot_stop_in_time_says_what_is_left_and_answers_who_waits(pools, caplog):
    """One actor hangs in a handler, one waits behind it for the only thread; callers of both get an error."""
    pool, gate = pools(size=1), Gate()
    box = DeadLetterBox()
    hanging, queued = Caller.start(pool), Caller.start(pool, dead_letters=box)
    queued.ask("ready", timeout=PATIENCE)
    hanging.tell(gate)
    assert gate.reached.wait(PATIENCE)
    behind, waiting = hanging.ask("x", block=False), queued.ask("x", block=False)
    reply: Reply[str] = Reply()
    queued.tell(Envelope("y", reply))

    assert pool.stop(timeout=0.05) is False

    for future in (behind, waiting):
        with pytest.raises(pykka.ActorDeadError):
            future.get(timeout=0)
    with pytest.raises(ReceiverGone):
        reply.wait(timeout=0)
    assert [letter.message for letter in box.letters] == [Envelope("y", reply)]
    assert not hanging.is_alive()
    assert not queued.is_alive()
    assert "2 actors alive and 1 threads busy" in caplog.text
    gate.open.set()


@pytest.mark.fault(48)
def test_a_thread_that_comes_back_after_its_pool_has_stopped_ends(pools):
    pool, gate = pools(size=1), Gate()
    before = set(threading.enumerate())
    other = pools(size=1)
    (thread,) = set(threading.enumerate()) - before
    actor = Caller.start(other)
    actor.tell(gate)
    assert gate.reached.wait(PATIENCE)
    assert other.stop(timeout=0) is False
    gate.open.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert Caller.start(pool).ask("untouched", timeout=PATIENCE) == "untouched"


def test_a_turn_on_a_pool_that_has_stopped_is_abandoned_by_whoever_submits_it(pools):
    """The narrow race: a sender finds the actor alive, the pool stops, the sender puts its message."""
    pool = pools(size=1)
    actor = Caller.start(pool)
    inbox = actor.actor_inbox
    pool.stop(timeout=PATIENCE)
    future: pykka.Future[str] = pykka.ThreadingFuture()
    inbox.put(PykkaEnvelope("late", reply_to=future))
    with pytest.raises(pykka.ActorDeadError):
        future.get(timeout=0)


@pytest.mark.fault(47)
def test_a_turn_that_raises_costs_the_pool_no_thread(pools, caplog):
    class Broken:
        given_up = threading.Event()

        def take_turn(self) -> None:
            raise SystemExit(PHONE)

        def give_up(self) -> None:
            self.given_up.set()

    pool = pools(size=1)
    for _ in range(3):
        pool.submit(Broken())
    assert Broken.given_up.wait(PATIENCE)
    assert Caller.start(pool).ask("x", timeout=PATIENCE) == "x"
    assert "SystemExit" in caplog.text
    assert PHONE not in caplog.text


def test_two_pools_in_one_process_do_not_meet(pools):
    one, two = pools(), pools()
    Caller.start(one)
    ref = Caller.start(two)
    one.stop(timeout=PATIENCE)
    assert (one.live, two.live) == (0, 1)
    assert ref.ask("x", timeout=PATIENCE) == "x"


def test_an_actor_that_has_stopped_is_freed_without_the_garbage_collector(pools):
    pool = pools()
    ref = Caller.start(pool)
    actor = weakref.ref(ref._actor_weakref())
    gone = threading.Event()
    weakref.finalize(actor(), gone.set)
    gc.disable()
    try:
        ref.stop(timeout=PATIENCE)
        assert gone.wait(PATIENCE)
    finally:
        gc.enable()
    assert actor() is None


def test_nothing_is_logged_while_all_is_well(pools, caplog):
    caplog.set_level(logging.INFO)
    pool = pools()
    Caller.start(pool).ask("x", timeout=PATIENCE)
    pool.stop(timeout=PATIENCE)
    assert caplog.records == []
