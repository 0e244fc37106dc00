"""How far the outreach for a shift has come, and why somebody is not reached."""

from typing import Any

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.port import DeliveryReport
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.journal.queries.reach import reach_of
from firstyes.actors.records import Delivery, OfferRecord
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.policy import Channel
from firstyes.domain.shift.events import WhyLeftOut
from support.world import FIVE_AM, World, a_world


def arrived(world: World, name: str) -> None:
    """Have the carrier say that a text has arrived."""
    [row] = [one for one in world.desk.messages(phone=world.phones[name]).items if one.direction == "out"]
    key = row.id.removeprefix("out-")
    report = DeliveryReport(key, Channel.SMS, world.phones[name], "SM1", Delivery.DELIVERED)
    assert world.desk.report_delivery(report)


def test_a_shift_says_how_many_were_reached_and_how_and_who_was_not_and_why() -> None:
    # given fourteen people, of whom one opted out, and one has a landline
    carrier = Simulator(ManualClock(FIVE_AM))
    with a_world(carrier=carrier) as world:
        names = [f"p{number}" for number in range(14)]
        world.caregivers(*names)
        world.says("p13", "STOP")
        world.desk.settle()
        carrier.faults = FaultPlan(dead_numbers=frozenset({world.phones["p12"]}))
        # when
        world.offered()
        for name in names[:11]:
            arrived(world, name)
        world.desk.settle()
        # then
        record = world.record()
        assert record.reach is not None
        assert record.reach.summary == "14 eligible, 12 texted, 11 delivered, 1 not reached, 1 opted out"
        one = world.offer("p12")
        assert (one.text, one.call) == (Delivery.FAILED, Delivery.FAILED)
        assert one.reason is not None
        assert [(one.caregiver_id, one.reason) for one in record.left_out or ()] == [
            ("p13", "wants no texts")
        ]


def an_offer(text: Delivery | None = None, call: Delivery | None = None, **more: Any) -> OfferRecord:
    latest = call or text
    return OfferRecord(
        caregiver_id="a",
        caregiver_name="A",
        code="10",
        channel=None,
        delivery=latest,
        text=text,
        call=call,
        **more,
    )


def test_whoever_a_text_does_not_reach_and_is_called_is_told_as_such() -> None:
    offers = [
        *[an_offer(Delivery.DELIVERED, answer=None)] * 11,
        an_offer(Delivery.SENT, answer=None),
        an_offer(Delivery.FAILED, Delivery.SENT, answer=None),
        an_offer(Delivery.FAILED, Delivery.DELIVERED, answer=None),
    ]
    reach = reach_of(offers, [WhyLeftOut.OPTED_OUT, WhyLeftOut.OTHER_SHIFT])
    assert reach is not None
    assert reach.summary == "15 eligible, 12 texted, 11 delivered, 1 being called, 1 called, 1 opted out"


def test_what_was_offered_to_nobody_has_no_reach() -> None:
    assert reach_of([], [WhyLeftOut.OPTED_OUT]) is None
