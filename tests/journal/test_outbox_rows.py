"""Messages that must go out: whose turn it is, and what decides whether they are still wanted."""

from datetime import datetime, timedelta

import pytest

from firstyes.actors.journal.port import DeliveryChange, OutboxRow
from firstyes.actors.records import Delivery
from firstyes.domain.conversation.state import DoubtNumber, GiveHelp, OptOut, RefuseCalls
from firstyes.domain.message import Purpose
from firstyes.domain.policy import Channel, Round
from support.kept import LAKESIDE, LAKESIDE_PHONE, NOW, Kept

SMS_THEN_CALL = (Round(channel=Channel.SMS, wait=600), Round(channel=Channel.VOICE, wait=600))


def due(kept: Kept, channel: Channel = Channel.SMS, at: datetime | None = None) -> list[OutboxRow]:
    return kept.journal.due(channel, at or kept.now, 100)


def mark(kept: Kept, delivery: Delivery, *rows: OutboxRow, **details: object) -> None:
    kept.change_deliveries(*[DeliveryChange(row.key, delivery, **details) for row in rows])  # type: ignore[arg-type]


def states(store) -> list[str]:
    return [state for (state,) in store.rows("SELECT state FROM outbox ORDER BY seq")]


def test_an_offer_is_due_at_once_with_all_that_a_sender_needs(kept: Kept) -> None:
    kept.offer()
    first, second = due(kept)
    assert (first.to_phone, first.from_phone) == (kept.phone("alma"), LAKESIDE_PHONE)
    assert (first.channel, first.purpose, first.attempt) == (Channel.SMS, Purpose.OFFER, 0)
    assert (first.caregiver_id, first.organization_id) == ("alma", LAKESIDE)
    assert (first.shift_id, first.fanout, first.live) == ("s1", 1, True)
    assert (first.declined, first.opted_out, first.active, first.reached) == (False, False, True, False)
    assert "YES 10" in first.body
    assert second.key > first.key


def test_each_channel_has_its_own_rows(kept: Kept) -> None:
    kept.offer(rounds=SMS_THEN_CALL)
    assert due(kept, Channel.VOICE) == []
    kept.now += timedelta(minutes=10)
    kept.meet_deadline()
    assert [one.caregiver_id for one in due(kept, Channel.VOICE)] == ["alma", "bea"]


@pytest.mark.fault(37)
def test_an_offer_of_a_shift_that_has_begun_is_live_no_more_though_nothing_has_ended_it_yet(
    kept: Kept,
) -> None:
    kept.offer()
    offered = kept.journal.shift("s1")
    assert offered is not None
    begun = offered.start_time
    assert {one.live for one in due(kept, at=begun - timedelta(seconds=1))} == {True}
    assert {one.live for one in due(kept, at=begun)} == {False}


@pytest.mark.fault(46)
def test_answers_to_people_go_before_withdrawals_and_these_before_offers(kept: Kept) -> None:
    kept.offer("s1")
    kept.offer("s2")
    kept.cancel("s2")
    kept.tell("bea", GiveHelp)
    assert [one.purpose for one in due(kept)] == [
        Purpose.HELP,
        Purpose.WITHDRAWAL,
        Purpose.WITHDRAWAL,
        *[Purpose.OFFER] * 4,
    ]


def test_no_more_than_asked_for_are_given(kept: Kept) -> None:
    kept.offer()
    kept.tell("bea", GiveHelp)
    assert [one.purpose for one in kept.journal.due(Channel.SMS, NOW, 2)] == [Purpose.HELP, Purpose.OFFER]


def test_what_is_planned_again_for_later_waits_until_then(kept: Kept) -> None:
    # given
    kept.offer()
    first, second = due(kept)
    later = NOW + timedelta(seconds=30)
    # when
    mark(kept, Delivery.SENDING, first)
    mark(kept, Delivery.PLANNED, first, due_at=later, error="busy")
    # then
    assert [one.key for one in due(kept)] == [second.key]
    assert [one.key for one in due(kept, at=later)] == [second.key, first.key]
    assert due(kept, at=later)[1].attempt == 1


def test_it_is_known_since_when_a_message_waits_until_it_is_lost_or_sent(kept: Kept) -> None:
    # given
    def waiting(channel: Channel = Channel.SMS, until: datetime = NOW) -> datetime | None:
        return kept.journal.waiting_since(channel, until)

    assert waiting() is None
    kept.offer()
    # then
    assert (waiting(), waiting(Channel.VOICE), waiting(until=NOW - timedelta(hours=1))) == (NOW, None, None)
    # when
    first, second = due(kept)
    mark(kept, Delivery.SENT, first)
    mark(kept, Delivery.UNKNOWN, second)
    assert waiting() == NOW
    mark(kept, Delivery.UNKNOWN, second, lost=True)
    assert waiting() is None


