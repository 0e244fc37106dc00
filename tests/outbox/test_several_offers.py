"""Whoever is offered several shifts while the first offer waits gets one text: a line and a code for each."""

import re
from collections.abc import Iterator
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.port import DeliveryReport
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.outbox.plan import told_together
from firstyes.actors.records import Delivery
from firstyes.domain.answer import Status
from firstyes.domain.gsm7 import segments
from firstyes.domain.policy import Channel
from support.outbox_world import OutboxWorld
from support.paced_town import Town, a_town
from support.phones import phones
from support.stepped_outbox import SteppedOutbox
from support.world import a_world

NUMBER = "+13125550901"
[ANN] = phones(1)


@pytest.fixture
def town() -> Iterator[Town]:
    """Twelve nurses, and a number that sends a segment each second."""
    yield from a_town(1.0, NUMBER, rn=12)


def offer(town: Town, *shifts: str) -> None:
    """Offer shifts that follow one another."""
    for number, shift_id in enumerate(shifts):
        town.world.shift(shift_id, starts_in=48 + 10 * number)
    for shift_id in shifts:
        town.world.desk.fan_out(shift_id)
    town.world.desk.settle()


def codes(body: str) -> list[str]:
    return re.findall(r"YES (\d+):", body)


def test_one_text_has_a_line_and_a_code_for_each_and_nobody_waits_for_it(town: Town) -> None:
    # when
    offer(town, "tue", "wed")
    # then the first has been handed over at once
    assert len(town.carrier.given) == 1
    # when
    town.pass_time(40)
    # then
    alone = town.carrier.given[0].message
    [first] = [name for name, phone in town.world.phones.items() if phone == alone.to_phone]
    for name, phone in town.world.phones.items():
        expected = [town.world.code(name, one) for one in ("tue", "wed")]
        bodies = town.carrier.bodies(phone)
        if name == first:
            assert [re.findall(r"Reply YES (\d+)", one) for one in bodies] == [[one] for one in expected]
        else:
            assert [codes(one) for one in bodies] == [expected]
            assert bodies[0].startswith("Lakeside: Open shifts:\n")
            assert bodies[0].count("Lakeside") == 1
    states = {one.state for name in town.world.phones for one in town.world.sent(name)}
    assert states == {"sent"}


def test_each_offer_is_counted_as_handed_over_and_reached_for_its_own_shift(town: Town) -> None:
    # given
    offer(town, "tue", "wed")
    town.pass_time(40)
    # then
    for shift_id in ("tue", "wed"):
        offers = town.world.record(shift_id).offers or ()
        assert {one.delivery for one in offers} == {Delivery.SENT}


def test_a_shift_that_is_filled_meanwhile_is_not_in_the_text(town: Town) -> None:
    # given
    offer(town, "tue", "wed")
    phone = town.carrier.given[0].message.to_phone
    [first] = [name for name, known in town.world.phones.items() if known == phone]
    # when
    town.world.says(first, f"YES {town.world.code(first, 'tue')}")
    town.pass_time(40)
    # then
    later = [one.message for one in town.carrier.given[2:] if one.message.to_phone != phone]
    assert len(later) == 11
    assert all(codes(one.body) == [] and "Reply YES" in one.body for one in later)


def test_a_text_that_was_not_taken_is_parted_and_goes_out_with_what_is_still_open(town: Town) -> None:
    # given
    offer(town, "tue", "wed")
    phone = town.carrier.given[0].message.to_phone
    [first] = [name for name, known in town.world.phones.items() if known == phone]
    town.carrier.refuses_each = 1
    town.pass_time(10)
    # when
    town.world.says(first, f"YES {town.world.code(first, 'tue')}")
    town.carrier.refuses_each = None
    town.pass_time(60)
    # then
    for name in town.world.phones:
        if name != first:
            states = [str(town.world.offer(name, one).delivery) for one in ("tue", "wed")]
            assert states == ["dropped", "sent"]


@pytest.mark.parametrize(("passed", "other"), [("tue", "wed"), ("wed", "tue")])
def test_who_passed_on_one_is_told_of_the_other_only(town: Town, passed: str, other: str) -> None:
    # given
    offer(town, "tue", "wed")
    name = next(one for one, phone in town.world.phones.items() if not town.carrier.bodies(phone))
    # when
    town.world.says(name, f"NO {town.world.code(name, passed)}")
    town.pass_time(40)
    # then
    body = town.carrier.bodies(town.world.phones[name])[-1]
    assert f"Reply YES {town.world.code(name, other)} " in body


