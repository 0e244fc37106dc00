"""What happens to the service from outside, as data: a story is a list of it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from firstyes.domain.errors import FirstyesError

BEGINNING = datetime(2030, 1, 7, 6, 0, tzinfo=UTC)
"""Every story begins here: a Monday, midnight in Chicago."""

DAY = 86_400.0


class BadStory(FirstyesError):
    """Raised when a file does not hold a story."""


class Kind(StrEnum):
    """Who or what acts."""

    POST = "post"
    FAN_OUT = "fan out"
    CANCEL = "cancel"
    RELEASE = "release"
    ASSIGN = "assign"
    SAY = "say"
    ACTIVE = "active"
    PHONE = "phone"
    CONFIRM = "confirm"
    CRASH = "crash"
    CARRIER = "carrier"
    JOURNAL = "journal"
    CLOCK = "clock"


FAULTS = frozenset({Kind.CRASH, Kind.CARRIER, Kind.JOURNAL, Kind.CLOCK})


@dataclass(frozen=True, slots=True, order=True)
class Stimulus:
    """One thing that happens `at` so many seconds after the beginning.

    `id` stays the same when other stimuli are taken out of the story. What the other fields mean depends on the kind:

    - POST: a shift of organization `who`, for role `text`, that starts `one` seconds after `at` and lasts `two`.
    - FAN_OUT, CANCEL ("confirm" in `text`), RELEASE: the coordinator's, of `shift`. A RELEASE may name whom it means
      (`who`: a caregiver, or "winner").
    - ASSIGN: the coordinator gives `shift` to `who`, although it overlaps another one if there is a reason (`text`).
    - SAY: caregiver `who` (or "winner", whoever has won `shift` by then) texts `text`; "{code}" is the code they were sent for `shift`. Delivered a second time
      after `one` seconds unless that is 0.
    - ACTIVE: caregiver `who` is made inactive ("no" in `text`) or active again.
    - PHONE: the phone of caregiver `who` is corrected to `text`.
    - CONFIRM: a coordinator has found out that the phone of caregiver `who` is right.
    - CRASH: the process dies when it passes the point `text` for the `one`-th time, and is down for `two` seconds.
      With "again" in `who` it dies once more while it starts.
    - CARRIER: what is wrong with the carrier from now on (`text`), for `one` seconds.
    - JOURNAL: the next `one` commits fail ("full"), or fail although they were made ("late"), or one or the other, and
      that cannot be found out at once ("unsure").
    - CLOCK: the machine's clock is set forward by `one` seconds (back when negative).
    """

    at: float
    id: int
    kind: Kind
    who: str = ""
    shift: str = ""
    text: str = ""
    one: float = 0.0
    two: float = 0.0

    def told(self) -> str:
        """Give it as a line that a person can read."""
        time = (BEGINNING + timedelta(seconds=self.at)).strftime("%b %d %H:%M:%S")
        return f"{time}  {self._said()}"

    def _said(self) -> str:
        match self.kind:
            case Kind.POST:
                starts, lasts = _span(self.one), _span(self.two)
                return f"{self.who} posts {self.shift}: {self.text}, starts in {starts}, for {lasts}"
            case Kind.FAN_OUT | Kind.CANCEL | Kind.RELEASE:
                named = f" of {self.who}" if self.who else ""
                return (
                    f"the coordinator: {self.kind} {self.shift}{named}{' ' + self.text if self.text else ''}"
                )
            case Kind.ASSIGN:
                reason = f", since {self.text}" if self.text else ""
                return f"the coordinator assigns {self.shift} to {self.who}{reason}"
            case Kind.SAY:
                again = f", delivered again {_span(self.one)} later" if self.one else ""
                return f'{self.who} says "{self.text}" (about {self.shift}){again}'
            case Kind.ACTIVE:
                return f"{self.who} is made {'inactive' if self.text == 'no' else 'active'}"
            case Kind.PHONE:
                return f"the phone of {self.who} is {self.text} from now on"
            case Kind.CONFIRM:
                return f"the coordinator confirms the phone of {self.who}"
            case Kind.CRASH:
                again = ", and again while it starts" if self.who else ""
                return (
                    f'the process dies at "{self.text}" ({self.one:.0f}), down for {_span(self.two)}{again}'
                )
            case Kind.CARRIER:
                return f"the carrier is {self.text} for {_span(self.one)}"
            case Kind.JOURNAL:
                return f"the journal: {self.text}, {self.one:.0f} times"
            case Kind.CLOCK:
                return f"the clock is set {'forward' if self.one > 0 else 'back'} by {_span(abs(self.one))}"


def _span(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


@dataclass(frozen=True, slots=True)
class Story:
    """A seed, from which the people and all dice come, and what happens. With `twilio` every text and call goes through its
    protocol."""

    seed: int
    stimuli: tuple[Stimulus, ...]
    twilio: bool = False

    def write(self, path: Path) -> None:
        """Write it to a file, from which `read` gives the same story."""
        rows = [
            [one.at, one.id, one.kind.value, one.who, one.shift, one.text, one.one, one.two]
            for one in self.stimuli
        ]
        lines = ",\n".join(json.dumps(row) for row in rows)
        kind = f'"seed": {self.seed}, "twilio": {json.dumps(self.twilio)}'
        path.write_text(f'{{{kind}, "stimuli": [\n{lines}\n]}}\n')

    @classmethod
    def read(cls, path: Path) -> "Story":
        """Read a story that was written. Raises `BadStory`."""
        try:
            raw: Any = json.loads(path.read_text())
            stimuli = tuple(
                Stimulus(at, number, Kind(kind), *rest) for at, number, kind, *rest in raw["stimuli"]
            )
            return cls(int(raw["seed"]), stimuli, bool(raw.get("twilio", False)))
        except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            raise BadStory(f"{path} holds no story: {error}") from error

    def with_only(self, stimuli: Iterable[Stimulus]) -> "Story":
        """Give the same story with less in it."""
        return replace(self, stimuli=tuple(sorted(stimuli)))
