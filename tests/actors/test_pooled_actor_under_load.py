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

from firstyes.actors.dead_letter import DeadLetter
from firstyes.actors.envelope import Envelope
from firstyes.actors.errors import NoAnswer, ReceiverGone
from firstyes.actors.pool import Pool
from firstyes.actors.pooled_actor import PooledActor
from firstyes.actors.post import post
from firstyes.actors.reply import Reply
from support.patience import PATIENCE


@pytest.fixture
def switching() -> Iterator[None]:
    """Python switches threads every microsecond, and not every five milliseconds."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(size=4)
    yield pool
    pool.stop(timeout=PATIENCE)


class DeadLetterBox:
    """Keeps dead letters and takes none over."""

    def __init__(self) -> None:
        self.letters: list[DeadLetter] = []

    def __call__(self, letter: DeadLetter) -> bool:
        self.letters.append(letter)
        return False


class Answering(PooledActor):
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


# 60,000 asks in all. In the same race Pykka 4.5's ThreadingActor left 145 of 20,000 unanswered for ever.
@pytest.mark.parametrize("part", range(12))
def test_no_ask_is_lost_when_it_races_with_a_stop(pool, switching, part):
    """Each is answered, by the actor or with ActorDeadError, and both happen."""
    refs = [Answering.start(pool) for _ in range(2500)]
    futures: list[pykka.Future[Any]] = []

    def ask(ref: Any) -> None:
        futures.append(ref.ask("x", block=False))

    neck_and_neck(refs, lambda ref: ref.stop(block=False), ask, ask)

    assert len(futures) == 5000
    outcomes = Counter(outcome(partial(future.get, timeout=PATIENCE)) for future in futures)
    assert set(outcomes) == {"x", pykka.ActorDeadError}


def test_no_told_envelope_is_lost_when_it_races_with_a_stop(pool, switching):
    """Each is answered by the actor, or is a dead letter that was counted."""
    box = DeadLetterBox()
    refs = [Answering.start(pool, dead_letters=box) for _ in range(2500)]
    replies: list[Reply[str]] = []

    def send(ref: Any) -> None:
        reply: Reply[str] = Reply()
        post(ref, Envelope("x", reply), box)
        replies.append(reply)

    neck_and_neck(refs, lambda ref: ref.stop(block=False), send, send)

    assert len(replies) == 5000
    outcomes = Counter(outcome(partial(reply.wait, PATIENCE)) for reply in replies)
    assert set(outcomes) == {"x", ReceiverGone}
    assert outcomes[ReceiverGone] == len(box.letters)


def outcome(wait: Callable[[], object]) -> object:
    """What is waited for, or the type of the error that came instead."""
    try:
        return wait()
    except (pykka.ActorDeadError, pykka.Timeout, NoAnswer) as error:
        return type(error)


def test_one_actor_never_runs_on_two_threads_at_once(pool, switching):
    class Alone(PooledActor):
        def __init__(self, pool: Pool) -> None:
            super().__init__(pool)
            self.inside = threading.Lock()
            self.together, self.last = 0, [0] * 4

        def on_receive(self, message: tuple[int, int]) -> None:
            if not self.inside.acquire(blocking=False):
                self.together += 1
                return
            sender, number = message
            assert number == self.last[sender] + 1
            self.last[sender] = number
            self.inside.release()

    alone = Alone.start(pool)

    def send(sender: int) -> None:
        for number in range(1, 5001):
            alone.tell((sender, number))

    run(*[partial(send, sender) for sender in range(4)])

    proxy = alone.proxy()
    assert proxy.together.get(timeout=PATIENCE) == 0
    assert proxy.last.get(timeout=PATIENCE) == [5000] * 4


def test_fifty_thousand_actors_fit_on_four_threads(pool):
    """Measured at 1.3 KB each; what is asserted leaves room for other machines."""
    count = 50_000
    threads, before = threading.active_count(), resident_bytes()
    refs = [Answering.start(pool) for _ in range(count)]
    replies: list[Reply[str]] = [Reply() for _ in refs]
    for ref, reply in zip(refs, replies, strict=True):
        ref.tell(Envelope("x", reply))
    assert {reply.wait(timeout=PATIENCE) for reply in replies} == {"x"}
    assert threading.active_count() == threads
    assert pool.live == count
    assert (resident_bytes() - before) / count < 6_000
    assert pool.stop(timeout=PATIENCE) is True
    assert not any(ref.is_alive() for ref in refs)


def resident_bytes() -> int:
    """What this process holds in memory, in bytes."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) * 1024
