"""A desk on which shifts are contested: rounds of some crews at once, each of which wants one shift or two."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.desk.desk import ShiftDesk
from firstyes.actors.errors import NoAnswer
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.answer import Status
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.inbound.contact import ANSWERABLE
from firstyes.domain.organization import Organization
from firstyes.domain.shift.shift import Shift

from .callers import LONGEST, Callers
from .crew import ContestedCrew

START = datetime(2030, 7, 16, 10, tzinfo=UTC)
SWITCH_INTERVAL = 1e-6
"""Seconds after which a running thread is made to give way: five thousand times as often as usual."""

SITTING = 50_000
"""After so many accepts a new desk is opened on a new journal, so that neither's growth is what is measured.

Every second desk keeps to one processor: threads then change places at other moments, for a third less of its time."""


A_FEW, SELDOM = 2, 1 / 20_000
"""So many yeses may be answered with a question."""


@dataclass(slots=True)
class Contests:
    """What came of them. `wrong` has a paragraph for everything that must not have been."""

    accepts: int = 0
    contested: int = 0
    shifts: int = 0
    asked_back: int = 0
    """Yeses of people who had said no to an offer before it was sent: they were asked whether they mean it."""
    slowest: float = 0.0
    answers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Contests") -> None:
        """Add what came of others."""
        self.accepts += other.accepts
        self.contested += other.contested
        self.shifts += other.shifts
        self.asked_back += other.asked_back
        self.slowest = max(self.slowest, other.slowest)
        self.answers.update(other.answers)
        self.wrong += other.wrong


def contest(
    accepts: int,
    *,
    callers: int = 250,
    at_once: int = 8,
    people: int = 20,
    seed: int = 1,
    patience: float = LONGEST,
    progress: Callable[[int], None] = lambda _: None,
) -> Contests:
    """Have so many contested accepts, or somewhat more, by so many threads; `progress` is told how many there were.

    Whatever is not answered within `patience` seconds is wrong. After a round with something wrong it ends.
    """
    result, chance = Contests(), Random(seed)
    with _switching():
        for number in count():
            if result.contested >= accepts or result.wrong:
                break
            with (
                _on_one_processor(seed) if number % 2 else nullcontext(),
                _Sitting(callers, at_once, people, chance, patience) as sitting,
            ):
                enough = min(accepts, result.contested + SITTING)
                while result.contested < enough and not result.wrong:
                    sitting.round(result)
                    progress(result.contested)
    return result


class _Sitting:
    """One desk on one journal, from opening to closing."""

    def __init__(self, callers: int, at_once: int, people: int, chance: Random, patience: float) -> None:
        self._clock, self._chance, self._shifts = ManualClock(START), chance, 0
        self._patience = patience
        self._crews = [
            {f"c{crew}.{one}": f"+1312555{crew * people + one:04}" for one in range(people)}
            for crew in range(at_once)
        ]
        # A journal that does not wait for the disk: what is tried here are races.
        self._journal = SqliteJournal.open("sqlite://", timeout=patience)
        carrier = Simulator(self._clock)
        self._desk = ShiftDesk(self._journal, clock=self._clock, carrier=carrier, patience=patience)
        self._desk.start()
        self._callers = Callers(self._desk, callers)
        self._hire()

    def __enter__(self) -> "_Sitting":
        return self

    def __exit__(self, *_: object) -> None:
        self._callers.close()
        self._desk.close(self._patience)
        self._journal.close()

    def round(self, result: Contests) -> None:
        """Post shifts, fan them out, let everybody ask at once, check."""
        crews = self._offered()
        whose = {shift_id: crew for crew in crews for shift_id in crew.shifts}
        asks = [one for crew in crews for one in crew.asks()]
        self._chance.shuffle(asks)
        self._callers.ask(asks)
        for number in range(len(asks)):
            asked = self._callers.next()
            whose[asked.ask.shift_id].note(asked)
            result.slowest = max(result.slowest, asked.ended - asked.began)
            if number == len(asks) // 2:
                # In the midst of it, the first round of whatever is open falls due.
                self._clock.advance(601)
        for crew in crews:
            result.wrong += crew.check(self._desk)
            result.shifts += len(crew.shifts)
            result.asked_back += crew.asked_back
            result.answers.update(one.said for one in crew.history)
            result.accepts += sum(one.caregiver is not None for one in crew.history)
            result.contested += crew.contested()
        if result.asked_back > A_FEW + result.accepts * SELDOM:
            result.wrong.append(
                f"{result.asked_back} of {result.accepts} yeses were answered with a question"
            )
        # Far enough on that no answer of this round can be meant for the next one.
        self._clock.advance((ANSWERABLE + timedelta(hours=10)).total_seconds())
        try:
            self._desk.settle(self._patience)
        except NoAnswer as error:
            result.wrong.append(f"The desk did not come to rest: {error}")

    def _offered(self) -> list[ContestedCrew]:
        """Offer every other crew one shift, and the rest two at the same time."""
        start = self._clock.now() + timedelta(hours=1)
        end = start + timedelta(hours=8)
        crews: list[ContestedCrew] = []
        posted: list[Shift] = []
        for number, people in enumerate(self._crews):
            names = tuple(f"s{self._shifts + one}" for one in range(1, 2 + number % 2))
            self._shifts += len(names)
            crews.append(ContestedCrew(people, names, self._chance))
            posted += [
                Shift(id=one, organization_id="o", role_required=f"R{number}", start_time=start, end_time=end)
                for one in names
            ]
        self._desk.post_shifts(posted)
        for shift in posted:
            answer = self._desk.fan_out(shift.id)
            assert answer.status is Status.SUCCESS, answer
        return crews

    def _hire(self) -> None:
        self._desk.put_organizations([Organization(id="o")])
        self._desk.put_caregivers(
            [
                Caregiver(id=name, name=name, organization_id="o", roles=(f"R{crew}",), phone=phone)
                for crew, people in enumerate(self._crews)
                for name, phone in people.items()
            ]
        )


@contextmanager
def _switching() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_INTERVAL)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


@contextmanager
def _on_one_processor(which: int) -> Iterator[None]:
    """Keep this thread, and all that it starts meanwhile, on one of its processors."""
    usual = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(usual)[which % len(usual)]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, usual)
