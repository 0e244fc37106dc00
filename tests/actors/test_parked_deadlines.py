"""A shift that is set aside must not keep the place of a deadline that was handed out to it."""

import pytest

from firstyes.actors.errors import NoAnswer
from support.journals import Bug, FailingJournal, broken_for
from support.patience import PATIENCE
from support.world import a_world


@pytest.mark.fault(47)
def test_a_deadline_that_waits_behind_the_last_death_of_a_shift_holds_nobody_up(
    journal: FailingJournal,
) -> None:
    # given
    with a_world(journal) as world:
        world.asked("Ana", shift_id="bad")
        world.later(570)
        journal.before = broken_for("shift/bad", Bug())
        for _ in range(2):
            with pytest.raises(NoAnswer):
                world.says("Ana", "yes")
        # when
        with world.busy():
            last = world.sends("Ana", "yes")
            world.clock.advance(35)
        with pytest.raises(NoAnswer):
            last.wait(PATIENCE)
        # then
        world.desk.settle(PATIENCE)
        assert world.desk.health().parked == ("bad",)
