"""Errors of the actors' floor."""

from ..domain.errors import FirstyesError


class NoAnswer(FirstyesError):
    """Raised when a reply was not given in time; whether the message was handled is then unknown."""


class ReceiverGone(NoAnswer):
    """Raised when the actor a message was sent to stopped before it handled it; the message had no effect."""


class HandlerFailed(NoAnswer):
    """Raised when the actor died of an exception while it handled the message.

    The exception is in `__cause__`. What the actor had committed before is committed; what it had not is not.
    """


class ShuttingDown(FirstyesError):
    """Raised when an actor is to be started on a loop that is stopping or has stopped; it never runs."""


class UnknownPhone(FirstyesError):
    """Raised when a message comes from a phone that nobody here has; nothing is sent, nothing recorded."""


class Parked(FirstyesError):
    """Raised when a task is for a stream that was set aside after failing repeatedly; nothing was changed."""


class NotRunning(FirstyesError):
    """Raised when a desk is used before it was started or after it was closed."""


class Forked(NotRunning):
    """Raised when a desk is used in a process that was forked after it was started: its threads did not come along."""