@pytest.mark.fault(34)
def test_a_clock_that_is_set_back_does_not_hold_messages_up(kept: Kept) -> None:
    kept.offer()
    assert len(due(kept, at=NOW - timedelta(days=1))) == 2


def test_each_attempt_is_counted(kept: Kept) -> None:
    kept.offer()
    row = due(kept)[0]
    for _ in range(3):
        mark(kept, Delivery.SENDING, row)
        mark(kept, Delivery.PLANNED, row, due_at=NOW)
    assert [one.attempt for one in due(kept) if one.key == row.key] == [3]


def test_what_became_of_a_message_is_kept(kept: Kept, store) -> None:
    kept.offer()
    first, second = due(kept)
    mark(kept, Delivery.SENT, first, carrier_id="SM1")
    mark(kept, Delivery.DELIVERED, first)
    mark(kept, Delivery.FAILED, second, error="no such number")
    assert store.rows("SELECT state, carrier_id, error FROM outbox ORDER BY seq") == [
        ("delivered", "SM1", None),
        ("failed", None, "no such number"),
    ]


def test_several_changes_of_one_message_are_made_in_their_order(kept: Kept, store) -> None:
    kept.offer()
    first, second = due(kept)
    kept.change_deliveries(
        DeliveryChange(first.key, Delivery.SENDING),
        DeliveryChange(second.key, Delivery.SENDING),
        DeliveryChange(first.key, Delivery.SENT, carrier_id="SM1"),
    )
    assert states(store) == ["sent", "sending"]


@pytest.mark.fault(52)
@pytest.mark.parametrize("ended", [Delivery.DELIVERED, Delivery.FAILED, Delivery.DROPPED])
@pytest.mark.parametrize("late", [Delivery.SENT, Delivery.SENDING, Delivery.PLANNED, Delivery.UNKNOWN])
def test_what_has_ended_stays_ended(kept: Kept, store, ended: Delivery, late: Delivery) -> None:
    kept.offer()
    row = due(kept)[0]
    mark(kept, ended, row)
    mark(kept, late, row)
    assert states(store)[0] == ended


def test_what_was_sent_is_not_planned_again(kept: Kept, store) -> None:
    kept.offer()
    row = due(kept)[0]
    mark(kept, Delivery.SENT, row)
    mark(kept, Delivery.PLANNED, row)
    assert states(store)[0] == Delivery.SENT


def test_no_changes_cost_nothing(kept: Kept, gate) -> None:
    commits = gate.commits
    kept.change_deliveries()
    assert gate.commits == commits


@pytest.mark.fault(13)
def test_offers_are_not_live_once_the_shift_is_taken(kept: Kept) -> None:
    kept.offer()
    kept.claim("alma")
    offers = [one for one in due(kept) if one.purpose is Purpose.OFFER]
    assert [one.live for one in offers] == [False, False]


def test_offers_of_an_earlier_fan_out_are_not_live_in_the_next(kept: Kept) -> None:
    kept.offer()
    kept.claim("alma")
    kept.release()
    live = {(one.caregiver_id, one.fanout): one.live for one in due(kept) if one.purpose is Purpose.OFFER}
    assert live == {("alma", 1): False, ("bea", 1): False, ("bea", 2): True}


def test_who_passed_is_known(kept: Kept) -> None:
    kept.offer()
    kept.decline("alma")
    assert [(one.caregiver_id, one.declined) for one in due(kept)] == [("alma", True), ("bea", False)]


@pytest.mark.fault(29)
def test_who_opted_out_is_known_and_is_not_called(kept: Kept) -> None:
    kept.offer()
    kept.tell("alma", OptOut, organization_ids=(LAKESIDE,))
    offers = [one for one in due(kept) if one.purpose is Purpose.OFFER]
    assert [(one.caregiver_id, one.opted_out) for one in offers] == [("alma", True), ("bea", False)]
    assert kept.journal.unavailable("s1", 1) == {"alma"}


@pytest.mark.fault(32)
def test_who_is_not_active_any_more_is_known_and_is_not_called(kept: Kept) -> None:
    kept.offer()
    kept.employ("bea", phone=kept.phone("bea"), active=False)
    assert [(one.caregiver_id, one.active) for one in due(kept)] == [("alma", True), ("bea", False)]
    assert kept.journal.unavailable("s1", 1) == {"bea"}
    assert kept.journal.unavailable("s1", 2) == frozenset()
    assert kept.journal.unavailable("nowhere", 1) == frozenset()


def test_row_26_who_lost_the_role_is_offered_nothing_more(kept: Kept) -> None:
    kept.offer()
    kept.employ("bea", phone=kept.phone("bea"), roles=("LPN",))
    assert [(one.caregiver_id, one.active) for one in due(kept)] == [("alma", True), ("bea", False)]
    assert kept.journal.unavailable("s1", 1) == {"bea"}


