"""Is a recorded history one that a single hand could have produced? A checker for "claim once, release, claim again".

A history is what was asked and answered, each with when it began and ended. It is linearizable when there is an order
of the operations, one after the other, that (1) respects real time: what ended before another began comes first, and
(2) makes every answer right for one register: a shift is held by one caregiver at most, and of several shifts at the same
time nobody holds two.

The search follows Wing and Gong (Testing and Verifying Concurrent Objects, 1993): try, among the operations that may
come next, each whose answer is right, and step back when none fits. Two things keep it fast: an operation that is
right and changes nothing is taken at once, because nothing later can need it; and what was tried once is remembered
(Lowe, Testing for Linearizability, 2017).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Said(StrEnum):
    """What an operation was answered."""

    WON = "won"
    LOST = "lost to somebody else"
    NOT_FOR_THEM = "not for them"
    RELEASED = "released"
    NOTHING_TO_RELEASE = "nothing to release"
    CANCELLED = "cancelled"
    HELD = "held, so not cancelled"
    UNKNOWN = "unknown"


CHANGES_NOTHING = frozenset({Said.LOST, Said.NOT_FOR_THEM, Said.NOTHING_TO_RELEASE, Said.HELD})


@dataclass(frozen=True, slots=True)
class Operation:
    """One request: a caregiver's yes, or (with no `caregiver`) the coordinator's release or unconfirmed cancellation.

    `shift` tells shifts at the same time apart. `UNKNOWN` is the answer of one that was cut off: it may have had its
    effect at any time since, or never.
    """

    began: float
    ended: float
    caregiver: str | None
    said: Said
    shift: str = ""
    cancels: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """What the shifts should be: (shift, caregiver) for who holds it, and for who gave it back and is not asked again;
    and which are cancelled."""

    held: frozenset[tuple[str, str]] = frozenset()
    gone: frozenset[tuple[str, str]] = frozenset()
    cancelled: frozenset[str] = frozenset()

    def apply(self, operation: Operation) -> tuple[Said, "Register"]:
        """Say what the right answer is, and what the register is afterwards."""
        holder = next((one for one in self.held if one[0] == operation.shift), None)
        if operation.cancels:
            if holder is not None:
                return Said.HELD, self
            return Said.CANCELLED, replace(self, cancelled=self.cancelled | {operation.shift})
        if operation.caregiver is None:
            if holder is None:
                return Said.NOTHING_TO_RELEASE, self
            return Said.RELEASED, replace(self, held=self.held - {holder}, gone=self.gone | {holder})
        asker = (operation.shift, operation.caregiver)
        if holder == asker:
            return Said.WON, self
        if holder is not None:
            return Said.LOST, self
        busy = any(who == operation.caregiver for _, who in self.held)
        if busy or asker in self.gone or operation.shift in self.cancelled:
            return Said.NOT_FOR_THEM, self
        return Said.WON, replace(self, held=self.held | {asker})


def is_linearizable(history: Iterable[Operation], start: Register = Register()) -> bool:
    """Whether some order explains every answer. Operations without an answer may be left out of it."""
    operations = sorted(history, key=lambda one: one.began)
    ends = [math.inf if one.said is Said.UNKNOWN else one.ended for one in operations]
    everything = (1 << len(operations)) - 1
    tried: set[tuple[int, Register]] = set()
    stack = [(everything, start)]
    while stack:
        left, register = stack.pop()
        left = _take_harmless(operations, ends, left, register)
        if all(operations[index].said is Said.UNKNOWN for index in _bits(left)):
            return True
        if (left, register) in tried:
            continue
        tried.add((left, register))
        for index in _next(operations, ends, left):
            said, after = register.apply(operations[index])
            if after != register and operations[index].said in (said, Said.UNKNOWN):
                stack.append((left & ~(1 << index), after))
    return False


def essence(history: Iterable[Operation]) -> list[Operation]:
    """Leave out of a history that is not linearizable what is not needed to see it.

    Only answers to what changed nothing are left out: a history does not become wrong by losing one of those.
    """
    left = sorted(history, key=lambda one: one.began)
    for one in [one for one in left if one.said in CHANGES_NOTHING]:
        fewer = [other for other in left if other is not one]
        if not is_linearizable(fewer):
            left = fewer
    return left


def told(history: Iterable[Operation]) -> str:
    """Write a history down for people: a line each, with milliseconds since the first one began."""
    operations = sorted(history, key=lambda one: one.began)
    return "\n".join(
        f"  {(one.began - operations[0].began) * 1e3:10.3f} to {(one.ended - operations[0].began) * 1e3:10.3f} ms  "
        f"{one.shift} {_asked(one)}: {one.said}"
        for one in operations
    )


def _asked(operation: Operation) -> str:
    if operation.caregiver:
        return f"{operation.caregiver} says yes"
    return f"the coordinator {'cancels' if operation.cancels else 'releases'}"


def _take_harmless(operations: list[Operation], ends: list[float], left: int, register: Register) -> int:
    """Take every operation that may come next, was answered rightly and changes nothing."""
    found = True
    while found:
        found = False
        for index in _next(operations, ends, left):
            said, after = register.apply(operations[index])
            if after == register and operations[index].said is said:
                left &= ~(1 << index)
                found = True
    return left


def _next(operations: list[Operation], ends: list[float], left: int) -> list[int]:
    """The operations that nothing else has to come before: they began before any of the others ended."""
    remaining = list(_bits(left))
    first_end = min((ends[index] for index in remaining), default=math.inf)
    return [index for index in remaining if operations[index].began <= first_end]


def _bits(number: int) -> Iterable[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
