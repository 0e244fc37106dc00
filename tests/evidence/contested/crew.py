"""A crew and the shifts it wants: who will ask what, what was answered, and whether one hand could have answered so."""

from collections import defaultdict
from random import Random

from firstyes.actors.desk.desk import ShiftDesk
from firstyes.domain.shift.events import ShiftClaimed, ShiftReleased

from ..linearizability import Operation, Said, essence, is_linearizable, told
from .callers import Ask, Asked, What

YESES_EACH = 8
RELEASES = 6
NOES = 6
CANCELLATIONS = 3
SOME_ARE_CANCELLED = 0.25
"""This share of the crews may see a shift cancelled: what comes after that contests nothing."""
MOST_CUT_OFF = 8
TWICE = 0.05
"""This share of the messages is delivered twice, as carriers do."""


class ContestedCrew:
    """Some people who want a shift, or one of two at the same time, and all they ask at once."""

    def __init__(self, people: dict[str, str], shifts: tuple[str, ...], chance: Random) -> None:
        """`people` are the phones by caregiver."""
        self.shifts = shifts
        self.history: list[Operation] = []
        self.wrong: list[str] = []
        self.asked_back = 0
        self._asked: defaultdict[str, list[Asked]] = defaultdict(list)
        self._people = people
        self._chance = chance

    def asks(self) -> list[Ask]:
        """Give what will be asked: yeses, again and again, some noes, releases, now and then a cancellation."""
        names = list(self._people)
        # Only some ever say no: where everybody has, the shift is unfilled, and a yes is then too late.
        sayers = [(name, What.YES) for name in names for _ in range(YESES_EACH)]
        sayers += [(self._chance.choice(names[: len(names) // 3]), What.NO) for _ in range(NOES)]
        asks = []
        for number, (name, what) in enumerate(sayers):
            shift_id = self._chance.choice(self.shifts)
            message_id = f"{self.shifts[0]}/{number}"
            asks.append(Ask(what, shift_id, message_id, name, self._people[name], len(self.shifts) > 1))
        asks += [one for one in asks if self._chance.random() < TWICE]
        cancellations = CANCELLATIONS if self._chance.random() < SOME_ARE_CANCELLED else 0
        for number, what in enumerate([What.RELEASE] * RELEASES + [What.CANCEL] * cancellations):
            asks.append(Ask(what, self._chance.choice(self.shifts), f"{self.shifts[0]}/coordinator{number}"))
        self._chance.shuffle(asks)
        return asks

    def note(self, asked: Asked) -> None:
        """Note one answer."""
        if asked.wrong is not None:
            self.wrong.append(f"{asked.ask.shift_id}, {asked.ask.caregiver}: {asked.wrong}")
        if asked.ask.what is What.YES and not asked.ask.by_code:
            self.asked_back += asked.said is None
        if asked.ask.what is not What.NO:
            self._asked[asked.ask.message_id].append(asked)

    def check(self, desk: ShiftDesk) -> list[str]:
        """Give a paragraph for everything that is wrong."""
        self.history = [one for same in self._asked.values() if (one := self._operation(same)) is not None]
        # Whatever got no answer is wrong already, and may have had its effect at any time: so many are not searched.
        cut_off = sum(one.said is Said.UNKNOWN for one in self.history)
        if cut_off <= MOST_CUT_OFF and not is_linearizable(self.history):
            self.wrong.append(f"No single hand could have answered so:\n{told(essence(self.history))}")
        return [*self.wrong, *(wrong for one in self.shifts for wrong in self._kept(desk, one))]

    def contested(self) -> int:
        """Count the yeses that were under way while another one was."""
        yeses = sorted((one for one in self.history if one.caregiver), key=lambda one: one.began)
        number, latest = 0, float("-inf")
        for one, after in zip(yeses, [*yeses[1:], None], strict=True):
            number += one.began <= latest or (after is not None and after.began <= one.ended)
            latest = max(latest, one.ended)
        return number

    def _operation(self, same: list[Asked]) -> Operation | None:
        """Make one operation of one message: delivered twice, it had its effect before the first was answered."""
        ask = same[0].ask
        if len({one.said for one in same}) > 1:
            answers = " and ".join(str(one.said) for one in same)
            self.wrong.append(f"{ask.shift_id}, {ask.caregiver}: one message was answered {answers}")
        first = min(same, key=lambda one: one.ended)
        began = min(one.began for one in same)
        if first.said is None:
            return None
        cancels = ask.what is What.CANCEL
        return Operation(began, first.ended, ask.caregiver or None, first.said, ask.shift_id, cancels)

    def _kept(self, desk: ShiftDesk, shift_id: str) -> list[str]:
        """Compare what was said with what is kept: every win and every release, and who holds it now."""
        events = desk.journal.shift_events(shift_id)
        claims = [one.caregiver_id for one in events if isinstance(one, ShiftClaimed)]
        releases = [one.caregiver_id for one in events if isinstance(one, ShiftReleased)]
        mine = [one for one in self.history if one.shift == shift_id]
        released = sum(one.said is Said.RELEASED for one in mine)
        won = {one.caregiver for one in mine if one.said is Said.WON}
        record = desk.shift(shift_id)
        holder = record.claimed_by if record is not None else None
        wrong = []
        if set(claims) != won or len(claims) != len(won):
            wrong.append(f"{shift_id}: told that it is theirs: {sorted(map(str, won))}; kept: {claims}")
        if len(releases) != released or releases != claims[: len(releases)]:
            wrong.append(f"{shift_id}: {released} releases answered; kept {releases} of {claims}")
        if ([holder] if holder else []) != claims[len(releases) :]:
            wrong.append(f"{shift_id}: held by {holder}; claims {claims}, releases {releases}")
        return wrong
