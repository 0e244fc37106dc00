"""Alerts: one is open on a matter and collects, and it closes when its cause is gone."""

from datetime import timedelta
from typing import Any

import pytest

from firstyes.actors.journal.alert_port import AlertChanges, AlertFilter, NewAlert
from firstyes.actors.journal.alert_rows import MOST_MESSAGES
from firstyes.actors.records import AlertRecord
from firstyes.domain.alert import ASKS, AlertKind
from firstyes.domain.conversation.state import Note
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift.commands import DeclineOffer, ReportLateness
from support.kept import HOUR, LAKESIDE, NOW, Kept, append, decided_on

ALL = AlertFilter()


def alerts(kept: Kept, **which: Any) -> list[AlertRecord]:
    return list(kept.journal.alerts(AlertFilter(**which), None, 500).items)


def kinds(kept: Kept, **which: Any) -> list[str]:
    return [one.kind.value for one in alerts(kept, **which)]


def decline_all(kept: Kept, shift_id: str = "s1") -> None:
    for name in ("alma", "bea"):
        kept.must(shift_id, no_of(kept, name))


def no_of(kept: Kept, name: str) -> DeclineOffer:
    return DeclineOffer(at=kept.now, by=f"caregiver:{name}", caregiver_id=name)


def late(kept: Kept, name: str) -> None:
    inbound = kept.inbound(name, "running late", Intent.UNCLEAR, shift_id="s1")
    command = ReportLateness(
        at=kept.now, by=f"caregiver:{name}", caregiver_id=name, message_id=inbound.message_id
    )
    assert kept.append(kept.decided("s1", command, inbound)) is None


def test_row_56_an_alert_names_shift_person_and_message_and_says_what_it_asks_for(kept: Kept) -> None:
    # given
    kept.offer()
    kept.claim("alma")
    # when
    late(kept, "alma")
    # then
    [alert] = alerts(kept)
    assert (alert.kind, alert.asks) == (AlertKind.RUNNING_LATE, ASKS[AlertKind.RUNNING_LATE])
    assert (alert.shift_id, alert.role, alert.start_time) == ("s1", "RN", NOW + 2 * HOUR)
    assert alert.shift is not None and alert.shift.startswith("RN Sun Jul 14 12pm-8pm")
    assert (alert.caregiver_id, alert.caregiver_name) == ("alma", "Alma")
    assert alert.phone == kept.phone("alma")
    [name] = alert.message_ids
    message = kept.journal.message(name)
    assert message is not None and message.body == "running late"
    assert (alert.at, alert.last_at, alert.count) == (NOW, NOW, 1)
    assert (alert.closed_at, alert.closed_by) == (None, None)


def test_row_62_one_open_alert_of_a_person_and_matter_collects_the_messages(kept: Kept) -> None:
    # given
    kept.offer()
    kept.claim("alma")
    # when
    for _ in range(40):
        late(kept, "alma")
        kept.now += timedelta(minutes=1)
    # then
    [alert] = alerts(kept)
    assert (alert.count, len(set(alert.message_ids)), alert.at) == (40, 40, NOW)
    assert alert.last_at == NOW + timedelta(minutes=39)


def test_an_alert_names_the_newest_hundred_of_its_messages(kept: Kept) -> None:
    kept.offer()
    kept.claim("alma")
    for _ in range(MOST_MESSAGES + 3):
        late(kept, "alma")
    [alert] = alerts(kept)
    newest = [one.id for one in kept.journal.messages(None, None, None, 500).items if one.direction == "in"]
    assert alert.count == MOST_MESSAGES + 3
    assert list(reversed(alert.message_ids)) == newest[:MOST_MESSAGES]


def test_two_people_and_two_shifts_are_matters_of_their_own(kept: Kept) -> None:
    kept.offer("s1")
    kept.offer("s2", starts=NOW + 20 * HOUR)
    for name in ("alma", "bea"):
        kept.tell(name, Note, intent=Intent.QUESTION)
    decline_all(kept, "s1")
    decline_all(kept, "s2")
    assert [(one.kind.value, one.shift_id or one.caregiver_id) for one in alerts(kept)] == [
        ("everybody_declined", "s2"),
        ("everybody_declined", "s1"),
        ("needs_reading", "bea"),
        ("needs_reading", "alma"),
    ]


def test_it_closes_itself_when_somebody_has_the_shift(kept: Kept) -> None:
    # given
    kept.offer()
    decline_all(kept)
    kept.offer()
    decline_all(kept)
    assert kinds(kept, open=True) == ["everybody_declined"]
    # when
    kept.now += HOUR
    kept.offer()
    kept.claim("alma")
    # then
    first, second = alerts(kept)
    assert (first.closed_by, second.closed_by) == ("coordinator", "coordinator")
    assert (first.closed_at, first.count) == (NOW + HOUR, 1)
    assert kinds(kept, open=True) == []


def test_closed_with_the_very_event_that_makes_room_for_the_next(kept: Kept) -> None:
    # given
    kept.offer()
    kept.claim("alma")
    late(kept, "alma")
    # when
    kept.release()
    # then
    [alert] = alerts(kept)
    assert (alert.closed_at, alert.closed_by) == (NOW, "coordinator")


