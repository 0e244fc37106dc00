"""Requests that are malformed, enormous or no text at all: a clear 4xx, no stack trace, nothing changed."""

import json
import tracemalloc
from io import BytesIO, RawIOBase
from typing import IO, Any, cast

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from firstyes.domain.organization import Organization
from support.builders import A_SHIFT

pytestmark = pytest.mark.fault(51)

POSTS = (
    "/messages/inbound", "/shifts", "/caregivers", "/organizations", "/shifts/s1/cancel", "/shifts/s1/fanout",
)  # fmt: skip

MALFORMED = {
    "no JSON": b"yes",
    "half a document": b'{"from_phone":"+13125550104",',
    "two documents": b"{} {}",
    "a bare NUL": b'{"from_phone":"+1312555\x000104","body":"yes"}',
    "bad UTF-8": b'{"from_phone":"+13125550104","body":"\xff\xfe"}',
    "UTF-16": '{"from_phone":"+13125550104","body":"yes"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"from_phone":"+13125550104","body":"yes"}',
    "a lone surrogate": rb'{"from_phone":"+13125550104","body":"\ud800"}',
    "deep nesting": b"[" * 200_000,
    "deep objects": b'{"a":' * 100_000,
    "NaN": b'{"from_phone":"+13125550104","body":NaN,}',
    "a number without end": b'{"body":' + b"9" * 10_000 + b"}",
}

WRONG = {
    "a text": b'"yes"',
    "null": b"null",
    "a number": b"1",
    "wrong types": b'{"from_phone":1,"body":["yes"]}',
    "an unknown field": b'{"from_phone":"+13125550104","body":"yes","colour":"blue"}',
    "an escaped NUL": rb'{"from_phone":"+13125550104","body":"y\u0000es"}',
    "an escaped NUL in a phone": rb'{"from_phone":"+1312\u00005550104","body":"yes"}',
    "a text of 2,001 characters": b'{"from_phone":"+13125550104","body":"' + b"x" * 2001 + b'"}',
    "a phone of 65 characters": b'{"from_phone":"' + b"1" * 65 + b'","body":"yes"}',
    "a phone of blanks": b'{"from_phone":"   ","body":"yes"}',
    "a naive time": b'{"from_phone":"1","body":"yes","timestamp":"2030-07-14T07:00:00"}',
    "a time as a number": b'{"from_phone":"1","body":"yes","timestamp":1900000000}',
    "a message id with a blank": b'{"from_phone":"1","body":"yes","message_id":"S M"}',
}


def send(client: FlaskClient, path: str, data: bytes) -> TestResponse:
    return client.post(path, data=data, content_type="application/json")


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("what", MALFORMED)
def test_what_is_no_json_is_answered_400(client, desk, problem_of, path, what) -> None:
    response = send(client, path, MALFORMED[what])
    assert (response.status_code, problem_of(response)["type"]) == (
        400,
        "urn:firstyes:problem:malformed-body",
    )
    assert desk.calls == []


@pytest.mark.parametrize("path", ["/messages/inbound", "/shifts", "/caregivers", "/organizations"])
def test_an_empty_body_is_answered_400(client, desk, path) -> None:
    assert send(client, path, b"").status_code == 400
    assert client.post(path).status_code == 400
    assert desk.calls == []


@pytest.mark.parametrize("what", WRONG)
def test_json_of_the_wrong_shape_is_answered_422(client, desk, problem_of, what) -> None:
    response = send(client, "/messages/inbound", WRONG[what])
    assert (response.status_code, problem_of(response)["type"]) == (422, "urn:firstyes:problem:invalid-body")
    assert problem_of(response)["errors"]
    assert desk.calls == []


@pytest.mark.parametrize("what", WRONG)
def test_a_problem_does_not_repeat_what_was_sent(client, what) -> None:
    text = send(client, "/messages/inbound", WRONG[what].replace(b"yes", b"marker")).get_data(as_text=True)
    assert "5550104" not in text
    assert "1900000000" not in text
    assert "marker" not in text


@pytest.mark.parametrize(
    ("change", "pointer", "says"),
    [
        ({"end_time": "2030-07-14T06:00:00-05:00"}, "/end_time", "end_time must come after start_time"),
        ({"end_time": A_SHIFT["start_time"]}, "/end_time", "end_time must come after start_time"),
        ({"start_time": "2030-07-14T07:00:00"}, "/start_time", "no offset"),
        ({"start_time": "tomorrow"}, "/start_time", "RFC 3339"),
        ({"start_time": "0001-01-01T00:00:00+14:00"}, "/start_time", "1970 to 9998"),
        ({"role_required": ""}, "/role_required", "write something"),
        ({"id": "a b"}, "/id", "use only"),
        ({"id": "x" * 129}, "/id", "at most 128"),
        ({"id": ".."}, "/id", "use only"),
        ({"time_zone": "Mars/Olympus"}, "/time_zone", "IANA"),
        ({"time_zone": "../../etc/passwd"}, "/time_zone", "IANA"),
        ({"organization_id": None}, "/organization_id", "text"),
        ({"a/b~c": 1}, "/a~1b~0c", "not known"),
    ],
)
def test_a_shift_that_cannot_be_is_refused_by_the_field(
    client, desk, problem_of, change, pointer, says
) -> None:
    [fault] = problem_of(client.post("/shifts", json=A_SHIFT | change))["errors"]
    assert fault["pointer"] == pointer
    assert says in fault["detail"]
    assert desk.calls == []


