"""Whose turn it is: the loop's, or a sender's; dice decide."""

from collections.abc import Callable
from random import Random

from firstyes.actors.runtime.loop import Loop

BATCHES = (1, 1, 2, 3, 8, 256)
"""How many messages one turn of the loop takes at the most."""


class Scheduler:
    """Takes turns one at a time, in an order that depends on its dice alone. `after_turn` is called after each."""

    def __init__(self, after_turn: Callable[[], None]) -> None:
        self.dice = Random(0)
        self.loop: Loop | None = None
        self._after_turn = after_turn
        self._waiting: list[Callable[[], None]] = []

    @property
    def idle(self) -> bool:
        """Whether nobody wants a turn."""
        return not self._waiting and not self._loop_waits

    def add(self, turn: Callable[[], None]) -> None:
        """Queue a turn of a sender."""
        self._waiting.append(turn)

    def step(self) -> None:
        """Take one turn of those that wait."""
        at = int(self.dice.random() * (len(self._waiting) + self._loop_waits))
        if at < len(self._waiting):
            self._waiting[at], self._waiting[-1] = self._waiting[-1], self._waiting[at]
            self._waiting.pop()()
        elif self.loop is not None:
            self.loop.turn(self.dice.choice(BATCHES))
        self._after_turn()

    def forget(self) -> None:
        """Drop everything that waits: its process is gone."""
        self._waiting.clear()
        self.loop = None

    @property
    def _loop_waits(self) -> bool:
        return self.loop is not None and self.loop.queued > 0
