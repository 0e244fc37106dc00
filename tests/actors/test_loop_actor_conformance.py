"""What Pykka documents of an actor, tried on Pykka's own ThreadingActor and on ours.

A test that takes `kind` runs on both. Where ours differs on purpose, two tests stand side by side and say so.
"""

import logging
import threading

import pykka
import pytest
from pykka._envelope import Envelope
from pykka.messages import ProxyCall

from support.actor_kinds import Kind, Recorder, is_dead
from support.patience import PATIENCE


def test_messages_are_handled_in_the_order_they_were_sent(kind):
    recorder = Recorder()
    actor = kind.start(**recorder.methods)
    for number in range(1000):
        actor.tell(number)
    actor.ask("end", timeout=PATIENCE)
    assert recorder.seen == ["on_start", *range(1000), "end"]


def test_ask_returns_what_the_handler_returns(kind):
    assert kind.start(**Recorder().methods).ask("x", timeout=PATIENCE) == "x"


def test_ask_without_blocking_returns_a_future(kind):
    future = kind.start(**Recorder().methods).ask("x", block=False)
    assert future.get(timeout=PATIENCE) == "x"
    assert future.get(timeout=PATIENCE) == "x"


def test_a_future_can_be_mapped_and_joined(kind):
    actor = kind.start(**Recorder().methods)
    one, two = actor.ask(1, block=False), actor.ask(2, block=False)
    assert one.join(two).map(sum).get(timeout=PATIENCE) == 3


def test_an_ask_that_is_not_answered_in_time_raises_timeout(kind):
    let_go = threading.Event()
    actor = kind.start(**Recorder().methods)
    actor.tell(let_go)
    with pytest.raises(pykka.Timeout):
        actor.ask("x", timeout=0.01)
    let_go.set()


def test_tell_returns_nothing_and_does_not_wait(kind):
    let_go = threading.Event()
    actor = kind.start(**Recorder().methods)
    actor.tell(let_go)
    assert actor.tell("x") is None
    assert not let_go.is_set()
    let_go.set()


@pytest.mark.fault(47)
def test_an_exception_while_asked_goes_to_the_caller_and_the_actor_lives_on(kind, caplog):
    caplog.set_level(logging.INFO)
    # Whoever ran before may have set up the service's log, which keeps Pykka's quiet.
    caplog.set_level(logging.INFO, "pykka")
    recorder = Recorder()
    actor = kind.start(**recorder.methods)
    with pytest.raises(ZeroDivisionError, match="on purpose"):
        actor.ask(ZeroDivisionError, timeout=PATIENCE)
    assert actor.ask("still here", timeout=PATIENCE) == "still here"
    assert "on_failure" not in recorder.seen
    assert [record.levelno for record in caplog.records] == [logging.INFO]


@pytest.mark.fault(47)
def test_an_exception_while_told_stops_the_actor_and_calls_on_failure(kind, caplog):
    recorder = Recorder()
    actor = kind.start(**recorder.methods)
    actor.tell(ZeroDivisionError)
    assert recorder.failed.wait(PATIENCE)
    assert is_dead(actor)
    assert recorder.seen == ["on_start", "on_failure"]
    assert recorder.failed_with is ZeroDivisionError
    assert any("Unhandled exception" in record.message for record in caplog.records)


def test_an_actor_is_not_alive_any_more_in_its_on_failure(kind):
    recorder = Recorder()
    kind.start(**recorder.methods).tell(ZeroDivisionError)
    assert recorder.failed.wait(PATIENCE)
    assert recorder.alive_in_failure is False


def test_an_exception_in_on_failure_is_logged_and_ends_there(kind, caplog):
    recorder = Recorder(fail_in="on_failure")
    actor = kind.start(**recorder.methods)
    other = kind.start(**Recorder().methods)
    actor.tell(KeyError)
    assert recorder.failed.wait(PATIENCE)
    assert is_dead(actor)
    assert other.ask("x", timeout=PATIENCE) == "x"


def test_on_start_runs_before_the_first_message(kind):
    recorder = Recorder()
    kind.start(**recorder.methods).ask("first", timeout=PATIENCE)
    assert recorder.seen == ["on_start", "first"]


def test_an_exception_in_on_start_stops_the_actor_without_on_failure(kind, caplog):
    recorder = Recorder(fail_in="on_start")
    actor = kind.start(**recorder.methods)
    assert is_dead(actor)
    with pytest.raises(pykka.ActorDeadError):
        actor.ask("x", timeout=PATIENCE)
    assert recorder.seen == ["on_start"]
    assert any("Unhandled exception" in record.message for record in caplog.records)


def test_on_stop_runs_when_the_actor_stops(kind):
    recorder = Recorder()
    actor = kind.start(**recorder.methods)
    assert actor.stop(timeout=PATIENCE) is True
    assert recorder.seen == ["on_start", "on_stop"]
    assert not actor.is_alive()


def test_an_exception_in_on_stop_is_logged_and_the_actor_is_stopped(kind, caplog):
    recorder = Recorder(fail_in="on_stop")
    actor = kind.start(**recorder.methods)
    assert actor.stop(timeout=PATIENCE) is True
    assert not actor.is_alive()
    assert "on_failure" not in recorder.seen
    assert any("Unhandled exception" in record.message for record in caplog.records)


