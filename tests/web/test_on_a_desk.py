"""The API on a real desk: a shift's life as its callers see it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask.testing import FlaskClient

from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings
from support.kept import Gate
from support.world import DIALLED, LAKESIDE, World, a_world


@pytest.fixture
def world() -> Iterator[World]:
    with a_world() as made:
        made.caregivers("alma", "bea")
        yield made


@pytest.fixture
def client(world: World) -> FlaskClient:
    return create_app(world.desk, WebSettings(open=True)).test_client()


def says(client: FlaskClient, world: World, name: str, body: str, **more: Any) -> dict[str, Any]:
    message = {"from_phone": world.phones[name], "to_phone": DIALLED, "body": body, **more}
    response = client.post("/messages/inbound", json=message)
    assert response.status_code == 200, response.get_data(as_text=True)
    answer: dict[str, Any] = response.get_json()
    return answer


def test_the_first_yes_gets_the_shift_and_everybody_hears_the_truth(client, world) -> None:
    # given
    shift = world.shift()
    assert client.post(f"/shifts/{shift}/fanout").get_json()["status"] == "success"
    # then
    assert says(client, world, "alma", "yes")["status"] == "success"
    assert says(client, world, "bea", "yes")["status"] == "already_claimed"
    assert says(client, world, "alma", "yes")["status"] == "success"
    shown = client.get(f"/shifts/{shift}").get_json()
    assert (shown["status"], shown["claimed_by"]) == ("claimed", "alma")
    assert {one["caregiver_id"] for one in shown["offers"]} == {"alma", "bea"}
    types = [one["type"] for one in client.get(f"/shifts/{shift}/timeline").get_json()["items"]]
    assert types[:3] == ["shift_posted", "fan_out_started", "shift_claimed"]


@pytest.mark.fault(38)
def test_row_64_a_yes_whose_commit_takes_too_long_is_called_unknown_and_then_found_out(monkeypatch) -> None:
    # given
    gate = Gate()
    with a_world(crash_point=gate) as world:
        client, shift = (
            create_app(world.desk, WebSettings(open=True)).test_client(),
            world.asked("alma", "bea"),
        )
        message = {"from_phone": world.phones["alma"], "body": "yes", "message_id": "SM-1"}
        # when
        gate.shut()
        with monkeypatch.context() as impatient:
            impatient.setattr(world.desk, "patience", 0.05)
            unknown = client.post("/messages/inbound", json=message)
        gate.open()
        # then
        assert unknown.status_code == 503
        assert unknown.get_json()["type"] == "urn:firstyes:problem:no-answer"
        assert "not known" in unknown.get_json()["detail"]
        assert says(client, world, "alma", "yes", message_id="SM-1")["status"] == "success"
        assert says(client, world, "bea", "yes")["status"] == "already_claimed"
        assert world.events(shift).count("shift_claimed") == 1
        assert world.purposes("alma").count("confirmation") == 1


def test_consent_is_stated_and_listed_and_a_stop_outranks_it(client, world) -> None:
    path = "/caregivers/alma/consents"
    # given
    stated = {
        "channel": "sms",
        "how": "form",
        "given_at": "2030-07-01T09:00:00-05:00",
        "words": "Yes",
        "by": "cora",
    }
    assert client.post(path, json=stated).get_json()["status"] == "success"
    [found] = client.get(path).get_json()["items"]
    assert (found["what"], found["covers"], found["how"], found["words"]) == (
        "consent_given",
        ["sms"],
        "form",
        "Yes",
    )
    assert "cora" in found["by"]
    [kept] = client.get("/caregivers?text=alma").get_json()["items"][0]["consents"]
    assert (kept["channel"], kept["how"]) == ("sms", "form")
    # when
    says(client, world, "alma", "STOP")
    # then
    refused = client.post(path, json=stated)
    assert (refused.status_code, refused.get_json()["type"]) == (409, "urn:firstyes:problem:stopped")
    assert client.post("/caregivers/nobody/consents", json=stated).status_code == 404
    assert client.post(path, json={"channel": "sms"}).status_code == 422
    assert client.post(path, json={**stated, "channel": "email"}).status_code == 422


def test_the_other_statuses_of_the_contract(client, world) -> None:
    world.offered()
    assert says(client, world, "alma", "who is this?")["status"] == "clarify"
    assert says(client, world, "alma", "no")["status"] == "acknowledged"
    assert client.post("/shifts/early/cancel").status_code == 200
    assert says(client, world, "alma", "yes")["status"] == "no_action"
    assert says(client, world, "bea", "STOP")["status"] == "acknowledged"


def test_a_bare_yes_to_two_offers_is_asked_which_one_and_a_code_settles_it(client, world) -> None:
    # given
    world.offered("early")
    world.offered("late", starts_in=24)
    # when
    asked = says(client, world, "alma", "yes")
    # then
    assert asked["status"] == "clarify"
    codes = {choice["shift_id"]: choice["code"] for choice in asked["choices"]}
    assert set(codes) == {"early", "late"}
    assert says(client, world, "alma", f"yes {codes['late']}")["shift_id"] == "late"


@pytest.mark.fault(9)
def test_a_message_delivered_twice_gets_its_first_answer_and_has_one_effect(client, world) -> None:
    # given
    world.offered()
    first = says(client, world, "alma", "yes", message_id="SM1")
    before = client.get("/shifts/early/timeline").get_json()
    # when
    second = says(client, world, "alma", "yes", message_id="SM1")
    # then
    assert second == first
    assert client.get("/shifts/early/timeline").get_json() == before


def test_fifty_fan_outs_at_once_text_nobody_twice(client, world) -> None:
    # given
    world.shift()

    def fan_out(_: int) -> str:
        with client.application.test_client() as own:
            return str(own.post("/shifts/early/fanout").get_json()["message"])

    # when
    with ThreadPoolExecutor(16) as threads:
        messages = list(threads.map(fan_out, range(50)))
    # then
    assert sum("already initiated" not in one for one in messages) == 1
    assert len(world.sent("alma")) == len(world.sent("bea")) == 1


def test_nobody_qualifies_is_a_success_and_an_alert(client, world) -> None:
    world.shift(role="Astronaut")
    assert client.post("/shifts/early/fanout").get_json()["status"] == "success"
    assert [one["kind"] for one in client.get("/alerts").get_json()["items"]] == ["nobody_qualifies"]
    assert client.get("/alerts?organization_id=elsewhere").get_json()["items"] == []


@pytest.mark.parametrize("order", ["fanout", "cancel", "release"])
def test_an_order_on_an_unknown_shift_is_answered_404(client, problem_of, order) -> None:
    assert problem_of(client.post(f"/shifts/nope/{order}"))["type"] == "urn:firstyes:problem:unknown"


def test_a_claimed_shift_is_fanned_out_by_release_only_and_cancelled_with_confirmation_only(
    client, world, problem_of
) -> None:
    # given
    world.offered()
    world.says("alma", "yes")
    # then
    assert problem_of(client.post("/shifts/early/fanout"))["type"].endswith(":already-claimed")
    assert problem_of(client.post("/shifts/early/cancel", json={}))["type"].endswith(":needs-confirmation")
    assert client.post("/shifts/early/release").status_code == 200
    assert problem_of(client.post("/shifts/early/release"))["type"].endswith(":not-claimed")
    assert says(client, world, "bea", "yes")["status"] == "success"
    assert client.post("/shifts/early/cancel", json={"confirm": True}).status_code == 200
    assert client.get("/shifts/early").get_json()["status"] == "cancelled"


def test_while_a_shift_is_offered_its_data_stay(client, world, problem_of) -> None:
    # given
    world.offered()
    shown = client.get("/shifts/early").get_json()
    fields = ("id", "organization_id", "role_required", "start_time", "end_time")
    same = {name: shown[name] for name in fields}
    # then
    response = client.post("/shifts", json=same | {"role_required": "LPN"})
    assert (response.status_code, problem_of(response)["type"]) == (409, "urn:firstyes:problem:being-offered")


def test_a_file_s_worth_of_people_is_put_row_by_row_and_twice_is_once(client, world) -> None:
    # given
    rows = [
        {"id": "dan", "organization_id": LAKESIDE, "name": "Dan", "role": "CNA", "phone": "+15550001"},
        {"id": "eve", "organization_id": LAKESIDE, "name": "Eve", "role": "CNA", "phone": "+15550001"},
        {"id": "fay", "organization_id": "nobody", "name": "Fay", "role": "CNA", "phone": "+15550002"},
    ]
    # when
    answers = [client.post("/caregivers", json=rows).get_json()["items"] for _ in range(2)]
    # then
    assert [one["refusal"] for one in answers[0]] == [None, None, "unknown"]
    assert [one["refusal"] for one in answers[1]] == [None, None, "unknown"]
    listed = client.get(f"/caregivers?organization_id={LAKESIDE}").get_json()["items"]
    assert sorted(one["id"] for one in listed) == ["alma", "bea", "dan", "eve"]


def test_a_caregiver_of_one_organization_is_not_taken_by_another(client, problem_of) -> None:
    # given
    client.post("/organizations", json={"id": "seaside"})
    # when
    thief = {"id": "alma", "organization_id": "seaside", "name": "Alma", "role": "RN", "phone": "+15550009"}
    response = client.post("/caregivers", json=thief)
    # then
    assert (response.status_code, problem_of(response)["type"]) == (409, "urn:firstyes:problem:taken")
    number = client.post("/organizations", json={"id": "seaside", "phones": [DIALLED]})
    assert (number.status_code, problem_of(number)["type"]) == (409, "urn:firstyes:problem:other-owner")


def test_lists_come_in_pages_that_miss_nothing_and_repeat_nothing(client, world) -> None:
    # given
    for number in range(7):
        world.shift(f"s{number}", starts_in=24 + number * 8)
    # when
    found: list[str] = []
    cursor: str | None = ""
    pages = 0
    while cursor is not None:
        page = client.get(f"/shifts?limit=3&status=pending{cursor and '&cursor=' + cursor}").get_json()
        found += [one["id"] for one in page["items"]]
        cursor, pages = page["next_cursor"], pages + 1
    # then
    assert found == [f"s{number}" for number in range(7)]
    assert pages == 3


def test_shifts_are_found_by_role_whatever_its_case(client, world) -> None:
    world.shift()
    assert [one["id"] for one in client.get("/shifts?role=rn").get_json()["items"]] == ["early"]
    assert client.get("/shifts?role=LPN").get_json()["items"] == []


def test_messages_are_told_both_ways_with_their_states(client, world) -> None:
    # given
    world.offered()
    says(client, world, "alma", "yes \U0001f44d")
    world.desk.settle()
    # when
    phone = world.phones["alma"].replace("+", "%2B")
    items = client.get(f"/messages?phone={phone}").get_json()["items"]
    # then
    assert [one["direction"] for one in reversed(items)][:2] == ["out", "in"]
    assert next(one for one in items if one["direction"] == "in")["body"] == "yes \U0001f44d"
    assert client.get("/messages?shift_id=early").get_json()["items"] != []


def test_a_text_of_two_thousand_characters_is_read_and_kept(client, world) -> None:
    world.offered()
    assert says(client, world, "alma", "yes " + "x" * 1996)["status"] != "success"
    kept = client.get("/messages").get_json()["items"]
    assert max(len(one["body"]) for one in kept) == 2000


def test_whose_order_it_was_stands_in_the_history(client, world) -> None:
    world.shift()
    client.post("/shifts/early/fanout")
    entries = client.get("/shifts/early/timeline").get_json()["items"]
    assert [one["by"] for one in entries] == ["coordinator", "coordinator"]


def test_a_closed_desk_answers_503_and_changes_nothing(client, world, problem_of) -> None:
    # given
    world.offered()
    # when
    world.desk.close()
    # then
    for path in ("/shifts", "/shifts/early", "/messages", "/alerts", "/readyz"):
        assert client.get(path).status_code == 503
    late = client.post("/messages/inbound", json={"from_phone": world.phones["alma"], "body": "yes"})
    assert (late.status_code, problem_of(late)["type"]) == (503, "urn:firstyes:problem:shutting-down")
    assert client.get("/health").status_code == client.get("/metrics").status_code == 200
