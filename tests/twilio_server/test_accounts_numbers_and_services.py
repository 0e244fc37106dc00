"""What is looked at before anybody is written to: the official client reads account, numbers, services and registration."""

from decimal import Decimal

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from twilio_server.server import TwilioServer

OURS = "+15035550100"


def test_an_account_says_what_it_is_and_what_is_left(twilio: TwilioServer, client: Client) -> None:
    # given
    twilio.account.kind, twilio.account.balance = "Trial", "3.20"
    # then
    account = client.api.v2010.accounts(twilio.sid).fetch()
    assert (account.sid, account.status, account.type) == (twilio.sid, "active", "Trial")
    assert [one.sid for one in client.api.v2010.accounts.list()] == [twilio.sid]
    balance = client.api.v2010.account.balance.fetch()
    assert (Decimal(balance.balance), balance.currency) == (Decimal("3.20"), "USD")


def test_another_account_s_secrets_open_only_that_one(twilio: TwilioServer, client: Client) -> None:
    # given
    other = twilio.core.add_account()
    # when
    with pytest.raises(TwilioRestException) as caught:
        client.api.v2010.accounts(other.sid).fetch()
    # then
    assert (caught.value.status, caught.value.code) == (401, 20003)


def test_a_suspended_account_is_shown_and_sends_nothing(twilio: TwilioServer, client: Client) -> None:
    # given
    twilio.account.status = "suspended"
    # then
    assert client.api.v2010.accounts(twilio.sid).fetch().status == "suspended"
    with pytest.raises(TwilioRestException) as caught:
        client.messages.create(to="+15035550123", from_=OURS, body="Hello")
    assert (caught.value.status, caught.value.code) == (403, 20005)


def test_a_trial_account_writes_and_calls_only_whom_it_verified(twilio: TwilioServer, client: Client) -> None:
    # given
    twilio.account.kind = "Trial"
    twilio.account.verified.add("+15035550124")
    # then
    client.messages.create(to="+15035550124", from_=OURS, body="Hello")
    with pytest.raises(TwilioRestException) as text:
        client.messages.create(to="+15035550123", from_=OURS, body="Hello")
    with pytest.raises(TwilioRestException) as call:
        client.calls.create(to="+15035550123", from_=OURS, url="http://x/")
    assert (text.value.code, call.value.code) == (21608, 21219)


def test_a_key_of_the_account_opens_it_too(twilio: TwilioServer, client: Client) -> None:
    # given
    twilio.account.api_keys["SK" + "1" * 32] = "secret of the key"
    # when
    client.auth = ("SK" + "1" * 32, "secret of the key")
    # then
    assert client.api.v2010.accounts(twilio.sid).fetch().sid == twilio.sid


def test_numbers_are_found_and_their_webhooks_set(twilio: TwilioServer, client: Client) -> None:
    # given
    deaf = twilio.number("+15035550101")
    deaf.texts = False
    # when
    (found,) = client.incoming_phone_numbers.list(phone_number=OURS)
    assert (found.phone_number, found.capabilities["sms"], found.type) == (OURS, True, "local")
    found.update(
        sms_url="https://example.org/texts",
        voice_url="https://example.org/voice",
        sms_fallback_url="https://b/",
    )
    # then
    again = client.incoming_phone_numbers(found.sid).fetch()
    assert (again.sms_url, again.voice_url) == ("https://example.org/texts", "https://example.org/voice")
    assert (again.sms_fallback_url, again.sms_method) == ("https://b/", "POST")
    everyone = client.incoming_phone_numbers.stream(page_size=1)
    assert [(one.phone_number, one.capabilities["sms"]) for one in everyone] == [
        ("+15035550101", False),
        (OURS, True),
    ]


def test_a_service_sends_through_its_numbers_and_always_the_same_for_a_phone(
    twilio: TwilioServer, client: Client
) -> None:
    # given
    twilio.number("+15035550101")
    service = twilio.service([OURS, "+15035550101"])
    phones = [f"+1503555020{digit}" for digit in range(4)]
    # when
    for body in ("one", "two"):
        for phone in phones:
            taken = client.messages.create(to=phone, messaging_service_sid=service.sid, body=body)
            assert (taken.status, taken.from_) == ("accepted", None)
    twilio.advance(10)
    # then
    senders = [{one.from_ for one in client.messages.list(to=phone)} for phone in phones]
    assert all(len(one) == 1 for one in senders)
    assert set().union(*senders) == {OURS, "+15035550101"}


def test_services_are_read_and_changed_over_the_newer_api(twilio: TwilioServer, client: Client) -> None:
    # given
    sids = [twilio.service([OURS]).sid, twilio.service([]).sid]
    # then
    services = client.messaging.v1.services
    assert [one.sid for one in services.stream(page_size=1)] == sids
    assert [one.phone_number for one in services(sids[0]).phone_numbers.list()] == [OURS]
    # when
    services(sids[0]).update(
        inbound_request_url="https://example.org/texts", use_inbound_webhook_on_number=True
    )
    # then
    again = services(sids[0]).fetch()
    assert again.inbound_request_url == "https://example.org/texts"
    assert again.use_inbound_webhook_on_number is True


@pytest.mark.parametrize("state", ["VERIFIED", "IN_PROGRESS", None])
def test_registration_can_be_read(twilio: TwilioServer, client: Client, state: str | None) -> None:
    # given
    service = twilio.service([OURS])
    service.campaign = state
    twilio.account.brand = "APPROVED" if state else None
    toll_free = twilio.number("+18885550100")
    toll_free.verification = "IN_REVIEW"
    # then
    v1 = client.messaging.v1
    assert [one.campaign_status for one in v1.services(service.sid).us_app_to_person.list()] == (
        [state] if state else []
    )
    assert [one.status for one in v1.brand_registrations.list()] == (["APPROVED"] if state else [])
    found = v1.tollfree_verifications.list(tollfree_phone_number_sid=toll_free.sid)
    assert [one.status for one in found] == ["IN_REVIEW"]
    assert v1.services(service.sid).fetch().us_app_to_person_registered is (state == "VERIFIED")


def test_the_machine_s_clock_can_be_compared_with_the_server_s(twilio: TwilioServer, client: Client) -> None:
    client.api.v2010.accounts(twilio.sid).fetch()
    answered = client.http_client._test_only_last_response
    assert answered.headers["Date"] == "Sat, 28 Nov 2026 05:00:00 GMT"
