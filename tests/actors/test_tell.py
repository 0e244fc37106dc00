"""Sending to actors that live, have died, or die while they are being sent to."""

import threading
from typing import Any

import pytest

from firstyes.actors.errors import HandlerFailed, NoAnswer, ReceiverGone
from firstyes.actors.runtime.dead_letter import DeadLetter, WakeUp, let_rest
from firstyes.actors.runtime.envelope import Envelope
from firstyes.actors.runtime.loop import Loop
from firstyes.actors.runtime.loop_actor import LoopActor
from firstyes.actors.runtime.promise import Promise
from firstyes.actors.runtime.tell import tell
from firstyes.domain.errors import FirstyesError
from support.patience import PATIENCE

PHONE = "+1" + "5550001"


class DeadLetterBox:
    """Keeps dead letters and takes none over."""

    def __init__(self) -> None:
        self.letters: list[DeadLetter] = []

    def __call__(self, letter: DeadLetter) -> bool:
        self.letters.append(letter)
        return False


class Clerk(LoopActor):
    """Answers, waits, sends on or fails, as it is told."""

    def on_receive(self, message: Any) -> None:
        match message:
            case Envelope(message="fail"):
                raise ValueError(PHONE)
            case Envelope(reply=Promise() as reply):
                reply.set_result("handled")
            case threading.Event():
                message.wait(PATIENCE)
            case ("send", to, what, dead_letters):
                tell(to, what, dead_letters)
            case _:
                pass

    def on_failure(self, *_error: Any) -> None:
        failed_on.append(self._failed_on)


failed_on: list[Any] = []


@pytest.fixture(autouse=True)
def nobody_failed() -> None:
    failed_on.clear()


@pytest.fixture
def dead(loop: Loop) -> Any:
    ref = Clerk.start(loop)
    ref.stop(timeout=PATIENCE)
    return ref


def test_a_living_actor_is_told(loop):
    reply: Promise[str] = Promise()
    assert tell(Clerk.start(loop), Envelope("x", reply), let_rest) is True
    assert reply.wait(timeout=PATIENCE) == "handled"


def test_a_message_to_a_dead_actor_is_a_dead_letter_and_no_exception(dead):
    box = DeadLetterBox()
    assert tell(dead, "x", box) is False
    assert box.letters == [DeadLetter(Clerk, dead.actor_urn, "x")]


def test_who_waits_for_a_dead_actor_is_told_so_at_once(dead):
    reply: Promise[str] = Promise()
    tell(dead, Envelope("x", reply), let_rest)
    with pytest.raises(ReceiverGone):
        reply.wait(timeout=0)


def test_a_dead_letter_that_is_taken_over_can_still_be_answered(loop, dead):
    other = Clerk.start(loop)
    reply: Promise[str] = Promise()
    assert tell(dead, Envelope("x", reply), lambda letter: tell(other, letter.message, let_rest)) is False
    assert reply.wait(timeout=PATIENCE) == "handled"


def test_dead_letters_that_fail_hurt_neither_the_sender_nor_who_waits(dead, caplog):
    def fail(_letter: DeadLetter) -> bool:
        raise SystemExit(PHONE)

    reply: Promise[str] = Promise()
    assert tell(dead, Envelope("x", reply), fail) is False
    with pytest.raises(ReceiverGone):
        reply.wait(timeout=0)
    assert PHONE not in caplog.text


@pytest.mark.fault(47)
def test_an_actor_that_sends_to_a_dead_one_lives_on(loop, dead):
    sender = Clerk.start(loop)
    sender.tell(("send", dead, "x", let_rest))
    sender.ask("done?", timeout=PATIENCE)
    assert sender.is_alive()


def test_a_dead_letter_is_logged_by_its_type_and_nothing_else(dead, caplog):
    tell(dead, Envelope(f"YES from {PHONE}", Promise()), let_rest)
    assert "Dead letter: str to Clerk" in caplog.text
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert PHONE not in caplog.text
    assert "YES" not in caplog.text


def test_a_wake_up_to_a_dead_actor_is_no_dead_letter(dead, caplog):
    box = DeadLetterBox()
    assert tell(dead, WakeUp(), box) is False
    assert caplog.text == ""
    assert box.letters == []


def test_what_is_left_in_the_inbox_of_an_actor_that_stops_becomes_dead_letters(loop, caplog):
    box, let_go = DeadLetterBox(), threading.Event()
    reply: Promise[str] = Promise()
    actor = Clerk.start(loop, dead_letters=box)
    actor.tell(let_go)
    stopped = actor.stop(block=False)
    for message in ("a", Envelope("b", reply), "c"):
        assert tell(actor, message, let_rest) is True
    let_go.set()
    assert stopped.get(timeout=PATIENCE) is True
    with pytest.raises(ReceiverGone):
        reply.wait(timeout=PATIENCE)
    loop.stop(timeout=PATIENCE)
    assert [letter.message for letter in box.letters] == ["a", Envelope("b", reply), "c"]


@pytest.mark.fault(47)
def test_who_waits_for_an_actor_that_dies_handling_it_is_told_so(loop, caplog):
    reply: Promise[str] = Promise()
    message = Envelope("fail", reply)
    actor = Clerk.start(loop)
    tell(actor, message, let_rest)
    with pytest.raises(HandlerFailed) as caught:
        reply.wait(timeout=PATIENCE)
    assert isinstance(caught.value.__cause__, ValueError)
    assert not actor.is_alive()
    loop.stop(timeout=PATIENCE)
    assert failed_on == [message]


@pytest.mark.fault(47)
def test_a_failure_is_logged_with_its_type_and_place_but_not_its_text(loop, caplog):
    reply: Promise[str] = Promise()
    tell(Clerk.start(loop), Envelope("fail", reply), let_rest)
    with pytest.raises(NoAnswer):
        reply.wait(timeout=PATIENCE)
    assert "ValueError" in caplog.text
    assert "in on_receive" in caplog.text
    assert PHONE not in caplog.text


@pytest.mark.parametrize("error", [NoAnswer, ReceiverGone, HandlerFailed])
def test_every_error_of_an_answer_is_ours(error):
    assert issubclass(error, NoAnswer)
    assert issubclass(error, FirstyesError)
    assert error.__doc__.startswith("Raised when")
