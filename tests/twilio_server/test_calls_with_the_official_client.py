"""Calls: the official client places them, its TwiML is carried out, and its validator accepts what our server asks."""

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from twilio.twiml.voice_response import Gather, VoiceResponse

from twilio_server.listener import Answer, Asked, Listener
from twilio_server.phone import Machine, Screening
from twilio_server.server import TwilioServer

OURS = "+15035550100"
ANA = "+15035550123"
PRESS_WITHIN = 5
"""Seconds that Gather waits for a key, on the simulated clock."""
RINGS_FOR = 20
OFFER = "Agency calls about an open shift. Press 1 to take it."


def question(asked: Asked) -> Answer:
    """Ask twice; whoever pressed hears which key it was."""
    response = VoiceResponse()
    if "Digits" in asked.fields:
        response.say(f"You pressed {asked.fields['Digits']}.")
        response.hangup()
    else:
        for _ in range(2):
            gather = Gather(num_digits=1, timeout=PRESS_WITHIN, action="/voice/key?step=1", method="POST")
            gather.say(OFFER, language="en-US")
            response.append(gather)
        response.say("Goodbye.")
    return Answer(body=str(response))


@pytest.fixture
def url(listener: Listener) -> str:
    """The URL that is asked when somebody picks up."""
    listener.answer = question
    return f"{listener.url}/voice/start"


def place(client: Client, url: str, **more: object) -> str:
    """Call Ana and give the call's sid."""
    sid = client.calls.create(to=ANA, from_=OURS, url=url, **more).sid
    assert isinstance(sid, str)
    return sid


def test_somebody_picks_up_and_presses_a_key(
    twilio: TwilioServer, client: Client, listener: Listener, url: str
) -> None:
    # given
    twilio.phone(ANA).presses = ["1"]
    # when
    sid = place(
        client,
        url,
        status_callback=f"{listener.url}/status",
        status_callback_event=["ringing", "answered", "completed"],
    )
    assert client.calls(sid).fetch().status == "queued"
    twilio.advance(60)
    # then
    assert twilio.phone(ANA).heard == [f"{OFFER} You pressed 1."]
    told = [one.fields["CallStatus"] for one in listener.asked if one.url.endswith("/status")]
    assert told == ["ringing", "in-progress", "completed"]
    call = client.calls(sid).fetch()
    assert (call.status, call.direction, call.duration) == ("completed", "outbound-api", "7")
    assert call.start_time < call.end_time
    validator = RequestValidator(twilio.token)
    for one in listener.asked:
        assert validator.validate(one.url, one.fields, one.headers["X-Twilio-Signature"])
    assert twilio.alerts == []


def test_whoever_presses_nothing_hears_all_of_it(twilio: TwilioServer, client: Client, url: str) -> None:
    place(client, url)
    twilio.advance(60)
    assert twilio.phone(ANA).heard == [f"{OFFER} {OFFER} Goodbye."]


def test_a_key_cuts_the_question_short(twilio: TwilioServer, client: Client, url: str) -> None:
    # given
    phone = twilio.phone(ANA)
    phone.presses, phone.interrupts = ["2"], 2.0
    # when
    place(client, url)
    twilio.advance(60)
    # then
    assert phone.heard == ["Agency calls about an open You pressed 2."]


def test_no_more_keys_are_taken_than_were_asked_for(twilio: TwilioServer, client: Client, url: str) -> None:
    # given
    twilio.phone(ANA).presses = ["12#"]
    # when
    place(client, url)
    twilio.advance(60)
    # then
    assert twilio.phone(ANA).heard == [f"{OFFER} You pressed 1."]


def test_what_is_pressed_may_depend_on_what_was_heard(twilio: TwilioServer, client: Client, url: str) -> None:
    # given
    phone = twilio.phone(ANA)
    phone.presses = lambda heard: "1" if heard.count("Agency") == 2 else ""
    # when
    place(client, url)
    twilio.advance(60)
    # then
    assert phone.heard == [f"{OFFER} {OFFER} You pressed 1."]


