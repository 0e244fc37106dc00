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
def patched(*places: tuple[Any, Any, Any]) -> Iterator[None]:
    """Replace attributes, or rows of a table, for a while."""
    before = [(owner, name, _held(owner)[name]) for owner, name, _ in places]
    for owner, name, value in places:
        _put(owner, name, value)
    try:
        yield
    finally:
        for owner, name, value in before:
            _put(owner, name, value)


def _held(owner: Any) -> Any:
    return owner if isinstance(owner, dict) else owner.__dict__


def _put(owner: Any, name: Any, value: Any) -> None:
    if isinstance(owner, dict):
        owner[name] = value
    else:
        setattr(owner, name, value)
