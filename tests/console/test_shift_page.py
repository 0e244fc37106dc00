"""The page of a shift."""

import json

import pytest

from firstyes.actors import records
from firstyes.domain.caregiver import Caregiver
from firstyes.web.console import shift_page
from support.pages import SAME_ORIGIN, Pages
from support.world import LAKESIDE, World


def test_the_story_is_told_in_sentences_with_what_was_written(world: World, pages: Pages) -> None:
    # given
    world.asked("alma", "bea")
    world.says("bea", "no, sorry")
    world.says("alma", "sure I can")
    # when
    text = pages.text("/console/shifts/early")
    # then
    for said in (
        "Posted.",
        "Texted 2 RNs.",
        "bea said no.",
        "no, sorry",
        "alma has the shift.",
        "sure I can",
    ):
        assert said in text
    assert "read as a yes" in text


@pytest.mark.parametrize(
    ("button", "event"),
    [("Pause", "fan_out_paused"), ("Call now", "round_started"), ("Call off", "shift_cancelled")],
)
def test_a_press_is_an_order_and_is_recorded_with_who_gave_it(
    world: World, pages: Pages, button: str, event: str
) -> None:
    world.asked("alma")
    said = pages.press("/console/shifts/early", button)
    last = world.desk.timeline("early")[-1]
    assert (last.type, last.by) == (event, "coordinator")
    assert 'class="said"' in said


def test_what_is_held_can_be_resumed(world: World, pages: Pages) -> None:
    world.asked("alma")
    pages.press("/console/shifts/early", "Pause")
    assert "Paused" in pages.text("/")
    pages.press("/console/shifts/early", "Resume")
    assert world.events()[-1] == "fan_out_resumed"


def test_a_shift_is_given_by_hand_and_taken_back(world: World, pages: Pages) -> None:
    world.asked("alma", "bea")
    pages.press("/console/shifts/early", "Give it to them", caregiver_id="bea")
    assert world.record().claimed_by == "bea"
    pages.press("/console/shifts/early", "Release")
    assert world.record().claimed_by is None
    assert "was taken off the shift" in pages.text("/console/shifts/early")


def test_called_off_says_who_was_told(world: World, pages: Pages) -> None:
    world.asked("alma", "bea")
    world.says("bea", "yes")
    pages.press("/console/shifts/early", "Call off")
    assert "Called off. bea was told." in pages.text("/console/shifts/early")
    assert [one.purpose for one in world.sent("alma")] == ["offer"]


def test_the_preview_leads_to_the_offer(world: World, pages: Pages) -> None:
    world.caregivers("alma", "bea")
    world.says("bea", "STOP")
    world.shift()
    text = pages.text("/console/shifts/early/preview")
    assert "1 would be asked." in text
    assert "wants no texts" in text
    assert "that is 1 text and 1 call" in text
    pages.press("/console/shifts/early/preview", "Offer it now")
    assert world.record().status == "offering"


def test_the_preview_of_a_shift_that_is_over_offers_nothing(world: World, pages: Pages) -> None:
    world.asked("alma")
    world.later(24 * 3600)
    text = pages.text("/console/shifts/early/preview")
    assert "Nobody would be asked." in text
    assert "is over." in text
    assert "Offer it now" not in text
    assert "Reply YES" not in text


def test_who_was_left_out_is_named_with_the_reason(world: World, pages: Pages) -> None:
    world.caregivers("alma", "bea")
    world.says("bea", "STOP")
    world.offered()
    text = pages.text("/console/shifts/early")
    assert "Who was not, and why" in text
    assert "wants no texts" in text


def test_a_caregiver_is_answered_from_the_page(world: World, pages: Pages) -> None:
    world.asked("alma")
    world.says("alma", "where is it?")
    said = pages.press("/console/shifts/early", "Send", text="At the lake house. Yes?")
    assert "on its way" in said
    assert world.sent("alma")[-1].body == "At the lake house. Yes?"
    assert 'class="said refused"' in pages.press("/console/shifts/early", "Send", text=" ")


