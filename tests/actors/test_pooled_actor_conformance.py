"""What Pykka documents of an actor, tried on Pykka's own ThreadingActor and on ours.

A test that takes `kind` runs on both. Where ours differs on purpose, two tests stand side by side and say so.
"""

import logging
import threading
from collections.abc import Iterator
from typing import Any, cast

import pykka
import pytest
from pykka._envelope import Envelope
from pykka.messages import ProxyCall

from firstyes.actors.errors import HandlerFailed, ShuttingDown
from firstyes.actors.pool import Pool
from firstyes.actors.pooled_actor import PooledActor

SOON = 5.0
"""Seconds: long enough for a slow machine, and never waited for when all is well."""


class Kind:
    """One of the two actor types, and how its actors are made."""

    def __init__(self, base: type[pykka.Actor], *first: Any) -> None:
        self.base, self.first = base, first

    def class_of(self, **methods: Any) -> Any:
        """An actor class with these methods and attributes."""
        return type("Subject", (self.base,), methods)

    def make(self, **methods: Any) -> pykka.Actor:
        """An actor with these methods and attributes, not started."""
        return cast(pykka.Actor, self.class_of(**methods)(*self.first))

    def start(self, **methods: Any) -> pykka.ActorRef[Any]:
        """An actor with these methods and attributes, started."""
        return cast(pykka.ActorRef[Any], self.class_of(**methods).start(*self.first))


class DaemonThreadingActor(pykka.ThreadingActor):
    """A ThreadingActor that does not keep a failed test run alive."""

    use_daemon_thread = True


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(size=4)
    yield pool
    pool.stop(timeout=SOON)


@pytest.fixture
def pooled(pool: Pool) -> Kind:
    return Kind(PooledActor, pool)


@pytest.fixture
def threaded() -> Iterator[Kind]:
    yield Kind(DaemonThreadingActor)
    pykka.ActorRegistry.stop_all(timeout=SOON)


@pytest.fixture(params=["threaded", "pooled"])
def kind(request: pytest.FixtureRequest) -> Kind:
    return request.getfixturevalue(request.param)


class Recorder:
    """Methods of an actor that writes down what happens to it, and fails when told to."""

    def __init__(self, *, fail_in: str = "", with_: type[BaseException] = ZeroDivisionError) -> None:
        self.seen: list[Any] = []
        self.failed = threading.Event()
        self.failed_with: Any = None
        self.alive_in_failure: bool | None = None
        recorder = self

        def happened(what: str) -> None:
            recorder.seen.append(what)
            if fail_in == what:
                raise with_("on purpose")

        def on_receive(_self: Any, message: Any) -> Any:
            if isinstance(message, type) and issubclass(message, BaseException):
                raise message("on purpose")
            if isinstance(message, threading.Event):
                message.wait(SOON)
            recorder.seen.append(message)
            return message

        def on_failure(_self: Any, kind: Any, _value: Any, _traceback: Any) -> None:
            try:
                happened("on_failure")
                recorder.failed_with, recorder.alive_in_failure = kind, _self.actor_ref.is_alive()
            finally:
                recorder.failed.set()

        self.methods = {
            "on_start": lambda _self: happened("on_start"),
            "on_stop": lambda _self: happened("on_stop"),
            "on_receive": on_receive,
            "on_failure": on_failure,
        }


def is_dead(ref: pykka.ActorRef[Any]) -> bool:
    """Whether the actor is dead, or dies soon."""
    return ref.actor_stopped.wait(SOON)


def test_messages_are_handled_in_the_order_they_were_sent(kind):
    recorder = Recorder()
    actor = kind.start(**recorder.methods)
    for number in range(1000):
        actor.tell(number)
    actor.ask("end", timeout=SOON)
    assert recorder.seen == ["on_start", *range(1000), "end"]


def test_ask_returns_what_the_handler_returns(kind):
    assert kind.start(**Recorder().methods).ask("x", timeout=SOON) == "x"