def test_of_another_shift_it_stays_open(kept: Kept) -> None:
    kept.offer("s1")
    kept.offer("s2", starts=NOW + 20 * HOUR)
    decline_all(kept, "s1")
    decline_all(kept, "s2")
    kept.cancel("s1")
    assert [one.shift_id for one in alerts(kept, open=True)] == ["s2"]


def test_row_56_alerts_are_narrowed_and_turned_page_by_page(kept: Kept) -> None:
    # given
    kept.offer("s1")
    decline_all(kept, "s1")
    kept.tell("alma", Note, intent=Intent.QUESTION)
    kept.record_alert(NewAlert(AlertKind.PARKED, "It rests.", NOW + HOUR, shift_id="s1"))
    kept.record_alert(NewAlert(AlertKind.CARRIER_DOWN, "Nothing goes out.", NOW, about="sms"))
    # then
    found = [(one.kind.value, one.shift_id, one.organization_id) for one in alerts(kept)]
    assert found == [
        ("carrier_down", None, None),
        ("parked", "s1", LAKESIDE),
        ("needs_reading", None, LAKESIDE),
        ("everybody_declined", "s1", LAKESIDE),
    ]
    assert kinds(kept, kind=AlertKind.PARKED) == ["parked"]
    assert kinds(kept, shift_id="s1") == ["parked", "everybody_declined"]
    assert kinds(kept, open=False) == []
    assert kinds(kept, organization_id="elsewhere") == ["carrier_down"]
    pages, cursor = [], None
    for _ in range(4):
        page = kept.journal.alerts(ALL, cursor, 1)
        pages += [one.kind.value for one in page.items]
        cursor = page.next_cursor
    assert (pages, cursor) == ([kind for kind, _, _ in found], None)


def test_row_56_closing_twice_says_who_closed_it_first(kept: Kept) -> None:
    # given
    kept.record_alert(NewAlert(AlertKind.PARKED, "It rests.", NOW))
    [alert] = alerts(kept)
    # when
    kept.close_alert(alert.id, NOW + HOUR, "dana")
    kept.close_alert(alert.id, NOW + 2 * HOUR, "eve")
    # then
    [closed] = kept.journal.alerts_by_id([alert.id])
    assert (closed.closed_at, closed.closed_by) == (NOW + HOUR, "dana")
    assert (kinds(kept, open=True), kinds(kept, open=False)) == ([], ["parked"])


def test_what_is_said_after_it_was_closed_opens_another(kept: Kept) -> None:
    for _ in range(2):
        kept.record_alert(NewAlert(AlertKind.PARKED, "It rests.", NOW))
        kept.close_alert(alerts(kept)[0].id, NOW, "dana")
    assert kinds(kept) == ["parked", "parked"]


def test_a_transaction_knows_which_alerts_it_opened_and_closed(kept: Kept) -> None:
    # given
    kept.offer()
    first = kept.no("alma")
    parked = NewAlert(AlertKind.PARKED, "It rests.", NOW, shift_id="s1")
    # when
    with kept.journal.transaction() as both_say_no:
        assert append(both_say_no, first) is None
        assert append(both_say_no, decided_on(first, no_of(kept, "bea"))) is None
    [alert] = alerts(kept)
    with kept.journal.transaction() as twice:
        for _ in range(2):
            twice.record_alert(parked)
            twice.close_alert(alert.id, NOW, "dana")
    with kept.journal.transaction() as again:
        again.record_alert(parked)
        again.close_alert(alert.id, NOW, "dana")
    # then
    opened = alert.id + 1
    assert both_say_no.alerts == AlertChanges([alert.id], [])
    assert twice.alerts == AlertChanges([opened], [alert.id])
    assert again.alerts == AlertChanges([], [])
    assert [one.kind for one in kept.journal.alerts_by_id([opened, alert.id])] == [
        AlertKind.EVERYBODY_DECLINED,
        AlertKind.PARKED,
    ]


def test_row_25_a_number_that_was_corrected_closes_its_alert(kept: Kept) -> None:
    # given
    contact = kept.contact_id("alma")
    wrong = NewAlert(AlertKind.WRONG_NUMBER, "Wrong number.", NOW, caregiver_id="alma", contact_id=contact)
    kept.record_alert(wrong)
    kept.employ("alma", phone=kept.phone("alma"), roles=("RN", "LPN"))
    assert kinds(kept, open=True) == ["wrong_number"]
    # when
    kept.now += HOUR
    kept.employ("alma")
    # then
    [alert] = alerts(kept)
    assert (alert.closed_at, alert.closed_by) == (NOW + HOUR, "coordinator")


def test_numbers_of_alerts_are_not_given_again(kept: Kept) -> None:
    kept.record_alert(NewAlert(AlertKind.PARKED, "It rests.", NOW))
    assert [one.id for one in kept.journal.alerts_by_id([1])] == [1]
    assert kept.journal.alerts_by_id([]) == []


@pytest.mark.parametrize("kind", AlertKind)
def test_every_kind_can_be_kept_and_read(kept: Kept, kind: AlertKind) -> None:
    kept.record_alert(NewAlert(kind, "A word.", NOW, organization_id=LAKESIDE))
    assert [(one.kind, one.asks) for one in alerts(kept)] == [(kind, ASKS[kind])]
