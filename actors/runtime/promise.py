"""One answer on its way from the thread that finishes the work to the thread that waits for it."""

from _thread import allocate_lock
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from ..errors import NoAnswer

T = TypeVar("T")


class Promise(Generic[T]):
    """A place for one answer: set once by whoever finishes the work, waited for by whoever asked.

    It travels inside an `Envelope`, may be handed on from actor to actor, and may be set from any thread. The
    first `set_result` or `set_error` counts; later ones are ignored and return False. If nobody ever sets it,
    `wait` ends with `NoAnswer` at its timeout. Whoever must not wait has itself called: `when_kept`.
    """

    # Two raw locks, and not a threading.Event, which builds a Condition and a deque as well.
    __slots__ = ("_callbacks", "_error", "_kept", "_latch", "_result", "_unset")

    def __init__(self) -> None:
        self._unset = allocate_lock()
        self._latch = allocate_lock()
        self._latch.acquire()
        self._result: T | None = None
        self._error: BaseException | None = None
        self._kept = False
        self._callbacks: list[Callable[[], object]] | None = None

    def set_result(self, result: T) -> bool:
        """Give the answer; False if one was given before, which then stands."""
        if not self._unset.acquire(False):
            return False
        self._result = result
        self._keep()
        return True

    def set_error(self, error: BaseException) -> bool:
        """Make `wait` raise `error`; False if an answer was given before, which then stands."""
        if not self._unset.acquire(False):
            return False
        self._error = error
        self._keep()
        return True

    def when_kept(self, callback: Callable[[], object]) -> None:
        """Call back once, on the thread that gives the answer; here and now when it was given. One callback only; it must
        neither wait nor raise.
        """
        self._callbacks = [callback]
        if self._kept:
            self._call_back()

    def _keep(self) -> None:
        # The answer can be had before anybody is called about it, also by who asks to be called just now.
        self._kept = True
        self._latch.release()
        if self._callbacks:
            self._call_back()

    def _call_back(self) -> None:
        # Whoever keeps it and whoever asks to be called may both come here: only one finds the callback.
        try:
            callback = (self._callbacks or []).pop()
        except IndexError:
            return
        callback()

    def is_set(self) -> bool:
        """Whether an answer or an error was given."""
        return self._kept

    def wait(self, timeout: float) -> T:
        """The answer, waiting for it at most `timeout` seconds (a negative one counts as zero).

        May be called again, and by several threads; each gets the same answer.

        Raises:
            NoAnswer: nothing was set in time. A later answer can still be had by waiting again.
            BaseException: what `set_error` was given.
        """
        # Looked at first: of a promise that is kept another may hold the latch for a moment.
        if not self._kept:
            if not self._latch.acquire(timeout=max(0.0, timeout)):
                raise NoAnswer(f"no answer within {timeout:g} s")
            self._latch.release()
        if self._error is not None:
            raise self._error
        return cast(T, self._result)
