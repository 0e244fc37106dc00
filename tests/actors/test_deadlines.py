"""The heap of deadlines, by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from firstyes.actors.deadlines import Deadlines
from firstyes.actors.journal.instants import to_micros
from firstyes.actors.journal.port import Deadline

NOW = datetime(2030, 7, 16, 10, tzinfo=UTC)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def deadline(shift_id: str, at: datetime) -> Deadline:
    return Deadline(to_micros(at), shift_id, to_micros(NOW + minutes(60)))


@pytest.mark.fault(36)
def test_what_fell_due_meanwhile_comes_in_the_order_it_fell_due() -> None:
    stored = [deadline(name, NOW - minutes(age)) for name, age in (("b", 2), ("a", 3), ("c", 1))]
    deadlines = Deadlines(stored)
    deadlines.ripen(NOW)
    assert deadlines.take() == ["a", "b", "c"]


@pytest.mark.fault(34)
def test_a_clock_set_forward_does_not_become_a_flood() -> None:
    deadlines = Deadlines([deadline(str(n), NOW) for n in range(100)], window=10)
    deadlines.ripen(NOW)
    under_way = deadlines.take()
    assert len(under_way) == 10
    assert deadlines.take() == []
    deadlines.done(under_way[0])
    assert len(deadlines.take()) == 1


def test_a_shift_under_way_is_not_handed_out_twice() -> None:
    deadlines = Deadlines([deadline("a", NOW)])
    deadlines.set("a", NOW, NOW + minutes(60))
    deadlines.ripen(NOW)
    assert deadlines.take() == ["a"]
    assert deadlines.take() == []


def test_it_is_quiet_only_when_all_that_was_due_is_done() -> None:
    deadlines = Deadlines([deadline("a", NOW)])
    deadlines.ripen(NOW)
    assert not deadlines.quiet
    deadlines.take()
    assert not deadlines.quiet
    deadlines.done("a")
    assert deadlines.quiet
