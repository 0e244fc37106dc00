"""Organizations, caregivers, messages and alerts."""

from datetime import UTC, datetime
from typing import Any

import pytest

from firstyes.actors.records import AlertRecord, MessageRecord
from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Refusal, refuse
from firstyes.domain.organization import Organization
from firstyes.domain.policy import Channel

NOW = datetime(2030, 7, 14, 10, 0, tzinfo=UTC)
ANY_ALERT: dict[str, Any] = {
    "organization_id": None, "kind": None, "shift_id": None, "open": None, "cursor": None, "limit": 100,
}  # fmt: skip
A_TEXT: dict[str, Any] = {
    "id": "in-12", "direction": "in", "at": NOW, "phone": "+13125550104", "channel": Channel.SMS, "body": "what is the pay?",
    "state": "acknowledged",
}  # fmt: skip


def an_alert(**details: Any) -> AlertRecord:
    empty = dict.fromkeys(AlertRecord.model_fields)
    known = {"id": 7, "at": NOW, "last_at": NOW, "kind": AlertKind.UNFILLED, "message": "Unfilled."}
    return AlertRecord.model_validate(
        {**empty, **known, "asks": "Find somebody.", "message_ids": (), "count": 1, **details}
    )


ALMA = {"id": "c1", "organization_id": "lakeside", "name": "Alma", "role": "RN", "phone": "(312) 555-0104"}


def test_a_caregiver_may_have_one_role_and_a_phone_as_people_write_it(client, desk) -> None:
    assert client.post("/caregivers", json=ALMA).status_code == 200
    [(_, ([alma], _), _)] = [call for call in desk.calls if call[0] == "put_caregivers"]
    assert (alma.roles, alma.phone) == (("RN",), "(312) 555-0104")


def test_a_caregiver_with_role_and_roles_is_refused(client, problem_of) -> None:
    response = client.post("/caregivers", json=ALMA | {"roles": ["LPN"]})
    assert problem_of(response)["errors"] == [{"pointer": "", "detail": "give role or roles, not both"}]


def test_caregivers_in_bulk_are_answered_row_by_row(client, desk) -> None:
    # given
    desk.will(put_caregivers=[refuse(Refusal.UNKNOWN, "There is no such organization.")])
    # when
    [row] = client.post("/caregivers", json=[ALMA]).get_json()["items"]
    # then
    assert (row["id"], row["status"], row["refusal"]) == ("c1", "refused", "unknown")


def test_a_number_of_another_organization_is_answered_409(client, desk, problem_of) -> None:
    desk.will(put_organizations=[refuse(Refusal.OTHER_OWNER, "That number is another's.")])
    response = client.post("/organizations", json={"id": "lakeside", "phones": ["+13125550199"]})
    assert (response.status_code, problem_of(response)["type"]) == (409, "urn:firstyes:problem:other-owner")


def test_an_organization_is_shown_as_it_was_put(client, desk) -> None:
    desk.will(organization=Organization(id="lakeside", time_zone="America/Chicago"))
    assert client.get("/organizations/lakeside").get_json() == {
        "id": "lakeside",
        "name": None,
        "time_zone": "America/Chicago",
        "country": "US",
        "phones": [],
        "rounds": None,
        "releases_call_offs": False,
        "consent_required": False,
        "welcomes": False,
        "on_call": [],
        "texts": None,
    }


