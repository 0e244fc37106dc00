"""where our actor differs from Pykka's ThreadingActor on purpose: two tests side by side."""

import pykka
import pytest

from firstyes.actors.errors import HandlerFailed, ShuttingDown
from support.actor_kinds import Recorder, is_dead
from support.patience import PATIENCE


def test_a_threading_actor_is_in_the_registry(threaded):
    actor = threaded.start()
    assert actor in pykka.ActorRegistry.get_all()
    assert pykka.ActorRegistry.get_by_urn(actor.actor_urn) is actor


def test_an_actor_on_a_loop_is_known_to_its_loop_and_not_to_the_registry(looped, loop):
    actor = looped.start()
    assert pykka.ActorRegistry.get_all() == []
    assert loop.live == 1
    actor.stop(timeout=PATIENCE)
    assert loop.live == 0


def test_stop_all_of_the_program_around_us_leaves_actors_on_a_loop_alone(looped, threaded):
    ours, theirs = looped.start(**Recorder().methods), threaded.start()
    pykka.ActorRegistry.stop_all(timeout=PATIENCE)
    assert not theirs.is_alive()
    assert ours.ask("x", timeout=PATIENCE) == "x"


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_a_base_exception_in_a_threading_actor_stops_every_threading_actor(threaded, error):
    other = threaded.start(**Recorder().methods)
    threaded.start(**Recorder().methods).tell(error)
    assert is_dead(other)


@pytest.mark.fault(47)
@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_a_base_exception_stops_only_the_actor_on_a_loop_it_was_raised_in(looped, error):
    recorder = Recorder()
    other, actor = looped.start(**Recorder().methods), looped.start(**recorder.methods)
    actor.tell(error)
    assert recorder.failed.wait(PATIENCE)
    assert not actor.is_alive()
    assert recorder.failed_with is error
    assert other.ask("x", timeout=PATIENCE) == "x"


@pytest.mark.fault(47)
@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_a_base_exception_on_a_loop_reaches_its_caller_as_an_error(looped, error):
    """Pykka never answers that ask; and raised as it is, a SystemExit would end the caller as well."""
    actor = looped.start(**Recorder().methods)
    with pytest.raises(HandlerFailed) as caught:
        actor.ask(error, timeout=PATIENCE)
    assert isinstance(caught.value.__cause__, error)
    assert is_dead(actor)


@pytest.mark.fault(47)
@pytest.mark.parametrize("hook", ["on_start", "on_stop", "on_failure"])
def test_a_base_exception_in_a_hook_stops_only_that_actor_on_a_loop(looped, loop, hook, caplog):
    recorder = Recorder(fail_in=hook, with_=SystemExit)
    other, actor = looped.start(**Recorder().methods), looped.start(**recorder.methods)
    if hook == "on_failure":
        actor.tell(KeyError)
    elif hook == "on_stop":
        actor.stop(block=False)
    assert is_dead(actor)
    # More in a row than the loop has threads, and none of those was lost.
    assert [other.ask(number, timeout=PATIENCE) for number in range(8)] == list(range(8))
    assert loop.live == 1
    assert recorder.seen.count("on_failure") == (1 if hook == "on_failure" else 0)
    assert "A turn raised" not in caplog.text


def test_an_actor_cannot_be_started_on_a_loop_that_has_stopped(looped, loop):
    loop.stop(timeout=PATIENCE)
    actor = looped.make(**Recorder().methods)
    early = actor.actor_ref.ask("early", block=False)
    with pytest.raises(ShuttingDown):
        actor._start_actor_loop()
    assert not actor.actor_ref.is_alive()
    with pytest.raises(pykka.ActorDeadError):
        early.get(timeout=PATIENCE)