def test_what_decided_nothing_stands_in_the_story_as_well(world: World, pages: Pages) -> None:
    # given
    world.asked("alma", "bea", "carla")
    world.says("alma", "where is it?")
    world.clock.advance(60)
    world.says("bea", "no, sorry")
    world.says("carla", "I can do 7 to 11 only")
    # when
    story = pages.text("/console/shifts/early").partition('aria-labelledby="story"')[2].partition("</ol>")[0]
    # then
    assert story.index("bea said no.") < story.index("alma asked something.") < story.index("Texted 3 RNs.")
    assert story.count("where is it?") == 1
    assert "carla can do a part." in story
    assert story.count("no, sorry") == 1


def test_those_who_wrote_nothing_stand_together(world: World, pages: Pages) -> None:
    world.asked("alma", "bea", "carla")
    world.says("alma", "where is it?")
    shown = pages.text("/console/shifts/early")
    answered, together, silent = shown.partition("2 people were written to, and wrote nothing")
    assert together
    assert 'id="talk-alma"' in answered
    assert 'id="talk-bea"' in silent and 'id="talk-carla"' in silent


def test_an_alert_is_seen_to(world: World, pages: Pages) -> None:
    world.asked("alma")
    world.says("alma", "where is it?")
    pages.press("/console/shifts/early", "Done")
    assert world.desk.alerts(open=True).items == ()
    assert world.desk.alerts().items[0].closed_by == "coordinator"


def test_a_text_that_is_a_page_of_its_own_is_shown_as_text(world: World, pages: Pages) -> None:
    hostile = "</bdi></blockquote><img src=x onerror=alert(1)>\u202eevil"
    name = '"><svg onload=alert(1)>'
    world.desk.put_caregivers(
        [Caregiver(id="x", organization_id=LAKESIDE, name=name, roles=("RN",), phone="+13125550888")]
    )
    world.phones["x"] = "+13125550888"
    world.offered()
    world.says("x", hostile)
    text = pages.text("/console/shifts/early")
    assert "<img" not in text
    assert "<svg onload" not in text
    assert "&lt;img src=x" in text


def test_the_whole_history_is_a_download(world: World, client) -> None:
    world.asked("alma")
    answer = client.get("/console/shifts/early/history.json")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert set(answer.get_json()) == {"shift", "timeline", "messages"}


def test_what_is_not_there_is_said(client) -> None:
    for path in ("none", "none/preview", "none/history.json"):
        assert client.get(f"/console/shifts/{path}").status_code == 404


def test_each_no_stands_in_the_story_once_whether_or_not_it_came_too_late(world: World, pages: Pages) -> None:
    # given
    world.asked("alma", "bea", "cleo", "dora")
    world.says("alma", "no, sorry")
    world.says("bea", "yes")
    world.says("cleo", "no, sorry")
    world.says("dora", "STOP")
    # when
    story = pages.text("/console/shifts/early").partition("What happened")[2].partition("Who was asked")[0]
    # then
    assert [story.count(f"{who} said no.") for who in ("alma", "cleo")] == [1, 1]
    assert story.count("dora wants no texts.") == 1


def test_whoever_has_the_role_can_be_given_the_shift_however_many_work_there(
    world: World, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setattr(shift_page, "MOST_PEOPLE", 2)
    world.caregivers("ann", "bob", "cid", role="CNA")
    world.caregivers("zoe")
    world.shift()
    assert '<option value="zoe">' in pages.text("/console/shifts/early")
    # when there are more than are listed
    world.caregivers("xia", "yun")
    form = pages.form("/console/shifts/early", "Give it to them")
    sent = pages.client.post(
        form.action, data={**form.fields, "caregiver_id": ["", " zoe "]}, headers=SAME_ORIGIN
    )
    # then
    assert "is assigned to zoe" in pages.text(sent.headers["Location"])


def test_the_history_of_a_shift_has_every_message_and_its_page_says_when_it_has_not(
    world: World, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setattr(shift_page, "MOST_MESSAGES", 2)
    monkeypatch.setattr(records, "AT_ONCE", 2)
    world.asked("alma", "bea", "cleo")
    world.says("alma", "yes")
    # when
    kept = json.loads(pages.text("/console/shifts/early/history.json"))
    # then
    assert sorted(one["purpose"] or one["body"] for one in kept["messages"]) == [
        "confirmation", "offer", "offer", "offer", "yes",
    ]  # fmt: skip
    assert "These are the newest messages." in pages.text("/console/shifts/early")
