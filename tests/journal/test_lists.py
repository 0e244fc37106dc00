"""What people read: shifts, timelines and messages, page by page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from firstyes.actors.journal.instants import to_micros
from firstyes.actors.journal.port import BadCursor, Deadline, DeliveryChange, ShiftFilter
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.records import Delivery, Page
from firstyes.domain.conversation.state import GiveHelp, Note
from firstyes.domain.organization import Organization
from firstyes.domain.policy import DEFAULT_ROUNDS, Channel
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift.commands import DeclineOffer
from firstyes.domain.shift.shift import ShiftStatus
from support.kept import HOUR, LAKESIDE, NOW, Kept


def walk(turn: Callable[[str | None], Page[Any]]) -> list[Any]:
    """Turn pages to the end."""
    items: list[Any] = []
    cursor = None
    while True:
        page = turn(cursor)
        items += page.items
        cursor = page.next_cursor
        if cursor is None:
            return items


def test_a_shift_stands_as_it_was_posted(kept: Kept) -> None:
    kept.post()
    record = kept.journal.shift("s1")
    assert record is not None
    assert (record.id, record.organization_id, record.role_required) == ("s1", LAKESIDE, "RN")
    assert (record.start_time, record.end_time) == (NOW + 2 * HOUR, NOW + 10 * HOUR)
    assert (record.status, record.revision, record.fanout, record.round) == (ShiftStatus.PENDING, 1, 0, None)
    assert (record.next_deadline, record.claimed_by, record.version) == (
        NOW + timedelta(minutes=5),
        None,
        1,
    )
    assert (record.rounds, record.offers) == ((), ())


def test_an_unknown_shift_is_none(journal: SqliteJournal) -> None:
    assert journal.shift("nowhere") is None


def test_a_shift_being_offered_shows_each_offer_with_its_delivery(kept: Kept) -> None:
    # given
    codes = kept.offer()
    first, _ = kept.journal.due(Channel.SMS, NOW, 2)
    # when
    kept.change_deliveries(DeliveryChange(first.key, Delivery.SENT))
    kept.decline("bea")
    # then
    record = kept.journal.shift("s1")
    assert record is not None and record.offers is not None
    assert (record.status, record.round, record.rounds) == (ShiftStatus.OFFERING, 0, DEFAULT_ROUNDS)
    assert record.next_deadline == NOW + timedelta(minutes=10)
    alma, bea = record.offers
    assert (alma.caregiver_id, alma.caregiver_name, alma.code) == ("alma", "Alma", codes["alma"])
    assert (alma.channel, alma.delivery, alma.answer) == (Channel.SMS, Delivery.SENT, None)
    assert (bea.channel, bea.delivery, bea.answer) == (Channel.SMS, Delivery.PLANNED, "declined")


def test_the_latest_message_of_an_offer_counts(kept: Kept) -> None:
    kept.offer()
    kept.now += timedelta(minutes=10)
    kept.meet_deadline()
    record = kept.journal.shift("s1")
    assert record is not None and record.offers is not None
    assert [(one.channel, one.delivery) for one in record.offers] == [(Channel.VOICE, Delivery.PLANNED)] * 2
    assert record.round == 1


def test_a_claimed_shift_names_the_winner_and_waits_for_nothing(kept: Kept) -> None:
    kept.offer()
    kept.claim("bea")
    record = kept.journal.shift("s1")
    assert record is not None and record.offers is not None
    assert (record.status, record.claimed_by, record.next_deadline) == (ShiftStatus.CLAIMED, "bea", None)
    assert [one.answer for one in record.offers] == [None, "accepted"]


def test_shifts_are_listed_in_the_order_they_were_posted(kept: Kept) -> None:
    for shift_id in ("b", "c", "a"):
        kept.post(shift_id)
    listed = walk(lambda cursor: kept.journal.shifts(ShiftFilter(), cursor, 2))
    assert [one.id for one in listed] == ["b", "c", "a"]
    assert listed[0].offers is None


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (ShiftFilter(status=ShiftStatus.OFFERING), ["s1"]),
        (ShiftFilter(status=ShiftStatus.PENDING), ["s2"]),
        (ShiftFilter(role=" rn "), ["s1", "s2"]),
        (ShiftFilter(role="LPN"), []),
        (ShiftFilter(organization_id=LAKESIDE), ["s1", "s2"]),
        (ShiftFilter(organization_id="nowhere"), []),
        (ShiftFilter(status=ShiftStatus.PENDING, role="RN", organization_id=LAKESIDE), ["s2"]),
    ],
)
def test_shifts_can_be_narrowed(kept: Kept, which: ShiftFilter, found: list[str]) -> None:
    kept.offer("s1")
    kept.post("s2")
    assert [one.id for one in kept.journal.shifts(which, None, 10).items] == found


def test_a_timeline_tells_every_event_and_how_the_message_behind_it_was_read(kept: Kept) -> None:
    # given
    kept.offer()
    kept.claim("alma")
    # when
    posted, offered, claimed = kept.journal.timeline("s1")
    # then
    assert [one.version for one in (posted, offered, claimed)] == [1, 2, 3]
    assert (posted.type, posted.by, posted.at, posted.reading) == ("shift_posted", "coordinator", NOW, None)
    assert offered.details["offers"][0]["caregiver_id"] == "alma"
    assert claimed.type == "shift_claimed"
    assert claimed.reading == {
        "intent": "accept",
        "confidence": 1.0,
        "reason": '"yes" says so.',
        "words": ["yes"],
        "codes": [],
    }
    assert kept.journal.timeline("nowhere") == []


def test_messages_in_and_out_are_one_list_newest_first(kept: Kept) -> None:
    # given
    kept.offer()
    kept.claim("alma")
    # when
    listed = walk(lambda cursor: kept.journal.messages("s1", None, cursor, 2))
    # then
    assert [(one.direction, one.caregiver_id) for one in listed] == [
        ("out", "alma"),
        ("in", None),
        ("out", "bea"),
        ("out", "alma"),
    ]
    answer, said = listed[:2]
    assert (answer.purpose, answer.state, answer.channel) == ("confirmation", "planned", Channel.SMS)
    assert (said.body, said.state, said.phone) == ("yes", "success", kept.phone("alma"))
    assert said.reading is not None and said.reading["intent"] == "accept"
    assert len({one.id for one in listed}) == 4


def test_messages_can_be_narrowed_to_a_shift_and_a_phone(kept: Kept) -> None:
    kept.offer("s1")
    kept.offer("s2")
    kept.tell("alma", GiveHelp)

    def bodies(shift_id: str | None, phone: str | None) -> int:
        return len(kept.journal.messages(shift_id, phone, None, 100).items)

    assert bodies(None, None) == 5
    assert bodies("s1", None) == 2
    assert bodies(None, kept.phone("alma")) == 3
    assert bodies("s1", kept.phone("alma")) == 1
    assert bodies("nowhere", None) == 0
    assert bodies(None, "+15550000") == 0


def test_a_message_about_a_shift_that_went_to_the_conversation_is_listed_with_the_shift(kept: Kept) -> None:
    kept.offer()
    inbound = kept.inbound("alma", "what is the pay?", Intent.QUESTION, shift_id="s1")
    kept.append(kept.converse("alma", Note, inbound, intent=Intent.QUESTION))
    assert [
        one.body for one in kept.journal.messages("s1", None, None, 10).items if one.direction == "in"
    ] == ["what is the pay?"]


@pytest.mark.parametrize("name", ["in-99", "out-99", "99", "in-", "up-1", f"in-{'9' * 30}", "in-١"])
def test_a_message_that_does_not_exist_is_none(kept: Kept, name: str) -> None:
    assert kept.journal.message(name) is None


def test_each_message_is_found_by_its_id(kept: Kept) -> None:
    kept.offer()
    kept.claim("alma")
    listed = kept.journal.messages(None, None, None, 10).items
    assert {one.direction for one in listed} == {"in", "out"}
    assert [kept.journal.message(one.id) for one in listed] == list(listed)


def test_organizations_and_caregivers_are_listed_by_id(kept: Kept) -> None:
    for name in ("c", "a", "b"):
        kept.put_organization(Organization(id=name))
    listed = walk(lambda cursor: kept.journal.organizations(cursor, 1))
    assert [one.id for one in listed] == ["a", "b", "c", LAKESIDE]
    kept.employ("ann", organization_id="a")
    people = walk(lambda cursor: kept.journal.caregivers(None, cursor, 1))
    assert [one.id for one in people] == ["alma", "ann", "bea"]
    assert [one.id for one in kept.journal.caregivers("a", None, 9).items] == ["ann"]


def test_a_page_that_ends_the_list_has_no_cursor(kept: Kept) -> None:
    kept.post("s1")
    kept.post("s2")
    assert kept.journal.shifts(ShiftFilter(), None, 2).next_cursor is None
    assert kept.journal.shifts(ShiftFilter(), None, 1).next_cursor is not None


@pytest.mark.parametrize(
    "cursor", ["", "x", "bWVzc2FnZXMKNQ", "c2hpZnRzCi0x", "c2hpZnRzCmFi", "é", "a" * 5_000, "===="]
)
def test_a_cursor_that_another_list_or_nobody_gave_out_is_refused(kept: Kept, cursor: str) -> None:
    with pytest.raises(BadCursor):
        kept.journal.shifts(ShiftFilter(), cursor, 1)


def test_a_cursor_goes_on_where_the_list_was_left_although_more_came(kept: Kept) -> None:
    kept.offer("s1")
    first = kept.journal.messages(None, None, None, 1)
    kept.offer("s2")
    assert len(kept.journal.messages(None, None, first.next_cursor, 10).items) == 1


def test_deadlines_are_those_of_shifts_that_wait(kept: Kept) -> None:
    # given
    kept.post("later", starts=NOW + 5 * HOUR)
    kept.offer("soon", starts=NOW + 3 * HOUR)
    kept.offer("taken", starts=NOW + 30 * HOUR)
    kept.claim("alma", "taken")
    kept.post("gone")
    kept.cancel("gone")
    # then
    assert sorted(kept.journal.deadlines()) == [
        Deadline(to_micros(NOW + timedelta(minutes=10)), "soon", to_micros(NOW + 3 * HOUR)),
        Deadline(to_micros(NOW + 3 * HOUR), "later", to_micros(NOW + 5 * HOUR)),
    ]


def test_deadlines_that_nobody_reads_to_the_end_hold_nothing_up(kept: Kept) -> None:
    kept.post()
    for _ in range(40):
        next(kept.journal.deadlines())
    kept.post("s2")
    assert len(list(kept.journal.deadlines())) == 2


def test_health_counts_shifts_and_what_must_still_go_out(kept: Kept) -> None:
    kept.offer("s1")
    kept.post("s2")
    health = kept.journal.health()
    assert health.error is None
    assert health.size > 0
    assert health.counts == {
        "shifts.offering": 1,
        "shifts.pending": 1,
        "outbox.planned": 2,
        "outbox.sending": 0,
        "outbox.unknown": 0,
    }


def test_a_no_to_an_earlier_offer_is_not_shown_on_the_one_made_anew(kept: Kept) -> None:
    # given
    kept.offer()
    kept.must("s1", DeclineOffer(at=kept.now, by="caregiver:alma", caregiver_id="alma"))
    kept.must("s1", DeclineOffer(at=kept.now, by="caregiver:bea", caregiver_id="bea"))
    # when
    kept.offer()
    # then
    record = kept.journal.shift("s1")
    assert record is not None
    assert [one.answer for one in record.offers or ()] == [None, None]
