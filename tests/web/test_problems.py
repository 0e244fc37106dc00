"""Failures: every one is a problem document, and none leaves a stack trace."""

import logging

import pytest

from firstyes.actors.errors import HandlerFailed, NoAnswer, NotRunning, Parked, ShuttingDown
from firstyes.actors.journal.port import JournalDamaged, JournalHealth, JournalUnavailable
from firstyes.actors.system import DeskHealth

YES = {"from_phone": "+13125550104", "body": "yes, my number is 3125550104"}


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (JournalUnavailable("disk full at /secret"), "journal-unavailable"),
        (JournalDamaged("page 7 of a secret"), "journal-damaged"),
        (NoAnswer("none in 15 s"), "no-answer"),
        (HandlerFailed("died"), "no-answer"),
        (Parked("shift/s1"), "parked"),
        (ShuttingDown("the loop is stopping"), "shutting-down"),
        (NotRunning("closed"), "shutting-down"),
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/messages/inbound"), ("POST", "/shifts/s1/fanout"), ("GET", "/shifts"), ("GET", "/alerts")],
)
@pytest.mark.fault(38)
@pytest.mark.fault(41)
def test_what_passes_is_answered_503_with_a_time_to_try_again(
    client, desk, problem_of, error, kind, method, path
) -> None:
    """Row 72 too: damage that shows only while running."""
    # given
    desk.will(receive=error, fan_out=error, shifts=error, alerts=error)
    # when
    response = client.open(path, method=method, **({"json": YES} if "inbound" in path else {}))
    # then
    assert response.status_code == 503
    assert problem_of(response)["type"] == f"urn:firstyes:problem:{kind}"
    assert int(response.headers["Retry-After"]) > 0
    assert str(error) not in response.get_data(as_text=True)


def test_what_nobody_expected_is_answered_500_with_an_id_that_stands_in_the_log(
    client, desk, problem_of, caplog
) -> None:
    # given
    desk.will(receive=ZeroDivisionError("a secret of the house"))
    # when
    with caplog.at_level(logging.ERROR):
        response = client.post("/messages/inbound", json=YES)
    # then
    problem = problem_of(response)
    assert response.status_code == 500
    assert problem["error_id"] in problem["detail"]
    assert "secret" not in response.get_data(as_text=True)
    assert "Traceback" not in response.get_data(as_text=True)
    assert problem["error_id"] in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "secret" not in caplog.text


def test_the_log_of_a_failure_names_the_path_and_neither_phone_nor_body(client, desk, caplog) -> None:
    desk.will(messages=ZeroDivisionError("oops"))
    client.get("/messages?phone=%2B13125550104")
    assert "GET /messages" in caplog.text
    assert "5550104" not in caplog.text


def test_an_unknown_path_and_method_are_problems(client, problem_of) -> None:
    assert problem_of(client.get("/nothing/here"))["title"] == "Not Found"
    wrong = client.delete("/shifts/s1")
    assert problem_of(wrong)["title"] == "Method Not Allowed"
    assert "GET" in wrong.headers["Allow"]


def test_a_slash_too_many_is_not_found_rather_than_redirected(client, desk) -> None:
    for path in ("/shifts//s1/fanout", "/health/", "/messages//inbound", "/shifts/s1/fanout/"):
        assert client.post(path, json=YES).status_code == 404
    assert desk.calls == []


def test_a_problem_tells_its_path_without_what_was_asked(client, guarded, problem_of) -> None:
    assert problem_of(client.get("/no%20where?phone=1"))["instance"] == "/no%20where"
    assert problem_of(guarded.get("/caf%C3%A9?phone=1"))["instance"] == "/caf%C3%A9"


def test_the_process_is_alive_though_the_desk_is_not_ready(client, desk, problem_of) -> None:
    # given
    journal = JournalHealth(0, error="the disk is full")
    desk.will(
        health=DeskHealth(ready=False, reason="the journal cannot be used: the disk is full", journal=journal)
    )
    # then
    assert client.get("/livez").get_json() == {"status": "ok"}
    assert client.get("/health").get_json() == {"status": "ok"}
    response = client.get("/readyz")
    assert (response.status_code, problem_of(response)["type"]) == (503, "urn:firstyes:problem:not-ready")
    assert problem_of(response)["detail"] == "Not ready: the journal cannot be used: the disk is full."
    assert "Retry-After" in response.headers


def test_a_ready_desk_says_so(client) -> None:
    assert client.get("/readyz").get_json() == {"status": "ready"}


def test_an_app_can_be_mounted_in_another_one(app) -> None:
    # given
    from flask import Flask
    from werkzeug.middleware.dispatcher import DispatcherMiddleware

    host = Flask("host")
    host.wsgi_app = DispatcherMiddleware(host.wsgi_app, {"/shifts-desk": app})  # type: ignore[method-assign]
    client = host.test_client()
    # then
    assert client.get("/shifts-desk/health").get_json() == {"status": "ok"}
    assert client.get("/shifts-desk/openapi.json").get_json()["servers"] == [{"url": "/shifts-desk"}]
    assert client.get("/health").status_code == 404