def test_a_machine_presses_nothing_and_records_only_after_its_beep(
    twilio: TwilioServer, client: Client, url: str
) -> None:
    # given
    phone = twilio.phone(ANA)
    phone.machine, phone.presses = Machine(greeting=6.0), ["1"]
    # when
    place(client, url)
    twilio.advance(60)
    # then
    assert phone.recordings == [f"{OFFER} Goodbye."]
    assert phone.heard == []


@pytest.mark.parametrize(
    ("detection", "machine", "answered_by", "recorded"),
    [
        ("Enable", True, "machine_start", "take it. "),
        ("DetectMessageEnd", True, "machine_end_beep", f"{OFFER} "),
        ("Enable", False, "human", None),
    ],
)
def test_a_machine_is_told_from_a_person_when_that_is_asked_for(
    twilio: TwilioServer,
    client: Client,
    listener: Listener,
    url: str,
    detection: str,
    machine: bool,
    answered_by: str,
    recorded: str | None,
) -> None:
    # given
    twilio.phone(ANA).machine = Machine(greeting=7.5) if machine else None
    # when
    sid = place(client, url, machine_detection=detection)
    twilio.advance(60)
    # then
    assert listener.asked[0].fields["AnsweredBy"] == answered_by
    assert client.calls(sid).fetch().answered_by == answered_by
    assert twilio.phone(ANA).recordings == ([] if recorded is None else [f"{recorded}{OFFER} Goodbye."])


def test_a_phone_that_screens_hears_the_first_words_and_the_person_the_rest(
    twilio: TwilioServer, client: Client, url: str
) -> None:
    # given
    phone = twilio.phone(ANA)
    phone.screening, phone.presses = Screening(listens=2.0), ["1"]
    # when
    place(client, url)
    twilio.advance(60)
    # then
    assert phone.screened == ["Agency calls about an open"]
    assert phone.heard == ["shift. Press 1 to take it. You pressed 1."]


def test_a_screened_call_may_not_be_let_through(twilio: TwilioServer, client: Client, url: str) -> None:
    # given
    phone = twilio.phone(ANA)
    phone.screening, phone.presses = Screening(listens=2.0, lets_through=False), ["1"]
    # when
    place(client, url)
    twilio.advance(60)
    # then
    assert (phone.screened, phone.heard) == (["Agency calls about an open"], [])


@pytest.mark.parametrize(
    ("behaviour", "status"),
    [
        ({"busy": True}, "busy"),
        ({"fails": True}, "failed"),
        ({"rings": None}, "no-answer"),
        ({"rings": 30.0}, "no-answer"),
    ],
)
def test_a_call_that_nobody_takes_says_why(
    twilio: TwilioServer,
    client: Client,
    listener: Listener,
    url: str,
    behaviour: dict[str, object],
    status: str,
) -> None:
    # given
    for name, value in behaviour.items():
        setattr(twilio.phone(ANA), name, value)
    # when
    sid = place(client, url, timeout=RINGS_FOR, status_callback=f"{listener.url}/status")
    twilio.advance(60)
    # then
    assert client.calls(sid).fetch().status == status
    assert [(one.url, one.fields["CallStatus"]) for one in listener.asked] == [
        (f"{listener.url}/status", status)
    ]


def test_a_call_that_rings_is_canceled_and_one_in_progress_completed(
    twilio: TwilioServer, client: Client, url: str
) -> None:
    # when
    ringing = place(client, url)
    twilio.advance(1)
    client.calls(ringing).update(status="canceled")
    # then
    assert client.calls(ringing).fetch().status == "canceled"
    # when
    talking = place(client, url)
    twilio.advance(6)
    client.calls(talking).update(status="completed")
    twilio.advance(60)
    # then
    assert client.calls(talking).fetch().status == "completed"
    assert twilio.phone(ANA).heard == ["Agency calls about an open shift. Press 1 to"]
    with pytest.raises(TwilioRestException) as over:
        client.calls(talking).update(status="completed")
    assert over.value.code == 21220