@pytest.mark.parametrize("wait", [-1, 0, 604_801, 1.5, "600", 10**30, True])
def test_a_wait_is_a_whole_number_of_seconds_up_to_a_week(client, desk, problem_of, wait) -> None:
    body = {"id": "lakeside", "rounds": [{"channel": "sms", "wait": wait}]}
    [fault] = problem_of(client.post("/organizations", json=body))["errors"]
    assert fault["pointer"] == "/rounds/0/wait"
    assert desk.calls == []


class Endless(RawIOBase):
    """A body without end; it knows what was taken of it, and the most at once."""

    def __init__(self) -> None:
        self.taken = self.most = 0

    def tell(self) -> int:
        return 0

    def seek(self, *_: int) -> int:
        return 0

    def read(self, size: int = -1) -> bytes:
        assert size >= 0
        self.taken += size
        self.most = max(self.most, size)
        return b" " * size


def send_endless(client: FlaskClient, path: str, stream: RawIOBase | BytesIO, **environ: Any) -> TestResponse:
    return client.post(
        path, input_stream=cast(IO[bytes], stream), content_type="application/json", environ_overrides=environ
    )


@pytest.mark.parametrize("path", POSTS)
def test_ten_megabytes_are_thrown_away_as_they_come(client, desk, problem_of, path) -> None:
    """They are read all the same: a sender that is cut off would not hear why."""
    stream = Endless()
    response = send_endless(client, path, stream, CONTENT_LENGTH="10000000")
    assert (response.status_code, problem_of(response)["type"]) == (413, "urn:firstyes:problem:body-too-long")
    assert (stream.taken, stream.most) == (10_000_000, 1 << 16)
    assert desk.calls == []


@pytest.mark.parametrize("length", ["17000000", "9" * 5000])
def test_what_is_longer_still_is_refused_unread(client, desk, length) -> None:
    stream = Endless()
    assert send_endless(client, "/messages/inbound", stream, CONTENT_LENGTH=length).status_code == 413
    assert stream.taken == 0
    assert desk.calls == []


@pytest.mark.parametrize("length", ["ten", "-1", "1_0", "\u0663"])
def test_a_length_that_is_no_number_is_refused(client, desk, length) -> None:
    assert send_endless(client, "/messages/inbound", Endless(), CONTENT_LENGTH=length).status_code in (
        400,
        413,
    )
    assert desk.calls == []


