"""Actors that send, each on a loop of its own."""

from collections.abc import Callable

import pytest

from firstyes.actors.carriers.port import Carrier
from firstyes.actors.outbox.outbox_actor import OutboxActor
from firstyes.actors.runtime.loop import Loop
from firstyes.actors.runtime.promise import Promise
from firstyes.actors.runtime.worker_pool import WorkerPool
from firstyes.actors.tasks import Tick
from firstyes.domain.policy import Channel

from .held_carrier import HeldCarrier
from .outbox_world import OutboxWorld
from .patience import PATIENCE

StartOutbox = Callable[..., OutboxActor]
"""Starts an actor that sends: a carrier, a channel, and what `OutboxActor` takes."""

FailedRounds = list[tuple[str, int]]


def make_outbox(
    world: OutboxWorld,
    carrier: Carrier,
    channel: Channel = Channel.SMS,
    on_round_failed: Callable[[str, int], None] = lambda shift_id, fanout: None,
    **options,
) -> OutboxActor:
    """Give an actor on a loop that somebody has yet to start, or to turn."""
    loop = Loop(world.journal)
    outbox = OutboxActor(loop, channel, carrier, world.clock, on_round_failed=on_round_failed, **options)
    outbox._start_actor_loop()
    return outbox


def look(outbox: OutboxActor) -> None:
    """Have it look at the journal, and wait until it has. Raises `JournalUnavailable` when it cannot."""
    outbox.actor_ref.ask(Tick(outbox._clock.now()), timeout=PATIENCE)


def wait_idle(outbox: OutboxActor, world: OutboxWorld) -> None:
    """Wait until it has nothing to do."""
    idle: Promise[None] = Promise()
    outbox._loop.when_idle(lambda: outbox.is_quiet(world.journal) and idle.set_result(None))
    idle.wait(PATIENCE)


def stop(outbox: OutboxActor, timeout: float = PATIENCE) -> bool:
    """Stop it and its loop, as a desk does; False when the carrier did not come back in time."""
    finished = outbox.finish(timeout)
    assert outbox._loop.stop(PATIENCE)
    return finished


def release_when_closed(carrier: HeldCarrier, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the carrier go at the moment at which the senders are told to go home."""
    send_home = WorkerPool.close

    def close(pool):
        left = send_home(pool)
        carrier.release()
        return left

    monkeypatch.setattr(WorkerPool, "close", close)
