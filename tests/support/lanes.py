"""What is said to a lane, and what is waited for."""

from collections.abc import Callable

import pytest
from pykka import ActorRef

from firstyes.actors.crew import Crew
from firstyes.actors.dead_letter import let_rest
from firstyes.actors.envelope import Envelope
from firstyes.actors.lane import Lane, OutboxGrew, WhenIdle
from firstyes.actors.post import post
from firstyes.actors.reply import Reply
from firstyes.actors.tasks import Tick

from .held_carrier import HeldCarrier
from .outbox_worlds import World
from .patience import PATIENCE

LaneRef = ActorRef[Lane]
StartLane = Callable[..., LaneRef]
"""Starts a lane: a carrier, a channel, and what `start_lane` takes."""


def wait_idle(lane: LaneRef) -> None:
    """Wait until the lane has nothing to do."""
    reply: Reply[None] = Reply()
    post(lane, Envelope(WhenIdle(), reply), let_rest)
    reply.wait(PATIENCE)


def tick(lane: LaneRef, world: World) -> None:
    """Tell the lane the time."""
    post(lane, Tick(world.clock.now()), let_rest)


def grew(lane: LaneRef) -> None:
    """Tell the lane that there is more."""
    post(lane, OutboxGrew(), let_rest)


def release_when_closed(carrier: HeldCarrier, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the carrier go at the moment at which the senders are told to go home."""
    send_home = Crew.close

    def close(crew):
        left = send_home(crew)
        carrier.release()
        return left

    monkeypatch.setattr(Crew, "close", close)
