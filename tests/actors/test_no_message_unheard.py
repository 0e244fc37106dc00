"""The one rule for silence, held by every reading, by everybody, in every state of a shift (docs/silence.md)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import pytest

from firstyes.actors.errors import UnknownPhone
from firstyes.domain.answer import Answer, Status
from firstyes.domain.message import InboundMessage
from firstyes.domain.replies import RuleReader
from firstyes.domain.replies.reading import Intent, Reading, Reply
from firstyes.domain.shift.shift import ShiftStatus
from support.world import World, a_world

RULES = RuleReader()
STRANGER = "+13125559999"


class Chosen:
    """A reader that says what the test wants."""

    def __init__(self) -> None:
        self.reading = Reading(intent=Intent.ACCEPT, confidence=1, reason="", explicit=True)

        self.rules: RuleReader | None = None

    def read(self, reply: Reply) -> Reading:
        return self.rules.read(reply) if self.rules else self.reading


def asked(world: World) -> None:
    """Nothing more: Ana was asked."""


def declined(world: World) -> None:
    world.says("Ana", f"NO {world.code('Ana')}")


def holder(world: World) -> None:
    assert world.says("Ana", f"YES {world.code('Ana')}").status is Status.SUCCESS


def released(world: World) -> None:
    holder(world)
    world.desk.settle()
    world.desk.release("early")


def opted_out(world: World) -> None:
    world.says("Ana", "STOP")


def inactive(world: World) -> None:
    world.caregivers("Ana", phone=world.phones["Ana"], active=False)


def without_the_role(world: World) -> None:
    world.caregivers("Ana", phone=world.phones["Ana"], roles=("LPN",))


def unknown(world: World) -> None:
    world.phones["Ana"] = STRANGER


def offering(world: World) -> None:
    """Nothing more: it is being offered."""


def unfilled(world: World) -> None:
    world.later(601)
    world.later(601)
    assert world.record().status is not ShiftStatus.OFFERING


def taken(world: World) -> None:
    world.says("Ben", f"YES {world.code('Ben')}")


def cancelled(world: World) -> None:
    world.desk.cancel("early", confirm=True)


def begun(world: World) -> None:
    world.later(2 * 3600 + 60)


def over(world: World) -> None:
    world.later(11 * 3600)


Step = Callable[[World], None]
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
]


@contextmanager
def in_which(standing: Step, state: Step) -> Iterator[tuple[World, Chosen]]:
    """A shift was offered to Ana and Ben; she stands so, and then it does."""
    reader = Chosen()
    with a_world(reader=reader) as world:
        world.caregivers("Ana", "Ben")
        world.offered()
        for step in (standing, state):
            say_it_as_it_is(world, reader, step)
        yield world, reader


def say_it_as_it_is(world: World, reader: Chosen, step: Step) -> None:
    reader.rules = RULES
    step(world)
    world.desk.settle()
    reader.rules = None


def marks(world: World) -> tuple[Any, ...]:
    """All that a message can leave: texts, alerts and what they collected, events, flags."""
    sent = [one for one in world.desk.messages(limit=500).items if one.direction == "out"]
    texts = sum(one.state not in ("dropped", "failed") for one in sent)
    alerts = tuple((one.id, one.count, one.last_at) for one in world.desk.alerts(limit=500).items)
    return texts, alerts, tuple(world.events()), world.desk.caregivers().items


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
    for reading in READINGS:
        with in_which(standing, state) as (world, reader):
            # given
            reader.reading = reading
            before = marks(world)
            # when
            answer: Answer | None = None
            try:
                message = InboundMessage(from_phone=world.phones["Ana"], body="as it was read")
                answer = world.desk.receive(message)
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
            elif not may_pass(reading, standing, state):
                assert told or called, which
            if answer is not None and answer.status is Status.SUCCESS:
                assert world.record().claimed_by == "Ana", which