def test_stop_takes_its_turn_after_what_was_sent_before(kind):
    recorder = Recorder()
    actor = kind.start(**recorder.methods)
    for number in range(100):
        actor.tell(number)
    actor.stop(timeout=PATIENCE)
    assert recorder.seen == ["on_start", *range(100), "on_stop"]


def test_an_actor_can_stop_itself(kind):
    stopped = kind.start(on_receive=lambda self, _message: self.stop())
    stopped.tell("stop yourself")
    assert is_dead(stopped)


def test_stopping_a_dead_actor_says_that_it_was_dead(kind):
    actor = kind.start(**Recorder().methods)
    assert actor.stop(timeout=PATIENCE) is True
    assert actor.stop(timeout=PATIENCE) is False


def test_two_who_stop_the_same_actor_are_both_told_that_it_stops(kind):
    let_go = threading.Event()
    actor = kind.start(**Recorder().methods)
    actor.tell(let_go)
    first, second = actor.stop(block=False), actor.stop(block=False)
    let_go.set()
    assert (first.get(timeout=PATIENCE), second.get(timeout=PATIENCE)) == (True, True)


def test_asks_left_in_the_inbox_are_answered_with_an_error(kind):
    let_go = threading.Event()
    actor = kind.start(**Recorder().methods)
    actor.tell(let_go)
    actor.stop(block=False)
    left = [actor.ask(number, block=False) for number in range(100)]
    let_go.set()
    for future in left:
        with pytest.raises(pykka.ActorDeadError):
            future.get(timeout=PATIENCE)


def test_a_dead_actor_cannot_be_told(kind):
    actor = kind.start(**Recorder().methods)
    actor.stop(timeout=PATIENCE)
    with pytest.raises(pykka.ActorDeadError):
        actor.tell("x")


def test_asking_a_dead_actor_without_blocking_returns_the_error_in_the_future(kind):
    actor = kind.start(**Recorder().methods)
    actor.stop(timeout=PATIENCE)
    with pytest.raises(pykka.ActorDeadError):
        actor.ask("x", block=False).get(timeout=PATIENCE)


def test_an_actor_is_alive_from_start_to_stop(kind):
    actor = kind.start(**Recorder().methods)
    assert actor.is_alive()
    actor.stop(timeout=PATIENCE)
    assert not actor.is_alive()
    assert actor.actor_stopped.is_set()


def test_an_actor_lives_on_when_nobody_holds_a_reference(kind):
    recorder, done = Recorder(), threading.Event()
    actor = kind.start(**recorder.methods, on_it=lambda _self: done.set())
    inbox = actor.actor_inbox
    del actor
    inbox.put(Envelope(ProxyCall(("on_it",), (), {})))
    assert done.wait(PATIENCE)


def test_messages_sent_before_the_start_are_handled_after_it(kind):
    recorder = Recorder()
    actor = kind.make(**recorder.methods)
    actor.actor_ref.tell("early")
    assert recorder.seen == []
    actor._start_actor_loop()
    actor.actor_ref.ask("late", timeout=PATIENCE)
    assert recorder.seen == ["on_start", "early", "late"]


def test_a_constructor_takes_what_start_was_given(kind):
    def __init__(self, *first, greeting):
        kind.base.__init__(self, *first)
        self.greeting = greeting

    methods = {"__init__": __init__, "on_receive": lambda self, name: f"{self.greeting}, {name}"}
    actor = kind.class_of(**methods).start(*kind.first, greeting="Hello")
    assert actor.ask("Ada", timeout=PATIENCE) == "Hello, Ada"


def test_a_message_nobody_expects_is_a_warning_and_answered_with_none(kind, caplog):
    assert kind.start().ask("x", timeout=PATIENCE) is None
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_a_proxy_reads_writes_and_calls(kind):
    proxy = kind.start(number=1, double=lambda self, by: self.number * by).proxy()
    assert proxy.number.get(timeout=PATIENCE) == 1
    proxy.number = 21
    assert proxy.double(2).get(timeout=PATIENCE) == 42


def test_a_proxied_call_that_raises_leaves_the_actor_alive(kind):
    def fail(_self):
        raise KeyError("on purpose")

    actor = kind.start(fail=fail, **Recorder().methods)
    with pytest.raises(KeyError):
        actor.proxy().fail().get(timeout=PATIENCE)
    assert actor.is_alive()


def test_a_deferred_call_that_raises_stops_the_actor(kind, caplog):
    def fail(_self):
        raise KeyError("on purpose")

    recorder = Recorder()
    actor = kind.start(fail=fail, **recorder.methods)
    actor.proxy().fail.defer()
    assert recorder.failed.wait(PATIENCE)
    assert is_dead(actor)


def test_a_proxy_of_an_actor_on_the_loop_shows_what_pykka_shows(looped, threaded):
    def shown(kind: Kind) -> set[str]:
        return {name for name in dir(kind.start().proxy()) if not name.startswith("_")}

    ours = {"batch", "dead_letters", "forward", "on_refused", "stop_now"}
    assert shown(looped) - ours == shown(threaded) - {"use_daemon_thread"}


def test_the_reference_names_the_actor(kind):
    actor = kind.start()
    assert str(actor).startswith("Subject (urn:uuid:")
    assert actor.actor_urn.startswith("urn:uuid:")
