"""Alerts that are seen to, and replies that a person reads."""

import re

import pytest

from firstyes.actors.marking import Meaning
from firstyes.domain.answer import Refusal, Status
from firstyes.domain.organization import Organization
from support.pages import Pages
from support.world import LAKESIDE, World

INBOX, ALERTS = "/console/inbox", "/console/alerts"
RIDDLE = "the blue one sings at noon"


def asked_twice(world: World, name: str = "alma") -> str:
    """Have somebody write what nobody can read; give the id of the message."""
    world.says(name, RIDDLE)
    world.says(name, RIDDLE, message_id=f"{name}-again")
    [alert] = [one for one in world.desk.alerts(open=True).items if one.caregiver_id == name]
    return alert.message_ids[-1]


def test_a_reply_that_a_person_reads_as_a_yes_takes_the_shift_as_a_text_does(
    world: World, pages: Pages
) -> None:
    # given
    world.asked("alma", "bea")
    asked_twice(world)
    assert RIDDLE in pages.text(INBOX)
    # when
    said = pages.send(pages.form(INBOX, "It is a yesIt is a noNeither"), meaning="yes")
    # then
    assert said.status_code == 303
    assert world.record().claimed_by == "alma"
    assert world.purposes("alma")[-1] == "confirmation"
    claimed = next(one for one in world.desk.timeline("early") if one.type == "shift_claimed")
    assert claimed.by == "coordinator"
    assert world.desk.alerts(open=True).items == ()
    assert "Every reply is read." in pages.text(INBOX)


def test_a_yes_that_is_marked_too_late_gets_the_truth(world: World) -> None:
    # given
    world.asked("alma", "bea")
    riddle = asked_twice(world)
    world.says("bea", "yes")
    # when
    answer = world.desk.mark(riddle, Meaning.YES, by="dana")
    # then
    assert answer.status is Status.ALREADY_CLAIMED
    assert world.record().claimed_by == "bea"
    assert world.purposes("alma")[-1] == "too_late"


def test_a_mark_that_is_made_twice_takes_once(world: World) -> None:
    world.asked("alma")
    riddle = asked_twice(world)
    assert world.desk.mark(riddle, "yes").status is Status.SUCCESS
    assert world.desk.mark(riddle, "yes").status is Status.SUCCESS
    assert world.events().count("shift_claimed") == 1
    assert world.purposes("alma").count("confirmation") == 1


def test_a_no_and_neither_are_noted(world: World) -> None:
    world.asked("alma", "bea")
    first, second = asked_twice(world), asked_twice(world, "bea")
    world.desk.mark(first, Meaning.NO)
    world.desk.mark(second, Meaning.OTHER)
    assert (world.offer("alma").answer, world.record().claimed_by) != ("accepted", "alma")
    assert "offer_declined" in world.events()
    assert world.desk.alerts(open=True).items == ()


def test_a_reply_of_which_the_shift_is_not_known_is_not_guessed(world: World) -> None:
    world.caregivers("alma")
    world.says("alma", "please call me")
    [alert] = world.desk.alerts(open=True).items
    answer = world.desk.mark(alert.message_ids[-1], Meaning.YES)
    assert answer.refusal is Refusal.NOT_OFFERED
    assert len(world.desk.alerts(open=True).items) == 1


def test_whoever_speaks_for_one_organization_takes_no_shift_of_another(world: World) -> None:
    # given
    world.desk.put_organizations([Organization(id="hilltop")])
    world.caregivers("alma")
    world.caregivers("alma-too", organization="hilltop", phone=world.phones["alma"])
    world.offered()
    riddle = asked_twice(world)
    # then
    for owners in ({"hilltop"}, frozenset[str]()):
        assert world.desk.mark(riddle, Meaning.YES, organization_ids=owners).refusal is Refusal.NOT_OFFERED
        assert world.desk.mark(riddle, Meaning.OTHER, organization_ids=owners).refusal is None
    assert world.record().claimed_by is None
    assert len(world.desk.alerts(open=True).items) == 1
    # when
    world.desk.mark(riddle, Meaning.YES, organization_ids={LAKESIDE})
    # then
    assert world.record().claimed_by == "alma"
    assert world.desk.alerts(open=True).items == ()


