"""The one way a message is sent to an actor."""

from typing import Any

from pykka import ActorDeadError, ActorRef

from .dead_letter import DeadLetter, DeadLetters, record_dead_letter


def tell(ref: ActorRef[Any], message: object, dead_letters: DeadLetters) -> bool:
    """Tell `ref` the message; never waits, and never raises because the receiver is dead.

    Pykka's own `tell` raises in the sender then, and a sender that is an actor dies of that too. Here it makes a dead
    letter: logged at WARNING by the message's type, given to `dead_letters`, its promise broken by `ReceiverGone` unless they
    take it over. Gives True when the receiver lived.
    """
    try:
        ref.tell(message)
    except ActorDeadError:
        record_dead_letter(DeadLetter(ref.actor_class, ref.actor_urn, message), dead_letters)
        return False
    return True
