"""Sending to actors that live, have died, or die while they are being sent to."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from firstyes.actors.dead_letter import DeadLetter, WakeUp, let_rest
from firstyes.actors.envelope import Envelope
from firstyes.actors.errors import HandlerFailed, NoAnswer, ReceiverGone
from firstyes.actors.pool import Pool
from firstyes.actors.pooled_actor import PooledActor
from firstyes.actors.post import post
from firstyes.actors.reply import Reply
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


class Clerk(PooledActor):
    """Answers, waits, sends on or fails, as it is told."""

    def on_receive(self, message: Any) -> None:
        match message:
            case Envelope(message="fail"):
                raise ValueError(PHONE)
            case Envelope(reply=Reply() as reply):
                reply.set_result("handled")
            case threading.Event():
                message.wait(PATIENCE)
            case ("send", to, what, dead_letters):
                post(to, what, dead_letters)
            case _:
                pass

    def on_failure(self, *_error: Any) -> None:
        failed_on.append(self._failed_on)


failed_on: list[Any] = []


@pytest.fixture
def pool() -> Iterator[Pool]:
    failed_on.clear()
    pool = Pool(size=2)
    yield pool
    pool.stop(timeout=PATIENCE)


@pytest.fixture
def dead(pool: Pool) -> Any:
    ref = Clerk.start(pool)
    ref.stop(timeout=PATIENCE)
    return ref


def test_a_living_actor_is_told(pool):
    reply: Reply[str] = Reply()
    assert post(Clerk.start(pool), Envelope("x", reply), let_rest) is True
    assert reply.wait(timeout=PATIENCE) == "handled"


def test_a_message_to_a_dead_actor_is_a_dead_letter_and_no_exception(dead):
    box = DeadLetterBox()
    assert post(dead, "x", box) is False
    assert box.letters == [DeadLetter(Clerk, dead.actor_urn, "x")]


def test_who_waits_for_a_dead_actor_is_told_so_at_once(dead):
    reply: Reply[str] = Reply()
    post(dead, Envelope("x", reply), let_rest)
    with pytest.raises(ReceiverGone):
        reply.wait(timeout=0)


def test_a_dead_letter_that_is_taken_over_can_still_be_answered(pool, dead):
    other = Clerk.start(pool)
    reply: Reply[str] = Reply()
    assert post(dead, Envelope("x", reply), lambda letter: post(other, letter.message, let_rest)) is False
    assert reply.wait(timeout=PATIENCE) == "handled"


def test_dead_letters_that_fail_hurt_neither_the_sender_nor_who_waits(dead, caplog):
    def fail(_letter: DeadLetter) -> bool:
        raise SystemExit(PHONE)

    reply: Reply[str] = Reply()
    assert post(dead, Envelope("x", reply), fail) is False
    with pytest.raises(ReceiverGone):
        reply.wait(timeout=0)
    assert PHONE not in caplog.text


@pytest.mark.fault(47)
def test_an_actor_that_sends_to_a_dead_one_lives_on(pool, dead):
    sender = Clerk.start(pool)
    sender.tell(("send", dead, "x", let_rest))
    sender.ask("done?", timeout=PATIENCE)
    assert sender.is_alive()


def test_a_dead_letter_is_logged_by_its_type_and_nothing_else(dead, caplog):
    post(dead, Envelope(f"YES from {PHONE}", Reply()), let_rest)
    assert "Dead letter: str to Clerk" in caplog.text
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert PHONE not in caplog.text
    assert "YES" not in caplog.text


def test_a_wake_up_to_a_dead_actor_is_no_dead_letter(dead, caplog):
    box = DeadLetterBox()
    assert post(dead, WakeUp(), box) is False
    assert caplog.text == ""
    assert box.letters == []


def test_what_is_left_in_the_inbox_of_an_actor_that_stops_becomes_dead_letters(pool, caplog):
    box, let_go = DeadLetterBox(), threading.Event()
    reply: Reply[str] = Reply()
    actor = Clerk.start(pool, dead_letters=box)
    actor.tell(let_go)
    stopped = actor.stop(block=False)
    for message in ("a", Envelope("b", reply), "c"):
        assert post(actor, message, let_rest) is True
    let_go.set()
    assert stopped.get(timeout=PATIENCE) is True
    with pytest.raises(ReceiverGone):
        reply.wait(timeout=PATIENCE)
    pool.stop(timeout=PATIENCE)
    assert [letter.message for letter in box.letters] == ["a", Envelope("b", reply), "c"]


@pytest.mark.fault(47)
def test_who_waits_for_an_actor_that_dies_handling_it_is_told_so(pool, caplog):
    reply: Reply[str] = Reply()
    message = Envelope("fail", reply)
    actor = Clerk.start(pool)
    post(actor, message, let_rest)
    with pytest.raises(HandlerFailed) as caught:
        reply.wait(timeout=PATIENCE)
    assert isinstance(caught.value.__cause__, ValueError)
    assert not actor.is_alive()
    pool.stop(timeout=PATIENCE)
    assert failed_on == [message]


@pytest.mark.fault(47)
def test_a_failure_is_logged_with_its_type_and_place_but_not_its_text(pool, caplog):
    reply: Reply[str] = Reply()
    post(Clerk.start(pool), Envelope("fail", reply), let_rest)
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
