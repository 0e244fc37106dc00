"""What goes wrong with the server goes wrong as it was planned."""

from datetime import timedelta

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from twilio_server.fault_plan import Fault, FaultPlan, Trouble
from twilio_server.listener import Answer, Asked, Listener
from twilio_server.server import TwilioServer

OURS = "+15035550100"
ANA = "+15035550123"
UNDELIVERED = [30003, 30004, 30005, 30006, 30007, 30008, 30034]


def send(client: Client, body: str = "An open shift", **more: object) -> str:
    """Write to Ana and give the text's sid."""
    sid = client.messages.create(to=ANA, from_=OURS, body=body, **more).sid
    assert isinstance(sid, str)
    return sid


def bodies(client: Client) -> list[str]:
    return [one.body for one in client.messages.list()]


@pytest.mark.parametrize(
    ("fault", "taken"),
    [(Fault.LOST_BEFORE, False), (Fault.LOST_AFTER, True)],
)
def test_a_connection_is_cut_before_or_after_the_text_is_taken(
    twilio: TwilioServer, client: Client, fault: Fault, taken: bool
) -> None:
    # given
    twilio.faults.next(fault, path="Messages")
    # when
    with pytest.raises(requests.ConnectionError):
        send(client)
    # then
    assert bodies(client) == (["An open shift"] if taken else [])
    send(client, "the next")
    assert bodies(client)[0] == "the next"


@pytest.mark.parametrize(
    ("fault", "taken"),
    [(Fault.SILENT_BEFORE, False), (Fault.SILENT_AFTER, True)],
)
def test_an_answer_may_never_come(twilio: TwilioServer, client: Client, fault: Fault, taken: bool) -> None:
    # given
    twilio.faults.next(fault)
    client.http_client.timeout = 0.05
    # when
    with pytest.raises(requests.ReadTimeout):
        send(client)
    # then
    client.http_client.timeout = None
    assert bodies(client) == (["An open shift"] if taken else [])


@pytest.mark.parametrize(
    ("fault", "status", "code", "taken"),
    [(Fault.THROTTLED, 429, 20429, False), (Fault.DOWN, 503, 20503, False), (Fault.BROKEN, 500, 20500, True)],
)
def test_the_server_may_be_too_busy_down_or_broken(
    twilio: TwilioServer, client: Client, fault: Fault, status: int, code: int, taken: bool
) -> None:
    # given
    twilio.faults.next(None, fault)
    send(client, "goes well")
    # when
    with pytest.raises(TwilioRestException) as caught:
        send(client)
    # then
    assert (caught.value.status, caught.value.code) == (status, code)
    assert bodies(client) == (["An open shift", "goes well"] if taken else ["goes well"])


def test_the_same_plan_fails_the_same_requests(twilio: TwilioServer, client: Client) -> None:
    def failing(seed: int) -> list[int]:
        twilio.faults = FaultPlan(seed, {Fault.THROTTLED: 0.3})
        failed = []
        for number in range(20):
            try:
                send(client, f"text {number}")
            except TwilioRestException:
                failed.append(number)
        return failed

    assert failing(1) == failing(1) != failing(2)
    assert 1 < len(failing(1)) < 15


def test_callbacks_come_twice_late_or_never(twilio: TwilioServer, client: Client, listener: Listener) -> None:
    # given
    twilio.faults.spoil(Trouble.LATE, MessageStatus="sent")
    twilio.faults.spoil(Trouble.TWICE, MessageStatus="delivered")
    # when
    send(client, status_callback=f"{listener.url}/status")
    twilio.advance(10)
    # then
    assert [one.fields["MessageStatus"] for one in listener.asked] == ["delivered", "delivered", "sent"]
    tokens = [one.headers["I-Twilio-Idempotency-Token"] for one in listener.asked]
    assert tokens[0] == tokens[1] != tokens[2]
    # when
    listener.asked.clear()
    twilio.faults.spoil(Trouble.NEVER, MessageStatus="delivered")
    send(client, status_callback=f"{listener.url}/status")
    twilio.advance(10)
    # then
    assert [one.fields["MessageStatus"] for one in listener.asked] == ["sent"]


@pytest.mark.parametrize("code", UNDELIVERED)
def test_a_text_is_not_delivered_and_its_callback_says_why(
    twilio: TwilioServer, client: Client, listener: Listener, code: int
) -> None:
    # given
    twilio.phone(ANA).error = code
    # when
    sid = send(client, status_callback=f"{listener.url}/status")
    twilio.advance(5)
    # then
    last = listener.asked[-1].fields
    assert (last["MessageStatus"], last["ErrorCode"]) == ("undelivered", str(code))
    assert client.messages(sid).fetch().error_code == code
    assert twilio.phone(ANA).inbox == []


