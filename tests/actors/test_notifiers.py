"""Row 21: notifiers hear of whatever a coordinator cares about, each on its own thread."""

import logging
from queue import Queue
from threading import Event, Thread, current_thread

import pytest

from firstyes.actors.runtime.serial_worker import MOST_WAITING, SerialWorker
from firstyes.domain.alert import ASKS, AlertKind
from firstyes.domain.notice import Notice, NoticeEvent
from support.builders import NOW
from support.kept import wait_until
from support.patience import PATIENCE
from support.world import a_world


class Listener:
    """A notifier that keeps what it hears."""

    def __init__(self) -> None:
        self.heard: Queue[Notice] = Queue()
        self.threads: set[str] = set()

    def __call__(self, notice: Notice) -> None:
        self.threads.add(current_thread().name)
        self.heard.put(notice)

    def next(self, number: int) -> list[Notice]:
        return [self.heard.get(timeout=PATIENCE) for _ in range(number)]

    def events(self, number: int) -> list[str]:
        """Give what the next ones tell of; those of one commit in any order."""
        return sorted(one.event.value for one in self.next(number))


def a_notice(number: int = 0) -> Notice:
    return Notice(event=NoticeEvent.FILLED, at=NOW, message=str(number))


def test_row_21_the_life_of_a_shift_is_told() -> None:
    listener = Listener()
    with a_world(notifiers=[listener]) as world:
        world.caregivers("ann", "bea")
        # when, then
        world.offered()
        [started] = listener.next(1)
        assert (started.event, started.by) == (NoticeEvent.FAN_OUT_STARTED, "coordinator")
        assert started.message == "RN Tue Jul 16 7am-3pm is being offered."
        # when, then
        world.says("ann", "yes")
        filled, over = listener.next(2)
        assert (filled.event, over.event) == (NoticeEvent.FILLED, NoticeEvent.FAN_OUT_OVER)
        assert (filled.organization_id, filled.shift_id, filled.shift) == (
            "lakeside",
            "early",
            "RN Tue Jul 16 7am-3pm",
        )
        assert (filled.caregiver_id, filled.caregiver_name, filled.by) == ("ann", "ann", "caregiver:ann")
        assert filled.message == "ann has RN Tue Jul 16 7am-3pm."
        # when, then
        world.desk.release("early")
        released, again = listener.next(2)
        assert (released.event, released.caregiver_id) == (NoticeEvent.RELEASED, "ann")
        assert again.event is NoticeEvent.FAN_OUT_STARTED
        # when, then
        world.desk.cancel("early")
        assert listener.events(2) == ["cancelled", "fan_out_over"]
    assert listener.threads == {"firstyes-notifier-1"}


def test_row_21_an_alert_and_its_closing_are_told() -> None:
    listener = Listener()
    with a_world(notifiers=[listener]) as world:
        # given
        world.asked("ann")
        listener.next(1)
        # when
        world.says("ann", "no")
        told = {one.event.value: one for one in listener.next(3)}
        # then
        assert set(told) == {"unfilled", "fan_out_over", "alert"}
        alert = told["alert"]
        assert (alert.kind, alert.asks) == (
            AlertKind.EVERYBODY_DECLINED,
            ASKS[AlertKind.EVERYBODY_DECLINED],
        )
        assert (alert.shift_id, alert.shift) == ("early", "RN Tue Jul 16 7am-3pm")
        # when
        assert alert.alert_id is not None
        world.desk.close_alert(alert.alert_id, by="dana")
        [closed] = listener.next(1)
        # then
        assert (closed.event, closed.alert_id, closed.by) == (
            NoticeEvent.ALERT_CLOSED,
            alert.alert_id,
            "dana",
        )


def test_row_62_what_is_added_to_an_open_alert_is_not_told_again() -> None:
    listener = Listener()
    with a_world(notifiers=[listener]) as world:
        world.asked("ann")
        world.says("ann", "yes")
        listener.next(3)
        for _ in range(5):
            world.says("ann", "running late")
        world.desk.cancel("early", confirm=True)
        assert listener.events(3) == ["alert", "alert_closed", "cancelled"]


@pytest.mark.parametrize(
    "raised", [RuntimeError("a bug of somebody else's"), SystemExit(1), KeyboardInterrupt()]
)
def test_a_notifier_that_hangs_or_raises_hurts_nobody(
    caplog: pytest.LogCaptureFixture, raised: BaseException
) -> None:
    # given
    let_go, listener = Event(), Listener()

    def hang(_: Notice) -> None:
        let_go.wait(PATIENCE)

    def fail(_: Notice) -> None:
        raise raised

    # when
    with a_world(notifiers=[hang, fail, listener]) as world:
        world.asked("ann", "bea")
        world.says("ann", "yes")
        # then
        assert listener.events(3) == ["fan_out_over", "fan_out_started", "filled"]
        let_go.set()
    # It is told of what comes next all the same.
    assert caplog.text.count(f"A notifier failed with {type(raised).__name__}") == 3


def test_a_notifier_that_never_returns_does_not_keep_the_desk_from_closing() -> None:
    let_go = Event()
    with a_world(notifiers=[lambda _: bool(let_go.wait(PATIENCE))]) as world:
        world.asked("ann")
        assert world.desk.close()
    let_go.set()


def test_whoever_waits_until_all_is_quiet_waits_for_notifiers_but_not_for_ever() -> None:
    let_go, heard = Event(), []
    with a_world(notifiers=[heard.append]) as world:
        world.asked("ann")
        world.says("ann", "yes")
        world.desk.settle()
        assert [one.event.value for one in heard] == ["fan_out_started", "filled", "fan_out_over"]
    with a_world(notifiers=[lambda _: bool(let_go.wait(PATIENCE))]) as world:
        world.asked("ann")
        world.desk.settle()
        let_go.set()


def test_what_waits_for_a_slow_notifier_is_bounded_and_the_newest_are_kept(
    caplog: pytest.LogCaptureFixture,
) -> None:
    # given
    let_go, began, listener = Event(), Event(), Listener()

    def slow(notice: Notice) -> None:
        began.set()
        let_go.wait(PATIENCE)
        listener(notice)

    thread = SerialWorker(slow, "slow", "A notifier")
    thread.put(a_notice())
    assert began.wait(PATIENCE)
    # when
    with caplog.at_level(logging.ERROR):
        for number in range(1, MOST_WAITING + 11):
            thread.put(a_notice(number))
    let_go.set()
    # then
    wait_until(lambda: listener.heard.qsize() == MOST_WAITING + 1)
    thread.close(PATIENCE)
    assert [one.message for one in listener.next(2)] == ["0", "11"]
    assert caplog.text.count("too slow") == 1
    thread.put(a_notice())
    assert listener.heard.qsize() == MOST_WAITING - 1


def test_while_the_machine_has_no_thread_to_give_what_is_to_be_told_waits_for_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given
    def refuse(_: Thread) -> None:
        raise RuntimeError("can't start new thread")

    listener, early = Listener(), SerialWorker(print, "early", "A notifier")
    thread = SerialWorker(listener, "late", "A notifier")
    with monkeypatch.context() as full:
        full.setattr(Thread, "start", refuse)
        early.put(a_notice())
        thread.put(a_notice(1))
    # when
    early.close(PATIENCE)
    thread.put(a_notice(2))
    # then
    assert [one.message for one in listener.next(2)] == ["1", "2"]
    thread.close(PATIENCE)
