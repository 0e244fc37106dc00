"""What coordinators ask of shifts."""

from datetime import UTC, datetime

import pytest
from flask import Flask, url_for

from firstyes.actors.journal.port import BadCursor, ShiftFilter
from firstyes.actors.records import Page, ShiftRecord, TimelineEntry
from firstyes.domain.answer import Answer, LeftOut, Outcome, Refusal, Status, refuse, taken
from firstyes.domain.policy import DEFAULT_ROUNDS, parse_rounds
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import A_SHIFT


def record(shift_id: str = "s1") -> ShiftRecord:
    now = datetime(2030, 7, 14, 12, tzinfo=UTC)
    return ShiftRecord(
        id=shift_id,
        organization_id="lakeside",
        role_required="RN",
        start_time=now,
        end_time=now,
        time_zone=None,
        area=None,
        status=ShiftStatus.OFFERING,
        revision=1,
        fanout=1,
        round=0,
        rounds=DEFAULT_ROUNDS,
        paused=False,
        next_deadline=now,
        claimed_by=None,
        version=2,
        offers=(),
    )


ANY_STATE = {"holder": None, "version": None}
"""Of an order that names neither."""


@pytest.mark.parametrize("order", ["fanout", "cancel", "release", "assign"])
def test_row_58_an_order_names_the_holder_and_the_version_it_means(client, desk, order) -> None:
    body = {"holder": "alma", "version": 3, **({"caregiver_id": "ben"} if order == "assign" else {})}
    assert client.post(f"/shifts/s1/{order}", json=body).status_code == 200
    [(_, _, given)] = desk.calls
    assert (given["holder"], given["version"]) == ("alma", 3)


def test_a_shift_is_assigned_by_hand(client, desk) -> None:
    client.post("/shifts/s1/assign", json={"caregiver_id": "ben"})
    client.post("/shifts/s1/assign", json={"caregiver_id": "ben", "by": "Ada", "override": " a swap "})
    assert desk.calls == [
        ("assign", ("s1",), {"caregiver_id": "ben", "by": "coordinator", "override": None, **ANY_STATE}),
        ("assign", ("s1",), {"caregiver_id": "ben", "by": "Ada", "override": "a swap", **ANY_STATE}),
    ]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"caregiver_id": "ben", "override": " "},
        {"caregiver_id": "ben", "override": "a\nb"},
        {"caregiver_id": "ben", "why": "x"},
    ],
)
def test_an_assignment_says_to_whom_and_a_reason_is_not_empty(client, body) -> None:
    assert client.post("/shifts/s1/assign", json=body).status_code == 422


def test_row_33_the_answer_to_a_fan_out_says_what_it_led_to(client, desk) -> None:
    # given
    rounds = parse_rounds("sms:240,voice:240")
    left_out = (LeftOut(caregiver_id="ben", name="Ben", reason="is not active"),)
    done = Answer(
        status=Status.SUCCESS,
        message="Done.",
        outcome=Outcome.STARTED,
        offered=0,
        plan=rounds,
        left_out=left_out,
    )
    desk.will(fan_out=done)
    # then
    assert client.post("/shifts/s1/fanout").get_json() == {
        "status": "success",
        "message": "Done.",
        "outcome": "started",
        "offered": 0,
        "plan": [{"channel": "sms", "wait": 240}, {"channel": "voice", "wait": 240}],
        "left_out": [{"caregiver_id": "ben", "name": "Ben", "reason": "is not active"}],
    }


@pytest.mark.parametrize(
    "body", [{}, {"json": {}}, {"data": b""}, {"data": b"", "content_type": "application/json"}]
)
def test_a_fan_out_needs_no_body(client, desk, body) -> None:
    response = client.post("/shifts/s1/fanout", **body)
    assert response.get_json() == {"status": "success", "message": "Done."}
    assert desk.calls == [("fan_out", ("s1",), {"by": "coordinator", **ANY_STATE})]


def test_orders_given_with_a_token_are_recorded_as_the_token_s(guarded, desk, token) -> None:
    assert guarded.post("/shifts/s1/release", headers=token).status_code == 200
    assert desk.calls == [("release", ("s1",), {"by": "token", **ANY_STATE})]


@pytest.mark.parametrize("why", list(Refusal))
@pytest.mark.parametrize("order", ["fan_out", "cancel", "release"])
def test_a_refused_order_is_a_problem_404_when_unknown_else_409(client, desk, problem_of, order, why) -> None:
    # given
    desk.will(**{order: refuse(why, "Why it is refused.", "s1")})
    # when
    response = client.post(f"/shifts/s1/{order.replace('_', '')}")
    # then
    problem = problem_of(response)
    assert response.status_code == (404 if why is Refusal.UNKNOWN else 409)
    assert problem["detail"] == "Why it is refused."
    assert problem["type"].removeprefix("urn:firstyes:problem:") == why.value.replace("_", "-")


@pytest.mark.parametrize(("body", "confirm"), [(None, False), ({}, False), ({"confirm": True}, True)])
def test_a_claimed_shift_is_cancelled_with_a_confirmation(client, desk, body, confirm) -> None:
    client.post("/shifts/s1/cancel", **({} if body is None else {"json": body}))
    assert desk.calls == [("cancel", ("s1",), {"confirm": confirm, "by": "coordinator", **ANY_STATE})]


