"""The Twilio carrier: what it asks for, what it finds again, and which failures are what."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Thread

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.port import (
    CarrierRefuses,
    OutboundMessage,
    OutcomeUnknown,
    PermanentFailure,
    Throttled,
    TransientFailure,
    Trouble,
)
from firstyes.actors.carriers.twilio import carrier as twilio_carrier
from firstyes.actors.carriers.twilio.carrier import TwilioCarrier
from firstyes.actors.carriers.twilio.client import ApiAnswer
from firstyes.actors.carriers.twilio.codes import refusal
from firstyes.actors.carriers.twilio.settings import TwilioAccount
from firstyes.domain.policy import Channel
from support.patience import PATIENCE
from support.twilio_carrier import FailingTwilio, settings_for

PHONE, OURS = "+13125550104", "+13125550000"
TEXT = OutboundMessage("7", Channel.SMS, PHONE, OURS, "Open shift. Reply YES 27.", valid_for=60)
CALL = OutboundMessage("8", Channel.VOICE, PHONE, OURS, "An open shift.")


@pytest.fixture
def twilio() -> Iterator[FailingTwilio]:
    with FailingTwilio.serving() as server:
        server.number(OURS)
        yield server


@dataclass(frozen=True)
class OurClock:
    """The machine's clock, which may be ahead of Twilio's, or behind."""

    twilio: FailingTwilio
    ahead: timedelta

    def now(self) -> datetime:
        """Give what it shows."""
        return self.twilio.now() + self.ahead


@pytest.fixture
def clock(twilio: FailingTwilio, request: pytest.FixtureRequest) -> OurClock:
    return OurClock(twilio, timedelta(hours=getattr(request, "param", 0)))


@pytest.fixture
def carrier(twilio: FailingTwilio, clock: OurClock) -> Iterator[TwilioCarrier]:
    carrier = TwilioCarrier(settings_for(twilio), clock)
    yield carrier
    carrier.close()


def test_a_text_carries_its_key_and_how_long_it_may_wait(
    twilio: FailingTwilio, carrier: TwilioCarrier
) -> None:
    carrier.send_text(TEXT)
    [sent] = twilio.sent(PHONE)
    assert (sent.callback or "").partition("#")[0] == "http://127.0.0.1:1/twilio/status/7"
    assert sent.validity == 60
    assert sent.sender == OURS


def test_a_call_is_told_where_its_words_are_and_rings_for_a_while(
    twilio: FailingTwilio, carrier: TwilioCarrier
) -> None:
    carrier.place_call(CALL)
    [placed] = twilio.calls(PHONE)
    assert (placed.url or "").partition("#")[0] == "http://127.0.0.1:1/twilio/voice/8"
    assert (placed.callback or "").partition("#")[0] == "http://127.0.0.1:1/twilio/call/8"
    assert placed.timeout == 25
    assert placed.events == {"initiated", "ringing", "answered", "completed"}


@pytest.mark.parametrize(
    ("code", "trouble"), [(21211, "no_number"), (21614, "no_texts"), (21610, "opted_out")]
)
def test_what_is_wrong_with_a_phone_is_said(
    twilio: FailingTwilio, carrier: TwilioCarrier, code: int, trouble: str
) -> None:
    twilio.phone(PHONE).refused = code
    with pytest.raises(PermanentFailure) as told:
        carrier.send_text(TEXT)
    assert told.value.trouble is Trouble(trouble)
    assert str(code) in str(told.value)


@pytest.mark.parametrize("code", [20003, 21408, 21608, 30022, 63038])
def test_what_is_wrong_with_the_account_is_told_apart(
    twilio: FailingTwilio, carrier: TwilioCarrier, code: int
) -> None:
    twilio.account.refuses = code
    with pytest.raises(CarrierRefuses, match=str(code)):
        carrier.send_text(TEXT)


def test_a_wrong_token_is_the_accounts_trouble_and_is_not_repeated(twilio: FailingTwilio) -> None:
    account = TwilioAccount.model_validate({"sid": twilio.sid, "auth_token": "not-the-token"})
    carrier = TwilioCarrier(settings_for(twilio).model_copy(update={"accounts": (account,)}))
    with pytest.raises(CarrierRefuses, match="20003") as told:
        carrier.send_text(TEXT)
    assert "not-the-token" not in str(told.value)
    carrier.close()


def test_a_number_without_account_in_the_settings_and_no_number_at_all_are_the_operators_trouble(
    carrier: TwilioCarrier,
) -> None:
    with pytest.raises(CarrierRefuses, match="name no Twilio account AC-other"):
        carrier.send_text(replace(TEXT, account="AC-other"))
    with pytest.raises(CarrierRefuses, match="no number"):
        carrier.place_call(replace(CALL, from_phone=None))


@pytest.mark.fault(7)
def test_asked_too_often_it_says_that_nothing_was_taken(
    twilio: FailingTwilio, carrier: TwilioCarrier
) -> None:
    twilio.plan = FaultPlan(refuse_first=1)
    with pytest.raises(Throttled):
        carrier.send_text(TEXT)
    assert twilio.sent() == []


@pytest.mark.parametrize("status", [408, 421, 425, 429])
def test_a_status_that_says_later_without_twilio_s_words_is_not_the_message_s_fault(status: int) -> None:
    assert isinstance(refusal(ApiAnswer(status, {})), Throttled)


@pytest.mark.fault(7)
def test_without_a_connection_it_says_that_nothing_was_taken(twilio: FailingTwilio) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        nobody = f"http://127.0.0.1:{listener.getsockname()[1]}"
    carrier = TwilioCarrier(settings_for(twilio).model_copy(update={"base_url": nobody}))
    with pytest.raises(Throttled, match="No connection"):
        carrier.send_text(TEXT)
    carrier.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 201 Made\r\nContent-Length: 7\r\n\r\n<html/>",
        b"HTTP/1.1 201 Made\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 201 Made\r\nContent-Length: 900\r\n\r\n{",
        b"HTTP/1.1 302 There\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n",
    ],
)
@pytest.mark.fault(5)
def test_after_an_answer_that_is_none_nobody_knows(twilio: FailingTwilio, answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(PATIENCE)

        def speak() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1 << 16)
                connection.sendall(answer)

        speaker = Thread(target=speak)
        speaker.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        carrier = TwilioCarrier(settings_for(twilio).model_copy(update={"base_url": url}))
        with pytest.raises(OutcomeUnknown):
            carrier.send_text(TEXT)
        speaker.join(PATIENCE)
        carrier.close()


@pytest.mark.fault(6)
def test_a_silent_server_is_given_up_in_time(twilio: FailingTwilio) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        settings = settings_for(twilio).model_copy(update={"base_url": url, "read_timeout": 0.05})
        carrier = TwilioCarrier(settings)
        with pytest.raises(OutcomeUnknown, match="ReadTimeoutError"):
            carrier.send_text(TEXT)
        carrier.close()


def lost(twilio: FailingTwilio, carrier: TwilioCarrier, outbound: OutboundMessage) -> None:
    """Have it taken, and nobody hear so."""
    twilio.plan = FaultPlan(lose_after=1.0)
    with pytest.raises(OutcomeUnknown):
        carrier.send_text(outbound)
    twilio.plan = FaultPlan()


@pytest.mark.fault(5)
def test_of_two_texts_to_one_phone_the_one_that_nobody_knows_of_is_found(
    twilio: FailingTwilio, carrier: TwilioCarrier
) -> None:
    # given
    lost(twilio, carrier, TEXT)
    other = carrier.send_text(replace(TEXT, key="9"))
    # when
    found = carrier.look_up(TEXT)
    # then
    assert found == twilio.sent(PHONE)[0].sid
    assert found != other


@pytest.mark.fault(2)
def test_after_a_crash_what_the_journal_knows_to_be_another_message_is_not_it(
    twilio: FailingTwilio, carrier: TwilioCarrier
) -> None:
    # given
    other = carrier.send_text(replace(TEXT, key="9"))
    after = TwilioCarrier(settings_for(twilio), twilio.clock)
    # then
    assert after.look_up(replace(TEXT, others=frozenset({other}))) is None
    assert after.look_up(TEXT) == other
    after.close()


@pytest.mark.fault(2)
def test_however_much_the_phone_was_sent_since_it_is_found(
    twilio: FailingTwilio, carrier: TwilioCarrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    lost(twilio, carrier, TEXT)
    for number in range(5):
        carrier.send_text(replace(TEXT, key=f"{number + 10}"))
    monkeypatch.setattr(twilio_carrier, "PAGE", 2)
    # then
    assert carrier.look_up(replace(TEXT, since=twilio.now())) == twilio.sent(PHONE)[0].sid
    monkeypatch.setattr(twilio_carrier, "MOST_PAGES", 2)
    with pytest.raises(TransientFailure):
        carrier.look_up(replace(TEXT, since=twilio.now()))


def test_what_was_taken_long_before_is_not_it(twilio: FailingTwilio, carrier: TwilioCarrier) -> None:
    lost(twilio, carrier, TEXT)
    made = twilio.now()
    assert carrier.look_up(replace(TEXT, since=made + timedelta(minutes=5))) is None
    assert carrier.look_up(replace(TEXT, since=made + timedelta(seconds=30))) is not None


wrong_clocks = pytest.mark.parametrize("clock", [-9, -0.4, 0.04, 0.4, 20], indirect=True)


@pytest.mark.fault(34)
@wrong_clocks
def test_on_a_machine_whose_clock_is_wrong_what_was_taken_is_found_and_what_was_long_before_is_not(
    twilio: FailingTwilio, clock: OurClock, carrier: TwilioCarrier
) -> None:
    # given
    handed_over = clock.now()
    lost(twilio, carrier, TEXT)
    twilio.advance(360)
    # then
    [taken] = twilio.sent(PHONE)
    assert carrier.look_up(replace(TEXT, since=handed_over)) == taken.sid
    assert carrier.look_up(replace(TEXT, since=clock.now())) is None


@pytest.mark.fault(34)
@wrong_clocks
def test_on_a_machine_whose_clock_is_wrong_texts_that_came_in_are_told_by_that_clock(
    twilio: FailingTwilio, clock: OurClock, carrier: TwilioCarrier
) -> None:
    # given
    twilio.text(PHONE, OURS, "before")
    twilio.advance(360)
    came_in = clock.now()
    twilio.text(PHONE, OURS, "yes")
    # then
    [found] = carrier.inbound_since(OURS, None, came_in - timedelta(minutes=1))
    assert found.body == "yes"
    assert found.timestamp is not None
    assert abs(found.timestamp - came_in) < timedelta(seconds=2)


def test_what_has_no_number_of_ours_was_never_handed_over_and_nobody_is_asked(
    twilio: FailingTwilio, carrier: TwilioCarrier
) -> None:
    twilio.close()
    assert carrier.look_up(replace(TEXT, from_phone=None)) is None
    assert carrier.look_up(replace(CALL, from_phone=None)) is None


def test_a_redacted_text_is_found_all_the_same_and_one_with_the_same_words_rather(
    twilio: FailingTwilio, carrier: TwilioCarrier
) -> None:
    # given
    lost(twilio, carrier, replace(TEXT, key="9", body="Another shift."))
    lost(twilio, carrier, TEXT)
    first, second = twilio.sent(PHONE)
    # then
    assert carrier.look_up(TEXT) == second.sid
    first.body = ""
    assert carrier.look_up(replace(TEXT, key="9", body="Another shift.")) == first.sid


def test_another_text_that_is_in_doubt_as_well_is_not_taken_for_one_that_never_arrived(
    twilio: FailingTwilio, carrier: TwilioCarrier
) -> None:
    # given
    other = replace(TEXT, key="9", body="Another shift.")
    lost(twilio, carrier, other)
    # then
    assert carrier.look_up(TEXT) is None
    assert carrier.look_up(other) == twilio.sent(PHONE)[0].sid


@pytest.mark.parametrize("before", ["", "Sent from your Twilio trial account - "])
def test_a_text_that_twilio_spells_more_plainly_or_begins_itself_is_found(
    twilio: FailingTwilio, carrier: TwilioCarrier, before: str
) -> None:
    # given
    quoted = replace(TEXT, body="\u201cLakeside\u201d \u2013 ma\u00f1ana?")
    lost(twilio, carrier, quoted)
    [taken] = twilio.sent(PHONE)
    # when
    taken.body = before + '"Lakeside" - manana?'
    # then
    assert carrier.look_up(quoted) == taken.sid


def test_a_text_cannot_be_taken_back_but_a_call_that_rings_can_after_a_restart_too(
    twilio: FailingTwilio, carrier: TwilioCarrier
) -> None:
    text, call = carrier.send_text(TEXT), carrier.place_call(CALL)
    account = TwilioAccount.model_validate({"sid": "AC-other", "auth_token": "another"})
    own = settings_for(twilio)
    after = TwilioCarrier(own.model_copy(update={"accounts": (account, *own.accounts)}))
    assert not after.cancel(text)
    assert after.cancel(call)
    assert not after.cancel(call)
    after.close()