def test_ask_without_blocking_returns_a_future(kind):
    future = kind.start(**Recorder().methods).ask("x", block=False)
    assert future.get(timeout=SOON) == "x"
    assert future.get(timeout=SOON) == "x"


def test_a_future_can_be_mapped_and_joined(kind):
    actor = kind.start(**Recorder().methods)
    one, two = actor.ask(1, block=False), actor.ask(2, block=False)
    assert one.join(two).map(sum).get(timeout=SOON) == 3


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
    recorder = Recorder()
    actor = kind.start(**recorder.methods)
    with pytest.raises(ZeroDivisionError, match="on purpose"):
        actor.ask(ZeroDivisionError, timeout=SOON)
    assert actor.ask("still here", timeout=SOON) == "still here"
    assert "on_failure" not in recorder.seen
    assert [record.levelno for record in caplog.records] == [logging.INFO]


@pytest.mark.fault(47)
def test_an_exception_while_told_stops_the_actor_and_calls_on_failure(kind, caplog):
    recorder = Recorder()
    actor = kind.start(**recorder.methods)
    actor.tell(ZeroDivisionError)
    assert recorder.failed.wait(SOON)
    assert is_dead(actor)
    assert recorder.seen == ["on_start", "on_failure"]
    assert recorder.failed_with is ZeroDivisionError
    assert any("Unhandled exception" in record.message for record in caplog.records)


def test_an_actor_is_not_alive_any_more_in_its_on_failure(kind):
    recorder = Recorder()
    kind.start(**recorder.methods).tell(ZeroDivisionError)
    assert recorder.failed.wait(SOON)
    assert recorder.alive_in_failure is False


def test_an_exception_in_on_failure_is_logged_and_ends_there(kind, caplog):
    recorder = Recorder(fail_in="on_failure")
    actor = kind.start(**recorder.methods)
    other = kind.start(**Recorder().methods)
    actor.tell(KeyError)
    assert recorder.failed.wait(SOON)
    assert is_dead(actor)
    assert other.ask("x", timeout=SOON) == "x"


def test_on_start_runs_before_the_first_message(kind):
    recorder = Recorder()
    kind.start(**recorder.methods).ask("first", timeout=SOON)
    assert recorder.seen == ["on_start", "first"]


def test_an_exception_in_on_start_stops_the_actor_without_on_failure(kind, caplog):
    recorder = Recorder(fail_in="on_start")
    actor = kind.start(**recorder.methods)
    assert is_dead(actor)
    with pytest.raises(pykka.ActorDeadError):
        actor.ask("x", timeout=SOON)
    assert recorder.seen == ["on_start"]
    assert any("Unhandled exception" in record.message for record in caplog.records)


def test_on_stop_runs_when_the_actor_stops(kind):
    recorder = Recorder()
    actor = kind.start(**recorder.methods)
    assert actor.stop(timeout=SOON) is True
    assert recorder.seen == ["on_start", "on_stop"]
    assert not actor.is_alive()


def test_an_exception_in_on_stop_is_logged_and_the_actor_is_stopped(kind, caplog):
    recorder = Recorder(fail_in="on_stop")
    actor = kind.start(**recorder.methods)
    assert actor.stop(timeout=SOON) is True
    assert not actor.is_alive()
    assert "on_failure" not in recorder.seen
    assert any("Unhandled exception" in record.message for record in caplog.records)


def test_stop_takes_its_turn_after_what_was_sent_before(kind):
    recorder = Recorder()
    actor = kind.start(**recorder.methods)
    for number in range(100):
        actor.tell(number)
    actor.stop(timeout=SOON)
    assert recorder.seen == ["on_start", *range(100), "on_stop"]


def test_an_actor_can_stop_itself(kind):
    stopped = kind.start(on_receive=lambda self, _message: self.stop())
    stopped.tell("stop yourself")
    assert is_dead(stopped)


