"""What a command leads to: events to be committed, messages to be sent, and the answer to the asker."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from .answer import Answer
from .message import Message

Event = TypeVar("Event", covariant=True)


@dataclass(frozen=True, slots=True)
class Decision(Generic[Event]):
    """The outcome of one command. With no events nothing changes; the answer holds once the events are committed."""

    answer: Answer
    events: tuple[Event, ...] = ()
    messages: tuple[Message, ...] = ()
