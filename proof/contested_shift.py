"""One contested shift: who will ask what, what was answered, and whether one hand could have answered so."""

from collections import Counter, defaultdict
from random import Random

from firstyes.actors.desk import ShiftDesk
from firstyes.domain.shift_events import ShiftClaimed, ShiftReleased

from .contested_callers import Ask, Asked, What
from .linearizability import Operation, Said, essence, is_linearizable, told

YESES_EACH = 8
RELEASES = 5
NOES = 6
TWICE = 0.05
"""This share of the messages is delivered twice, as carriers do."""


class ContestedShift:
    """A shift, the people who want it, and all they ask at once."""

    def __init__(self, shift_id: str, people: dict[str, str], chance: Random) -> None:
        """`people` are the phones by caregiver."""
        self.id = shift_id
        self.history: list[Operation] = []
        self.wrong: list[str] = []
        self._asked: defaultdict[str, list[Asked]] = defaultdict(list)
        self._people = people
        self._chance = chance

    def asks(self) -> list[Ask]:
        """Give what will be asked: yeses, again and again, some noes, and releases in between."""
        names = list(self._people)
        # Only some ever say no: where everybody has, the shift is unfilled, and a yes is then too late.
        sayers = [(name, What.YES) for name in names for _ in range(YESES_EACH)]
        sayers += [(self._chance.choice(names[: len(names) // 3]), What.NO) for _ in range(NOES)]
        asks = [
            Ask(what, self.id, name, self._people[name], f"{self.id}/{number}")
            for number, (name, what) in enumerate(sayers)
        ]
        asks += [one for one in asks if self._chance.random() < TWICE]
        asks += [Ask(What.RELEASE, self.id, message_id=f"{self.id}/release{one}") for one in range(RELEASES)]
        self._chance.shuffle(asks)
        return asks

    def note(self, asked: Asked) -> None:
        """Note one answer."""
        if asked.wrong is not None:
            self.wrong.append(f"{self.id}, {asked.ask.caregiver}: {asked.wrong}")
        if asked.ask.what is not What.NO:
            self._asked[asked.ask.message_id].append(asked)

    def check(self, desk: ShiftDesk) -> list[str]:
        """Give a paragraph for everything that is wrong."""
        self.history = [self._operation(same) for same in self._asked.values()]
        if not is_linearizable(self.history):
            self.wrong.append(
                f"{self.id}: no single hand could have answered so:\n{told(essence(self.history))}"
            )
        return [*self.wrong, *self._kept(desk)]

    def contested(self) -> int:
        """Count the yeses that were under way while another one was."""
        yeses = sorted((one for one in self.history if one.caregiver), key=lambda one: one.began)
        number, latest = 0, float("-inf")
        for one, after in zip(yeses, [*yeses[1:], None], strict=True):
            number += one.began <= latest or (after is not None and after.began <= one.ended)
            latest = max(latest, one.ended)
        return number

    def _operation(self, same: list[Asked]) -> Operation:
        """Make one operation of one message: delivered twice, it had its effect before the first was answered."""
        if len({one.said for one in same}) > 1:
            answers = " and ".join(one.said for one in same)
            self.wrong.append(f"{self.id}, {same[0].ask.caregiver}: one message was answered {answers}")
        first = min(same, key=lambda one: one.ended)
        began = min(one.began for one in same)
        return Operation(began, first.ended, first.ask.caregiver or None, first.said)

    def _kept(self, desk: ShiftDesk) -> list[str]:
        """Compare what was said with what is kept: every win and every release, and who holds it now."""
        events = desk.journal.shift_events(self.id)
        claims = [one.caregiver_id for one in events if isinstance(one, ShiftClaimed)]
        releases = [one.caregiver_id for one in events if isinstance(one, ShiftReleased)]
        said = Counter(one.said for one in self.history)
        won = {one.caregiver for one in self.history if one.said is Said.WON}
        record = desk.shift(self.id)
        holder = record.claimed_by if record is not None else None
        wrong = []
        if set(claims) != won or len(claims) != len(won):
            wrong.append(f"{self.id}: told that it is theirs: {sorted(map(str, won))}; kept: {claims}")
        if len(releases) != said[Said.RELEASED] or releases != claims[: len(releases)]:
            wrong.append(f"{self.id}: {said[Said.RELEASED]} releases answered; kept {releases} of {claims}")
        left = claims[len(releases) :]
        if ([holder] if holder else []) != left:
            wrong.append(f"{self.id}: held by {holder}; claims {claims}, releases {releases}")
        return wrong
