"""Messages whose receiver is gone."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .envelope import Envelope
from .errors import ReceiverGone

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that its receiver never handled, exactly as it was sent (with its `Envelope`, if it had one)."""

    actor_class: type[Any]
    actor_urn: str
    message: object


DeadLetters = Callable[[DeadLetter], bool]
"""Is told of each dead letter, on the sender's or a pool's thread; must not block.

Returns True to take the letter over: its reply is then left open for whoever handles it in the end. Returns False to
let it rest: its reply is answered with `ReceiverGone`. If it raises, that is logged and counts as False.
"""


def let_rest(letter: DeadLetter) -> bool:
    """The `DeadLetters` that takes nothing over."""
    return False


def bury(letter: DeadLetter, dead_letters: DeadLetters) -> None:
    """Log a dead letter, tell `dead_letters`, and answer its reply so that nobody waits for it.

    Never raises. The log line has the type of the message and nothing of its contents: those hold phone numbers and
    what people wrote.
    """
    message = letter.message
    reply = message.reply if isinstance(message, Envelope) else None
    content = message.message if isinstance(message, Envelope) else message
    receiver = f"{letter.actor_class.__name__} ({letter.actor_urn})"
    logger.warning("Dead letter: %s to %s, which is gone", type(content).__name__, receiver)
    taken = False
    try:
        taken = dead_letters(letter)
    except BaseException as error:  # noqa: BLE001 - a sender must not die of its dead receiver, nor of the undertaker
        logger.error("Dead letters' receiver failed with %s", type(error).__name__)
    if reply is not None and not taken:
        reply.set_error(ReceiverGone(f"{receiver} stopped before it handled a {type(content).__name__}"))
