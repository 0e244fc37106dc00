"""The one way a message is sent to an actor."""

from typing import Any

from pykka import ActorDeadError, ActorRef

from .dead_letter import DeadLetter, DeadLetters, bury


def post(ref: ActorRef[Any], message: object, dead_letters: DeadLetters) -> bool:
    """Tell `ref` the message; never blocks, and never raises because the receiver is dead.

    Pykka's `tell` raises in the sender when the receiver is dead, and a sender that is an actor dies of that too.
    Here a dead receiver makes a dead letter: logged at WARNING by the message's type, given to `dead_letters`,
    its reply set to `ReceiverGone` unless they take it over.

    Returns:
        True if the message was put into a living actor's inbox. Should that actor stop before it comes to the
        message, it becomes a dead letter then, of the `dead_letters` the actor was started with.
    """
    try:
        ref.tell(message)
    except ActorDeadError:
        bury(DeadLetter(ref.actor_class, ref.actor_urn, message), dead_letters)
        return False
    return True
