"""A reader of one's own that sleeps, raises or babbles: the rules read, and the message is kept."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from firstyes.actors.desk.desk import ShiftDesk
from firstyes.actors.timed_reader import AT_ONCE, TimedReader
from firstyes.domain.answer import Status
from firstyes.domain.replies import RuleReader
from firstyes.domain.replies.reading import Intent, Reading, Reply
from support.patience import PATIENCE
from support.world import a_world


class Asleep:
    """Does not come back until it is woken."""

    def __init__(self) -> None:
        self.woken = Event()

    def read(self, reply: Reply) -> Reading:
        assert self.woken.wait(PATIENCE)
        return Reading(intent=Intent.DECLINE, confidence=1, reason="too late to count")


class Raises:
    def read(self, reply: Reply) -> Reading:
        raise ValueError(reply.text)


class Exits:
    def read(self, reply: Reply) -> Reading:
        raise SystemExit(3)


class Babbles:
    def read(self, reply: Reply) -> Any:
        return "yes, I think"


@pytest.mark.parametrize("reader", [Raises(), Exits(), Babbles()], ids=["raises", "exits", "babbles"])
def test_row_67_a_reader_that_fails_loses_no_message(reader: Any) -> None:
    """Row 67."""
    with a_world(reader=reader) as world:
        world.asked("Ana")
        assert world.says("Ana", "yes").status is Status.SUCCESS
        assert [one.body for one in world.desk.messages(shift_id="early").items if one.direction == "in"] == [
            "yes"
        ]


def test_row_67_a_reader_that_sleeps_is_not_waited_for() -> None:
    """Row 67: nor, whatever time it is given, for more than half of the desk's patience."""
    reader = Asleep()
    with a_world(reader=reader, reader_timeout=0.05) as world:
        world.caregivers("Ana", "Ben")
        world.shift()
        world.desk.fan_out("early")
        assert world.says("Ana", "yes").status is Status.SUCCESS
        assert world.record().claimed_by == "Ana"
        reader.woken.set()
    assert ShiftDesk("sqlite://", patience=0.4, reader_timeout=30)._reader_timeout == 0.2


class ThinksAboutYes:
    """Thinks about a yes until it is woken."""

    def __init__(self) -> None:
        self.thinks, self.woken = Event(), Event()

    def read(self, reply: Reply) -> Reading:
        if reply.text.startswith("YES"):
            self.thinks.set()
            assert self.woken.wait(PATIENCE)
        return RuleReader().read(reply)


def test_row_67_a_yes_that_it_thinks_about_for_long_is_asked_about_after_a_no_that_came_later() -> None:
    """Row 67: otherwise they would have the shift, and the no would be lost."""
    # given
    reader = ThinksAboutYes()
    with a_world(reader=reader, reader_timeout=PATIENCE) as world, ThreadPoolExecutor() as threads:
        world.caregivers("Ana", "Ben")
        world.offered()
        code = world.code("Ana", "early")
        yes = threads.submit(world.says, "Ana", f"YES {code}")
        assert reader.thinks.wait(PATIENCE)
        # when
        world.clock.advance(0.5)
        assert world.says("Ana", f"NO {code}").status is Status.ACKNOWLEDGED
        world.clock.advance(0.5)
        reader.woken.set()
        # then
        assert yes.result(PATIENCE).status is Status.CLARIFY
        assert world.record().claimed_by is None


def test_row_67_replies_over_which_it_sleeps_are_bounded() -> None:
    """Row 67: when all its threads hang, the rules read at once."""
    # given
    reader = Asleep()
    timed = TimedReader(reader, timeout=0.001)
    for _ in range(AT_ONCE):
        timed.read(Reply(text="yes"))
    # when
    reading = timed.read(Reply(text="no"))
    # then
    assert reading.intent is Intent.DECLINE
    assert reading.reason != "too late to count"
    reader.woken.set()


def test_what_it_raises_is_logged_without_what_was_written(caplog: pytest.LogCaptureFixture) -> None:
    TimedReader(Raises(), timeout=PATIENCE).read(Reply(text="my son is ill"))
    assert "The reader raised: ValueError" in caplog.text
    assert "my son" not in caplog.text


def test_the_rules_are_asked_where_they_are() -> None:
    rules = RuleReader()
    assert TimedReader(rules, timeout=0).read(Reply(text="yes")).intent is Intent.ACCEPT
