"""The one rule for silence, held by every reading, by everybody, in every state of a shift (docs/silence.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest

from firstyes.actors.errors import UnknownPhone
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.domain.answer import Answer, Status
from firstyes.domain.replies import RuleReader
from firstyes.domain.replies.reading import Intent, Reading, Reply
from firstyes.domain.shift.shift import ShiftStatus
from support.world import HOUR, World, a_world

RULES = RuleReader()


class Chosen:
    """A reader that says what the test wants."""

    reading: Reading | None = None

    def read(self, reply: Reply) -> Reading:
        return self.reading or RULES.read(reply)


@dataclass(frozen=True)
class Story:
    """One of many in a world: a shift of its own that was offered to Ana and Ben of its own."""

    world: World
    number: int

    @property
    def ana(self) -> str:
        return f"Ana{self.number}"

    @property
    def shift(self) -> str:
        return f"early{self.number}"

    def begin(self) -> None:
        self.world.caregivers(self.ana, f"Ben{self.number}", role=f"RN{self.number}")
        self.world.offered(self.shift, role=f"RN{self.number}")

    def says(self, what: str, name: str = "Ana") -> Answer:
        who = f"{name}{self.number}"
        answer = self.world.says(who, what.format(code=self.world.code(who, self.shift)))
        self.world.desk.settle()
        return answer

    def put(self, **changes: Any) -> None:
        roles = (f"RN{self.number}",)
        self.world.caregivers(self.ana, **{"phone": self.world.phones[self.ana], "roles": roles} | changes)


def asked(story: Story) -> None:
    """Nothing more: Ana was asked."""


def declined(story: Story) -> None:
    story.says("NO {code}")


def holder(story: Story) -> None:
    assert story.says("YES {code}").status is Status.SUCCESS


def released(story: Story) -> None:
    holder(story)
    story.world.desk.release(story.shift)


def opted_out(story: Story) -> None:
    story.says("STOP")


def inactive(story: Story) -> None:
    story.put(active=False)


def without_the_role(story: Story) -> None:
    story.put(roles=("LPN",))


def unknown(story: Story) -> None:
    story.world.phones[story.ana] = f"+13125559{story.number:03}"


def offering(story: Story) -> None:
    """Nothing more: it is being offered."""


def taken(story: Story) -> None:
    story.says("YES {code}", "Ben")


def cancelled(story: Story) -> None:
    story.world.desk.cancel(story.shift, confirm=True)


def later(name: str, *seconds: float) -> Callable[[Story], None]:
    def pass_by(story: Story) -> None:
        for some in seconds if story.number == 0 else ():
            story.world.later(some)

    pass_by.__name__ = name
    return pass_by


begun, over = later("begun", 2 * HOUR + 60), later("over", 11 * HOUR)
unfilled = later("unfilled", 601, 601)

Step = Callable[[Story], None]
STANDINGS: tuple[Step, ...] = (
    asked, declined, holder, released, opted_out, inactive, without_the_role, unknown
)  # fmt: skip
STATES: tuple[Step, ...] = (offering, unfilled, taken, cancelled, begun, over)
READINGS = [
    Reading(intent=intent, confidence=1, reason="", explicit=explicit, thanks=thanks)
    for intent, explicit, thanks in [
        *((intent, True, False) for intent in Intent),
        (Intent.ACCEPT, False, False),
        (Intent.ACCEPT, False, True),
        (Intent.UNCLEAR, False, True),
    ]
] + [
    Reading(intent=Intent.UNCLEAR, confidence=1, reason="", thanks=thanks, automatic=True)
    for thanks in (False, True)
]


def marks(world: World) -> tuple[int, list[Any]]:
    """What a message can leave that somebody hears of: texts, alerts and what they collected."""
    journal = world.desk.journal
    assert isinstance(journal, SqliteJournal)
    (texts,) = journal.one("SELECT count(*) FROM outbox WHERE state NOT IN ('dropped', 'failed')")
    return texts, journal.all("SELECT id, count, last_at FROM alerts ORDER BY id")


def may_pass(reading: Reading, standing: Step, state: Step) -> bool:
    """Plain thanks, a no unless they have the shift, and repeats of what is settled."""
    if reading.intent is Intent.DECLINE:
        return standing is not holder or state in (cancelled, over)
    if reading.thanks:
        return True
    return standing is opted_out and reading.intent in (Intent.OPT_OUT, Intent.NO_CALLS)


@pytest.mark.parametrize(
    ("standing", "state"), list(product(STANDINGS, STATES)), ids=lambda step: step.__name__
)
def test_every_message_has_an_effect_that_is_told_or_a_question_back_or_a_person(
    standing: Step, state: Step
) -> None:
    reader = Chosen()
    with a_world(reader=reader) as world:
        # given
        stories = [Story(world, number) for number in range(len(READINGS))]
        for step in (Story.begin, standing, state):
            for story in stories:
                step(story)
            world.desk.settle()
        if state is unfilled:
            assert world.record("early0").status is not ShiftStatus.OFFERING
        after = marks(world)
        for story, reading in zip(stories, READINGS, strict=True):
            before = after
            # when
            reader.reading = reading
            answer: Answer | None = None
            try:
                answer = world.says(story.ana, "as it was read")
            except UnknownPhone:
                assert standing in (unknown, inactive)
            world.desk.settle()
            # then
            after = marks(world)
            told = after[0] > before[0]
            called = after[1] != before[1]
            which = f"{reading.intent} explicit={reading.explicit} thanks={reading.thanks}: {answer}"
            if standing in (unknown, inactive):
                assert called and not told, which
            elif reading.automatic:
                assert not told and (called or reading.thanks), which
            elif not may_pass(reading, standing, state):
                assert told or called, which
            if answer is not None and answer.status is Status.SUCCESS:
                assert world.record(story.shift).claimed_by == story.ana, which
