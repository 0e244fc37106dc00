"""What Twilio's status callbacks say, as reports."""

import pytest

from firstyes.actors.carriers.port import CarrierRefuses, PermanentFailure, Throttled, Trouble
from firstyes.actors.carriers.twilio.client import ApiAnswer
from firstyes.actors.carriers.twilio.codes import refusal
from firstyes.actors.carriers.twilio.statuses import call_report, text_report
from firstyes.actors.records import Delivery

PHONE = "+13125550104"


@pytest.mark.parametrize(
    ("status", "delivery"),
    [
        ("accepted", Delivery.SENT),
        ("queued", Delivery.SENT),
        ("sending", Delivery.SENT),
        ("sent", Delivery.SENT),
        ("delivered", Delivery.DELIVERED),
        ("read", Delivery.DELIVERED),
        ("undelivered", Delivery.FAILED),
        ("failed", Delivery.FAILED),
        ("canceled", Delivery.FAILED),
    ],
)
def test_every_status_of_a_text_is_known(status: str, delivery: Delivery) -> None:
    report = text_report("7", {"MessageSid": "SM1", "MessageStatus": status, "To": PHONE})
    assert report is not None
    assert (report.key, report.carrier_id, report.to_phone) == ("7", "SM1", PHONE)
    assert report.delivery is delivery
    assert (report.error is not None) is (delivery is Delivery.FAILED)


@pytest.mark.parametrize(
    ("status", "delivery", "error"),
    [
        ("queued", Delivery.SENT, None),
        ("initiated", Delivery.SENT, None),
        ("ringing", Delivery.SENT, None),
        ("in-progress", Delivery.DELIVERED, None),
        ("completed", Delivery.DELIVERED, None),
        ("busy", Delivery.FAILED, "The line was busy."),
        ("no-answer", Delivery.FAILED, "Nobody answered."),
        ("failed", Delivery.FAILED, "The call did not come about."),
        ("canceled", Delivery.FAILED, "The call was ended before anybody answered."),
    ],
)
def test_every_status_of_a_call_is_known(status: str, delivery: Delivery, error: str | None) -> None:
    report = call_report("7", {"CallSid": "CA1", "CallStatus": status, "To": PHONE})
    assert report is not None
    assert (report.carrier_id, report.delivery, report.error) == ("CA1", delivery, error)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"MessageSid": "SM1"},
        {"MessageStatus": "sent"},
        {"MessageSid": "SM1", "MessageStatus": "teleported"},
        {"MessageSid": "", "MessageStatus": "sent"},
    ],
)
def test_what_says_nothing_is_no_report(form: dict[str, str]) -> None:
    assert text_report("7", form) is None


@pytest.mark.parametrize(
    ("code", "trouble", "said"),
    [
        ("30003", Trouble.NOT_NOW, "off, or out of reach"),
        ("30005", Trouble.NO_TEXTS, "no longer in service"),
        ("30006", Trouble.NO_TEXTS, "a landline"),
        ("21610", Trouble.OPTED_OUT, "STOP"),
        ("30034", Trouble.CLOSED, "not registered"),
        ("99999", Trouble.NOT_NOW, "Twilio 99999"),
        ("many", Trouble.NOT_NOW, "not delivered"),
        ("9" * 5000, Trouble.NOT_NOW, "not delivered"),
        ("", Trouble.NOT_NOW, "The text was not delivered."),
    ],
)
def test_a_code_says_what_it_means_for_the_phone(code: str, trouble: Trouble, said: str) -> None:
    form = {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": code, "To": PHONE}
    report = text_report("7", form)
    assert report is not None
    assert report.trouble is trouble
    assert said in (report.error or "")


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (401, 20003, CarrierRefuses),
        (401, None, CarrierRefuses),
        (404, 20404, CarrierRefuses),
        (400, 21408, CarrierRefuses),
        (400, 21608, CarrierRefuses),
        (429, 63038, CarrierRefuses),
        (429, 30022, CarrierRefuses),
        (429, 21611, CarrierRefuses),
        (429, 20429, Throttled),
        (429, None, Throttled),
        (400, 21211, PermanentFailure),
        (400, 21610, PermanentFailure),
        (400, 99999, PermanentFailure),
        (400, None, PermanentFailure),
    ],
)
def test_a_refusal_is_of_the_account_of_the_message_or_for_now(
    status: int, code: int | None, kind: type[Exception]
) -> None:
    body = {} if code is None else {"code": code, "message": f"Something about {PHONE}"}
    failure = refusal(ApiAnswer(status, body))
    assert type(failure) is kind
    assert PHONE not in str(failure)
