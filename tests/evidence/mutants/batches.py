"""Breakages of what is decided together and committed once."""

from typing import Any

from firstyes.actors.journal.transaction import Transaction
from firstyes.actors.runtime.loop import Batch, Loop, _Again
from firstyes.actors.runtime.loop_actor import Letter
from simulation.violation import Rule

from .breaking import patched, violates


@violates(Rule.LIVE_STATE)
def failed_batch_kept() -> Any:
    """Batches are taken back, and are on disk all the same when their messages are carried out one by one."""
    honest, gather, many = Loop._carry_out, Batch.gather, [False]

    def carry_out(self: Any, letters: Any, **more: Any) -> bool:
        many[0] = len(letters) > 1
        return honest(self, letters, **more)

    def keep(self: Any) -> None:
        gather(self)
        if many[0] and self.transaction._cursor.connection.in_transaction:
            self.transaction.flush()
            self.transaction._cursor.execute("COMMIT")
            raise _Again

    return patched((Loop, "_carry_out", carry_out), (Batch, "gather", keep))


@violates(Rule.ACKNOWLEDGED)
def half_of_a_batch_kept() -> Any:
    """Of what is decided together only the first is written, and all of it is told."""
    honest = Transaction.append

    def append(self: Any, one: Any) -> Any:
        if not self._versions:
            return honest(self, one)
        self._versions[one.stream] = one.state.version
        return None

    return patched((Transaction, "append", append))


@violates(Rule.DEADLINE_MET)
def refused_batch_forgotten() -> Any:
    """Nobody is told that their message could not be written."""
    return patched((Letter, "refuse", lambda self, error: None))


@violates(Rule.DEADLINE)
def last_of_a_failed_batch_forgotten() -> Any:
    """Batches are taken back, and the last message of each is never carried out."""
    honest = Loop._carry_out

    def carry_out(self: Any, letters: Any, **more: Any) -> bool:
        if len(letters) == 1:
            return honest(self, letters, **more)
        letters.pop()
        return False

    return patched((Loop, "_carry_out", carry_out))


MUTANTS = (failed_batch_kept, half_of_a_batch_kept, refused_batch_forgotten, last_of_a_failed_batch_forgotten)