@pytest.mark.parametrize("code", [21211, 21612, 21614])
def test_a_phone_may_be_refused_at_once(twilio: TwilioServer, client: Client, code: int) -> None:
    twilio.phone(ANA).refused = code
    with pytest.raises(TwilioRestException) as caught:
        send(client)
    assert (caught.value.status, caught.value.code) == (400, code)


@pytest.mark.parametrize("code", [21408, 21608, 30022, 63038])
def test_a_whole_account_may_be_refused(twilio: TwilioServer, client: Client, code: int) -> None:
    twilio.account.refuses = code
    with pytest.raises(TwilioRestException) as caught:
        send(client)
    assert caught.value.code == code


def test_a_number_sends_a_segment_a_second_and_what_waits_too_long_is_never_sent(
    twilio: TwilioServer, client: Client
) -> None:
    # given
    start = twilio.now()
    sids = [send(client, "x" * 400, validity_period=7) for _ in range(4)]
    # when
    twilio.advance(20)
    # then
    messages = [client.messages(sid).fetch() for sid in sids]
    assert [(one.status, one.error_code) for one in messages] == [
        *[("delivered", None)] * 3,
        ("failed", 30036),
    ]
    assert [one.date_sent for one in messages] == [*(start + timedelta(seconds=n) for n in (0, 3, 6)), None]


def test_whoever_said_stop_is_reached_no_more_until_start(
    twilio: TwilioServer, client: Client, listener: Listener
) -> None:
    # given
    send(client, "goes first")
    waits = send(client, "waits")
    # when
    twilio.text(ANA, OURS, " stop ")
    twilio.advance(5)
    # then
    assert client.messages(waits).fetch().error_code == 21610
    with pytest.raises(TwilioRestException) as caught:
        send(client)
    assert (caught.value.status, caught.value.code) == (400, 21610)
    assert [(one.fields["Body"], "OptOutType" in one.fields) for one in listener.asked] == [(" stop ", False)]
    # when
    twilio.text(ANA, OURS, "Start")
    twilio.advance(5)
    send(client, "here again")
    twilio.advance(5)
    # then
    inbox = twilio.phone(ANA).inbox
    assert [one.split(".")[0] for one in inbox] == [
        "goes first",
        "You have successfully been unsubscribed",
        "You have successfully been re-subscribed to messages from this number",
        "here again",
    ]


@pytest.mark.parametrize(
    ("body", "left_before", "marked"),
    [
        ("STOP", False, "STOP"),
        ("yes", False, "START"),
        ("YES", True, "START"),
        ("help", False, "HELP"),
        ("YES 27", False, None),
    ],
)
def test_with_advanced_opt_out_a_service_marks_what_it_understood(
    twilio: TwilioServer, client: Client, listener: Listener, body: str, left_before: bool, marked: str | None
) -> None:
    # given
    service = twilio.service([OURS], InboundRequestUrl=f"{listener.url}/service")
    service.advanced_opt_out = True
    if left_before:
        twilio.text(ANA, OURS, "STOP")
        twilio.settle()
    # when
    twilio.text(ANA, OURS, body)
    twilio.advance(5)
    # then
    last = listener.asked[-1]
    assert last.fields.get("OptOutType") == marked
    assert last.fields["MessagingServiceSid"] == service.sid
    assert last.url.endswith("/service")


def test_a_yes_is_answered_by_the_carrier_only_where_it_brings_somebody_back(
    twilio: TwilioServer, client: Client
) -> None:
    # when
    twilio.text(ANA, OURS, "YES")
    twilio.advance(5)
    # then
    assert twilio.phone(ANA).inbox == []
    # when
    twilio.text(ANA, OURS, "STOP")
    twilio.text(ANA, OURS, "YES")
    twilio.advance(5)
    # then
    assert "re-subscribed" in twilio.phone(ANA).inbox[-1]
    send(client)


@pytest.mark.parametrize(("body", "leaves"), [("STOP", True), ("QUIT", False), ("stopall", False)])
def test_on_a_toll_free_number_only_stop_leaves_and_yes_brings_nobody_back(
    twilio: TwilioServer, client: Client, body: str, leaves: bool
) -> None:
    # given
    twilio.number("+18885550100")
    # when
    twilio.text(ANA, "+18885550100", body)
    twilio.text(ANA, "+18885550100", "YES")
    # then
    assert twilio.core.context.may_not_write("+18885550100", ANA) is leaves
    # when
    twilio.text(ANA, "+18885550100", "UNSTOP")
    # then
    assert not twilio.core.context.may_not_write("+18885550100", ANA)