@pytest.mark.parametrize(
    ("path", "call"),
    [
        ("/organizations?limit=7", ("organizations", (None, 7), {"organization_id": None})),
        (
            "/caregivers?organization_id=lakeside&cursor=c",
            ("caregivers", ("lakeside", "c", 100), {"opted_out": None, "text": None}),
        ),
        ("/caregivers?opted_out=true", ("caregivers", (None, None, 100), {"opted_out": True, "text": None})),
        ("/alerts?organization_id=lakeside", ("alerts", (), {**ANY_ALERT, "organization_id": "lakeside"})),
        ("/alerts?open=true&limit=7", ("alerts", (), {**ANY_ALERT, "open": True, "limit": 7})),
        ("/alerts?open=false", ("alerts", (), {**ANY_ALERT, "open": False})),
        (
            "/alerts?kind=unfilled&shift_id=s1&cursor=c",
            ("alerts", (), {**ANY_ALERT, "kind": AlertKind.UNFILLED, "shift_id": "s1", "cursor": "c"}),
        ),
        ("/messages?shift_id=s1&limit=500", ("messages", ("s1", None, None, 500), {"organization_id": None})),
        (
            "/messages?phone=%2B13125550104",
            ("messages", (None, "+13125550104", None, 100), {"organization_id": None}),
        ),
        (
            "/messages?phone=(312)%20555-0104",
            ("messages", (None, "+13125550104", None, 100), {"organization_id": None}),
        ),
    ],
)
def test_lists_hand_on_what_is_asked_for(client, desk, path, call) -> None:
    assert client.get(path).get_json() == {"items": [], "next_cursor": None}
    assert desk.calls == [call]


@pytest.mark.parametrize("query", ["open=1", "open=yes", "kind=unfiled", "shift_id="])
def test_alerts_are_not_narrowed_by_what_is_none_of_their_words(client, desk, problem_of, query) -> None:
    response = client.get(f"/alerts?{query}")
    assert (response.status_code, problem_of(response)["type"]) == (422, "urn:firstyes:problem:invalid-query")
    assert desk.calls == []


def test_row_56_an_alert_is_closed_by_whoever_says_so(client, desk) -> None:
    desk.will(close_alert=an_alert(closed_at=NOW, closed_by="Dana Lind"))
    closed = client.post("/alerts/7/close", json={"by": "Dana Lind"}).get_json()
    assert (closed["id"], closed["closed_by"], closed["asks"]) == (7, "Dana Lind", "Find somebody.")
    assert client.post("/alerts/7/close").status_code == 200
    assert desk.calls == [
        ("close_alert", (7,), {"by": "Dana Lind"}),
        ("close_alert", (7,), {"by": "coordinator"}),
    ]


@pytest.mark.parametrize("number", ["7", "seven", "9" * 30, "-1"])
def test_an_alert_that_does_not_exist_is_not_closed(client, problem_of, number: str) -> None:
    response = client.post(f"/alerts/{number}/close")
    assert (response.status_code, problem_of(response)["status"]) == (404, 404)


def test_a_message_is_shown_by_its_id(client, desk, problem_of) -> None:
    assert problem_of(client.get("/messages/in-1"))["status"] == 404
    desk.will(message=MessageRecord(**A_TEXT))
    assert client.get("/messages/in-12").get_json()["body"] == "what is the pay?"
    assert desk.calls[-1] == ("message", ("in-12",), {})


def test_a_plus_sign_that_was_not_encoded_is_still_a_plus_sign(client, desk) -> None:
    client.get("/messages?phone=+15550001")
    assert desk.calls[0][1][1] == "+15550001"


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/shifts?limit=0", "limit"), ("/shifts?limit=501", "limit"), ("/shifts?limit=ten", "limit"),
        ("/shifts?limit=" + "9" * 5000, "limit"), ("/shifts?status=open", "status"), ("/shifts?cursor=%00", "cursor"),
        ("/shifts?cursor=", "cursor"), ("/shifts?organization_id=a%20b", "organization_id"), ("/shifts?role=%00", "role"),
        ("/shifts?colour=blue", "colour"), ("/shifts?limit=1&limit=2", "limit"), ("/messages?phone=%00", "phone"),
        ("/health?verbose=1", "verbose"), ("/shifts/s1?offers=no", "offers"),
    ],
)  # fmt: skip
def test_a_parameter_that_is_wrong_or_unknown_is_named(client, desk, problem_of, path, parameter) -> None:
    response = client.get(path)
    problem = problem_of(response)
    assert response.status_code == 422
    assert [one["parameter"] for one in problem["errors"]] == [parameter]
    assert desk.calls == []
