"""Breakages of what is remembered of phones: each shows less than was committed."""

from typing import Any

from firstyes.actors.contacts import ContactChange, Contacts, Touched
from simulation.violation import Rule

from .breaking import patched, violates


@violates(Rule.REMEMBERED)
def commit_not_taken_in() -> Any:
    """What was looked up once is remembered, whatever is committed."""
    return patched((Contacts, "changed", lambda self, touched: None))


@violates(Rule.REMEMBERED)
def last_text_not_taken_in() -> Any:
    """What a phone was told since is not remembered."""
    honest = ContactChange.made_to

    def made_to(self: Any, contact: Any, since: int) -> Any:
        return honest(self._replace(told=None), contact, since)

    return patched((ContactChange, "made_to", made_to))


@violates(Rule.REMEMBERED)
def claim_not_taken_in() -> Any:
    """A shift is remembered as open although somebody has it."""
    return patched((Touched, "_move_on", lambda self, shift_id, progress: None))


@violates(Rule.REMEMBERED)
def answer_not_taken_in() -> Any:
    """It is not remembered that a late yes was answered."""
    honest = ContactChange.made_to

    def made_to(self: Any, contact: Any, since: int) -> Any:
        return honest(self._replace(offers={}), contact, since)

    return patched((ContactChange, "made_to", made_to))


MUTANTS = (commit_not_taken_in, last_text_not_taken_in, claim_not_taken_in, answer_not_taken_in)
