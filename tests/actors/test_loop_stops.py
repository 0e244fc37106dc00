"""How the loop ends, and what becomes of what waits."""

import logging
from typing import Any

import pykka
import pytest
from pykka._envelope import Envelope as PykkaEnvelope

from firstyes.actors.errors import ShuttingDown
from firstyes.actors.runtime.loop import Loop
from support.callers import Box, Caller, Gate
from support.patience import PATIENCE
from support.stores import EmptyStore


def test_stopping_finishes_what_waits_and_stops_every_actor(loop):
    refs = [Caller.start(loop) for _ in range(100)]
    futures = [ref.ask(number, block=False) for number, ref in enumerate(refs)]
    assert loop.stop(PATIENCE) is True
    assert [future.get(timeout=0) for future in futures] == [*range(100)]
    assert not any(ref.is_alive() for ref in refs)
    assert (loop.live, loop.queued) == (0, 0)
    assert loop.stop(PATIENCE) is True


def test_a_loop_that_never_turned_gives_back_what_waits(stepped):
    box = Box()
    one = Caller.start(stepped, dead_letters=box)
    future = one.ask("x", block=False)
    one.tell("y")
    assert stepped.stop(timeout=0) is True
    with pytest.raises(pykka.ActorDeadError):
        future.get(timeout=0)
    assert box.letters == ["y"]


def test_no_actor_starts_on_a_loop_that_has_stopped(loop):
    loop.stop(PATIENCE)
    with pytest.raises(ShuttingDown):
        Caller.start(loop)
    assert loop.live == 0


def test_a_message_put_long_after_the_loop_has_stopped_is_answered(loop):
    """Its sender found the actor alive, and was then held up."""
    inbox = Caller.start(loop).actor_inbox
    loop.stop(PATIENCE)
    future: pykka.Future[Any] = pykka.ThreadingFuture()
    inbox.put(PykkaEnvelope("late", reply_to=future))
    with pytest.raises(pykka.ActorDeadError):
        future.get(timeout=0)


def test_an_actor_that_stops_its_loop_waits_for_nothing(loop):
    assert Caller.start(loop).ask(lambda: loop.stop(PATIENCE), timeout=PATIENCE) is False
    assert loop.stop(PATIENCE) is True


@pytest.mark.fault(48)
def test_a_loop_that_cannot_stop_in_time_says_so_and_what_waits_is_answered_later(loop):
    gate = Gate()
    one = Caller.start(loop)
    one.tell(gate)
    assert gate.reached.wait(PATIENCE)
    waiting = one.ask("x", block=False)
    assert loop.stop(timeout=0.01) is False
    gate.open.set()
    assert waiting.get(timeout=PATIENCE) == "x"
    assert loop.stop(PATIENCE) is True


def test_two_loops_in_one_process_do_not_meet(loop):
    other = Loop(EmptyStore())
    other.start()
    here, there = Caller.start(loop), Caller.start(other)
    other.stop(PATIENCE)
    assert (loop.live, other.live) == (1, 0)
    assert here.ask("x", timeout=PATIENCE) == "x"
    assert not there.is_alive()


def test_nothing_is_logged_while_all_is_well(loop, caplog):
    caplog.set_level(logging.INFO)
    one = Caller.start(loop)
    one.ask("x", timeout=PATIENCE)
    one.stop(timeout=PATIENCE)
    assert one.stop(timeout=PATIENCE) is False
    loop.stop(PATIENCE)
    assert caplog.records == []
