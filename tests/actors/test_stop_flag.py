"""The stopped flag is an Event to whoever looks at it."""

import threading

import pytest

from firstyes.actors.runtime.stop_flag import StopFlag
from support.patience import PATIENCE


def test_it_is_an_event_that_is_not_set_at_first():
    flag = StopFlag()
    assert isinstance(flag, threading.Event)
    assert not flag.is_set()
    assert flag.wait(timeout=0) is False
    assert flag.wait(timeout=-1) is False


def test_it_stays_set_however_often_it_is_set_and_waited_for():
    flag = StopFlag()
    for _ in range(2):
        flag.set()
        assert flag.is_set()
        assert flag.wait(timeout=0) is True
        assert flag.wait() is True


def test_all_who_wait_are_woken():
    flag, woken = StopFlag(), []
    threads = [threading.Thread(target=lambda: woken.append(flag.wait(timeout=PATIENCE))) for _ in range(4)]
    for thread in threads:
        thread.start()
    flag.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert woken == [True] * 4


def test_it_cannot_be_cleared():
    flag = StopFlag()
    flag.set()
    with pytest.raises(NotImplementedError):
        flag.clear()
    assert flag.is_set()
