"""The moments in which a message could be left lying, each forced and not waited for."""

from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from typing import Any

import pykka
import pytest
from pykka._envelope import Envelope as PykkaEnvelope

from firstyes.actors.pool import Pool
from firstyes.actors.pooled_actor import PooledActor
from support.patience import PATIENCE


class Answering(PooledActor):
    """Answers what it is asked."""

    def on_receive(self, message: Any) -> Any:
        return message


class Slipping(SimpleQueue[Any]):
    """A queue into which something slips in the very moment in which it was found empty."""

    def __init__(self, slip_in: Callable[[], None]) -> None:
        self.slip_in: Callable[[], None] | None = slip_in

    def slip(self) -> None:
        if self.slip_in is not None:
            slip_in, self.slip_in = self.slip_in, None
            slip_in()

    def empty(self) -> bool:
        if not super().empty():
            return False
        self.slip()
        return True

    def get_nowait(self) -> Any:
        try:
            return super().get_nowait()
        except Empty:
            self.slip()
            raise


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(size=1)
    yield pool
    pool.stop(timeout=PATIENCE)


@pytest.fixture
def asked() -> pykka.Future[Any]:
    return pykka.ThreadingFuture()


def test_a_message_put_when_the_turn_has_just_found_the_inbox_empty_is_handled(pool, asked):
    actor = Answering(pool)
    inbox = actor.actor_inbox
    inbox._letters = Slipping(lambda: inbox.put(PykkaEnvelope("slipped in", reply_to=asked)))
    actor._start_actor_loop()
    assert asked.get(timeout=PATIENCE) == "slipped in"


def test_a_message_put_when_a_stopping_actor_has_just_emptied_its_inbox_is_answered(pool, asked):
    actor = Answering(pool)
    inbox = actor.actor_inbox
    actor.actor_ref.stop(block=False)
    inbox._letters, queued = (
        Slipping(lambda: inbox.put(PykkaEnvelope("late", reply_to=asked))),
        inbox._letters,
    )
    inbox._letters.put(queued.get_nowait())
    actor._start_actor_loop()
    with pytest.raises(pykka.ActorDeadError):
        asked.get(timeout=PATIENCE)


def test_a_message_put_long_after_the_actor_has_stopped_is_answered(pool, asked):
    """Its sender found it alive, and was then held up."""
    actor = Answering.start(pool)
    inbox = actor.actor_inbox
    actor.stop(timeout=PATIENCE)
    del actor
    inbox.put(PykkaEnvelope("late", reply_to=asked))
    with pytest.raises(pykka.ActorDeadError):
        asked.get(timeout=PATIENCE)


def test_a_stop_that_comes_twice_is_answered_twice(pool):
    actor = Answering(pool)
    stops = [actor.actor_ref.stop(block=False) for _ in range(3)]
    actor._start_actor_loop()
    assert [stop.get(timeout=PATIENCE) for stop in stops] == [True, True, True]


def test_a_stop_told_to_an_actor_that_has_stopped_is_no_dead_letter(pool, caplog):
    actor = Answering(pool)
    actor.stop()
    actor.stop()
    actor._start_actor_loop()
    assert actor.actor_stopped.wait(PATIENCE)
    pool.stop(timeout=PATIENCE)
    assert caplog.records == []


def test_a_turn_that_finds_its_message_taken_by_a_stopping_pool_just_ends(pool):
    class Snatched(SimpleQueue[Any]):
        """Says once that something is there, and then it is not."""

        said = False

        def empty(self) -> bool:
            said, self.said = self.said, True
            return said and super().empty()

    actor = Answering(pool)
    actor.actor_inbox._letters = letters = Snatched()
    actor._take_turn()
    assert letters.said
    actor._start_actor_loop()
    assert actor.actor_ref.ask("x", timeout=PATIENCE) == "x"


def test_an_actor_that_has_stopped_may_be_told_to_stop_by_its_pool(pool):
    """The pool looks at who lives there, and one of them stops meanwhile."""
    actor = Answering(pool)
    actor._start_actor_loop()
    actor.actor_ref.stop(timeout=PATIENCE)
    actor.actor_inbox.stop_soon()
    assert not actor.actor_ref.is_alive()


def test_an_actor_that_was_freed_may_be_told_to_stop_by_its_pool(pool):
    inbox = Answering(pool).actor_inbox
    inbox.stop_soon()
    inbox.give_up()
    assert inbox.empty()
