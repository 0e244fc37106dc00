"""A start that fails leaves nobody at work, and a stop keeps to its time."""

from threading import Thread
from threading import enumerate as all_threads

import pytest

from firstyes.actors.desk.desk import ShiftDesk
from firstyes.actors.errors import NoAnswer
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
    assert at_work() == before
    with desk:
        assert desk.health().ready