def test_stopping_a_dead_actor_says_that_it_was_dead(kind):
    actor = kind.start(**Recorder().methods)
    assert actor.stop(timeout=SOON) is True
    assert actor.stop(timeout=SOON) is False


def test_two_who_stop_the_same_actor_are_both_told_that_it_stops(kind):
    let_go = threading.Event()
    actor = kind.start(**Recorder().methods)
    actor.tell(let_go)
    first, second = actor.stop(block=False), actor.stop(block=False)
    let_go.set()
    assert (first.get(timeout=SOON), second.get(timeout=SOON)) == (True, True)


def test_asks_left_in_the_inbox_are_answered_with_an_error(kind):
    let_go = threading.Event()
    actor = kind.start(**Recorder().methods)
    actor.tell(let_go)
    actor.stop(block=False)
    left = [actor.ask(number, block=False) for number in range(100)]
    let_go.set()
    for future in left:
        with pytest.raises(pykka.ActorDeadError):
            future.get(timeout=SOON)


def test_a_dead_actor_cannot_be_told(kind):
    actor = kind.start(**Recorder().methods)
    actor.stop(timeout=SOON)
    with pytest.raises(pykka.ActorDeadError):
        actor.tell("x")


def test_asking_a_dead_actor_without_blocking_returns_the_error_in_the_future(kind):
    actor = kind.start(**Recorder().methods)
    actor.stop(timeout=SOON)
    with pytest.raises(pykka.ActorDeadError):
        actor.ask("x", block=False).get(timeout=SOON)


def test_an_actor_is_alive_from_start_to_stop(kind):
    actor = kind.start(**Recorder().methods)
    assert actor.is_alive()
    actor.stop(timeout=SOON)
    assert not actor.is_alive()
    assert actor.actor_stopped.is_set()


def test_an_actor_lives_on_when_nobody_holds_a_reference(kind):
    recorder, done = Recorder(), threading.Event()
    actor = kind.start(**recorder.methods, on_it=lambda _self: done.set())
    inbox = actor.actor_inbox
    del actor
    inbox.put(Envelope(ProxyCall(("on_it",), (), {})))
    assert done.wait(SOON)


def test_messages_sent_before_the_start_are_handled_after_it(kind):
    recorder = Recorder()
    actor = kind.make(**recorder.methods)
    actor.actor_ref.tell("early")
    assert recorder.seen == []
    actor._start_actor_loop()
    actor.actor_ref.ask("late", timeout=SOON)
    assert recorder.seen == ["on_start", "early", "late"]


def test_a_constructor_takes_what_start_was_given(kind):
    def __init__(self, *first, greeting):
        kind.base.__init__(self, *first)
        self.greeting = greeting

    methods = {"__init__": __init__, "on_receive": lambda self, name: f"{self.greeting}, {name}"}
    actor = kind.class_of(**methods).start(*kind.first, greeting="Hello")
    assert actor.ask("Ada", timeout=SOON) == "Hello, Ada"


def test_a_message_nobody_expects_is_a_warning_and_answered_with_none(kind, caplog):
    assert kind.start().ask("x", timeout=SOON) is None
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_a_proxy_reads_writes_and_calls(kind):
    proxy = kind.start(number=1, double=lambda self, by: self.number * by).proxy()
    assert proxy.number.get(timeout=SOON) == 1
    proxy.number = 21
    assert proxy.double(2).get(timeout=SOON) == 42


def test_a_proxied_call_that_raises_leaves_the_actor_alive(kind):
    def fail(_self):
        raise KeyError("on purpose")

    actor = kind.start(fail=fail, **Recorder().methods)
    with pytest.raises(KeyError):
        actor.proxy().fail().get(timeout=SOON)
    assert actor.is_alive()


def test_a_deferred_call_that_raises_stops_the_actor(kind, caplog):
    def fail(_self):
        raise KeyError("on purpose")

    recorder = Recorder()
    actor = kind.start(fail=fail, **recorder.methods)
    actor.proxy().fail.defer()
    assert recorder.failed.wait(SOON)
    assert is_dead(actor)


