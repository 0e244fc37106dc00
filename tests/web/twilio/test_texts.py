"""Texts that Twilio posts to us."""

import logging
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstyes.actors.journal.port import JournalUnavailable
from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Answer, Status
from firstyes.domain.on_call import OnCall
from firstyes.domain.policy import Channel
from support.scripted_desk import ScriptedDesk
from support.signed_posts import ACCOUNT, PUBLIC, SECOND, TOKEN, DeskWithNumber, SignedPosts, accounts
from support.world import DIALLED, World

EMPTY = b"<Response/>"
STRANGER = "+13125550999"


def texts_to(world: World, phone: str) -> list[str]:
    world.desk.settle()
    return [one.body for one in world.desk.messages(phone=phone).items if one.direction == "out"]


@pytest.fixture
def posts(world: World) -> SignedPosts:
    return SignedPosts(world.desk)


@pytest.fixture
def scripted() -> ScriptedDesk:
    return DeskWithNumber()


@pytest.fixture
def forged(scripted: ScriptedDesk) -> SignedPosts:
    return SignedPosts(scripted)  # type: ignore[arg-type]


def is_empty(response: object) -> bool:
    return (
        response.status_code == 200  # type: ignore[attr-defined]
        and response.data == EMPTY  # type: ignore[attr-defined]
        and response.content_type == "text/xml"  # type: ignore[attr-defined]
    )


def test_a_yes_by_text_takes_the_shift_and_is_answered_by_a_text_of_ours(
    world: World, posts: SignedPosts
) -> None:
    # given
    world.asked("Ana")
    # when
    response = posts.text(world.phones["Ana"], f"YES {world.code('Ana')}")
    # then
    assert is_empty(response)
    assert world.record().claimed_by == "Ana"
    assert world.purposes("Ana") == ["offer", "confirmation"]


@pytest.mark.fault(26)
@pytest.mark.fault(9)
def test_a_text_that_is_played_back_has_no_second_effect(world: World, posts: SignedPosts) -> None:
    # given
    world.asked("Ana", "Ben")
    posts.text(world.phones["Ana"], "yes", sid="SM7")
    world.desk.release("early")
    # when
    response = posts.text(world.phones["Ana"], "yes", sid="SM7")
    # then
    assert is_empty(response)
    assert world.record().claimed_by is None
    assert world.events().count("shift_claimed") == 1


@pytest.mark.fault(24)
def test_a_phone_that_nobody_has_is_told_once_a_day_whose_number_this_is(
    world: World, posts: SignedPosts, caplog: pytest.LogCaptureFixture
) -> None:
    # given
    world.asked("Ana")
    # when
    with caplog.at_level(logging.DEBUG):
        responses = [posts.text(STRANGER, words) for words in ("who is this", "hello?", "yes")]
    # then
    assert all(map(is_empty, responses))
    [told] = texts_to(world, STRANGER)
    assert told.startswith("Lakeside: This number is for our staff.")
    assert "Ana" not in told and "RN" not in told
    [alert] = world.desk.alerts().items
    assert (alert.kind, alert.organization_id, alert.phone) == ("unknown_phone", "lakeside", STRANGER)
    assert "5550999" not in caplog.text
    # and then
    world.later(24 * 3600)
    posts.text(STRANGER, "hello")
    assert len(texts_to(world, STRANGER)) == 2
    assert world.desk.alerts(kind=AlertKind.UNKNOWN_PHONE).items[0].count == 2


@pytest.mark.fault(24)
@pytest.mark.parametrize(
    ("phone", "words", "more"),
    [
        ("+13125550999", "Auto-reply: we are closed, call us tomorrow", {}),
        ("+13125550999", "Liked “Lakeside: This number is for our staff.”", {}),
        ("72345", "Your code is 123456", {}),
        ("PIZZA", "Two for one today", {}),
        ("+13125550999", "STOP", {}),
        ("+13125550999", "stop", {"OptOutType": "STOP"}),
        ("+13125550999", "info", {"OptOutType": "HELP"}),
    ],
)
def test_no_machine_and_nobody_who_wants_no_texts_is_told(
    world: World, posts: SignedPosts, phone: str, words: str, more: dict[str, str]
) -> None:
    # when
    posts.text(phone, words, **more)
    # then
    assert texts_to(world, phone) == []
    assert world.alerts() == ["unknown_phone"]


def test_a_stranger_who_wrote_stop_is_told_nothing_ever_after(world: World, posts: SignedPosts) -> None:
    # given
    posts.text(STRANGER, "STOP")
    world.later(25 * 3600)
    # when
    posts.text(STRANGER, "who are you")
    # then
    assert texts_to(world, STRANGER) == []
    # and then
    world.caregivers("Zoe", phone=STRANGER)
    assert world.desk.caregivers(opted_out=True).items[0].id == "Zoe"


