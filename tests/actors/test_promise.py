"""The answer that travels inside a message."""

import sys
import threading

import pytest

from firstyes.actors.errors import NoAnswer
from firstyes.actors.runtime.promise import Promise
from support.patience import PATIENCE


def test_none_is_an_answer():
    reply: Promise[None] = Promise()
    reply.set_result(None)
    assert reply.wait(timeout=0) is None
    assert reply.is_set()


def test_an_error_is_raised_where_the_answer_is_waited_for():
    reply: Promise[str] = Promise()
    reply.set_error(KeyError("k"))
    with pytest.raises(KeyError):
        reply.wait(timeout=0)


@pytest.mark.parametrize("timeout", [0.01, 0, -1])
def test_no_answer_in_time_is_an_error_and_a_later_answer_can_still_be_had(timeout):
    reply: Promise[str] = Promise()
    with pytest.raises(NoAnswer):
        reply.wait(timeout=timeout)
    assert not reply.is_set()
    reply.set_result("late")
    assert reply.wait(timeout=0) == "late"


def test_the_first_answer_stands():
    reply: Promise[str] = Promise()
    assert reply.set_result("first") is True
    assert reply.set_result("second") is False
    assert reply.set_error(KeyError()) is False
    assert reply.wait(timeout=0) == "first"


def test_of_many_who_answer_at_once_one_wins_and_all_who_wait_see_that_one():
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(200):
            reply: Promise[int] = Promise()
            won: list[int] = []
            seen: list[int] = []

            def answer(number, reply=reply, won=won):
                if reply.set_result(number):
                    won.append(number)

            threads = [threading.Thread(target=answer, args=(number,)) for number in range(3)]
            threads += [
                threading.Thread(
                    target=lambda reply=reply, seen=seen: seen.append(reply.wait(timeout=PATIENCE))
                )
                for _ in range(3)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(PATIENCE)
            assert len(won) == 1
            assert seen == won * 3
    finally:
        sys.setswitchinterval(interval)


@pytest.mark.parametrize("before", [True, False])
def test_who_must_not_wait_is_called_once_when_it_is_kept(before):
    reply: Promise[str] = Promise()
    called: list[str] = []
    if before:
        reply.set_result("yes")
    reply.when_kept(lambda: called.append(reply.wait(0)))
    reply.set_result("yes")
    reply.set_error(KeyError("k"))
    assert called == ["yes"]


def test_whoever_keeps_it_while_somebody_asks_to_be_called_it_is_one_call():
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(300):
            reply: Promise[int] = Promise()
            called: list[int] = []
            thread = threading.Thread(target=reply.set_result, args=(1,))
            thread.start()
            reply.when_kept(lambda reply=reply, called=called: called.append(reply.wait(0)))
            thread.join(PATIENCE)
            assert called == [1]
    finally:
        sys.setswitchinterval(interval)


def test_a_kept_promise_is_kept_for_whoever_asks_while_another_takes_the_answer():
    reply: Promise[int] = Promise()
    reply.set_result(1)
    assert reply._latch.acquire(timeout=0)
    assert reply.wait(timeout=0) == 1


def test_a_promise_is_not_called_kept_before_its_answer_can_be_had(monkeypatch):
    reply: Promise[int] = Promise()
    seen: list[bool] = []
    monkeypatch.setattr(Promise, "_keep", lambda self: seen.append(self.is_set()))
    reply.set_result(1)
    assert seen == [False]
