"""What a thread outside the actors sends when it wants an answer."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from .promise import Promise

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Envelope(Generic[M]):
    """A message and the place for its answer.

    The actor that finishes the work sets `reply`; one that forwards the work sends the same reply on. If an actor
    dies while handling it, the reply is set to `HandlerFailed`; if it was gone before, to `ReceiverGone`. Only an
    actor that forgets to answer leaves the waiting side to its timeout.
    """

    message: M
    reply: Promise[Any] | None = None
