"""Turns without threads: what is submitted waits in a list, and dice decide what runs next."""

from collections.abc import Callable
from random import Random

from firstyes.actors.pool import Pool, Turns

DEEPEST = 3
"""So many may wait for the journal at once, each begun while the one before waited."""

OTHERS_FIRST = 0.3
"""The chance that somebody else has a turn while one waits for the journal."""


class Scheduler:
    """Runs turns one at a time, in an order that depends on its dice alone.

    Who waits for the journal lets others have turns meanwhile (`meanwhile`): that is how two decisions can be under
    way at once, as on many threads. `after_step` is called after each turn.
    """

    def __init__(self, after_step: Callable[[], None]) -> None:
        self.dice = Random(0)
        self.steps = 0
        self._after_step = after_step
        self._waiting: list[Turns] = []
        self._depth = 0

    @property
    def idle(self) -> bool:
        """Whether nobody wants a turn."""
        return not self._waiting

    def add(self, turns: Turns) -> None:
        """Queue a turn."""
        self._waiting.append(turns)

    def step(self) -> None:
        """Run one turn of those that wait."""
        waiting = self._waiting
        at = int(self.dice.random() * len(waiting))
        waiting[at], waiting[-1] = waiting[-1], waiting[at]
        turns = waiting.pop()
        self.steps += 1
        turns.take_turn()
        self._after_step()

    def meanwhile(self) -> None:
        """Let others have turns, perhaps."""
        while self._waiting and self._depth < DEEPEST and self.dice.random() < OTHERS_FIRST:
            self._depth += 1
            try:
                self.step()
            finally:
                self._depth -= 1

    def forget(self) -> None:
        """Drop everything that waits: its process is gone."""
        self._waiting.clear()


class SteppedPool(Pool):
    """A `Pool` without threads: its turns are the scheduler's."""

    def __init__(self, scheduler: Scheduler) -> None:
        # Not the base's: that starts threads.
        self._scheduler = scheduler
        self._members: dict[Turns, object] = {}

    @property
    def queued(self) -> int:
        """Nobody waits for a thread."""
        return 0

    def join(self, turns: Turns, actor: object) -> None:
        """Keep the actor until it leaves."""
        self._members[turns] = actor

    def leave(self, turns: Turns) -> None:
        """Forget an actor that has stopped."""
        self._members.pop(turns, None)

    def submit(self, turns: Turns) -> None:
        """Queue one turn."""
        self._scheduler.add(turns)

    def stop(self, timeout: float) -> bool:
        """Nothing has to be waited for."""
        self._members.clear()
        return True
