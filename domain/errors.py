"""The root of every error this package raises on purpose."""


class FirstyesError(Exception):
    """Raised when firstyes cannot do what it was asked; the message says what is wrong and what to do."""
