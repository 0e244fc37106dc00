"""`firstyes preflight`: all is well, and then one thing after the other is not."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evidence.free_port import free_port
from firstyes import Caregiver, InboundMessage, ShiftDesk
from firstyes.actors.runtime.clock import ManualClock
from support.site import NED, Site
from support.world import DIALLED
from twilio_server.account import Account
from twilio_server.fault_plan import Fault
from twilio_server.server import serving

TOLL_FREE = "+18335550100"
SECOND = "+13125550101"


def test_where_all_is_well_each_line_says_so_and_nobody_is_texted(site) -> None:
    ran = site.preflight()
    assert ran.exit_code == 0, ran.output
    assert {line.split()[0] for line in ran.output.splitlines()[:-1]} == {"ok"}
    assert ran.output.splitlines()[-1] == "Nothing here would fail."
    for said in (
        "journal.db can be written",
        "on call for lakeside, 1 (sms **********99): it can be reached",
        f"account {site.twilio.sid}: Twilio takes its token",
        f"account {site.twilio.sid}: it is active",
        f"account {site.twilio.sid}: its balance is 25.00 USD",
        "clock: within 30 s",
        f"number {DIALLED}: it can text and call",
        f"number {DIALLED}: its campaign is registered",
        f"texts are told to {site.url}/twilio/text",
        f"calls are told to {site.url}/twilio/call-in",
        "is believed there, by preflight, as no service runs",
    ):
        assert said in ran.output
    assert site.twilio.sent() == []
    assert site.twilio.calls() == []


def test_secrets_are_never_shown(site) -> None:
    assert site.twilio.token not in site.preflight().output
    site.settings["twilio_auth_token"] = "a-wrong-token-of-ours"
    assert "a-wrong-token-of-ours" not in site.preflight().output


# -- the account


def wrong_token(site) -> None:
    site.settings["twilio_auth_token"] = "wrong"


def closed_second_token(site) -> None:
    site.settings["twilio_auth_token_secondary"] = "wrong"


def promoted_token(site) -> None:
    site.settings["twilio_auth_token_secondary"] = site.twilio.token
    site.settings["twilio_auth_token"] = "the-former-one"


def suspended(site) -> None:
    site.twilio.account.status = "suspended"


def trial(site) -> None:
    site.twilio.account.kind = "Trial"


def poor(site) -> None:
    site.twilio.account.balance = "1.20"


def silent(site) -> None:
    site.twilio.faults.always = Fault.DOWN


def nobody_there(site) -> None:
    site.settings["twilio_base_url"] = f"http://127.0.0.1:{free_port()}"


def not_its_number(site) -> None:
    site.twilio.core.context.numbers.pop(DIALLED)
    site.service.numbers.clear()


def no_texts(site) -> None:
    site.number.texts = False


def no_calls(site) -> None:
    site.number.calls = False


def no_service(site) -> None:
    site.service.numbers.clear()


def no_campaign(site) -> None:
    site.service.campaign = None


def campaign_under_way(site) -> None:
    site.service.campaign = "IN_PROGRESS"


def brand_failed(site) -> None:
    site.twilio.account.brand = "FAILED"


def texts_elsewhere(site) -> None:
    site.number.settings["SmsUrl"] = "https://demo.example.org/welcome"


def texts_nowhere(site) -> None:
    site.number.settings["SmsUrl"] = ""


def texts_by_get(site) -> None:
    site.number.settings["SmsMethod"] = "GET"


def texts_to_an_app(site) -> None:
    site.number.settings["SmsApplicationSid"] = "AP1"


def calls_elsewhere(site) -> None:
    site.number.settings["VoiceUrl"] = f"{site.url}/twilio/voice"


def service_has_its_own(site) -> None:
    site.service.use_number_webhook = False
    site.service.settings["InboundRequestUrl"] = "https://demo.example.org/pool"


def service_drops(site) -> None:
    site.service.use_number_webhook = False


def unknown_account(site) -> None:
    site.organization(phones=[DIALLED, {"number": SECOND, "account": "AC9"}])


def nobody_on_call(site) -> None:
    site.organization(phones=[DIALLED], on_call=[])


def on_call_by_mail_without_a_server(site) -> None:
    site.organization(phones=[DIALLED], on_call=[{"channel": "email", "to": "ned@example.org"}])


def on_call_by_a_mail_server_that_is_not_there(site) -> None:
    on_call_by_mail_without_a_server(site)
    site.settings |= {"smtp_url": f"smtp://127.0.0.1:{free_port()}", "mail_from": "shifts@example.org"}


def on_call_by_a_webhook_without_a_key(site) -> None:
    site.organization(phones=[DIALLED], on_call=[{"channel": "webhook", "to": "https://127.0.0.1/secret"}])


def on_call_by_a_webhook_to_this_machine(site) -> None:
    on_call_by_a_webhook_without_a_key(site)
    site.settings["webhook_key"] = "k" * 32


def on_call_by_a_number_that_cannot_call(site) -> None:
    site.number.calls = False
    site.organization(
        phones=[{"number": DIALLED, "channels": ["sms"]}], on_call=[{"channel": "voice", "to": NED}]
    )


def on_call_is_our_own_number(site) -> None:
    site.organization(phones=[DIALLED], on_call=[{"channel": "sms", "to": DIALLED}])


def whoever_is_on_call_has_opted_out(site) -> None:
    with ShiftDesk(site.journal) as desk:
        desk.put_caregivers(
            [Caregiver(id="ned", organization_id="lakeside", name="Ned", roles=("RN",), phone=NED)]
        )
        desk.receive(InboundMessage(from_phone=NED, to_phone=DIALLED, body="STOP"))


def no_api_token(site) -> None:
    site.settings.pop("api_token")


def another_s_public_address(site) -> None:
    site.settings["public_url"] = f"http://127.0.0.1:{free_port()}"
    for name, path in {"SmsUrl": "text", "VoiceUrl": "call-in"}.items():
        site.number.settings[name] = f"{site.settings['public_url']}/twilio/{path}"


def read_only_journal(site) -> None:
    site.journal.chmod(0o400)


PROVOKED: dict[Callable[..., None], str] = {
    wrong_token: "Twilio does not let us in (401, error 20003)",
    closed_second_token: "Twilio does not take its second token",
    promoted_token: "does not let us in",
    suspended: "it is suspended, so that nothing is sent",
    trial: "it is a trial: only verified numbers can be texted and called",
    poor: "its balance is 1.20 USD",
    silent: "Twilio answered 503",
    nobody_there: "No connection to Twilio",
    not_its_number: "does not have it",
    no_texts: "it cannot text",
    no_calls: "it cannot call",
    no_service: "belongs to no registered campaign",
    no_campaign: "is not verified (there is none)",
    campaign_under_way: "is not verified (IN_PROGRESS)",
    brand_failed: "is not approved (FAILED)",
    texts_elsewhere: "texts: they are told to https://demo.example.org/welcome",
    texts_nowhere: "texts: nobody is told of them",
    texts_by_get: "texts: they are told by GET",
    texts_to_an_app: "the TwiML app AP1 takes them",
    calls_elsewhere: "calls: they are told to",
    service_has_its_own: "tells its texts to https://demo.example.org/pool, whatever the number says",
    service_drops: "drops its texts, whatever the number says",
    unknown_account: "it names the account AC9, which the settings do not know",
    nobody_on_call: "on call for lakeside: nobody",
    on_call_by_mail_without_a_server: "set FIRSTYES_SMTP_URL and FIRSTYES_MAIL_FROM",
    on_call_by_a_mail_server_that_is_not_there: "the mail server: ConnectionRefusedError",
    on_call_by_a_webhook_without_a_key: "set FIRSTYES_WEBHOOK_KEY",
    on_call_by_a_webhook_to_this_machine: "address is not one of the public internet",
    on_call_by_a_number_that_cannot_call: "no number of the organization can call",
    on_call_is_our_own_number: "it is a number of our own",
    whoever_is_on_call_has_opted_out: "has told us STOP",
    no_api_token: "set FIRSTYES_API_TOKEN",
    another_s_public_address: "does not answer",
    read_only_journal: "it cannot be written",
}


@pytest.mark.parametrize("provoke", PROVOKED, ids=lambda one: one.__name__)
def test_what_would_fail_is_the_only_line_that_is_wrong_and_says_what_to_do(site, provoke) -> None:
    # given
    provoke(site)
    # when
    said = site.wrong()
    # then
    assert PROVOKED[provoke] in said
    assert "\n       -> " in said


def test_an_organization_without_a_number_can_text_nobody_neither_its_people_nor_whoever_is_on_call(
    site,
) -> None:
    # given
    site.organization("harbor")
    # when
    ran = site.preflight()
    # then
    assert "wrong  organization harbor: it has no number" in ran.output
    assert (
        "wrong  on call for harbor, 1 (sms **********99): no number of the organization can text"
        in ran.output
    )
    assert ran.output.count("wrong  ") == 2


def test_before_anything_was_loaded_it_says_what_is_there_to_bring(site) -> None:
    site.settings["store"] = f"sqlite:///{site.journal}.other"
    assert "organizations: there is none" in site.wrong()


def test_with_the_simulator_it_says_that_nobody_is_texted(site) -> None:
    site.settings["carrier"] = "simulator"
    assert "the simulator, which texts and calls nobody" in site.wrong()


def test_of_a_carrier_of_your_own_it_says_that_it_knows_nothing(site) -> None:
    site.settings["carrier"] = "some.module:carrier"
    ran = site.preflight()
    assert "note   carrier: some.module:carrier, of which nothing is known here" in ran.output
    assert ran.exit_code == 0


def test_a_journal_that_is_forgotten_is_no_question(site) -> None:
    site.settings["store"] = "sqlite://"
    assert site.preflight().exit_code == 2


def test_a_clock_that_is_behind_is_told_by_how_much(tmp_path: Path) -> None:
    ahead = datetime.now(UTC) + timedelta(hours=1)
    with serving(clock=ManualClock(ahead)) as twilio:
        said = Site(twilio, tmp_path).wrong()
    assert re.search(r"clock: this machine is 3[56]\d\d s behind Twilio", said)
    assert "NTP" in said


def test_a_toll_free_number_is_asked_for_its_verification_and_not_for_a_campaign(site) -> None:
    # given
    number = site.own_number(TOLL_FREE)
    site.organization(phones=[DIALLED, TOLL_FREE])
    assert f"number {TOLL_FREE}: it is verified as a toll-free number" in site.preflight().output
    # when
    number.verification = "IN_REVIEW"
    # then
    assert f"number {TOLL_FREE}: it is not verified as a toll-free number (IN_REVIEW)" in site.wrong()


def test_a_short_code_is_said_not_to_be_looked_at(site) -> None:
    site.organization(phones=[DIALLED, "55501"])
    assert "note   number 55501: a short code" in site.preflight().output


def test_an_account_that_another_one_pays_for_is_not_asked_for_its_balance(site, monkeypatch) -> None:
    shown = site.twilio.account.payload()
    monkeypatch.setattr(Account, "payload", lambda self: {**shown, "owner_account_sid": "AC7"})
    site.twilio.account.balance = "0.00"
    assert "its bills are paid by AC7, whose balance is not looked at" in site.preflight().output


def test_with_an_api_key_the_token_is_looked_at_all_the_same(site) -> None:
    # given
    site.twilio.account.api_keys["SK1"] = "the-key-s-secret"
    site.credentials({"auth_token": "not-this-one", "api_key": "SK1", "api_key_secret": "the-key-s-secret"})
    # when
    said = site.wrong()
    # then
    assert "Twilio does not take its token, and would sign with another one" in said


def test_a_first_token_that_was_replaced_is_told_from_a_wrong_one(site) -> None:
    site.twilio.account.api_keys["SK1"] = "the-key-s-secret"
    site.credentials(
        {
            "auth_token": "the-former-one",
            "auth_token_secondary": site.twilio.token,
            "api_key": "SK1",
            "api_key_secret": "the-key-s-secret",
        }
    )
    assert "make the second one the first in the settings" in site.wrong()


# -- several


def test_each_account_and_each_number_is_looked_at_and_one_that_is_wrong_hides_no_other(site) -> None:
    # given
    account, service = site.other_account()
    site.own_number(SECOND, account)
    service.numbers.append(SECOND)
    site.organization("harbor", phones=[{"number": SECOND, "account": account.sid}])
    assert site.preflight().output.count("is believed there") == 2
    # when
    account.status = "suspended"
    site.number.texts = False
    # then
    ran = site.preflight()
    assert f"wrong  account {account.sid}: it is suspended" in ran.output
    assert f"wrong  number {DIALLED}: it cannot text" in ran.output
    assert ran.output.splitlines()[-1] == "2 to be mended."


def test_a_wrong_token_of_one_account_leaves_the_other_looked_at(site) -> None:
    # given
    account, service = site.other_account()
    site.own_number(SECOND, account)
    service.numbers.append(SECOND)
    site.organization("harbor", phones=[{"number": SECOND, "account": account.sid}])
    # when
    account.auth_token = "another-one-by-now"
    # then
    said = site.wrong()
    assert f"account {account.sid}: Twilio does not let us in" in said
    assert f"what {site.twilio.sid} signs is believed" in site.preflight().output
