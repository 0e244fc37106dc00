"""What holds for every page of the console."""

import gzip
import re
from typing import Any

import pytest

from firstyes.actors.journal.queries.read_connections import ReadConnections
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.identifier import PATTERN
from firstyes.web.app import create_app
from firstyes.web.http.operation import PATTERNS
from firstyes.web.service.web_settings import WebSettings
from support.pages import SAME_ORIGIN, Pages
from support.world import HOUR, LAKESIDE

HOSTILE = "<script>alert(1)</script>\u202egnp.exe"
COLD_LOAD = 100_000


def test_a_page_says_what_may_run_on_it_and_nobody_keeps_it(client) -> None:
    headers = client.get("/").headers
    assert headers["Cache-Control"] == "no-store"
    assert "script-src 'self'; style-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_no_page_has_a_script_or_a_style_of_its_own(world, pages) -> None:
    world.asked("alma")
    text = pages.text("/")
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:", text) == []
    assert all("src=" in one for one in re.findall(r"<script[^>]*>", text))


def test_a_page_that_has_not_changed_is_answered_without_asking_the_journal(
    world, client, monkeypatch
) -> None:
    # given
    world.asked("alma")
    tag = client.get("/").headers["ETag"]
    # when
    monkeypatch.setattr(world.desk.journal, "board", None)
    again = client.get("/", headers={"If-None-Match": tag})
    # then
    assert (again.status_code, again.data) == (304, b"")
    assert int(again.headers["X-Now"]) == world.clock.now().timestamp() * 1000


@pytest.mark.parametrize("change", ["reply", "delivery", "alert", "person"])
def test_a_page_is_made_anew_when_something_in_sight_has_changed(world, client, change) -> None:
    # given
    world.asked("alma")
    tag = client.get("/").headers["ETag"]
    # when
    match change:
        case "reply":
            world.says("alma", "no")
        case "delivery":
            world.shift("other")
            world.desk.fan_out("other")
            world.desk.settle()
        case "alert":
            world.says("alma", "who is this?")
        case "person":
            world.caregivers("bea")
    # then
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 200


def test_a_form_is_taken_from_a_page_of_ours_only(world, pages) -> None:
    world.caregivers("alma")
    world.shift()
    form = pages.form("/", "Offer now")
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        assert pages.send(form, headers).status_code == 403
    for origin in ("http://localhost.evil.example", "http://[x", "null", "localhost"):
        assert pages.send(form, {"Origin": origin}).status_code == 403
    assert pages.send(form, token="0" * 128).status_code == 403
    assert pages.send(form, token="no token").status_code == 403
    assert world.events() == ["shift_posted"]
    assert pages.send(form, {"Origin": "http://localhost"}).status_code == 303


def test_the_token_of_a_form_is_another_each_time(world, pages) -> None:
    world.shift()
    assert pages.form("/", "Offer now").fields["token"] != pages.form("/", "Offer now").fields["token"]


def test_a_form_that_is_sent_twice_is_carried_out_once(world, pages) -> None:
    # given
    world.caregivers("alma")
    world.shift()
    form = pages.form("/", "Offer now")
    # when
    first, second = pages.send(form), pages.send(form)
    # then
    assert first.headers["Location"] == second.headers["Location"]
    assert "Fan-out initiated" in pages.text(second.headers["Location"])


def test_an_order_made_of_a_page_that_is_out_of_date_changes_nothing_and_says_so(world, pages) -> None:
    # given
    world.caregivers("alma")
    world.shift()
    form = pages.form("/", "Offer now")
    world.desk.fan_out("early")
    world.desk.settle()
    world.says("alma", "no")
    # when
    shown = pages.text(pages.send(form).headers["Location"])
    # then
    assert 'class="said refused"' in shown
    assert "Nothing was changed" in shown


def test_a_form_leads_back_to_a_page_of_ours_whatever_it_says(world, pages) -> None:
    world.shift()
    form = pages.form("/", "Offer now")
    assert pages.send(form, back="https://evil.example/").headers["Location"].startswith("/?")
    assert pages.send(form, back="//evil.example/console/").headers["Location"].startswith("/?")
    assert pages.send(form, back="/shifts").headers["Location"].startswith("/?")


def test_what_people_wrote_is_shown_and_never_run(world, pages) -> None:
    world.desk.put_caregivers(
        [Caregiver(id="x", organization_id=LAKESIDE, name=HOSTILE, roles=("RN",), phone="+13125550888")]
    )
    world.phones["x"] = "+13125550888"
    world.offered()
    world.says("x", "yes")
    text = pages.text("/?part=filled")
    assert "<script>alert" not in text
    assert "<bdi>&lt;script&gt;alert" in text