def test_whoever_is_on_call_is_told_how_to_acknowledge_and_nobody_is_called_because_of_them(
    world: World, posts: SignedPosts
) -> None:
    # given
    world.lakeside(on_call=[OnCall(channel=Channel.SMS, to=STRANGER)])
    world.offered()
    world.later(1)
    # when
    posts.text(STRANGER, "on my way")
    # then
    [how, alert] = texts_to(world, STRANGER)
    assert alert.endswith("Reply OK A1 if you see to it.")
    assert how.startswith("Lakeside: A program reads this number.")
    assert "unknown_phone" not in world.alerts()
    # and then
    posts.text(STRANGER, "ok A1")
    assert world.desk.alerts().items[0].acknowledged_by == "on_call:**********99"


def test_no_more_than_a_hundred_strangers_a_day_are_told(world: World, posts: SignedPosts) -> None:
    # when
    for number in range(110):
        posts.text(f"+1312555{number:04}", "hello")
    # then
    told = [one for one in world.desk.messages(limit=500).items if one.direction == "out"]
    assert len(told) == 100


def test_whoever_was_switched_off_is_told_as_any_stranger(world: World, posts: SignedPosts) -> None:
    # given
    world.caregivers("Ana", active=False)
    # when
    posts.text(world.phones["Ana"], "any shifts?")
    # then
    assert texts_to(world, world.phones["Ana"])[0].startswith("Lakeside: This number is for our staff.")


@pytest.mark.fault(38)
def test_while_the_journal_cannot_be_used_the_carrier_is_told_to_come_again(
    scripted: ScriptedDesk, forged: SignedPosts
) -> None:
    scripted.will(receive=JournalUnavailable("full"))
    assert forged.text("+13125550104", "yes").status_code == 503


@pytest.mark.parametrize("token", [TOKEN, SECOND])
@pytest.mark.fault(28)
def test_both_tokens_of_an_account_count(forged: SignedPosts, token: str) -> None:
    form = forged.text_form("+13125550104", "yes")
    assert forged.post("/twilio/text", form, token=token).status_code == 200


@pytest.mark.fault(25)
@pytest.mark.parametrize(
    ("form", "token", "why"),
    [
        ({}, "a-guess", "signed"),
        ({"AccountSid": "AC2"}, TOKEN, "signed"),
        ({"AccountSid": "AC2"}, "a-token-of-another-account", "account"),
        ({"AccountSid": ""}, TOKEN, "signed"),
        ({"AccountSid": "AC3"}, TOKEN, "signed"),
        ({"To": "+13125550777"}, TOKEN, "account"),
        ({"To": ""}, TOKEN, "account"),
    ],
    ids=str,
)
def test_what_its_account_did_not_sign_or_has_no_number_for_is_refused(
    scripted: ScriptedDesk, forged: SignedPosts, form: dict[str, str], token: str, why: str
) -> None:
    # when
    response = forged.post("/twilio/text", {**forged.text_form("+13125550104", "yes"), **form}, token=token)
    # then
    assert response.status_code == 403
    assert why in response.get_json(force=True)["detail"]
    assert scripted.calls == []


@pytest.mark.fault(27)
def test_the_configured_address_counts_and_never_what_the_request_says_of_its_own(
    forged: SignedPosts,
) -> None:
    # given
    form = forged.text_form("+13125550104", "yes")
    elsewhere = "https://evil.example"
    # then
    assert forged.post("/twilio/text", form, headers={"Host": "10.0.0.3:8080"}).status_code == 200
    said = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    assert forged.post("/twilio/text", form, url=elsewhere, headers=said).status_code == 403


@pytest.mark.fault(27)
def test_a_wrong_public_address_is_named_in_the_log_once_a_minute_without_a_number_or_a_text(
    forged: SignedPosts, caplog: pytest.LogCaptureFixture
) -> None:
    # given
    form = forged.text_form("+13125550104", "a secret text")
    # when
    for _ in range(5):
        forged.post("/twilio/text", form, url="http://internal:8080")
    # then
    told = [one.getMessage() for one in caplog.records if "/twilio/text" in one.getMessage()]
    assert len(told) == 1
    assert f"FIRSTYES_PUBLIC_URL ({PUBLIC})" in told[0]
    assert "secret" not in caplog.text
    assert "5550104" not in caplog.text


def test_the_query_string_is_signed_as_it_came(forged: SignedPosts) -> None:
    form = forged.text_form("+13125550104", "yes")
    assert forged.post("/twilio/text?a=%2B1+x&&b", form).status_code == 200


