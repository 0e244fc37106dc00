"""`firstyes preflight` does something: it mends webhooks, posts to the public address, texts a phone."""

import socket
from pathlib import Path

import pytest
from pydantic import SecretStr

from firstyes.actors.carriers.twilio.settings import TwilioAccount, TwilioSettings
from firstyes.web.preflight.public_address import look_at_public_address
from firstyes.web.preflight.tried_text import BODY
from preflight.test_preflight import (
    calls_elsewhere,
    service_has_its_own,
    texts_by_get,
    texts_elsewhere,
    texts_to_an_app,
)
from support.service import firstyes
from support.service import serving as serving_shifts
from support.site import NED
from support.world import DIALLED, a_world
from twilio_server.fault_plan import Trouble
from twilio_server.listener import Listener

# -- having it mended


def test_fix_has_texts_and_calls_told_to_us_and_the_next_look_finds_nothing(site) -> None:
    # given
    texts_elsewhere(site)
    texts_by_get(site)
    texts_to_an_app(site)
    calls_elsewhere(site)
    service_has_its_own(site)
    # when
    ran = site.preflight("--fix")
    # then
    assert ran.exit_code == 0, ran.output
    assert "texts are told to" in ran.output
    assert f"its service {site.service.sid} leaves texts to the number from now on" in ran.output
    assert site.number.settings["SmsUrl"].startswith(f"{site.url}/twilio/text#rc=3")
    after = site.preflight()
    assert after.exit_code == 0, after.output


def test_fix_leaves_alone_what_is_right(site) -> None:
    before = dict(site.number.settings)
    site.preflight("--fix")
    assert site.number.settings == before


def test_a_service_that_others_use_too_is_named_and_left_alone(site) -> None:
    # given
    service_has_its_own(site)
    site.own_number("+13125550177")
    site.service.numbers.append("+13125550177")
    # when
    said = site.wrong("--fix")
    # then
    assert "it has numbers that are not ours, so it is left alone" in said
    assert not site.service.use_number_webhook


def test_a_service_whose_own_address_is_ours_is_right(site) -> None:
    site.service.use_number_webhook = False
    site.service.settings["InboundRequestUrl"] = f"{site.url}/twilio/text"
    assert "tells texts to" in site.preflight().output


# -- the public address


@pytest.mark.fault(27)
def test_who_takes_what_nobody_signed_is_not_us(site) -> None:
    # given: something that answers 200 to everything
    listener = Listener()
    site.settings["public_url"] = listener.url
    for name, path in {"SmsUrl": "text", "VoiceUrl": "call-in"}.items():
        site.number.settings[name] = f"{listener.url}/twilio/{path}"
    # when
    said = site.wrong()
    # then
    assert "something else answers there, and takes what nobody signed" in said
    listener.close()


def test_a_port_that_another_program_has_is_named(site) -> None:
    with socket.create_server(("127.0.0.1", site.port)):
        assert f"127.0.0.1:{site.port} is in use by another program" in site.wrong()


@pytest.mark.parametrize("url", ["https://10.1.2.3", "https://localhost"])
def test_an_address_that_twilio_cannot_reach_is_told_without_asking(site, url) -> None:
    settings = TwilioSettings(accounts=(TwilioAccount(sid="AC1", auth_token=SecretStr("t")),), public_url=url)
    [found] = look_at_public_address(settings, [], "nobody")
    assert "cannot reach" in found.said


@pytest.mark.server
def test_beside_a_running_service_that_is_who_answers(site, tmp_path: Path) -> None:
    more = {name: value for name, value in site.settings.items() if name not in ("store", "port")}
    with serving_shifts(site.journal, port=site.port, **more) as service:
        # when
        ran = firstyes("preflight", **site.settings)
        # then
        assert ran.returncode == 0, ran.stdout
        assert f"by the service (process {service.process.pid})" in ran.stdout.decode()
        assert firstyes("preflight", "--text", NED, **site.settings).returncode == 2
        assert ran.stderr == b""


# -- a text


def test_a_text_is_sent_its_signed_status_and_the_answer_are_waited_for(site) -> None:
    # given
    phone = site.twilio.phone(NED)
    phone.answers, phone.answers_after = (lambda text: "ok"), 0.1
    # when
    ran = site.preflight("--text", "(312) 555-0199", "--wait", "60")
    # then
    assert ran.exit_code == 0, ran.output
    assert "it was delivered, as Twilio says and signs" in ran.output
    assert ran.output.splitlines()[-2] == "ok     text to **********99: the answer came, signed"
    assert NED not in ran.output
    assert len(phone.inbox) == 1


def test_the_answer_that_is_asked_for_takes_no_shift_when_the_service_hears_of_it() -> None:
    with a_world() as world:
        world.asked("Ana")
        world.says("Ana", BODY.rpartition(" ")[2])
        assert world.record().claimed_by is None


def test_a_text_that_is_not_delivered_is_told_by_its_reason(site) -> None:
    site.twilio.phone(NED).error = 30006
    said = site.wrong("--text", NED, "--wait", "60")
    assert "landline" in said


def test_a_text_that_twilio_refuses_is_told_by_its_reason(site) -> None:
    site.twilio.phone(NED).refused = 21211
    assert "The number is not valid. (Twilio 21211)" in site.wrong("--text", NED)


@pytest.mark.fault(28)
def test_a_status_that_is_signed_with_an_unknown_token_is_told_as_that(site) -> None:
    # given: both tokens open the account, and it signs with the one that the settings do not have
    site.twilio.account.secondary_token = site.twilio.account.auth_token
    site.twilio.account.auth_token = "the-primary-one"
    # when
    said = site.wrong("--text", NED, "--wait", "3")
    # then
    assert "its status came, signed with a token that the settings do not have" in said


def test_a_status_that_never_comes_is_not_waited_for_for_ever(site) -> None:
    site.twilio.faults.chances[Trouble.NEVER] = 1.0
    assert "no status of it came to the public address" in site.wrong("--text", NED, "--wait", "1")


def test_an_answer_that_never_comes_is_not_waited_for_for_ever(site) -> None:
    assert "no answer came" in site.wrong("--text", NED, "--wait", "2")


def test_somebody_else_s_text_meanwhile_is_left_for_the_service(site) -> None:
    # given
    phone = site.twilio.phone(NED)
    site.number.settings["SmsUrl"] = f"{site.url}/twilio/text#rc=0"

    def answer(text: str) -> None:
        site.twilio.core.text("+13125550166", DIALLED, "YES", site.twilio.now())

    phone.answers = answer
    # when
    said = site.wrong("--text", NED, "--wait", "3")
    # then
    assert "no answer came" in said
    site.twilio.settle()
    [told] = site.twilio.told("From", "+13125550166")
    assert told.outcome.status == 503
