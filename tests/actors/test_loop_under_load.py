"""Many actors, many threads, and a thread switch at every opportunity."""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pykka
import pytest

from firstyes.actors.errors import NoAnswer, ReceiverGone
from firstyes.actors.runtime.dead_letter import DeadLetter
from firstyes.actors.runtime.envelope import Envelope
from firstyes.actors.runtime.loop import Loop
from firstyes.actors.runtime.loop_actor import LoopActor
from firstyes.actors.runtime.promise import Promise
from firstyes.actors.runtime.tell import tell
from support.patience import PATIENCE
from support.stores import EmptyStore


@pytest.fixture
def switching() -> Iterator[None]:
    """Python switches threads every microsecond, and not every five milliseconds."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


class Answering(LoopActor):
    """Answers what it is asked."""

    def on_receive(self, message: Any) -> Any:
        if isinstance(message, Envelope) and message.reply is not None:
            message.reply.set_result(message.message)
        return message


def run(*targets: Any) -> None:
    """Run each in a thread of its own, and see that all end."""
    threads = [threading.Thread(target=target, daemon=True) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)


def neck_and_neck(refs: Sequence[Any], *actions: Callable[[Any], object]) -> None:
    """Do all actions on the first reference at the same moment, then on the second, and so on."""
    reached = [0] * len(actions)

    def walk(me: int) -> None:
        for position, ref in enumerate(refs):
            reached[me] = position
            while min(reached) < position:
                time.sleep(0)  # lets another thread run, and waits for nothing else
            actions[me](ref)
        reached[me] = len(refs)

    run(*[partial(walk, me) for me in range(len(actions))])


def outcome(wait: Callable[[], object]) -> object:
    """What is waited for, or the type of the error that came instead."""
    try:
        return wait()
    except (pykka.ActorDeadError, pykka.Timeout, NoAnswer) as error:
        return type(error)


# In the same race Pykka 4.5's ThreadingActor left 145 of 20,000 unanswered for ever.
def test_nothing_is_lost_that_races_with_the_stop_of_its_actor(loop, switching):
    """Each ask is answered, by the actor or with ActorDeadError; each envelope by the actor, or it is a dead letter."""
    letters: list[DeadLetter] = []

    def bury(letter: DeadLetter) -> bool:
        letters.append(letter)
        return False

    refs = [Answering.start(loop, dead_letters=bury) for _ in range(5000)]
    futures: list[pykka.Future[Any]] = []
    promises: list[Promise[str]] = []

    def ask(ref: Any) -> None:
        futures.append(ref.ask("x", block=False))

    def send(ref: Any) -> None:
        promise: Promise[str] = Promise()
        tell(ref, Envelope("x", promise), bury)
        promises.append(promise)

    neck_and_neck(refs, lambda ref: ref.stop(block=False), ask, send)

    asked = Counter(outcome(partial(future.get, timeout=PATIENCE)) for future in futures)
    told = Counter(outcome(partial(promise.wait, PATIENCE)) for promise in promises)
    assert (asked.total(), told.total()) == (5000, 5000)
    assert set(asked) == {"x", pykka.ActorDeadError}
    assert set(told) == {"x", ReceiverGone}
    assert told[ReceiverGone] == len(letters)


def test_no_ask_is_lost_that_races_with_the_stop_of_the_loop(switching):
    outcomes = {one for _ in range(200) for one in asked_while_the_loop_stops()}
    assert outcomes == {"x", pykka.ActorDeadError}


def asked_while_the_loop_stops() -> list[object]:
    loop = Loop(EmptyStore())
    loop.start()
    ref = Answering.start(loop)
    futures: list[pykka.Future[Any]] = []
    ask = partial(ref.ask, "x", block=False)
    run(lambda: futures.extend(ask() for _ in range(5)), partial(loop.stop, PATIENCE))
    return [outcome(partial(future.get, timeout=PATIENCE)) for future in futures]


def test_what_each_thread_sends_is_handled_in_its_order_and_one_at_a_time(loop, switching):
    class Alone(LoopActor):
        def __init__(self, loop: Loop) -> None:
            super().__init__(loop)
            self.inside = threading.Lock()
            self.last = [0] * 4

        def on_receive(self, message: tuple[int, int]) -> None:
            sender, number = message
            assert self.inside.acquire(blocking=False)
            assert number == self.last[sender] + 1
            self.last[sender] = number
            self.inside.release()

    alone = Alone.start(loop)

    def send(sender: int) -> None:
        for number in range(1, 3001):
            alone.tell((sender, number))

    run(*[partial(send, sender) for sender in range(4)])

    assert alone.proxy().last.get(timeout=PATIENCE) == [3000] * 4


def test_twenty_thousand_actors_fit_on_one_thread(loop):
    """Measured at 1.1 KB each; what is asserted leaves room for other machines."""
    count = 20_000
    threads, before = threading.active_count(), resident_bytes()
    refs = [Answering.start(loop) for _ in range(count)]
    promises: list[Promise[str]] = [Promise() for _ in refs]
    for ref, promise in zip(refs, promises, strict=True):
        ref.tell(Envelope("x", promise))
    assert {promise.wait(timeout=PATIENCE) for promise in promises} == {"x"}
    assert threading.active_count() <= threads
    assert loop.live == count
    assert (resident_bytes() - before) / count < 6_000
    assert loop.stop(timeout=PATIENCE) is True
    assert not any(ref.is_alive() for ref in refs)


def resident_bytes() -> int:
    """What this process holds in memory, in bytes."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) * 1024