@pytest.mark.fault(25)
@given(
    st.binary(max_size=200),
    st.sampled_from(
        ["application/x-www-form-urlencoded", "application/json", "text/plain", "multipart/form-data", ""]
    ),
    st.one_of(st.none(), st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=40)),
    st.text("ab=&%+01", max_size=20),
)
def test_whatever_else_is_posted_is_refused_and_never_a_fault_of_ours(
    data: bytes, kind: str, signature: str | None, query: str
) -> None:
    # given
    forged = SignedPosts(DeskWithNumber())  # type: ignore[arg-type]
    headers = {} if signature is None else {"X-Twilio-Signature": signature}
    # when
    response = forged.client.post(f"/twilio/text?{query}", data=data, content_type=kind, headers=headers)
    # then
    assert response.status_code == 403


@pytest.mark.fault(25)
@pytest.mark.parametrize(
    "data",
    [
        b'{"AccountSid": "AC1"}',
        b"a" * 100_000,
        urlencode([("a", "b")] * 2_000).encode(),
        b"AccountSid=%ff%fe&To=%ed%a0%80&Body=\xff",
    ],
    ids=["json", "long", "many", "no text"],
)
def test_what_makes_the_official_validator_raise_is_refused(forged: SignedPosts, data: bytes) -> None:
    kind = "application/x-www-form-urlencoded"
    assert forged.client.post("/twilio/text", data=data, content_type=kind).status_code == 403


def test_it_needs_no_token_of_the_api_which_all_else_does(forged: SignedPosts) -> None:
    assert forged.text("+13125550104", "yes").status_code == 200
    assert forged.client.get("/shifts").status_code == 401


def test_it_is_counted_by_its_own_name(scripted: ScriptedDesk, forged: SignedPosts) -> None:
    # when
    forged.client.post("/twilio/text")
    # then
    figures = forged.client.get("/metrics", headers={"Authorization": "Bearer a-token"}).text
    assert 'firstyes_http_requests_total{operation="twilio_text",status="403"} 1.0' in figures


def test_a_text_that_is_too_long_or_holds_nul_is_still_read(world: World, posts: SignedPosts) -> None:
    # given
    world.asked("Ana")
    # when
    response = posts.text(world.phones["Ana"], "\0" + "x" * 3_000)
    # then
    assert is_empty(response)
    [heard] = [one for one in world.desk.messages().items if one.direction == "in"]
    assert heard.body == "x" * 2_000


def test_a_phone_that_is_no_number_at_all_is_taken_and_dropped(
    forged: SignedPosts, caplog: pytest.LogCaptureFixture
) -> None:
    assert is_empty(forged.text("\x01", "yes"))
    assert "cannot be read" in caplog.text


# What the carrier has taken for one of its own words.


def test_a_stop_that_the_carrier_has_answered_counts_and_is_not_answered_again(
    world: World, posts: SignedPosts
) -> None:
    # given
    world.asked("Ana", "Ben")
    # when
    posts.text(world.phones["Ana"], "no more please", OptOutType="STOP")
    world.later(3_600)
    # then
    assert world.purposes("Ana") == ["offer"]
    [ana] = [one for one in world.desk.caregivers().items if one.id == "Ana"]
    assert ana.opted_out


def test_a_yes_that_the_carrier_takes_for_an_opt_in_stays_an_answer_of_whoever_had_not_opted_out(
    world: World, posts: SignedPosts
) -> None:
    world.asked("Ana")
    posts.text(world.phones["Ana"], "YES", OptOutType="START")
    assert world.record().claimed_by == "Ana"


def test_a_yes_that_the_carrier_takes_for_an_opt_in_opts_in_and_takes_nothing_after_a_stop(
    world: World, posts: SignedPosts
) -> None:
    # given
    world.asked("Ana")
    posts.text(world.phones["Ana"], "STOP", OptOutType="STOP")
    # when
    posts.text(world.phones["Ana"], "YES", OptOutType="START")
    # then
    assert world.record().claimed_by is None
    [ana] = world.desk.caregivers().items
    assert not ana.opted_out
    assert world.purposes("Ana") == ["offer", "opt_in"]


def test_help_that_the_carrier_has_answered_is_not_answered_again(world: World, posts: SignedPosts) -> None:
    world.asked("Ana")
    posts.text(world.phones["Ana"], "INFO", OptOutType="HELP")
    assert world.purposes("Ana") == ["offer"]


def test_a_word_of_the_carrier_that_we_do_not_know_changes_nothing(
    scripted: ScriptedDesk, forged: SignedPosts
) -> None:
    # given
    scripted.will(receive=Answer(status=Status.ACKNOWLEDGED, message="Noted."))
    # when
    forged.text("+13125550104", "hello", OptOutType="PAUSE")
    # then
    [(_, (message,), _)] = scripted.calls
    assert message.keyword is None
    assert message.to_phone == DIALLED


def test_an_account_whose_tokens_were_both_replaced_counts_no_more(scripted: ScriptedDesk) -> None:
    posts = SignedPosts(scripted, accounts("a-third-token", None))  # type: ignore[arg-type]
    form = posts.text_form("+13125550104", "yes")
    assert form["AccountSid"] == ACCOUNT
    assert posts.post("/twilio/text", form).status_code == 403
