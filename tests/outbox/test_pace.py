"""How many messages are on the way at once follows from how fast the carrier is."""

import pytest

from firstyes.actors.pace import MOST, Pace


def test_it_begins_with_one_message_for_each_sender() -> None:
    assert Pace().window(16) == 16


@pytest.mark.fault(45)
def test_a_slow_carrier_is_given_one_message_for_each_sender() -> None:
    pace = Pace()
    pace.note(10.0)
    assert pace.window(16) == 16


def test_a_fast_carrier_is_given_what_it_takes_in_a_quarter_of_a_second() -> None:
    pace = Pace()
    pace.note(0.05)
    assert pace.window(16) == 80


@pytest.mark.parametrize("seconds", [0.0, 1e-9, 1e-6])
def test_there_is_a_limit_even_for_a_carrier_that_takes_no_time(seconds: float) -> None:
    pace = Pace()
    pace.note(seconds)
    assert pace.window(16) == MOST


@pytest.mark.fault(45)
def test_a_carrier_that_turns_slow_is_found_out_by_its_next_answer() -> None:
    # given
    pace = Pace()
    for _ in range(1_000):
        pace.note(0.001)
    assert pace.window(16) == MOST
    # when
    pace.note(10.0)
    # then
    assert pace.window(16) == 16