def test_what_becomes_of_the_text_becomes_of_every_offer_in_it(town: Town) -> None:
    # given
    offer(town, "tue", "wed")
    town.pass_time(40)
    together = next(one.message for one in town.carrier.given if codes(one.message.body))
    [name] = [one for one, phone in town.world.phones.items() if phone == together.to_phone]
    # when
    report = DeliveryReport(
        key=together.key,
        channel=Channel.SMS,
        to_phone=together.to_phone,
        carrier_id="S",
        delivery=Delivery.DELIVERED,
    )
    town.world.desk.report_delivery(report)
    # then
    assert {town.world.offer(name, one).delivery for one in ("tue", "wed")} == {Delivery.DELIVERED}


def test_a_text_that_cannot_be_sent_fails_for_every_shift_in_it_and_the_next_step_comes_at_once() -> None:
    for town in a_town(1.0, NUMBER, rn=2):
        # given: of the two only one may have the second shift
        town.world.shift("other", starts_in=58)
        assert town.world.desk.assign("other", "rn0").status is Status.SUCCESS
        town.pass_time(5)
        town.carrier.faults = FaultPlan(dead_numbers=frozenset(town.world.phones.values()))
        # when
        offer(town, "tue", "wed")
        town.pass_time(20)
        # then
        assert [codes(body) for body in town.carrier.bodies(town.world.phones["rn1"])[:1]] != [[]]
        assert {str(town.world.record(one).status) for one in ("tue", "wed")} == {"unfilled"}


def test_whom_a_text_did_not_reach_is_called_at_once_about_every_shift_in_it() -> None:
    for town in a_town(1.0, NUMBER, rn=2):
        # given
        town.world.shift("other", starts_in=58)
        assert town.world.desk.assign("other", "rn0").status is Status.SUCCESS
        town.pass_time(5)
        offer(town, "tue", "wed")
        town.pass_time(20)
        assert {town.world.record(one).round for one in ("tue", "wed")} == {0}
        # when
        for one in [was.message for was in town.carrier.given]:
            town.world.desk.report_delivery(
                DeliveryReport(
                    key=one.key,
                    channel=Channel.SMS,
                    to_phone=one.to_phone,
                    carrier_id=town.carrier.look_up(one) or "",
                    delivery=Delivery.FAILED,
                    error="No such phone.",
                )
            )
        town.pass_time(2)
        # then
        calls = [body for body in town.carrier.bodies(town.world.phones["rn1"]) if "Press 1" in body]
        assert [("5 AM to 1 PM" in one, "3 PM to 11 PM" in one) for one in calls] == [
            (True, False),
            (False, True),
        ]


@pytest.mark.parametrize("taken", [True, False])
def test_after_a_crash_one_text_is_asked_about_and_none_is_sent_twice(
    world: OutboxWorld, taken: bool
) -> None:
    # given
    carrier = Simulator(world.clock)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    world.offer("s2", [ANN])
    [job] = outbox.advance()
    assert len(job.rows) == 2
    if taken:
        outbox.hand_over(job)
    # when the process has died before it could record that
    again = SteppedOutbox(world, carrier)
    again.keep_sending(20, every=5.0)
    # then
    [text] = carrier.phone(ANN).texts
    assert len(codes(text.body)) == 2
    assert again.quiet


@pytest.mark.fault(2)
def test_one_text_reads_alike_in_whatever_order_its_rows_are_found_so_that_a_later_process_knows_it_again(
    world: OutboxWorld,
) -> None:
    # given
    for shift_id in ("s1", "s2", "s3"):
        world.offer(shift_id, [ANN])
    # when
    [job] = SteppedOutbox(world, Simulator(world.clock)).advance()
    # then
    assert {told_together(rows) for rows in permutations(job.rows)} == {job.outbound.body}


def test_a_cancelled_shift_is_taken_back_and_the_other_stays(town: Town) -> None:
    # given
    offer(town, "tue", "wed")
    town.pass_time(40)
    # when
    town.world.desk.cancel("wed", confirm=True)
    town.pass_time(60)
    # then
    for phone in town.world.phones.values():
        assert "was called off" in town.carrier.bodies(phone)[-1]
    name = next(iter(town.world.phones))
    assert town.world.says(name, f"YES {town.world.code(name, 'tue')}").status is Status.SUCCESS


