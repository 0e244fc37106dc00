"""The root of every error this package raises on purpose."""


class FirstyesError(Exception):
    """Raised when firstyes cannot do what it was asked; the message says what is wrong and what to do."""


class InvalidArgument(FirstyesError, TypeError, ValueError):
    """Raised when something is made from, or called with, what it cannot use; the message names it and what it takes."""
