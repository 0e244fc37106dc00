"""What every actor of one desk is given: its collaborators, by reference. There is no other way to find them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pykka import ActorRef

from ..domain.conversation.events import AnyConversationEvent
from ..domain.policy import Channel, Rounds
from .contacts import Touched
from .inbound import Arrived, InboundEnvelope
from .journal.alert_port import NewAlert
from .journal.transaction import Transaction
from .runtime.clock import Clock
from .runtime.dead_letter import DeadLetters
from .runtime.loop import Batch, Loop
from .tasks import Happened


@dataclass(frozen=True, slots=True)
class ActorContext:
    """The collaborators of shift and conversation actors.

    `channels` are those that something can be sent on.

    `part` is how many people are asked at a time: so many a message, and no message takes long.

    `outbox_grew` has the outbox of a channel take part in the batch; `is_stale` says whether a message has to be routed anew
    because of what its batch has touched or commits before it, and `route_anew` does that, raising as `InboundRouter.put`;
    `announce` passes committed events of a shift on to whoever waits for them, `heard` those of a conversation; `parked` is told of what was set aside, `unrecorded` of an
    alert that could not be recorded. But for that they neither wait nor raise.
    """

    loop: Loop
    clock: Clock
    rounds: Rounds
    part: int
    channels: frozenset[Channel]
    supervisor: ActorRef[Any]
    dead_letters: DeadLetters
    outbox_grew: Callable[[Channel, Batch], None]
    is_stale: Callable[[Arrived, Touched], bool]
    route_anew: Callable[[InboundEnvelope, Transaction], InboundEnvelope]
    announce: Callable[[Happened], None]
    heard: Callable[[int, Sequence[AnyConversationEvent]], None]
    parked: Callable[[NewAlert], None]
    unrecorded: Callable[[NewAlert], None]
