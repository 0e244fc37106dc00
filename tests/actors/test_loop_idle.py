"""Whoever waits until nothing is left to do: asked when no message waits, until they are content."""

import threading
from typing import Any

from firstyes.actors.journal.port import JournalUnavailable
from firstyes.actors.runtime import loop as loop_module
from firstyes.actors.runtime.loop import Loop
from support.callers import Caller
from support.patience import PATIENCE

PHONE = "+1" + "5550001"


def test_whoever_waits_until_it_is_idle_is_asked_until_content(loop):
    asked: list[int] = []
    content = threading.Event()
    one = Caller.start(loop)

    def quiet() -> bool:
        asked.append(loop.queued)
        if len(asked) < 3:
            one.tell("once more")
            return False
        content.set()
        return True

    loop.when_idle(quiet)
    assert content.wait(PATIENCE)
    one.ask("end", timeout=PATIENCE)
    assert asked == [0, 0, 0]


def test_what_was_sent_before_somebody_waits_is_handled_before_they_are_asked(store, monkeypatch, heard):
    """Sent and asked while the loop has just found nothing: it looks once more."""
    # given
    monkeypatch.setattr(loop_module, "IDLE_AFTER", 0.0)
    loop, content = Loop(store), threading.Event()
    one = Caller.start(loop, heard)
    loop.turn()

    def quiet() -> bool:
        heard.append("asked")
        content.set()
        return True

    def sent_and_waited_for() -> None:
        monkeypatch.setattr(store, "idle", lambda: None)
        one.tell("sent before")
        loop.when_idle(quiet)

    monkeypatch.setattr(store, "idle", sent_and_waited_for)
    # when
    loop.start()
    assert content.wait(PATIENCE)
    assert loop.stop(PATIENCE)
    # then
    assert heard == ["sent before", "asked"]


def test_who_cannot_tell_whether_all_is_quiet_is_asked_again(loop, caplog):
    """The journal it looks at may be unavailable for a while."""
    one, content = Caller.start(loop), threading.Event()
    answers: list[Any] = [JournalUnavailable(PHONE), True]

    def quiet() -> bool:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            one.tell("look again")
            raise answer
        content.set()
        return bool(answer)

    loop.when_idle(quiet)
    assert content.wait(PATIENCE)
    assert "JournalUnavailable" in caplog.text
    assert PHONE not in caplog.text