@pytest.mark.parametrize("message_id", ["in-999", "out-1", "nothing"])
def test_only_what_came_in_is_marked(world: World, message_id: str) -> None:
    world.asked("alma")
    assert world.desk.mark(message_id, Meaning.YES).refusal is Refusal.UNKNOWN


def test_the_api_marks_too(world: World, client) -> None:
    world.asked("alma")
    riddle = asked_twice(world)
    assert client.post(f"/messages/{riddle}/mark", json={"meaning": "maybe"}).status_code == 422
    assert client.post(f"/messages/{riddle}/mark", json={"meaning": "yes"}).get_json()["status"] == "success"


def test_what_somebody_else_has_seen_to_is_said(world: World, pages: Pages) -> None:
    world.asked("alma")
    asked_twice(world)
    form = pages.form(INBOX, "It is a yesIt is a noNeither")
    world.desk.close_alert(1)
    assert "seen to this already" in pages.text(pages.send(form, meaning="yes").headers["Location"])


def test_a_question_is_answered_where_it_is_read_and_is_seen_to_then(world: World, pages: Pages) -> None:
    world.asked("alma")
    world.says("alma", "what floor is it?")
    shown = pages.press(INBOX, "Send", text="The fifth.")
    world.desk.settle()
    assert "Every reply is read." in shown
    assert world.sent("alma")[-1].body == "The fifth."
    assert world.desk.alerts(open=True).items == ()


def test_what_waits_for_a_person_is_counted_at_the_head_of_every_page(world: World, pages: Pages) -> None:
    def counted() -> list[tuple[str, str]]:
        return re.findall(r'(\w+) <span class="many">(\d+)</span>', pages.text("/console/numbers"))

    assert counted() == []
    # when
    world.asked("alma", "bea")
    asked_twice(world)
    world.offered("nobody", role="CNA")
    # then
    assert counted() == [("Alerts", "2"), ("Inbox", "1")]
    # when
    world.desk.close_alert(1)
    assert counted() == [("Alerts", "1")]


def test_an_alert_is_seen_to_and_found_again(world: World, pages: Pages) -> None:
    world.offered(role="CNA")
    assert "1 alert to see to." in pages.text(ALERTS)
    pages.press(ALERTS, "Done")
    assert "No alert is open." in pages.text(ALERTS)
    assert "by <bdi>coordinator" in pages.text(f"{ALERTS}?closed=1")


def test_whoever_sees_to_an_alert_is_named_and_nobody_takes_it_from_them(world: World, pages: Pages) -> None:
    # given
    world.asked("alma")
    world.says("alma", "where is it?")
    form = pages.form(ALERTS, "I'm on it")
    # when
    shown = pages.text(pages.send(form).headers["Location"])
    # then
    assert "nobody else is told of it" in shown
    assert "<bdi>coordinator</bdi> sees to it" in shown
    assert pages.forms(shown, "I'm on it") == []
    assert "sees to it" in pages.text("/console/shifts/early")
    # when somebody else's page is older
    [alert] = world.desk.alerts(open=True).items
    world.desk.close_alert(alert.id)
    assert "seen to already" in pages.text(pages.send(form, key="later").headers["Location"])


def test_an_alert_of_somebody_else_stays_theirs(world: World, pages: Pages) -> None:
    world.asked("alma")
    world.says("alma", "where is it?")
    form = pages.form(ALERTS, "I'm on it")
    [alert] = world.desk.alerts(open=True).items
    world.desk.acknowledge_alert(alert.id, by="user:bob")
    assert "bob sees to it already." in pages.text(pages.send(form).headers["Location"])
    assert world.desk.alerts(open=True).items[0].acknowledged_by == "user:bob"


def test_an_alert_shows_the_words_that_it_asks_a_person_to_read(world: World, pages: Pages) -> None:
    world.asked("alma", "bea")
    asked_twice(world)
    assert f"<bdi>{RIDDLE}</bdi>" in pages.text(ALERTS)