def test_a_proxy_of_a_pooled_actor_shows_what_pykka_shows(pooled, threaded):
    def shown(kind: Kind) -> set[str]:
        return {name for name in dir(kind.start().proxy()) if not name.startswith("_")}

    assert shown(pooled) == shown(threaded) - {"use_daemon_thread"}


def test_the_reference_names_the_actor(kind):
    actor = kind.start()
    assert str(actor).startswith("Subject (urn:uuid:")
    assert actor.actor_urn.startswith("urn:uuid:")


# Where ours differs on purpose.


def test_a_threading_actor_is_in_the_registry(threaded):
    actor = threaded.start()
    assert actor in pykka.ActorRegistry.get_all()
    assert pykka.ActorRegistry.get_by_urn(actor.actor_urn) is actor


def test_a_pooled_actor_is_known_to_its_pool_and_not_to_the_registry(pooled, pool):
    actor = pooled.start()
    assert pykka.ActorRegistry.get_all() == []
    assert pool.live == 1
    actor.stop(timeout=SOON)
    assert pool.live == 0


def test_stop_all_of_the_program_around_us_leaves_pooled_actors_alone(pooled, threaded):
    ours, theirs = pooled.start(**Recorder().methods), threaded.start()
    pykka.ActorRegistry.stop_all(timeout=SOON)
    assert not theirs.is_alive()
    assert ours.ask("x", timeout=SOON) == "x"


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_a_base_exception_in_a_threading_actor_stops_every_threading_actor(threaded, error):
    other = threaded.start(**Recorder().methods)
    threaded.start(**Recorder().methods).tell(error)
    assert is_dead(other)


@pytest.mark.fault(47)
@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_a_base_exception_stops_only_the_pooled_actor_it_was_raised_in(pooled, error):
    recorder = Recorder()
    other, actor = pooled.start(**Recorder().methods), pooled.start(**recorder.methods)
    actor.tell(error)
    assert recorder.failed.wait(SOON)
    assert not actor.is_alive()
    assert recorder.failed_with is error
    assert other.ask("x", timeout=SOON) == "x"


@pytest.mark.fault(47)
@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_a_base_exception_in_a_pooled_actor_reaches_its_caller_as_an_error(pooled, error):
    """Pykka never answers that ask; and raised as it is, a SystemExit would end the caller as well."""
    actor = pooled.start(**Recorder().methods)
    with pytest.raises(HandlerFailed) as caught:
        actor.ask(error, timeout=SOON)
    assert isinstance(caught.value.__cause__, error)
    assert is_dead(actor)


@pytest.mark.fault(47)
@pytest.mark.parametrize("hook", ["on_start", "on_stop", "on_failure"])
def test_a_base_exception_in_a_hook_stops_only_that_pooled_actor(pooled, pool, hook, caplog):
    recorder = Recorder(fail_in=hook, with_=SystemExit)
    other, actor = pooled.start(**Recorder().methods), pooled.start(**recorder.methods)
    if hook == "on_failure":
        actor.tell(KeyError)
    elif hook == "on_stop":
        actor.stop(block=False)
    assert is_dead(actor)
    # More in a row than the pool has threads, and none of those was lost.
    assert [other.ask(number, timeout=SOON) for number in range(8)] == list(range(8))
    assert pool.live == 1
    assert recorder.seen.count("on_failure") == (1 if hook == "on_failure" else 0)
    assert "A turn raised" not in caplog.text


def test_a_pooled_actor_cannot_be_started_on_a_pool_that_has_stopped(pooled, pool):
    pool.stop(timeout=SOON)
    actor = pooled.make(**Recorder().methods)
    early = actor.actor_ref.ask("early", block=False)
    with pytest.raises(ShuttingDown):
        actor._start_actor_loop()
    assert not actor.actor_ref.is_alive()
    with pytest.raises(pykka.ActorDeadError):
        early.get(timeout=SOON)
