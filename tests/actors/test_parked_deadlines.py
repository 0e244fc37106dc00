"""A shift that is set aside must not keep the place of a deadline that was handed out to it."""

from threading import Event, Thread

import pytest

from firstyes.actors.errors import NoAnswer
from firstyes.actors.journal.port import Append
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from support.journals import Bug, FailingJournal, broken_for
from support.patience import PATIENCE
from support.world import World, a_world


@pytest.mark.fault(47)
def test_a_deadline_that_waits_behind_the_last_death_of_a_shift_holds_nobody_up() -> None:
    # given
    reached, die = Event(), Event()

    def die_when_told(append: Append) -> None:
        if append.stream == "shift/bad":
            reached.set()
            die.wait(PATIENCE)
            raise Bug

    journal = FailingJournal(SqliteJournal.open("sqlite://"))
    with a_world(journal) as world:
        world.caregivers("Ana")
        world.offered("bad")
        world.later(570)
        journal.before = broken_for("shift/bad", Bug())
        for _ in range(2):
            with pytest.raises(NoAnswer):
                world.says("Ana", "yes")
        # when
        journal.before = die_when_told
        last = Thread(target=says_yes_in_vain, args=(world,))
        last.start()
        assert reached.wait(PATIENCE)
        world.clock.advance(35)
        die.set()
        last.join(PATIENCE)
        # then
        world.desk.settle(PATIENCE)
        assert world.desk.health().parked == ("bad",)
    journal.close()


def says_yes_in_vain(world: World) -> None:
    with pytest.raises(NoAnswer):
        world.says("Ana", "yes")
