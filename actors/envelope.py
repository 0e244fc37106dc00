"""What a thread outside the actors sends when it wants an answer."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from .reply import Reply

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Envelope(Generic[M]):
    """A message and the place for its answer.

    The actor that finishes the work sets `reply`; one that forwards the work sends the same reply on. An actor that
    dies while handling it sets `HandlerFailed`, one that is gone `ReceiverGone`; the waiting side has a timeout for
    an actor that forgets.
    """

    message: M
    reply: Reply[Any] | None = None
