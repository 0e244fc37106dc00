"""`python -m bench.pooled_actors`: what an actor, a message and an answer cost; half a minute."""

import gc
import random
import resource
import sys
import threading
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import pykka

from firstyes.actors.dead_letter import let_rest
from firstyes.actors.envelope import Envelope
from firstyes.actors.pool import Pool
from firstyes.actors.pooled_actor import PooledActor
from firstyes.actors.post import post
from firstyes.actors.reply import Reply

MANY = 50_000
SOON = 60.0


class Answering(PooledActor):
    """Answers what it is sent."""

    def on_receive(self, message: Any) -> Any:
        if isinstance(message, Envelope) and message.reply is not None:
            message.reply.set_result(None)

    def wait_for(self, event: threading.Event) -> None:
        """Stay in this turn until the event."""
        event.wait(SOON)


class Threaded(pykka.ThreadingActor):
    """The same, with a thread of its own."""

    use_daemon_thread = True

    def on_receive(self, message: Any) -> Any:
        return None


class Registered(Answering):
    """The same on the pool, but in Pykka's registry, which ours are not."""

    def _start_actor_loop(self) -> None:
        pykka.ActorRegistry.register(self.actor_ref)
        super()._start_actor_loop()

    def _leave(self) -> None:
        pykka.ActorRegistry.unregister(self.actor_ref)
        super()._leave()


def measure(what: str, times: int, do: Callable[[], object]) -> None:
    """Print what one `do` takes, and how often the process gave up its processor for it."""
    gave_up, start = switches(), perf_counter()
    for _ in range(times):
        do()
    microseconds = (perf_counter() - start) / times * 1e6
    print(f"{what:<58} {microseconds:8.2f} us  {(switches() - gave_up) / times:6.2f} switches")


def switches() -> int:
    """Voluntary context switches of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw


def resident_bytes() -> int:
    """What this process holds in memory, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) * 1024


def round_trip(ref: pykka.ActorRef[Any]) -> None:
    """Send an envelope and wait for its reply, as a web thread does."""
    reply: Reply[None] = Reply()
    post(ref, Envelope("x", reply), let_rest)
    reply.wait(SOON)


def messages(pool: Pool) -> None:
    """What it costs to send, and to be answered."""
    actor, threaded = Answering.start(pool), Threaded.start()
    let_go = threading.Event()
    measure("tell", 100_000, lambda: actor.tell(1))
    actor.ask(1, timeout=SOON)
    measure("post", 100_000, lambda: post(actor, 1, let_rest))
    actor.ask(1, timeout=SOON)
    blocked = Answering.start(pool)
    blocked.proxy().wait_for.defer(let_go)
    measure("tell, to an actor in the middle of a turn", 100_000, lambda: blocked.tell(1))
    let_go.set()
    blocked.ask(1, timeout=SOON)
    measure("post an Envelope, wait for its Reply", 20_000, lambda: round_trip(actor))
    measure("ask (with Pykka's future)", 20_000, lambda: actor.ask(1, timeout=SOON))
    measure("ask a ThreadingActor", 20_000, lambda: threaded.ask(1, timeout=SOON))
    measure("make an Envelope", 100_000, lambda: Envelope("x"))
    measure("make, set and read a Reply", 100_000, answer_reply)
    measure("make, set and read Pykka's future", 50_000, answer_future)


def answer_reply() -> None:
    """One Reply from end to end, on one thread."""
    reply: Reply[int] = Reply()
    reply.set_result(1)
    reply.wait(SOON)


def answer_future() -> None:
    """One future of Pykka's from end to end, on one thread."""
    future: pykka.ThreadingFuture[int] = pykka.ThreadingFuture()
    future.set(1)
    future.get(timeout=SOON)


def crowd(kind: type[PooledActor], pool: Pool, asks: int, stops: int) -> None:
    """What it costs to have many actors: to start them, to ask one of them, to stop one of them."""
    refs: list[pykka.ActorRef[Any]] = []
    gc.collect()
    before = resident_bytes()
    measure(f"start, up to {MANY:,} live", MANY, lambda: refs.append(kind.start(pool)))
    for ref in refs:
        round_trip(ref)
    each = (resident_bytes() - before) / MANY
    print(f"{'resident, each':<58} {each:8.0f} bytes on {pool.size} threads")
    measure(f"post and wait, any of {MANY:,}", asks, lambda: round_trip(random.choice(refs)))
    going = iter(random.sample(refs, stops))
    measure(f"stop and wait, with {MANY:,} live", stops, lambda: next(going).stop(timeout=SOON))
    start, left = perf_counter(), pool.live
    pool.stop(timeout=SOON)
    print(f"{f'stop the pool with {left:,} live':<58} {perf_counter() - start:8.2f} s")


def main() -> None:
    """Print it all."""
    print(f"Pykka {version('pykka')}, Python {sys.version.split()[0]}\n")
    pool = Pool()
    messages(pool)
    pool.stop(timeout=SOON)
    print("\nPooled actors, as they are")
    crowd(Answering, Pool(), asks=20_000, stops=5_000)
    print("\nPooled actors, if each were in Pykka's registry")
    pool = Pool()
    refs = [Registered.start(pool) for _ in range(MANY)]
    going = iter(random.sample(refs, 500))
    measure(f"stop and wait, with {MANY:,} live", 500, lambda: next(going).stop(timeout=SOON))


if __name__ == "__main__":
    main()
