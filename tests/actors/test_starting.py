"""A start that fails leaves nobody at work, and a stop keeps to its time."""

from threading import Thread
from threading import enumerate as all_threads
from typing import Any

import pytest

from firstyes.actors.desk.desk import ShiftDesk
from firstyes.actors.errors import NoAnswer
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.notifier import CLOSING, AlertNotifier
from firstyes.actors.system import ActorSystem


def at_work() -> set[Thread]:
    return {one for one in all_threads() if one.name.startswith("firstyes-")}


@pytest.mark.parametrize("error", [NoAnswer("too much fell due"), KeyboardInterrupt()])
def test_a_start_that_fails_leaves_nobody_at_work_and_the_next_one_succeeds(
    error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    def fails(*_: object, **__: object) -> None:
        raise error

    before, desk = at_work(), ShiftDesk("sqlite://")
    with monkeypatch.context() as failing:
        failing.setattr(ActorSystem, "settle", fails)
        # when
        with pytest.raises(type(error)):
            desk.start()
    # then
    assert not at_work() - before
    with desk:
        assert desk.health().ready


def test_whoever_is_closed_by_a_stop_has_no_more_than_what_is_left_of_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given
    left: list[float] = []
    for one in (AlertNotifier, SqliteJournal):

        def close(self: Any, timeout: float = CLOSING, closes: Any = one.close) -> None:
            left.append(timeout)
            closes(self, timeout)

        monkeypatch.setattr(one, "close", close)
    desk = ShiftDesk("sqlite://")
    desk.start()
    # when
    desk.close(CLOSING / 2)
    # then
    assert len(left) == 2
    assert max(left) <= CLOSING / 2