@pytest.mark.parametrize("confirm", ["yes", 1, "true", None])
def test_a_confirmation_is_true_and_nothing_like_it(client, desk, confirm) -> None:
    assert client.post("/shifts/s1/cancel", json={"confirm": confirm}).status_code == 422
    assert desk.calls == []


def test_one_shift_is_posted_and_answered_for_itself(client, desk) -> None:
    response = client.post("/shifts", json=A_SHIFT)
    assert response.get_json() == {"status": "success", "message": "Done."}
    [(name, ([shift], by), _)] = desk.calls
    assert (name, shift.id, by) == ("post_shifts", "s1", "coordinator")
    assert shift.start_time.isoformat() == A_SHIFT["start_time"]


def test_one_shift_that_is_refused_is_a_problem(client, desk, problem_of) -> None:
    desk.will(post_shifts=[refuse(Refusal.BEING_OFFERED, "It is being offered.", "s1")])
    assert problem_of(client.post("/shifts", json=A_SHIFT))["type"].endswith(":being-offered")


def test_a_list_of_shifts_is_answered_row_by_row(client, desk) -> None:
    # given
    desk.will(
        post_shifts=[
            Answer(status=Status.SUCCESS, message="Posted."),
            taken("s2"),
        ]
    )
    # when
    response = client.post("/shifts", json=[A_SHIFT, A_SHIFT | {"id": "s2"}])
    # then
    assert response.status_code == 200
    assert response.get_json() == {
        "items": [
            {"id": "s1", "status": "success", "message": "Posted.", "refusal": None},
            {
                "id": "s2",
                "status": "refused",
                "message": "The id s2 is taken: choose another.",
                "refusal": "taken",
            },
        ]
    }


def test_one_bad_row_refuses_the_list_and_says_which_it_is(client, desk, problem_of) -> None:
    response = client.post("/shifts", json=[A_SHIFT, A_SHIFT | {"end_time": "2030-07-14T01:00:00-05:00"}])
    assert problem_of(response)["errors"] == [
        {"pointer": "/1/end_time", "detail": "end_time must come after start_time", "row": "s1"}
    ]
    assert desk.calls == []


def test_shifts_are_listed_by_what_is_asked_for(client, desk) -> None:
    # given
    desk.will(shifts=Page[ShiftRecord](items=(record(),), next_cursor="more"))
    # when
    page = client.get("/shifts?status=offering&role=rn&organization_id=lakeside&cursor=c1&limit=5").get_json()
    # then
    assert desk.calls == [("shifts", (ShiftFilter(ShiftStatus.OFFERING, "rn", "lakeside"), "c1", 5), {})]
    assert page["next_cursor"] == "more"
    assert [one["id"] for one in page["items"]] == ["s1"]


def test_a_cursor_of_another_list_is_answered_400(client, desk, problem_of) -> None:
    desk.will(shifts=BadCursor("not mine"))
    response = client.get("/shifts?cursor=other")
    assert (response.status_code, problem_of(response)["type"]) == (400, "urn:firstyes:problem:bad-cursor")


def test_a_shift_is_shown_with_its_offers(client, desk) -> None:
    desk.will(shift=record())
    shown = client.get("/shifts/s1").get_json()
    assert (shown["status"], shown["round"], shown["offers"]) == ("offering", 0, [])
    assert shown["next_deadline"] == "2030-07-14T12:00:00Z"


def test_a_timeline_is_shown_in_order(client, desk) -> None:
    # given
    at = datetime(2030, 7, 14, 12, tzinfo=UTC)
    entries = [
        TimelineEntry(version=n, at=at, by="timer", type="round_started", details={"round": n})
        for n in (1, 2)
    ]
    desk.will(timeline=entries)
    # when
    shown = client.get("/shifts/s1/timeline").get_json()
    # then
    assert [one["details"] for one in shown["items"]] == [{"round": 1}, {"round": 2}]


@pytest.mark.parametrize("path", ["/shifts/nope", "/shifts/nope/timeline", "/organizations/nope"])
def test_what_is_not_known_is_answered_404(client, problem_of, path) -> None:
    response = client.get(path)
    assert (response.status_code, problem_of(response)["type"]) == (404, "urn:firstyes:problem:unknown")


@pytest.mark.parametrize(
    "path", ["/shifts/a%20b", "/shifts/%00", "/shifts/%ff", "/shifts/" + "x" * 129, "/shifts//"]
)
def test_what_can_be_no_identifier_is_no_path_of_ours(client, desk, problem_of, path) -> None:
    response = client.get(path)
    assert (response.status_code, problem_of(response)["type"]) == (404, "about:blank")
    assert desk.calls == []


def test_a_url_can_be_built_though_how_is_worked_out_only_then(app: Flask) -> None:
    with app.test_request_context():
        [name] = {one.endpoint for one in app.url_map.iter_rules() if one.rule.endswith("/timeline")}
        assert url_for(name, shift_id="s1") == "/shifts/s1/timeline"
        assert url_for(name, shift_id="s 1", more="2") == "/shifts/s%201/timeline?more=2"
