"""How many messages are on the way at once follows from how fast the carrier is."""

import pytest

from firstyes.actors.send_window import MOST, SendWindow


def test_it_begins_with_one_message_for_each_sender() -> None:
    assert SendWindow().size(16) == 16


@pytest.mark.fault(45)
def test_a_slow_carrier_is_given_one_message_for_each_sender() -> None:
    window = SendWindow()
    window.note(10.0)
    assert window.size(16) == 16


def test_a_fast_carrier_is_given_what_it_takes_in_a_quarter_of_a_second() -> None:
    window = SendWindow()
    window.note(0.05)
    assert window.size(16) == 80


@pytest.mark.parametrize("seconds", [0.0, 1e-9, 1e-6])
def test_there_is_a_limit_even_for_a_carrier_that_takes_no_time(seconds: float) -> None:
    window = SendWindow()
    window.note(seconds)
    assert window.size(16) == MOST


@pytest.mark.fault(45)
def test_a_carrier_that_turns_slow_is_found_out_by_its_next_answer() -> None:
    # given
    window = SendWindow()
    for _ in range(1_000):
        window.note(0.001)
    assert window.size(16) == MOST
    # when
    window.note(10.0)
    # then
    assert window.size(16) == 16