def test_after_the_tokens_changed_what_is_sent_is_signed_with_the_new_one(
    twilio: TwilioServer, client: Client, listener: Listener
) -> None:
    # given
    former = twilio.token
    twilio.account.secondary_token = "f" * 32
    client.auth = (twilio.sid, "f" * 32)

    def signed_with(token: str) -> bool:
        asked = listener.asked[-1]
        return bool(
            RequestValidator(token).validate(asked.url, asked.fields, asked.headers["X-Twilio-Signature"])
        )

    # when
    send(client)
    twilio.text(ANA, OURS, "one")
    twilio.settle()
    # then
    assert signed_with(former)
    # when
    twilio.account.promote()
    twilio.text(ANA, OURS, "two")
    twilio.settle()
    # then
    assert signed_with("f" * 32)
    assert not signed_with(former)


@pytest.mark.parametrize(
    ("fragment", "answers", "paths"),
    [
        ("", [Answer(500)], ["/texts", "/fallback"]),
        ("#rc=2&rp=5xx", [Answer(500), Answer()], ["/texts", "/texts"]),
        ("#rc=2&rp=5xx", [Answer(503)] * 3, ["/texts"] * 3 + ["/fallback"]),
        ("#rc=2&rp=5xx", [Answer(403)], ["/texts", "/fallback"]),
        ("#rc=1&rp=all", [Answer(403)] * 2, ["/texts"] * 2 + ["/fallback"]),
        ("#rc=2&rp=rt", [Answer(cut=True)] * 3, ["/texts"] * 3 + ["/fallback"]),
        ("#rc=0&rp=all", [Answer(500)], ["/texts", "/fallback"]),
    ],
)
def test_a_webhook_that_fails_is_asked_again_as_its_url_says_and_then_the_fallback(
    twilio: TwilioServer,
    client: Client,
    listener: Listener,
    fragment: str,
    answers: list[Answer],
    paths: list[str],
) -> None:
    # given
    left = list(answers)
    listener.answer = lambda asked: left.pop(0) if left else Answer()
    settings = twilio.core.context.numbers[OURS].settings
    settings["SmsUrl"] = f"{listener.url}/texts{fragment}"
    settings["SmsFallbackUrl"] = f"{listener.url}/fallback"
    # when
    twilio.text(ANA, OURS, "YES")
    twilio.settle()
    # then
    assert [one.url.removeprefix(listener.url) for one in listener.asked] == paths
    tokens = [one.headers["I-Twilio-Idempotency-Token"] for one in listener.asked]
    assert len(set(tokens)) == len(set(paths))
    last = listener.asked[-1]
    if last.url.endswith("/fallback"):
        assert (last.fields["ErrorCode"], last.fields["ErrorUrl"]) == ("11200", settings["SmsUrl"])
    assert RequestValidator(twilio.token).validate(last.url, last.fields, last.headers["X-Twilio-Signature"])


def test_a_webhook_where_nobody_listens_is_tried_once_more(twilio: TwilioServer, client: Client) -> None:
    # given
    twilio.core.context.numbers[OURS].settings["SmsUrl"] = "http://127.0.0.1:1/texts"
    # when
    twilio.text(ANA, OURS, "YES")
    twilio.settle()
    # then
    assert [one.outcome.connected for one in twilio.webhooks] == [False, False]
    assert [one.code for one in twilio.alerts] == [11205]


def test_a_webhook_that_is_silent_is_given_up(
    twilio: TwilioServer, client: Client, listener: Listener
) -> None:
    # given
    held = listener.hold()
    twilio.core.context.numbers[OURS].settings["SmsUrl"] = f"{listener.url}/texts#rt=100"
    # when
    twilio.text(ANA, OURS, "YES")
    twilio.settle()
    held.set()
    # then
    assert [one.outcome.reason for one in twilio.webhooks] == ["rt"]
    assert [one.code for one in twilio.alerts] == [11200]


def test_somebody_answers_by_themselves(twilio: TwilioServer, client: Client, listener: Listener) -> None:
    # given
    twilio.phone(ANA).answers = lambda body: "YES 27" if "27" in body else None
    # when
    send(client, "Hello")
    send(client, "Shift 27?")
    twilio.advance(5)
    # then
    assert [one.fields["Body"] for one in listener.asked] == ["YES 27"]


def test_a_webhook_may_be_asked_with_get(twilio: TwilioServer, client: Client, listener: Listener) -> None:
    # given
    twilio.core.context.numbers[OURS].settings["SmsMethod"] = "GET"
    # when
    twilio.text(ANA, OURS, "YES & no")
    twilio.settle()
    # then
    asked: Asked = listener.asked[-1]
    assert asked.method == "GET"
    assert "Body=YES+%26+no" in asked.url
    assert RequestValidator(twilio.token).validate(asked.url, {}, asked.headers["X-Twilio-Signature"])
