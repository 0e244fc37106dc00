"""A round that reaches nobody is given up at once, also where that cannot be decided the first time."""

import pytest

from firstyes.actors.carriers.port import OutboundMessage, PermanentFailure
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.journal.port import CommitUnknown, JournalUnavailable
from firstyes.actors.runtime.clock import ManualClock
from firstyes.actors.shift_actor import ShiftActor
from firstyes.actors.tasks import KeepTime, ShiftTask
from firstyes.domain.answer import Answer
from support.journals import FailingJournal
from support.world import FIVE_AM, a_world


class NoTexts(Simulator):
    def send_text(self, outbound: OutboundMessage) -> str:
        raise PermanentFailure("no")


@pytest.mark.parametrize("refuses", [0, 2])
@pytest.mark.parametrize("error", [JournalUnavailable("full"), CommitUnknown("who knows"), ValueError()])
def test_a_round_that_reaches_nobody_is_given_up_after_failures_too(
    journal: FailingJournal, error: Exception, refuses: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    errors, carry_out = [error], ShiftActor.carry_out

    def fails_once(actor: ShiftActor, task: ShiftTask) -> Answer:
        if isinstance(task.order, KeepTime) and task.order.round_failed and errors:
            raise errors.pop()
        return carry_out(actor, task)

    monkeypatch.setattr(ShiftActor, "carry_out", fails_once)
    carrier = NoTexts(ManualClock(FIVE_AM))
    with a_world(journal, carrier=carrier) as world:
        world.caregivers("Ana")
        world.offered()
        assert not carrier.phone(world.phones["Ana"]).calls
        # when
        journal.refuses = refuses
        world.later(1)
        world.later(1)
        # then
        assert not journal.refuses
        assert len(carrier.phone(world.phones["Ana"]).calls) == 1
