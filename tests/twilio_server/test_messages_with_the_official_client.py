"""Texts: the official client and its validator take our server for the real one."""

from datetime import timedelta

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from twilio_server.listener import Answer, Listener
from twilio_server.server import TwilioServer

OURS = "+15035550100"
ANA = "+15035550123"


def refused(client: Client, **fields: str) -> TwilioRestException:
    with pytest.raises(TwilioRestException) as caught:
        client.messages.create(**fields)
    return caught.value


def test_a_text_is_taken_and_goes_its_way_to_delivered(twilio: TwilioServer, client: Client) -> None:
    # when
    message = client.messages.create(to=ANA, from_=OURS, body="An open shift")
    # then
    assert (message.status, message.direction, message.date_sent) == ("queued", "outbound-api", None)
    assert (message.from_, message.to, message.body) == (OURS, ANA, "An open shift")
    assert message.date_created == twilio.now()
    # when
    twilio.advance(5)
    # then
    fetched = client.messages(message.sid).fetch()
    assert (fetched.status, fetched.error_code) == ("delivered", None)
    assert fetched.date_sent == message.date_created
    assert twilio.phone(ANA).inbox == ["An open shift"]


def test_who_may_not_come_in_hears_so_in_twilio_s_words(twilio: TwilioServer, client: Client) -> None:
    # given
    client.password = "not the token"
    client.auth = (client.username, client.password)
    # when
    error = refused(client, to=ANA, from_=OURS, body="Hello")
    # then
    assert (error.status, error.code) == (401, 20003)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": "", "from_": OURS, "body": "Hello"}, 21604),
        ({"to": ANA, "body": "Hello"}, 21603),
        ({"to": ANA, "from_": OURS}, 21602),
        ({"to": ANA, "from_": OURS, "body": "x" * 1601}, 21617),
        ({"to": "+1503", "from_": OURS, "body": "Hello"}, 21211),
        ({"to": ANA, "from_": "+15035559999", "body": "Hello"}, 21606),
        ({"to": ANA, "from_": OURS, "body": "Hello", "status_callback": "nowhere"}, 21609),
        ({"to": ANA, "from_": OURS, "body": "Hello", "validity_period": "0"}, 90007),
    ],
)
def test_what_the_real_one_refuses_is_refused(client: Client, fields: dict[str, str], code: int) -> None:
    error = refused(client, **fields)
    assert (error.status, error.code) == (400, code)
    assert client.messages.list() == []


def test_an_error_says_where_to_read_more(client: Client) -> None:
    error = refused(client, to="+1503", from_=OURS, body="Hello")
    assert error.msg == "Unable to create record: Invalid 'To' Phone Number: +1503"
    with pytest.raises(TwilioRestException) as missing:
        client.messages("SM" + "0" * 32).fetch()
    assert (missing.value.status, missing.value.code) == (404, 20404)


def test_lists_come_newest_first_in_pages_that_new_texts_do_not_move(
    twilio: TwilioServer, client: Client
) -> None:
    # given
    for number in range(5):
        client.messages.create(to=ANA, from_=OURS, body=f"text {number}")
        twilio.advance(1)
    # when
    first = client.messages.page(page_size=2)
    seen = [one.body for one in first]
    client.messages.create(to=ANA, from_=OURS, body="new")
    second = first.next_page()
    # then
    assert seen == ["text 4", "text 3"]
    assert [one.body for one in second] == ["text 2", "text 1"]
    assert [one.body for one in client.messages.stream(page_size=2)] == [
        "new",
        *(f"text {n}" for n in (4, 3, 2, 1, 0)),
    ]


def test_a_last_page_that_is_full_names_no_next_one(twilio: TwilioServer, client: Client) -> None:
    for number in range(4):
        client.messages.create(to=ANA, from_=OURS, body=f"text {number}")
    pages = [page := client.messages.page(page_size=2), page.next_page()]
    assert [one.next_page_url is None for one in pages] == [False, True]


def test_lists_can_be_asked_by_phones_and_by_the_date_sent(twilio: TwilioServer, client: Client) -> None:
    # given
    twilio.number("+15035550101")
    before = twilio.now()
    client.messages.create(to=ANA, from_=OURS, body="first")
    twilio.advance(60)
    client.messages.create(to="+15035550124", from_="+15035550101", body="second")
    client.messages.create(to="+15035550125", from_="+15035550101", body="waits")
    # then
    assert [one.body for one in client.messages.list(to=ANA)] == ["first"]
    assert [one.body for one in client.messages.list(from_="+15035550101")] == ["waits", "second"]
    twilio.settle()
    later = before + timedelta(seconds=30)
    assert [one.body for one in client.messages.list(date_sent_after=later)] == ["second"]
    assert [one.body for one in client.messages.list(date_sent_before=later)] == ["first"]
    assert [one.body for one in client.messages.list(date_sent=before)] == ["second", "first"]


def test_a_body_can_be_redacted_once_the_text_is_over(twilio: TwilioServer, client: Client) -> None:
    # given
    client.messages.create(to=ANA, from_=OURS, body="Goes first")
    sid = client.messages.create(to=ANA, from_=OURS, body="An open shift").sid
    assert sid
    # then
    with pytest.raises(TwilioRestException) as early:
        client.messages(sid).update(body="")
    assert early.value.code == 20009
    # when
    twilio.advance(5)
    # then
    assert client.messages(sid).update(body="").body == ""
    assert client.messages(sid).delete()
    assert [one.body for one in client.messages.list()] == ["Goes first"]


def test_the_official_validator_accepts_status_callbacks(
    twilio: TwilioServer, client: Client, listener: Listener
) -> None:
    # when
    url = f"{listener.url}/twilio/status/a%2Fkey?b=c"
    sid = client.messages.create(to=ANA, from_=OURS, body="Añ open shift", status_callback=url + "#rc=2").sid
    twilio.advance(5)
    # then
    assert [one.fields["MessageStatus"] for one in listener.asked] == ["sent", "delivered"]
    validator = RequestValidator(twilio.token)
    for one in listener.asked:
        assert one.url == url
        assert one.fields["MessageSid"] == sid
        assert validator.validate(one.url, one.fields, one.headers["X-Twilio-Signature"])
        assert not validator.validate(one.url + "d", one.fields, one.headers["X-Twilio-Signature"])


def test_a_text_comes_in_signed_and_may_be_answered_in_the_response(
    twilio: TwilioServer, client: Client, listener: Listener
) -> None:
    # given
    listener.answer = lambda asked: Answer(body="<Response><Message>Thank you</Message></Response>")
    # when
    message = twilio.text(ANA, OURS, "YES 27 ñ +&=")
    twilio.advance(1)
    # then
    (asked,) = listener.asked
    assert (asked.fields["From"], asked.fields["To"], asked.fields["Body"]) == (ANA, OURS, "YES 27 ñ +&=")
    assert asked.fields["MessageSid"] == message.sid == client.messages.list(from_=ANA)[0].sid
    assert asked.fields["AccountSid"] == twilio.sid
    assert RequestValidator(twilio.token).validate(
        asked.url, asked.fields, asked.headers["X-Twilio-Signature"]
    )
    assert twilio.phone(ANA).inbox == ["Thank you"]
    assert twilio.alerts == []
