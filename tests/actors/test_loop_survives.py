"""What is called back when a batch is committed or refused may be anybody's, and may raise: the others are told all the same."""

import pytest

from firstyes.actors.accounts.memory import Access
from firstyes.actors.errors import HandlerFailed
from firstyes.actors.journal.access_port import AccessTables
from firstyes.actors.journal.errors import CommitUnknown, JournalDamaged, JournalUnavailable
from firstyes.actors.runtime.envelope import Envelope
from firstyes.actors.runtime.loop import Batch, Loop
from firstyes.actors.runtime.promise import Promise
from support.callers import Caller


def raises(_: Batch) -> None:
    raise ValueError


def that_calls_back_and_fails() -> Promise[None]:
    promise: Promise[None] = Promise()
    promise.when_kept(lambda: 1 / 0)
    return promise


def test_who_is_told_of_a_batch_first_and_fails_keeps_no_answer_back(store, caplog):
    # given
    loop = Loop(store, raises)
    future = Caller.start(loop).ask("x", block=False)
    # when
    loop.turn()
    # then
    assert future.get(timeout=0) == "x"
    assert "ValueError" in caplog.text


@pytest.mark.parametrize("error", [JournalUnavailable("full"), CommitUnknown("who knows")])
def test_who_is_called_about_a_refusal_and_fails_keeps_no_refusal_back(store, error):
    # given
    loop = Loop(store, raises)
    one = Caller.start(loop)
    loop.turn()
    store.fails_to_commit = error
    one.tell(Envelope("x", that_calls_back_and_fails()))
    future = one.ask("y", block=False)
    # when
    loop.turn()
    # then
    with pytest.raises(type(error)):
        future.get(timeout=0)


def test_who_is_called_about_a_failure_and_fails_costs_what_came_after_nothing(stepped):
    # given
    class Fails(Caller):
        def on_receive(self, message: object) -> object:
            raise ValueError

    one, other = Fails.start(stepped), Caller.start(stepped)
    stepped.turn()
    promise = that_calls_back_and_fails()
    one.tell(Envelope("x", promise))
    future = other.ask("y", block=False)
    # when
    stepped.turn()
    # then
    with pytest.raises(HandlerFailed):
        promise.wait(0)
    assert future.get(timeout=0) == "y"


def test_when_who_may_come_in_cannot_be_read_after_a_commit_whoever_asks_next_is_told():
    # given
    def damaged() -> AccessTables:
        raise JournalDamaged("page 7")

    access = Access()
    access.open(AccessTables)
    access._load = damaged
    # when
    access.changed()
    # then
    assert not access.nobody
    with pytest.raises(JournalDamaged):
        access.tables()
