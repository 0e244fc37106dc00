"""What the main thread waits for while others serve."""

from threading import Condition

LOOKS_EVERY = 0.5
"""Seconds after which who waits looks by itself."""


class Alarm:
    """Like `threading.Event`, for a main thread that has to hear signals.

    Python runs a signal's handler between two steps of the main thread. One that came in the instant in which that
    thread began a wait without an end is not seen before the wait is over; on a busy machine this held up one stop in
    twenty. So whoever waits here wakes now and then. The handler may set it wherever it meets the main thread.
    """

    def __init__(self) -> None:
        self._rung = False
        # Its lock can be taken again by the thread that holds it, as a handler may have to.
        self._changed = Condition()

    def set(self) -> None:
        """Let whoever waits go on."""
        with self._changed:
            self._rung = True
            self._changed.notify_all()

    def clear(self) -> None:
        """Have the next one wait again."""
        self._rung = False

    def wait(self) -> None:
        """Wait until it is set."""
        with self._changed:
            while not self._rung:
                self._changed.wait(LOOKS_EVERY)
