"""Row 18: a carrier that takes nothing is told of within two minutes, once, and the alert closes with the first success."""

from datetime import UTC, datetime, timedelta

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.port import (
    OutboundMessage,
    OutcomeUnknown,
    SendFailed,
    Throttled,
    TransientFailure,
)
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.outbox.outage import Outage
from firstyes.domain.policy import Channel
from support.held_carrier import HeldCarrier
from support.outbox_actors import StartOutbox, look
from support.outbox_world import OutboxWorld
from support.phones import phones
from support.stepped_outbox import SteppedOutbox
from support.world import a_world

ANN, BEN = phones(2)
NOW = datetime(2030, 7, 14, 10, 0, tzinfo=UTC)


class Failing(Simulator):
    """Takes nothing while `failure` is set."""

    failure: SendFailed | None = None

    def send_text(self, outbound: OutboundMessage) -> str:
        if self.failure is not None:
            raise self.failure
        return super().send_text(outbound)


def two_minutes(outbox: SteppedOutbox) -> None:
    outbox.keep_sending(119, every=1)


@pytest.mark.parametrize(
    "failure",
    [Throttled("busy"), TransientFailure("down"), OutcomeUnknown("no answer")],
    ids=str,
)
def test_row_18_a_carrier_that_is_down_from_the_start_is_told_of_within_two_minutes_once(
    world: OutboxWorld, failure: SendFailed
) -> None:
    # given
    carrier = Failing(world.clock)
    carrier.failure = failure
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN, BEN])
    # when
    two_minutes(outbox)
    # then
    assert world.alerts() == ["carrier_down"]
    two_minutes(outbox)
    assert world.alerts() == ["carrier_down"]


def test_row_18_a_sender_that_hangs_is_told_of_too(world: OutboxWorld, start: StartOutbox) -> None:
    # given
    carrier = HeldCarrier(Simulator(world.clock))
    world.offer("s1", [ANN])
    outbox = start(carrier)
    carrier.wait_until_holding(1)
    # when
    world.clock.advance(100)
    look(outbox)
    # then
    assert world.alerts() == ["carrier_down"]
    carrier.release()


def test_one_number_that_cannot_be_reached_is_no_outage(world: OutboxWorld) -> None:
    carrier = Simulator(world.clock, faults=FaultPlan(dead_numbers=frozenset({ANN, BEN})))
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN, BEN])
    two_minutes(outbox)
    assert world.alerts() == []


def test_one_message_that_hangs_while_others_go_out_is_no_outage(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    assert len(outbox.advance()) == 1
    # when
    for number in range(10):
        world.offer(f"t{number}", [BEN])
        outbox.keep_sending(1, every=60)
        assert outbox.advance() == []
    # then
    assert world.alerts() == []


def test_where_nothing_is_to_be_sent_nothing_is_missed(world: OutboxWorld) -> None:
    carrier = Simulator(world.clock)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    outbox.send_all()
    world.clock.advance(3_600)
    assert outbox.advance() == []
    assert world.alerts() == []


def test_row_18_the_alert_closes_itself_with_the_first_text_that_goes_out() -> None:
    with a_world() as world:
        # given
        carrier = world.desk.carrier
        assert isinstance(carrier, Simulator)
        carrier.faults = FaultPlan(down=True)
        world.asked("ann", "bea", starts_in=40)
        for _ in range(20):
            world.later(6)
        [alert] = world.desk.alerts(open=True).items
        assert (alert.kind.value, alert.shift_id) == ("carrier_down", None)
        assert alert.at <= world.clock.now() - timedelta(seconds=20)
        # when
        carrier.faults = FaultPlan()
        world.later(60)
        # then
        assert list(world.desk.alerts(open=True).items) == []
        [closed] = world.desk.alerts(open=False).items
        assert (closed.id, closed.closed_by) == (alert.id, "carrier")


def test_row_18_a_restart_forgets_no_alert_that_is_open(tmp_path) -> None:
    store = f"sqlite:///{tmp_path}/journal.db"
    with a_world(store) as world:
        assert isinstance(world.desk.carrier, Simulator)
        world.desk.carrier.faults = FaultPlan(down=True)
        world.asked("ann", "bea", starts_in=40)
        for _ in range(20):
            world.later(6)
        now = world.clock.now()
        assert world.alerts() == ["carrier_down"]
    with a_world(store, at=now + timedelta(seconds=60)) as world:
        world.desk.settle()
        assert [one.closed_by for one in world.desk.alerts().items] == ["carrier"]


def test_row_18_a_restart_does_not_begin_the_count_anew(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(down=True))
    world.offer("s1", [ANN])
    SteppedOutbox(world, carrier).keep_sending(60, every=1)
    # when
    SteppedOutbox(world, carrier).keep_sending(30, every=1)
    assert world.alerts() == []
    SteppedOutbox(world, carrier).keep_sending(17, every=1)
    # then
    assert world.alerts() == ["carrier_down"]


def test_what_was_left_while_the_service_was_down_is_no_outage_where_it_goes_out(world: OutboxWorld) -> None:
    # given
    world.offer("s1", [ANN])
    world.clock.advance(3_600)
    # when
    outbox = SteppedOutbox(world, Simulator(world.clock))
    outbox.keep_sending(20, every=1)
    # then
    assert world.alerts() == []


def test_an_outage_of_calls_is_over_a_while_after_the_last_call_that_was_wanted(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(down=True))
    calls = SteppedOutbox(world, carrier, Channel.VOICE)
    world.offer("s1", [ANN], Channel.VOICE)
    two_minutes(calls)
    assert world.open_alerts() == ["carrier_down"]
    # when
    world.call_off("s1")
    calls.keep_sending(5, every=60)
    assert world.open_alerts() == ["carrier_down"]
    # then, by whoever drives it then
    SteppedOutbox(world, carrier, Channel.VOICE).keep_sending(11, every=60)
    assert world.open_alerts() == []


def test_each_channel_is_watched_by_itself(world: OutboxWorld) -> None:
    carrier = Simulator(world.clock, faults=FaultPlan(down=True))
    texts, calls = SteppedOutbox(world, carrier), SteppedOutbox(world, carrier, Channel.VOICE)
    world.offer("s1", [ANN])
    world.offer("s2", [BEN], Channel.VOICE)
    two_minutes(texts)
    assert world.alerts() == ["carrier_down"]
    two_minutes(calls)
    assert world.alerts() == ["carrier_down", "carrier_down"]


def test_a_single_failure_is_one_messages_own_trouble() -> None:
    outage = Outage()
    outage.failed(NOW)
    later = NOW + timedelta(hours=1)
    assert not outage.lasts(later, None)
    outage.failed(later)
    assert outage.lasts(later, None)
    outage.taken(later)
    assert not outage.lasts(later + timedelta(hours=1), None)
    assert not outage.lasts(later + timedelta(seconds=60), NOW)
    assert outage.lasts(later + timedelta(seconds=90), NOW)
