"""POST /messages/inbound: the reading path, and its wire contract."""

import pytest

from firstyes.actors.errors import UnknownPhone
from firstyes.domain.answer import Answer, Choice, Status, of_each
from firstyes.domain.message import InboundMessage

YES = {"from_phone": "+13125550104", "to_phone": "+13125550199", "body": "yes"}


def test_a_message_is_handed_over_as_a_model(client, desk) -> None:
    client.post(
        "/messages/inbound", json=YES | {"message_id": "SM1", "timestamp": "2030-07-14T07:00:00-05:00"}
    )
    [(name, (message,), _)] = desk.calls
    assert name == "receive"
    assert isinstance(message, InboundMessage)
    assert (message.from_phone, message.body, message.message_id) == ("+13125550104", "yes", "SM1")
    assert message.timestamp is not None and message.timestamp.isoformat() == "2030-07-14T07:00:00-05:00"


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.REFUSED])
def test_every_status_of_the_contract_is_answered_with_200(client, desk, status) -> None:
    # given
    desk.will(receive=Answer(status=status, message="What it did.", shift_id="s1"))
    # when
    response = client.post("/messages/inbound", json=YES)
    # then
    assert response.status_code == 200
    assert response.content_type == "application/json"
    assert response.get_json() == {"status": status.value, "message": "What it did.", "shift_id": "s1"}


def test_a_question_comes_with_its_choices(client, desk) -> None:
    # given
    choice = Choice(code="27", shift_id="s1", text="27 for Tue 7a-3p")
    desk.will(receive=Answer(status=Status.CLARIFY, message="Which one?", choices=(choice,)))
    # when
    answer = client.post("/messages/inbound", json=YES).get_json()
    # then
    assert answer == {
        "status": "clarify",
        "message": "Which one?",
        "choices": [{"code": "27", "shift_id": "s1", "text": "27 for Tue 7a-3p"}],
    }


def test_row_4_a_text_about_several_shifts_has_a_result_for_each(client, desk) -> None:
    """Row 4."""
    # given
    won = Answer(status=Status.SUCCESS, message="Won.", shift_id="s1")
    unknown = Answer(status=Status.NO_ACTION, message="No such code.")
    desk.will(receive=of_each(("10", "99"), (won, unknown)))
    # when
    answer = client.post("/messages/inbound", json=YES).get_json()
    # then
    assert answer == {
        "status": "success",
        "message": "Won. No such code.",
        "shift_id": "s1",
        "results": [
            {"shift_id": "s1", "code": "10", "status": "success", "message": "Won."},
            {"shift_id": "", "code": "99", "status": "no_action", "message": "No such code."},
        ],
    }


def test_what_an_answer_does_not_have_is_left_out(client) -> None:
    assert client.post("/messages/inbound", json=YES).get_json() == {"status": "success", "message": "Done."}


@pytest.mark.fault(24)
def test_a_phone_nobody_has_is_answered_404_without_a_digit_of_it(client, desk, problem_of) -> None:
    # given
    desk.will(receive=UnknownPhone("Nobody here has the phone **********04."))
    # when
    response = client.post("/messages/inbound", json=YES)
    # then
    problem = problem_of(response)
    assert problem["type"] == "urn:firstyes:problem:unknown-phone"
    assert response.status_code == 404
    assert "04" not in problem["detail"]


@pytest.mark.parametrize("body", ["", "\U0001f44d \U0001f64f", "x" * 2000, "line\nline\t\u2028", "<script>"])
def test_these_bodies_are_messages(client, desk, body) -> None:
    assert client.post("/messages/inbound", json=YES | {"body": body}).status_code == 200
    assert desk.calls[0][1][0].body == body


def test_a_message_need_not_say_which_number_was_dialled(client) -> None:
    assert (
        client.post("/messages/inbound", json={"from_phone": "+15550001", "body": "yes"}).status_code == 200
    )
