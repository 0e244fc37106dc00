"""Drives an outbox on the test's own thread."""

from firstyes.actors.carriers.port import Carrier
from firstyes.actors.outbox.hand_over import Job, hand_over
from firstyes.actors.outbox.outbox import Outbox
from firstyes.actors.outbox.plan import Room
from firstyes.domain.policy import Channel

from .outbox_world import OutboxWorld

PLENTY = Room(answers=1_000, others=1_000)
NONE = Room(answers=0, others=0)


class SteppedOutbox(Outbox):
    """An outbox that has seen to what a crash left open; each step is a batch of its own.

    `failed_rounds` are those that it reported.
    """

    def __init__(self, world: OutboxWorld, carrier: Carrier, channel: Channel = Channel.SMS) -> None:
        super().__init__(channel, carrier.capabilities)
        self.failed_rounds: list[tuple[str, int]] = []
        self.goes_on = False
        self._carried_by = carrier
        self._world = world
        self.advance(NONE)

    def advance(self, room: Room = PLENTY) -> list[Job]:
        """Record what was noted, and give what is marked as being sent."""
        world, at = self._world, self._world.clock.now()
        with world.journal.transaction() as transaction:
            plan = self.plan(transaction, at, room)
            told = self.watch_carrier(transaction, at)
        self.settle(plan, at)
        if told is not None:
            told()
        self.failed_rounds += plan.failed_rounds
        self.goes_on = plan.goes_on
        return plan.jobs

    def hand_over(self, job: Job) -> None:
        """Ask the carrier, and note what it says."""
        self.note(hand_over(self._carried_by, job), self._world.clock.now())

    def send_all(self) -> None:
        """Hand over whatever is due, until nothing is."""
        while (jobs := self.advance()) or self.goes_on:
            for job in jobs:
                self.hand_over(job)

    def keep_sending(self, steps: int, every: float) -> None:
        """Send all that is due, so often, so many seconds apart."""
        for _ in range(steps):
            self.send_all()
            self._world.clock.advance(every)

    @property
    def quiet(self) -> bool:
        """Whether nothing is due, on the way or unrecorded."""
        return self.is_quiet(self._world.journal, self._world.clock.now())