@pytest.mark.parametrize(
    ("delivery", "reached"),
    [
        (Delivery.SENT, True),
        (Delivery.UNKNOWN, True),
        (Delivery.DELIVERED, True),
        (Delivery.FAILED, False),
        (Delivery.DROPPED, False),
        (None, False),
    ],
)
def test_a_withdrawal_says_whether_the_offer_had_gone_out(
    kept: Kept, delivery: Delivery | None, reached: bool
) -> None:
    kept.offer()
    if delivery:
        mark(kept, delivery, due(kept)[0])
    kept.cancel()
    withdrawals = [one for one in due(kept) if one.purpose is Purpose.WITHDRAWAL]
    assert [(one.caregiver_id, one.reached) for one in withdrawals] == [("alma", reached), ("bea", False)]


def test_row_57_a_withdrawal_waits_while_the_offer_is_being_sent(kept: Kept) -> None:
    kept.offer()
    mark(kept, Delivery.SENDING, due(kept)[0])
    kept.cancel()
    assert [one.caregiver_id for one in due(kept) if one.purpose is Purpose.WITHDRAWAL] == ["bea"]


def test_row_18_it_is_known_whether_anything_of_a_fan_out_went_out(kept: Kept) -> None:
    kept.offer()
    assert not kept.journal.went_out("s1", 1)
    mark(kept, Delivery.SENT, due(kept)[0])
    assert kept.journal.went_out("s1", 1)
    assert not kept.journal.went_out("s1", 2)
    assert not kept.journal.went_out("nowhere", 1)


def test_row_24_what_waits_for_a_former_phone_is_known(kept: Kept) -> None:
    kept.offer()
    assert [one.moved for one in due(kept)] == [False, False]
    kept.employ("bea")
    assert [one.moved for one in due(kept)] == [False, True]


def test_row_25_what_waits_for_a_number_in_doubt_is_known(kept: Kept) -> None:
    kept.offer()
    kept.tell("bea", DoubtNumber, organization_ids=(LAKESIDE,))
    assert [(one.caregiver_id, one.in_doubt) for one in due(kept) if one.purpose is Purpose.OFFER] == [
        ("alma", False),
        ("bea", True),
    ]


def test_row_6_what_waits_for_somebody_who_wants_no_calls_is_known(kept: Kept) -> None:
    kept.offer()
    kept.tell("bea", RefuseCalls, organization_ids=("lakeside",))
    assert [(one.caregiver_id, one.no_calls) for one in due(kept) if one.purpose is Purpose.OFFER] == [
        ("alma", False),
        ("bea", True),
    ]


@pytest.mark.fault(2)
def test_what_a_crash_left_being_sent_is_unknown_from_then_on(kept: Kept, store) -> None:
    # given
    kept.offer(rounds=SMS_THEN_CALL)
    first, _ = due(kept)
    mark(kept, Delivery.SENDING, first)
    kept.journal.close()
    # when
    again = Kept(store.open())
    # then
    assert again.interrupted(Channel.VOICE) == []
    (found,) = again.interrupted(Channel.SMS)
    assert (found.key, found.attempt, found.body) == (first.key, 1, first.body)
    assert states(store) == ["unknown", "planned"]
    assert [one.key for one in again.interrupted(Channel.SMS)] == [first.key]


def test_a_round_has_failed_when_nothing_of_it_went_out_or_still_can(kept: Kept) -> None:
    # given
    kept.offer()
    first, second = due(kept)
    # then
    assert not kept.journal.round_failed("s1", 1)
    mark(kept, Delivery.FAILED, first)
    assert not kept.journal.round_failed("s1", 1)
    mark(kept, Delivery.DROPPED, second)
    assert kept.journal.round_failed("s1", 1)
    assert not kept.journal.round_failed("s1", 2)
    assert not kept.journal.round_failed("nowhere", 1)


def test_only_the_latest_round_counts(kept: Kept) -> None:
    # given
    kept.offer(rounds=SMS_THEN_CALL)
    mark(kept, Delivery.FAILED, *due(kept))
    kept.now += timedelta(minutes=10)
    # when
    kept.meet_deadline()
    # then
    assert not kept.journal.round_failed("s1", 1)
    mark(kept, Delivery.FAILED, *due(kept, Channel.VOICE))
    assert kept.journal.round_failed("s1", 1)


def test_keys_never_repeat_even_when_the_last_rows_are_erased(kept: Kept, store) -> None:
    # given
    kept.offer("s1")
    last = due(kept)[-1].key
    kept.journal.close()
    store.alter("DELETE FROM outbox")
    # when
    again = Kept(store.open())
    again.offer("s2")
    # then
    assert due(again)[0].key > last
