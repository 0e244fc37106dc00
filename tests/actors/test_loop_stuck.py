"""Whether the loop still turns: whatever keeps it from its next message is told."""

from firstyes.actors.runtime import loop as loop_module
from firstyes.actors.runtime.loop import Loop
from support.callers import Caller, Gate
from support.patience import PATIENCE


def test_it_says_how_long_a_turn_lasts(loop):
    gate = Gate()
    one = Caller.start(loop)
    one.tell(gate)
    assert gate.reached.wait(PATIENCE)
    assert loop.stuck_for > 0
    gate.open.set()
    assert loop.stop(PATIENCE)
    assert loop.stuck_for == 0


def test_what_follows_a_commit_is_part_of_its_turn(loop):
    gate = Gate()
    one = Caller.start(loop)
    one.tell(lambda: loop.batch.after(gate))
    assert gate.reached.wait(PATIENCE)
    assert loop.stuck_for > 0
    gate.open.set()


def test_tidying_up_that_does_not_end_is_told(store, monkeypatch):
    gate = Gate()
    monkeypatch.setattr(loop_module, "IDLE_AFTER", 0.0)
    monkeypatch.setattr(store, "idle", gate, raising=False)
    loop = Loop(store)
    loop.start()
    assert gate.reached.wait(PATIENCE)
    assert loop.stuck_for > 0
    gate.open.set()
    assert loop.stop(PATIENCE)
    assert loop.stuck_for == 0