def test_something_else_is_said_in_a_call_that_is_in_progress(
    twilio: TwilioServer, client: Client, url: str
) -> None:
    # given
    sid = place(client, url)
    twilio.advance(4)
    # when
    client.calls(sid).update(twiml="<Response><Say>Just taken, thank you.</Say></Response>")
    twilio.advance(60)
    # then
    assert twilio.phone(ANA).heard == ["Agency calls about an Just taken, thank you."]


def test_calls_are_dialled_one_a_second_and_listed_newest_first(
    twilio: TwilioServer, client: Client, url: str
) -> None:
    # when
    sids = [place(client, url) for _ in range(3)]
    twilio.advance(1.4)
    # then
    assert [one.status for one in client.calls.list()] == ["queued", "queued", "ringing"]
    assert [one.sid for one in client.calls.stream(page_size=1)] == sids[::-1]
    assert [one.sid for one in client.calls.list(status="ringing")] == sids[:1]
    assert client.calls.list(to="+15035550199") == []


def test_a_call_back_is_told_to_the_number_s_webhook(
    twilio: TwilioServer, client: Client, listener: Listener, url: str
) -> None:
    # given
    twilio.core.context.numbers[OURS].settings["VoiceUrl"] = url
    twilio.phone(ANA).presses = ["1"]
    # when
    call = twilio.call(ANA, OURS)
    twilio.advance(60)
    # then
    first = listener.asked[0].fields
    assert (first["Direction"], first["CallStatus"], first["From"], first["To"]) == (
        "inbound",
        "ringing",
        ANA,
        OURS,
    )
    assert twilio.phone(ANA).heard == [f"{OFFER} You pressed 1."]
    assert call.status == "completed"


@pytest.mark.parametrize(
    ("answer", "alert"),
    [
        (Answer(500), 11200),
        (Answer(body="no XML"), 12100),
        (Answer(body="<Response><Dance/></Response>"), 12200),
        (Answer(body="<Response><Gather numdigits='1'/></Response>"), 12200),
        (Answer(body="<Response/>", kind=""), 12300),
    ],
)
def test_the_caller_hears_that_something_is_wrong_where_the_webhook_is(
    twilio: TwilioServer, client: Client, listener: Listener, answer: Answer, alert: int
) -> None:
    # given
    listener.answer = lambda asked: answer
    # when
    place(client, f"{listener.url}/voice")
    twilio.advance(60)
    # then
    assert [one.code for one in twilio.alerts] == [alert]
    assert twilio.phone(ANA).heard == ["We are sorry, an application error has occurred. Goodbye."]


def test_a_redirect_and_a_pause_keep_somebody_on_the_line(
    twilio: TwilioServer, client: Client, listener: Listener
) -> None:
    # given
    def wait_twice(asked: Asked) -> Answer:
        response = VoiceResponse()
        if len(listener.asked) < 3:
            response.pause(length=2)
            response.redirect("/voice/again", method="POST")
        else:
            response.say("The shift is yours.")
        return Answer(body=str(response))

    listener.answer = wait_twice
    # when
    sid = place(client, f"{listener.url}/voice/start")
    twilio.advance(60)
    # then
    assert [one.url.removeprefix(listener.url) for one in listener.asked] == [
        "/voice/start",
        "/voice/again",
        "/voice/again",
    ]
    assert twilio.phone(ANA).heard == ["The shift is yours."]
    assert client.calls(sid).fetch().duration == "6"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": "+1", "from_": OURS, "url": "http://x/"}, 21211),
        ({"to": ANA, "from_": "+15035559999", "url": "http://x/"}, 21210),
        ({"to": ANA, "from_": OURS, "url": "nowhere"}, 21205),
        ({"to": ANA, "from_": OURS, "twiml": "x" * 4001}, 21205),
    ],
)
def test_calls_that_the_real_one_refuses_are_refused(
    client: Client, fields: dict[str, str], code: int
) -> None:
    with pytest.raises(TwilioRestException) as caught:
        client.calls.create(**fields)
    assert (caught.value.status, caught.value.code) == (400, code)
