"""How the code is broken on purpose: parts of it are replaced for a while."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from simulation.violation import Rule

Break = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A deliberate breakage. Called, it gives a context in which the code is broken; `rule` is what it violates."""

    rule: Rule
    breaking: Break

    @property
    def __name__(self) -> str:
        return self.breaking.__name__

    def __call__(self) -> AbstractContextManager[None]:
        """Break the code for as long as the context lasts."""
        return self.breaking()


def violates(rule: Rule) -> Callable[[Break], Mutant]:
    """Say which rule a breakage violates; others may be violated as well."""
    return lambda breaking: Mutant(rule, breaking)


@contextmanager
def patched(*places: tuple[Any, str, Any]) -> Iterator[None]:
    """Replace attributes for a while."""
    before = [(owner, name, owner.__dict__[name]) for owner, name, _ in places]
    for owner, name, value in places:
        setattr(owner, name, value)
    try:
        yield
    finally:
        for owner, name, value in before:
            setattr(owner, name, value)
