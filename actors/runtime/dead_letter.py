"""Messages whose receiver is gone."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..errors import ReceiverGone
from .envelope import Envelope
from .failure_log import log_failure

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that its receiver never handled, as it was sent (in its `Envelope`, if it had one)."""

    actor_class: type[Any]
    actor_urn: str
    message: object


class WakeUp:
    """A message that only makes its receiver look again: when the receiver is gone, nothing is lost with it."""

    __slots__ = ()


DeadLetters = Callable[[DeadLetter], bool]
"""Is told of each dead letter, on the sender's thread or the loop's; must not block.

Returns True to take the letter over: its reply is then left open for whoever handles it in the end. Returns False
to let it rest: its reply is set to `ReceiverGone`. If it raises, that is logged and counts as False.
"""


def let_rest(_letter: DeadLetter) -> bool:
    """The `DeadLetters` that takes nothing over."""
    return False


def record_dead_letter(letter: DeadLetter, dead_letters: DeadLetters) -> None:
    """Log a dead letter, tell `dead_letters`, and answer its reply so that nobody waits for it.

    Never raises. The log line has the type of the message and nothing of its contents: those hold phone numbers
    and what people wrote. A `WakeUp` is let go in silence.
    """
    message = letter.message
    if isinstance(message, WakeUp):
        return
    reply = message.reply if isinstance(message, Envelope) else None
    content = message.message if isinstance(message, Envelope) else message
    kind, receiver = type(content).__name__, f"{letter.actor_class.__name__} ({letter.actor_urn})"
    logger.warning("Dead letter: %s to %s, which is gone", kind, receiver)
    taken = False
    try:
        taken = dead_letters(letter)
    except BaseException as error:  # noqa: BLE001 - a sender must not die of who looks after the dead
        log_failure(logger, f"A dead {kind} could not be handed over", error)
    if reply is not None and not taken:
        reply.set_error(ReceiverGone(f"{receiver} stopped before it handled a {kind}"))