def test_a_bare_answer_to_one_text_with_two_offers_is_asked_about(town: Town) -> None:
    # given
    offer(town, "tue", "wed")
    town.pass_time(40)
    name = next(one for one, phone in town.world.phones.items() if len(town.carrier.bodies(phone)) == 1)
    # then
    assert town.world.says(name, "yes").status is Status.CLARIFY
    assert town.world.says(name, "no").status is Status.CLARIFY


def test_a_no_of_who_has_another_shift_to_one_text_with_two_offers_is_asked_about(town: Town) -> None:
    # given
    town.world.shift("mon", starts_in=24)
    assert town.world.desk.assign("mon", "rn5").status is Status.SUCCESS
    town.pass_time(10)
    # From here on it is remembered what that phone was told.
    town.world.says("rn5", "thank you")
    offer(town, "tue", "wed")
    town.pass_time(40)
    assert len(codes(town.carrier.bodies(town.world.phones["rn5"])[-1])) == 2
    # then: it would have been taken for one to the last of them
    assert town.world.says("rn5", "no").status is Status.CLARIFY


def test_a_text_of_several_segments_takes_as_long_as_so_many(town: Town) -> None:
    # when
    offer(town, "tue", "wed", "thu", "fri")
    town.pass_time(15)
    # then
    sent = sum(segments(one.message.body) for one in town.carrier.given)
    assert 15 <= sent <= 15 + 3


def test_an_answer_to_several_codes_is_one_text_that_says_what_became_of_each(town: Town) -> None:
    # given
    offer(town, "tue", "wed", "thu")
    town.pass_time(60)
    name, phone = next((one, p) for one, p in town.world.phones.items() if len(town.carrier.bodies(p)) == 1)
    other = next(one for one in town.world.phones if one != name)
    town.world.says(other, f"YES {town.world.code(other, 'thu')}")
    town.pass_time(10)
    before = len(town.carrier.bodies(phone))
    # when
    tue, wed, thu = (town.world.code(name, one) for one in ("tue", "wed", "thu"))
    town.world.says(name, f"YES {tue} {thu} {wed}")
    town.pass_time(10)
    # then
    [answer] = town.carrier.bodies(phone)[before:]
    assert [line.split(":")[0][:18] for line in answer.split("\n")] == [
        "You have the shift",
        "Thanks for answeri",
        "You have the shift",
    ]


def test_the_first_of_two_that_overlap_is_taken_and_the_other_refused_in_one_text(town: Town) -> None:
    # given
    town.world.shift("day", starts_in=48)
    town.world.shift("late", starts_in=50)
    for shift_id in ("day", "late"):
        town.world.desk.fan_out(shift_id)
    town.pass_time(40)
    name, phone = next((one, p) for one, p in town.world.phones.items() if len(town.carrier.bodies(p)) == 1)
    # when
    town.world.says(name, f"YES {town.world.code(name, 'late')} {town.world.code(name, 'day')}")
    town.pass_time(5)
    # then
    assert [town.world.record(one).claimed_by for one in ("day", "late")] == [None, name]
    assert len(town.carrier.bodies(phone)) == 2
    assert "which overlaps" in town.carrier.bodies(phone)[-1]


SHIFTS = ("mon", "tue", "wed", "thu")


@given(st.permutations(SHIFTS), st.lists(st.sampled_from(("YES", "NO", "")), min_size=4, max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_codes_in_any_order_with_yes_and_no_take_and_decline_exactly_these(
    order: list[str], words: list[str]
) -> None:
    with a_world() as world:
        # given
        world.caregivers("Ana")
        for number, shift_id in enumerate(SHIFTS):
            world.offered(shift_id, starts_in=24 + 12 * number)
        said = [(shift_id, word) for shift_id, word in zip(order, words, strict=True) if word]
        # when
        if said:
            world.says("Ana", " ".join(f"{word} {world.code('Ana', one)}" for one, word in said))
        # then
        expected = dict(said)
        for shift_id in SHIFTS:
            word = expected.get(shift_id)
            assert world.record(shift_id).claimed_by == ("Ana" if word == "YES" else None)
            assert (world.offer("Ana", shift_id).answer == "declined") is (word == "NO")
