"""How a story hears an answer in the instant it is given."""

from collections.abc import Callable
from typing import Any

from firstyes.actors.runtime.promise import Promise


class AnsweredAtOnce(Promise[Any]):
    """A reply that says in the same instant that it was set."""

    def __init__(self, told: Callable[[Any], None]) -> None:
        super().__init__()
        self._told = told

    def set_result(self, result: Any) -> bool:
        """Give the answer, and say so."""
        first = super().set_result(result)
        if first:
            self._told(result)
        return first

    def set_error(self, error: BaseException) -> bool:
        """Give the error, and say so."""
        first = super().set_error(error)
        if first:
            self._told(error)
        return first