def test_with_a_token_and_nobody_who_can_sign_in_nothing_is_shown(world) -> None:
    client = create_app(world.desk, WebSettings(api_token="secret")).test_client()
    for path in ("/", "/console/shifts/early"):
        answer = client.get(path)
        assert answer.status_code == 401
        assert "Sign in" in answer.get_data(as_text=True)
    assert client.post("/console/shifts/early/offer", headers=SAME_ORIGIN).status_code == 401


def test_no_id_can_be_taken_for_a_word_of_a_path(client) -> None:
    rules = [
        (rule.rule.split("/"), rule.methods - {"HEAD", "OPTIONS"})
        for rule in client.application.url_map.iter_rules()
    ]

    def stands_for(given: str, word: str) -> bool:
        found = re.fullmatch(r"<parameter\((\w+)\):\w+>", given)
        return found is not None and re.fullmatch(PATTERNS.get(found[1], PATTERN), word) is not None

    clashes = [
        (ours, theirs)
        for ours, methods in rules
        for theirs, others in rules
        if ours != theirs and len(ours) == len(theirs) and methods & others
        if all(one == other or stands_for(one, other) for one, other in zip(ours, theirs, strict=True))
    ]
    assert clashes == []


def test_a_page_is_made_anew_when_a_shift_begins_though_nothing_has_happened(world, client) -> None:
    # given
    world.shift(starts_in=1)
    world.clock.advance(HOUR - 1)
    first = client.get("/")
    assert "starts" in first.get_data(as_text=True)
    # when
    world.clock.advance(1)
    # then
    again = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "began" in again.get_data(as_text=True)


def test_a_form_that_was_refused_is_looked_at_anew_when_it_is_sent_again(world, pages) -> None:
    # given
    world.asked("alma")
    form = pages.form("/console/shifts/early", "Give it to them")
    refused = pages.text(pages.send(form, caregiver_id="nobody").headers["Location"])
    assert "There is no caregiver" in refused
    # when
    given = pages.text(pages.send(form, caregiver_id="alma").headers["Location"])
    # then
    assert "is assigned to alma" in given
    assert world.record().claimed_by == "alma"


def test_what_is_not_there_is_said_on_a_page(client) -> None:
    answer = client.get("/console/nothing/here")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert client.get("/console/assets/0/none.css").status_code == 404


def test_a_fault_of_ours_is_said_without_its_trace(world, client, monkeypatch, caplog) -> None:
    monkeypatch.setattr(world.desk, "board", lambda *_: 1 / 0)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.get_data(as_text=True)


def test_a_cold_load_of_the_board_takes_less_than_100_kilobytes(world, client) -> None:
    # given
    world.caregivers(*(f"person{number}" for number in range(30)))
    for number in range(60):
        world.offered(f"s{number}", starts_in=2 + number)
    packed = {"Accept-Encoding": "gzip"}
    # when
    page = client.get("/", headers=packed)
    text = gzip.decompress(page.data).decode()
    files = set(re.findall(r"/console/assets/[^\"]+", text))
    loaded = [client.get(one, headers=packed) for one in sorted(files)]
    # then
    assert len(files) == 4
    assert all("immutable" in one.headers["Cache-Control"] for one in loaded)
    assert len(page.data) + sum(len(one.data) for one in loaded) < COLD_LOAD


def test_the_board_asks_the_journal_as_often_for_sixty_rows_as_for_three(world, client, monkeypatch) -> None:
    # given
    asked: list[str] = []
    take = ReadConnections._take

    def listening(reads: ReadConnections) -> Any:
        connection = take(reads)
        connection.set_trace_callback(asked.append)
        return connection

    monkeypatch.setattr(ReadConnections, "_take", listening)
    world.caregivers("alma", "bea")
    counts = []
    for number in range(60):
        world.shift(f"s{number}", starts_in=2 + number)
        if number in (2, 59):
            asked.clear()
            assert client.get("/").status_code == 200
            counts.append(len(asked))
    # then: the organizations, the rows and the figures, in a transaction
    assert counts[0] == counts[1] <= 6, asked


def test_each_script_is_short_enough_to_be_read(client) -> None:
    scripts = re.findall(r'src="([^"]+\.js)"', Pages(client).text("/"))
    assert len(scripts) == 2
    assert all(len(client.get(one).get_data(as_text=True).splitlines()) < 250 for one in scripts)
