"""What every actor of one desk is given: its collaborators, by reference. There is no other way to find them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pykka import ActorRef

from ..domain.policy import Channel, Rounds
from .clock import Clock
from .dead_letter import DeadLetters
from .hand_over import CrashPoint
from .journal.alert_port import NewAlert
from .journal.port import Journal
from .pool import Pool
from .tasks import Happened


@dataclass(frozen=True, slots=True)
class House:
    """The collaborators of shift and conversation actors.

    `outbox_grew` wakes the senders of a channel; `announce` passes committed events on to whoever waits for them,
    `alert` has an alert recorded that no event carries. They only post, and never raise. `crash_point` is called at named points, for
    tests that kill the process there.
    """

    pool: Pool
    journal: Journal
    clock: Clock
    rounds: Rounds
    supervisor: ActorRef[Any]
    dead_letters: DeadLetters
    outbox_grew: Callable[[Channel], None]
    announce: Callable[[Happened], None]
    alert: Callable[[NewAlert], None]
    crash_point: CrashPoint
