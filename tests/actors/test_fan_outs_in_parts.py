"""Fan-outs in parts, on a loop that is turned by hand: the same as in one, whatever comes between."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import pytest

from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.journal.port import shift_stream
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.journal.transaction import Transaction
from firstyes.actors.runtime.clock import ManualClock
from firstyes.actors.runtime.envelope import Envelope
from firstyes.actors.runtime.promise import Promise
from firstyes.actors.supervisor import A_FEW
from firstyes.actors.system import ActorSystem, Tools
from firstyes.actors.tasks import ShiftTask, Tick
from firstyes.domain.answer import Answer, Outcome, Status
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.message import InboundMessage
from firstyes.domain.organization import Organization
from firstyes.domain.policy import DEFAULT_ROUNDS, GOES_ON_WITHIN
from firstyes.domain.replies import RuleReader
from firstyes.domain.shift.commands import CancelShift, PostShift, ShiftCommand, StartFanOut
from firstyes.domain.shift.shift import Shift
from support.journals import FailingJournal
from support.patience import PATIENCE
from support.world import FIVE_AM, HOUR

START = StartFanOut(at=FIVE_AM, by="c")

PART = 3
OFFERS = """
SELECT caregiver_id, contact_id, code, offers.fanout FROM offers JOIN shifts ON shifts.key = offers.shift
WHERE shift_id = ? ORDER BY offers.id
"""
TEXTS = """
SELECT caregiver_id, contact_id, body, opens, turn, outbox.fanout, outbox.round FROM outbox JOIN shifts ON shifts.key = outbox.shift
WHERE shift_id = ? AND purpose = 'offer' ORDER BY seq
"""
WITHDRAWALS = TEXTS.replace("'offer'", "'withdrawal'")
EVENTS = "SELECT type FROM events JOIN streams ON streams.id = events.stream WHERE name = ? ORDER BY version"
DAY = timedelta(days=1)


class House:
    """A journal, and a system on it that nobody turns but the test."""

    def __init__(self, journal: SqliteJournal, people: int, part: int = PART) -> None:
        self.journal = journal
        self.clock = ManualClock(FIVE_AM)
        self.part = part
        with journal.transaction() as transaction:
            transaction.put_organization(
                Organization(id="lakeside", name="Lakeside"), self.clock.now(), "coordinator"
            )
        self.employ(*range(people))
        self.start()
        self.post("early")

    def start(self) -> None:
        """Start, as after a crash: what was under way before is gone."""
        tools = Tools(
            self.journal, Simulator(self.clock), self.clock, RuleReader(), DEFAULT_ROUNDS, part=self.part
        )
        self.system = ActorSystem(tools)
        self.tick()

    def employ(self, *numbers: int, moved: int = 0) -> None:
        """Hire people, every fifth of whom shares the phone of the one before."""
        people = [
            Caregiver(
                id=f"c{number}",
                organization_id="lakeside",
                name=f"Ann B{number}",
                roles=("RN",),
                phone=f"+1312555{1000 + moved + number - (number % 5 == 4):04}",
                distinct=True,
            )
            for number in numbers
        ]
        with self.journal.transaction() as transaction:
            transaction.put_caregivers(people, self.clock.now(), "coordinator")

    def post(self, shift_id: str, after: int = 1) -> None:
        start = FIVE_AM + after * DAY
        shift = Shift(
            id=shift_id,
            organization_id="lakeside",
            role_required="RN",
            start_time=start,
            end_time=start + timedelta(seconds=8 * HOUR),
        )
        self.do(PostShift(at=self.clock.now(), by="coordinator", shift=shift), shift_id)

    def tell(self, order: ShiftCommand, shift_id: str = "early") -> Promise[Answer]:
        promise: Promise[Answer] = Promise()
        self.system.post(Envelope(ShiftTask(shift_id, order), promise))
        return promise

    def do(self, order: ShiftCommand, shift_id: str = "early") -> Answer:
        promise = self.tell(order, shift_id)
        self.rest()
        return promise.wait(0)

    def says_yes(self, number: int) -> Promise[Answer]:
        return self.system.inbound.put(InboundMessage(from_phone=f"+1312555{1000 + number:04}", body="yes"))

    def tick(self) -> None:
        self.system.tick(Tick(self.clock.now()))

    def rest(self) -> None:
        """Turn until nothing waits, and what the senders were given is handed over and recorded."""
        until = monotonic() + PATIENCE
        while self.system.loop.turn() or self._is_sending():
            assert monotonic() < until

    def _is_sending(self) -> bool:
        outboxes = [one.outbox for one in self.system.outboxes.values()]
        return any(one.answers_on_the_way + one.others_on_the_way for one in outboxes)

    def later(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.tick()
        self.rest()

    def crash_after(self, rows: str, number: int) -> None:
        """Turn until there are more rows than so many, start anew, and go on."""
        while len(self.rows(rows)) == number:
            assert self.system.loop.turn(1)
        self.start()
        self.rest()
        self.later(GOES_ON_WITHIN.total_seconds())

    def until_asked(self, number: int) -> None:
        """Turn until so many have an offer."""
        while len(self.rows(OFFERS)) < number:
            assert self.system.loop.turn(1)

    def rows(self, query: str, name: str = "early") -> list[Any]:
        return self.journal.all(query, (name,))

    def events(self) -> list[str]:
        return [kind for (kind,) in self.rows(EVENTS, shift_stream("early"))]


@contextmanager
def a_house(people: int, part: int = PART) -> Iterator[House]:
    journal = SqliteJournal.open("sqlite://")
    house = House(journal, people, part)
    try:
        yield house
    finally:
        house.system.stop(1)
        journal.close()


@pytest.mark.parametrize("people", [0, 1, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 1, 20])
def test_a_fan_out_in_parts_leaves_the_same_as_in_one(people: int) -> None:
    # given
    with a_house(people) as parts, a_house(people, part=1_000) as one:
        # when
        in_parts, at_once = parts.do(START), one.do(START)
        # then
        assert in_parts == at_once
        assert in_parts.offered == people
        assert parts.rows(OFFERS) == one.rows(OFFERS)
        assert parts.rows(TEXTS) == one.rows(TEXTS)
        assert parts.events().count("offers_added") == max(0, -(-people // PART) - 1)
        phones_and_codes = [row[1:3] for row in parts.rows(OFFERS)]
        assert len(phones_and_codes) == len(set(phones_and_codes)) == people


def test_no_turn_asks_more_than_a_part_although_several_fan_outs_are_under_way() -> None:
    # given
    with a_house(20) as house:
        house.post("late", after=2)
        house.tell(START, "early")
        house.tell(START, "late")
        most = asked = 0
        # when
        while house.system.loop.turn(1):
            now = len(house.rows(OFFERS, "early")) + len(house.rows(OFFERS, "late"))
            most, asked = max(most, now - asked), now
        # then
        assert (most, asked) == (PART, 40)
        # Each has its turn: neither is done before the other has begun.
        turns = [turn for *_, turn, _, _ in house.rows(TEXTS, "late")]
        assert turns == sorted(set(turns))


def test_a_yes_between_two_parts_ends_the_rest() -> None:
    with a_house(20) as house:
        # given
        house.tell(START)
        house.until_asked(2 * PART)
        # when
        answer = house.says_yes(0)
        house.rest()
        # then
        assert answer.wait(0).status is Status.SUCCESS
        assert house.events()[-1] == "shift_claimed"
        assert len(house.rows(OFFERS)) < 20
        house.later(GOES_ON_WITHIN.total_seconds())
        assert house.events()[-1] == "shift_claimed"


def test_a_cancellation_between_two_parts_ends_the_rest() -> None:
    with a_house(20) as house:
        house.tell(START)
        house.until_asked(2 * PART)
        assert house.do(CancelShift(at=FIVE_AM, by="c")).status is Status.SUCCESS
        asked = len(house.rows(OFFERS))
        assert asked < 20
        assert house.events().index("shift_cancelled") > house.events().index("offers_added")
        assert house.events()[house.events().index("shift_cancelled") :].count("offers_added") == 0
        assert len(house.rows(WITHDRAWALS)) == asked


@pytest.mark.fault(36)
@pytest.mark.parametrize("asked", [PART, 2 * PART, 20])
def test_a_fan_out_that_a_crash_cut_off_goes_on_where_it_stopped(asked: int) -> None:
    with a_house(20) as house, a_house(20, part=1_000) as one:
        # given
        one.do(START)
        house.tell(START)
        house.until_asked(asked)
        # when
        house.start()
        house.rest()
        again = house.do(START)
        house.later(GOES_ON_WITHIN.total_seconds())
        # then
        assert (again.outcome, again.offered) == (Outcome.ALREADY_INITIATED, 20)
        assert house.rows(OFFERS) == one.rows(OFFERS)
        assert [row[:2] for row in house.rows(TEXTS)] == [row[:2] for row in one.rows(TEXTS)]
        assert house.events().count("fan_out_started") == 1


def test_people_who_are_saved_while_it_goes_on_are_asked_once() -> None:
    with a_house(20) as house:
        # given
        house.tell(START)
        house.until_asked(2 * PART)
        # when
        house.employ(*range(20, 30))
        house.system.look_for_news([f"c{number}" for number in range(30)])
        house.rest()
        # then
        names = [row[0] for row in house.rows(OFFERS)]
        assert sorted(names) == sorted({f"c{number}" for number in range(30)})
        assert [row[0] for row in house.rows(TEXTS)] == names


def test_many_who_join_a_fan_out_that_has_asked_everybody_are_asked_part_by_part() -> None:
    with a_house(2) as house:
        # given
        house.do(START)
        house.employ(*range(2, 12))
        # when
        house.system.look_for_news(None)
        house.rest()
        # then
        assert [row[0] for row in house.rows(OFFERS)] == [f"c{number}" for number in range(12)]
        assert house.events().count("offers_added") == 4


@pytest.mark.fault(38)
@pytest.mark.parametrize("refused", [1, 2, 3])
def test_whoever_joins_while_the_disk_is_full_is_asked_with_the_next_tick(
    monkeypatch: pytest.MonkeyPatch, refused: int
) -> None:
    with a_house(2) as house:
        # given
        house.do(START)
        house.employ(2)
        house.system.look_for_news(["c2"])
        journal = FailingJournal(house.journal)
        monkeypatch.setattr(house.system.loop, "_store", journal)
        for _ in range(refused):
            # when: whatever is next of it finds no room
            journal.refuses = 1
            house.rest()
            house.tick()
        house.rest()
        # then
        assert [row[0] for row in house.rows(OFFERS)] == ["c0", "c1", "c2"]


def test_thousands_who_change_are_looked_at_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    looked_at: list[int] = []
    honest = Transaction.shifts_with_news

    def shifts_with_news(self: Transaction, at: datetime, caregiver_ids: Sequence[str] = ()) -> list[str]:
        looked_at.append(len(caregiver_ids))
        return honest(self, at, caregiver_ids)

    monkeypatch.setattr(Transaction, "shifts_with_news", shifts_with_news)
    with a_house(2) as house:
        house.do(START)
        house.employ(*range(2, 2 * A_FEW + 1))
        # when
        house.system.look_for_news(None)
        house.rest()
        # then
        assert looked_at == [A_FEW, A_FEW, 1]
        assert len(house.rows(OFFERS)) == 2 * A_FEW + 1


def test_a_shift_that_begins_to_be_offered_meanwhile_has_its_turn_beside_the_big_one() -> None:
    with a_house(20) as house:
        # given
        house.post("late", after=2)
        house.tell(START, "early")
        house.until_asked(PART)
        house.tell(START, "late")
        # when
        house.rest()
        # then
        both = [sorted(turn for *_, turn, _, _ in house.rows(TEXTS, name)) for name in ("early", "late")]
        assert both == [[*range(20)], [*range(20)]]


@pytest.mark.parametrize("people", [1, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 1, 20])
def test_later_rounds_and_a_calling_off_go_in_parts_too_and_leave_the_same_as_in_one(people: int) -> None:
    # given
    with a_house(people) as parts, a_house(people, part=1_000) as one:
        for house in (parts, one):
            house.do(START)
            # when
            house.later(600)
            assert house.do(CancelShift(at=house.clock.now(), by="c")).status is Status.SUCCESS
        # then
        assert len(parts.rows(TEXTS)) == 2 * people
        assert len(parts.rows(WITHDRAWALS)) == people
        for rows in (TEXTS, WITHDRAWALS):
            assert parts.rows(rows) == one.rows(rows)
        assert ("more_told" in parts.events()) is (people > PART)
        assert "more_told" not in one.events()


def test_no_turn_calls_more_than_a_part_and_a_yes_meanwhile_ends_the_rest() -> None:
    with a_house(20) as house:
        # given
        house.do(START)
        house.clock.advance(600)
        house.tick()
        while len(house.rows(TEXTS)) == 20:
            assert house.system.loop.turn(1)
        assert 20 < len(house.rows(TEXTS)) <= 20 + PART + 1
        # when
        answer = house.says_yes(0)
        house.rest()
        # then
        assert answer.wait(0).status is Status.SUCCESS
        assert len(house.rows(TEXTS)) < 40
        assert house.events()[-1] == "shift_claimed"


@pytest.mark.fault(36)
def test_a_round_and_a_calling_off_that_a_crash_cut_off_go_on_where_they_stopped() -> None:
    with a_house(20) as house:
        house.do(START)
        house.clock.advance(600)
        house.tick()
        # when
        house.crash_after(TEXTS, 20)
        # then
        called = [row[0] for row in house.rows(TEXTS)[20:]]
        assert sorted(called) == sorted({row[0] for row in house.rows(OFFERS)})
        # when
        house.tell(CancelShift(at=house.clock.now(), by="c"))
        house.crash_after(WITHDRAWALS, 0)
        # then
        told = [row[0] for row in house.rows(WITHDRAWALS)]
        assert sorted(told) == sorted(called)


def test_whoever_moves_or_joins_while_phones_ring_is_called_once() -> None:
    with a_house(20) as house:
        # given
        house.do(START)
        house.clock.advance(600)
        house.tick()
        while len(house.rows(TEXTS)) == 20:
            assert house.system.loop.turn(1)
        # when
        house.employ(20, 21)
        house.employ(0, 19, moved=500)
        house.system.look_for_news(None)
        house.rest()
        # then
        calls = [row[:2] for row in house.rows(TEXTS)[20:]]
        assert len(calls) == len(set(calls))
        assert {row[0] for row in calls} == {row[0] for row in house.rows(OFFERS)}
        assert len(house.rows(OFFERS)) == 22
