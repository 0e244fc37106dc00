import signal
from threading import Thread

import pytest

from firstyes.web.service.alarm import Alarm
from support.patience import PATIENCE


def waiting(alarm: Alarm) -> Thread:
    thread = Thread(target=alarm.wait, daemon=True)
    thread.start()
    return thread


def test_who_waits_goes_on_when_it_is_set() -> None:
    alarm = Alarm()
    thread = waiting(alarm)
    alarm.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()


@pytest.mark.fault(48)
def test_who_waits_finds_out_also_when_nobody_woke_it() -> None:
    """As when the signal came just before the wait began."""
    alarm = Alarm()
    thread = waiting(alarm)
    alarm._rung = True
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_a_handler_may_set_it_while_the_main_thread_is_about_to_wait() -> None:
    alarm = Alarm()
    before = signal.signal(signal.SIGUSR1, lambda *_: alarm.set())
    try:
        with alarm._changed:
            signal.raise_signal(signal.SIGUSR1)
        alarm.wait()
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_cleared_it_is_waited_for_again() -> None:
    alarm = Alarm()
    alarm.set()
    alarm.clear()
    thread = waiting(alarm)
    thread.join(0.05)
    assert thread.is_alive()
    alarm.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()
