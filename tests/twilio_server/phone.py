"""A phone in somebody's pocket: what becomes of texts to it, how calls to it are taken, and what was heard."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Machine:
    """Takes a call in place of a person: plays its greeting, beeps, and records from then on."""

    greeting: float = 6.0
    longest: float = 120.0


@dataclass(frozen=True, slots=True)
class Screening:
    """The phone itself asks who calls, and listens so many seconds before anybody picks up, or lets nobody through."""

    listens: float = 5.0
    lets_through: bool = True


@dataclass(slots=True)
class Phone:
    """One phone. Say what it does before it is written to or called.

    Texts:
        refused: each text to it is refused at once with this error's number (21211, 21614 ...).
        error: each text to it ends as `failed` or `undelivered` with this number (30003 ...).
        delivered_after: seconds from sending to the delivery receipt; None: none ever comes.
        answers: what its owner writes back to a text, or None; after `answers_after` seconds.
    Calls:
        call_refused: each call to it is refused at once with this error's number.
        fails: a call to it cannot be put through.
        busy: it is.
        rings: seconds until somebody picks up; None: nobody does.
        presses: the keys pressed in answer to one question after another, "" for none; or a function of what was heard.
        thinks: seconds from the end of a question to the first key.
        interrupts: seconds from the start of a question to the first key, in place of `thinks`.
        hangs_up_after: seconds from picking up to hanging up.
    What was heard, oldest call first, filled in when the call is over: `heard` by the person, `screened` by the phone,
    `recordings` of the machine.
    """

    number: str
    refused: int | None = None
    error: int | None = None
    delivered_after: float | None = 0.1
    answers: Callable[[str], str | None] | None = None
    answers_after: float = 1.0
    call_refused: int | None = None
    fails: bool = False
    busy: bool = False
    rings: float | None = 2.0
    presses: list[str] | Callable[[str], str] = field(default_factory=list)
    thinks: float = 1.0
    interrupts: float | None = None
    hangs_up_after: float | None = None
    machine: Machine | None = None
    screening: Screening | None = None
    inbox: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    screened: list[str] = field(default_factory=list)
    recordings: list[str] = field(default_factory=list)

    def press(self, heard: str) -> str:
        """Give the keys its owner presses now."""
        if callable(self.presses):
            return self.presses(heard)
        return self.presses.pop(0) if self.presses else ""


class Phones:
    """Every phone there is; one that nobody spoke of behaves as most do."""

    def __init__(self) -> None:
        self._known: dict[str, Phone] = {}

    def of(self, number: str) -> Phone:
        """Give the phone of this number."""
        return self._known.setdefault(number, Phone(number))