def test_a_body_of_unsaid_length_is_kept_no_further_than_the_limit(client, desk) -> None:
    stream = Endless()
    environ = {"CONTENT_LENGTH": "", "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    assert send_endless(client, "/messages/inbound", stream, **environ).status_code == 413
    assert stream.most == (1 << 20) + 1
    assert stream.taken < 18 << 20
    assert desk.calls == []


def test_a_body_of_unsaid_length_is_read_where_the_server_knows_its_end(client, desk) -> None:
    # given
    body = BytesIO(b'{"from_phone":"+13125550104","body":"yes"}')
    environ = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    # then
    assert (
        send_endless(
            client, "/messages/inbound", body, **environ, **{"wsgi.input_terminated": True}
        ).status_code
        == 200
    )
    # and where it does not, waiting for one could take for ever
    assert send_endless(client, "/messages/inbound", Endless(), **environ).status_code == 400


def test_a_list_may_be_longer_than_one_thing(client) -> None:
    rows = [A_SHIFT | {"id": f"s{n}", "area": "x" * 80} for n in range(6000)]
    body = json.dumps(rows).encode()
    assert 1 << 20 < len(body) < 8 << 20
    # The script answers for one row only; what counts is that the list was read.
    assert send(client, "/shifts", body).status_code != 413


def test_a_list_has_at_most_ten_thousand_rows_and_at_least_one(client, desk, problem_of) -> None:
    many = [{"id": f"o{n}"} for n in range(10_001)]
    assert send(client, "/organizations", json.dumps(many).encode()).status_code == 422
    assert send(client, "/organizations", b"[]").status_code == 422
    assert desk.calls == []


def test_row_41_all_faults_are_told_up_to_a_hundred(client, problem_of) -> None:
    problem = problem_of(send(client, "/organizations", json.dumps([{}] * 50).encode()))
    assert len(problem["errors"]) == 50
    assert problem["detail"].startswith("The body has 50 faults")
    problem = problem_of(send(client, "/caregivers", json.dumps([{}] * 9_000).encode()))
    assert len(problem["errors"]) == 100


def test_row_41_each_fault_names_its_row_and_what_to_write(client, desk, problem_of) -> None:
    ann = {"id": "ann", "organization_id": "lakeside", "name": "Ann", "role": "RN", "phone": "+13125550104"}
    rows = [ann, ann | {"id": "bea", "phone": "call her mum"}, ann | {"name": "Else"}]
    problem = problem_of(client.post("/caregivers", json=rows))
    assert [(one["pointer"], one["row"]) for one in problem["errors"]] == [
        ("/1/phone", "bea"),
        ("/0/id", "ann"),
        ("/2/id", "ann"),
    ]
    assert "+13125550141" in problem["errors"][0]["detail"]
    assert not [name for name, _, _ in desk.calls if name == "put_caregivers"]


def test_row_35_a_phone_is_read_in_the_country_of_the_organization(client, desk, problem_of) -> None:
    # given
    desk.will(organization=Organization(id="berlin", country="DE"))
    ann = {"id": "ann", "organization_id": "berlin", "name": "Ann", "role": "RN", "phone": "0171 2345678"}
    # when
    assert client.post("/caregivers", json=ann).status_code == 200
    # then
    response = client.post("/caregivers", json=[ann, ann | {"id": "bea", "phone": "312 555 0141"}])
    [fault] = problem_of(response)["errors"]
    assert (fault["pointer"], "in DE" in fault["detail"]) == ("/1/phone", True)


@pytest.mark.parametrize("path", POSTS)
def test_row_73_a_name_that_is_given_twice_in_an_object_is_refused_in_words(
    client, desk, problem_of, path
) -> None:
    bodies = {
        "/messages/inbound": b'{"from_phone": "+15550001", "body": "no", "body": "yes"}',
        "/shifts/s1/cancel": b'{"confirm": false, "confirm": true}',
        "/shifts/s1/fanout": b"{}",
    }
    body = bodies.get(path, b'[{"id": "a", "id": "b"}]')
    response = send(client, path, body)
    if body == b"{}":
        assert response.status_code == 200
        return
    assert "given twice" in problem_of(response)["errors"][0]["detail"]
    assert desk.calls == []


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_compressed_body_is_refused(client, desk, encoding) -> None:
    response = client.post("/messages/inbound", json={}, headers={"Content-Encoding": encoding})
    assert response.status_code == 415
    assert desk.calls == []


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json; charset=utf-8", 200),
        ("Application/JSON;charset=UTF-8", 200),
        ("application/json; charset=utf-16", 415),
        ("application/jsonp", 415),
        ("text/json", 415),
        (None, 415),
    ],
)
def test_a_body_says_that_it_is_json(client, kind, status) -> None:
    body = b'{"from_phone":"+13125550104","body":"yes"}'
    assert client.post("/messages/inbound", data=body, content_type=kind).status_code == status


def test_a_client_that_goes_away_half_way_is_no_error_of_ours_and_not_taken_at_its_word(client, desk) -> None:
    response = client.post(
        "/messages/inbound",
        data=b'{"from_phone":"+13125550104","body":"yes"}',
        content_type="application/json",
        environ_overrides={"CONTENT_LENGTH": "100"},
    )
    assert response.status_code == 400
    assert desk.calls == []


def test_a_connection_that_breaks_is_no_error_of_ours(client, desk) -> None:
    # given
    class Broken(Endless):
        def read(self, size: int = -1) -> bytes:
            raise ConnectionResetError

    # then
    assert send_endless(client, "/messages/inbound", Broken(), CONTENT_LENGTH="10").status_code == 400
    assert desk.calls == []


@pytest.mark.parametrize("row", [b"{}", b"[]", b'""', b"0"])
def test_row_66_a_long_list_of_next_to_nothing_is_refused_before_it_fills_the_memory(
    client: FlaskClient, desk: Any, row: bytes
) -> None:
    # given
    body = b"[" + (row + b",") * ((8 << 20) // (len(row) + 1) - 2) + row + b"]"
    tracemalloc.start()
    try:
        # when
        answer = send(client, "/caregivers", body)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # then
    assert answer.status_code == 422
    assert "too many values" in answer.get_json(force=True)["errors"][0]["detail"]
    assert peak < 4 * len(body)
    assert desk.calls == []


def test_row_66_of_rows_that_are_all_wrong_a_hundred_faults_are_told(client: FlaskClient, desk: Any) -> None:
    answer = send(client, "/caregivers", b"[" + b",".join([b"{}"] * 10_000) + b"]")
    assert answer.status_code == 422
    assert len(answer.get_json(force=True)["errors"]) == 100
    assert [name for name, _, _ in desk.calls if name.startswith("put")] == []
