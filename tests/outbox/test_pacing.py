"""A carrier with rates is handed no more than about two seconds of them: the rest can be taken back, and answers go first."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from firstyes.actors.outbox.number_pace import NumberPace
from firstyes.domain.gsm7 import segments
from firstyes.domain.organization import Organization, OwnNumber
from firstyes.domain.policy import Channel
from support.paced_town import STEP, Town, a_town
from support.world import FIVE_AM, LAKESIDE

FIRST, SECOND, *_ = NUMBERS = [f"+1312555090{number}" for number in range(1, 5)]


@pytest.fixture
def slow() -> Iterator[Town]:
    """One number with one segment a second; twelve nurses and an aide."""
    yield from a_town(1.0, FIRST, rn=12, cna=1)


def test_no_more_than_about_two_seconds_of_the_rate_are_handed_ahead(slow: Town) -> None:
    # given
    slow.offer("one")
    handed = [len(slow.carrier.given)]
    # when
    for _ in range(5):
        slow.pass_time(1)
        handed.append(len(slow.carrier.given))
    # then
    assert handed == [1, 2, 3, 4, 5, 6]


def test_a_text_of_three_segments_takes_as_long_as_three_texts() -> None:
    # given
    pace = NumberPace(lambda number: 1.0)
    # when
    pace.take(FIRST, 3, FIVE_AM)
    # then
    allowed = [pace.allows(FIRST, FIVE_AM + timedelta(seconds=after), answer=False) for after in (1, 2, 3)]
    assert allowed == [False, False, True]
    assert pace.allows(FIRST, FIVE_AM + timedelta(seconds=1.5), answer=True)
    assert pace.allows(SECOND, FIVE_AM, answer=False)


def test_the_rounds_clock_counts_from_when_its_last_text_was_handed_over() -> None:
    for town in a_town(0.1, FIRST, rn=12):
        # given
        town.offer("one")
        town.pass_time(115)
        assert len(town.carrier.given) == 12
        last = town.carrier.given[-1].at
        # when ten minutes have passed since the shift was offered
        town.pass_time((FIVE_AM + timedelta(seconds=605) - town.carrier.clock.now()).total_seconds())
        # then nobody is called yet
        assert town.world.record("one").round == 0
        # when ten minutes have passed since the last text
        town.pass_time((last + timedelta(seconds=601) - town.carrier.clock.now()).total_seconds())
        # then
        assert town.world.record("one").round == 1


@pytest.mark.fault(46)
def test_a_filled_shift_stops_the_rest_of_the_queue(slow: Town) -> None:
    # given
    slow.offer("one")
    slow.pass_time(3)
    told = {one.message.to_phone for one in slow.carrier.given}
    winner = next(name for name, phone in slow.world.phones.items() if phone in told)
    # when
    slow.world.says(winner, "yes")
    slow.pass_time(30)
    # then
    assert {one.message.to_phone for one in slow.carrier.given} == told
    assert "You have the shift" in slow.carrier.bodies(slow.world.phones[winner])[-1]


def test_two_numbers_send_at_the_same_time_and_neither_waits_for_the_other() -> None:
    for town in a_town(1.0, FIRST, SECOND, rn=20):
        # when
        town.offer("one")
        town.pass_time(5)
        # then
        senders = [one.message.from_phone for one in town.carrier.given]
        assert (senders.count(FIRST), senders.count(SECOND)) == (6, 6)


def test_a_number_that_is_taken_away_leaves_its_queue_to_the_others() -> None:
    for town in a_town(1.0, FIRST, SECOND, rn=10):
        # given
        town.offer("one")
        # when
        phones = (OwnNumber(number=SECOND),)
        lakeside = Organization(id=LAKESIDE, name="Lakeside", time_zone="America/Chicago", phones=phones)
        town.world.desk.put_organizations([lakeside])
        town.pass_time(20)
        # then
        assert len(town.carrier.given) == 10
        assert [one.message.from_phone for one in town.carrier.given[2:]] == [SECOND] * 8


def test_calls_have_a_rate_of_their_own(slow: Town) -> None:
    # given
    slow.offer("one")
    slow.pass_time(15)
    texts = len(slow.carrier.given)
    # when
    slow.world.clock.advance(600)
    slow.carrier.clock.advance(600)
    slow.world.desk.settle()
    slow.pass_time(3)
    # then
    calls = [one.message.channel for one in slow.carrier.given[texts:]]
    assert calls == [Channel.VOICE] * 4


def test_row_32_while_ten_thousand_offers_go_out_a_yes_is_confirmed_in_two_seconds_and_one_offer_leaves_in_five() -> (
    None
):
    for town in a_town(10.0, FIRST, rn=10_000, cna=1):
        world, carrier = town.world, town.carrier
        # given
        town.offer("big")
        waits: list[float] = []
        for number in range(60):
            town.pass_time(1)
            # when somebody who has been told says something that is answered
            phone = carrier.given[number].message.to_phone
            name = next(one for one, known in world.phones.items() if known == phone)
            before = len(carrier.bodies(phone))
            world.says(name, "help")
            waited = town.until_told(phone, before + 1, within=5)
            waits.append(60.0 if waited is None else waited)
        # then
        assert sorted(waits)[round(len(waits) * 0.99) - 1] <= 2.0
        # when
        town.offer("small", role="CNA")
        # then
        waited = town.until_told(world.phones["cna0"], 1, within=10)
        assert waited is not None and waited <= 5.0
        # and offers have gone on all the while
        seconds = (carrier.clock.now() - FIVE_AM) / timedelta(seconds=1)
        assert len(carrier.given) >= 9 * seconds
        # when
        phone = next(
            one.message.to_phone
            for one in carrier.given[70:]
            if len(carrier.bodies(one.message.to_phone)) == 1
        )
        winner = next(one for one, known in world.phones.items() if known == phone)
        before = len(carrier.bodies(phone))
        world.says(winner, "yes")
        # then
        waited = town.until_told(phone, before + 1, within=5)
        assert waited is not None and waited <= 2.0
        assert "You have the shift" in carrier.bodies(phone)[-1]
        return


@pytest.mark.fault(46)
@pytest.mark.parametrize(
    "refuses_each",
    [pytest.param(None, id="undisturbed"), pytest.param(5, marks=pytest.mark.fault(7), id="429")],
)
def test_row_32_at_one_segment_a_second_a_number_ten_thousand_offers_delay_no_yes_and_no_other_shift(
    refuses_each: int | None,
) -> None:
    roles = [f"lone{number}_" for number in range(25)]
    for town in a_town(1.0, *NUMBERS, rn=10_000, **dict.fromkeys(roles, 1)):
        # given
        town.carrier.refuses_each = refuses_each
        town.offer("big")
        offered: list[float | None] = []
        confirmed: list[float | None] = []
        for number, role in enumerate(roles):
            phone = town.world.phones[f"{role}0"]
            town.pass_time(1 + number % 4 * STEP)
            # when another shift is offered to one person, who says yes
            town.offer(role, role.upper())
            offered.append(town.until_told(phone, 1, within=10))
            town.world.says(f"{role}0", "yes")
            confirmed.append(town.until_told(phone, 2, within=10))
            assert town.carrier.bodies(phone)[-1].startswith("You have the shift")
        # then
        assert max(one or 0 for one in offered) <= 5.0
        assert None not in offered + confirmed
        assert sorted(one or 0 for one in confirmed)[round(len(roles) * 0.99) - 1] <= 2.0
        # and the many are offered theirs all the while
        segments_sent = sum(segments(one.message.body) for one in town.carrier.given)
        seconds = (town.carrier.clock.now() - FIVE_AM) / timedelta(seconds=1)
        assert segments_sent >= 0.8 * seconds * len(NUMBERS)
        assert {one.message.from_phone for one in town.carrier.given} == set(NUMBERS)
