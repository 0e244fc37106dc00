"""The ticks go on, whatever a clock does."""

from datetime import datetime
from queue import SimpleQueue

from firstyes.actors.runtime.clock import ManualClock
from firstyes.actors.runtime.ticker import Ticker
from firstyes.actors.tasks import Tick
from support.patience import PATIENCE
from support.world import FIVE_AM


class FailsOnce(ManualClock):
    looks = 0

    def now(self) -> datetime:
        self.looks += 1
        if self.looks == 2:
            raise OSError
        return super().now()


def test_a_clock_that_fails_once_costs_one_tick(caplog):
    # given
    ticks = SimpleQueue[Tick]()
    ticker = Ticker(FailsOnce(FIVE_AM), ticks.put, period=0.001)
    # when
    ticker.start()
    # then
    assert ticks.get(timeout=PATIENCE).now == FIVE_AM
    ticker.stop(PATIENCE)
    assert "A tick failed with OSError" in caplog.text
