"""Whom an alert is told to and when, in which words, and what counts as seeing to it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from firstyes.domain.alert import ASKS, AlertKind
from firstyes.domain.gsm7 import segments
from firstyes.domain.on_call import (
    DEFAULT_WAIT,
    TURNS,
    Called,
    Matter,
    OnCall,
    acknowledged,
    at_once,
    calling_list,
    next_called,
    said,
)
from firstyes.domain.organization import Organization
from firstyes.domain.policy import Channel
from support.builders import NOW

ALL = frozenset(Channel)
PHONE = "+13125550199"


def on_call(channel: str = "sms", to: str = PHONE, wait: int = DEFAULT_WAIT) -> OnCall:
    return OnCall(channel=Channel(channel), to=to, wait=wait)


def called(*waits: int, channel: str = "sms") -> list[Called]:
    names = [f"+131255501{number:02}" for number in range(len(waits))]
    return [
        Called("lakeside", "Lakeside", on_call(channel, to, wait), wait)
        for to, wait in zip(names, waits, strict=True)
    ]


def told(everybody: list[Called], channels: frozenset[Channel] = ALL) -> list[tuple[list[int], int | None]]:
    """Give all calls of one alert: the numbers told together, and the seconds until the next."""
    steps: list[tuple[list[int], int | None]] = []
    step = 0
    while True:
        now, wait = next_called(everybody, step, channels)
        steps.append(([number for number, _ in now], None if wait is None else int(wait.total_seconds())))
        if wait is None:
            return steps
        step = now[-1][0] + 1


def test_each_has_its_time_to_acknowledge_and_everybody_is_told_three_times():
    assert told(called(60, 120)) == [
        ([0], 60), ([1], 120), ([2], 60), ([3], 120), ([4], 60), ([5], 120), ([], None),
    ]  # fmt: skip


def test_who_leaves_no_time_is_told_together_with_the_next():
    assert told(called(0, 0, 90))[0] == ([0, 1, 2], 90)


def test_nobody_is_told_twice_at_once_where_nobody_leaves_any_time():
    assert told(called(0, 0)) == [([0, 1], 300), ([2, 3], 300), ([4, 5], 300), ([], None)]


def test_whom_no_channel_reaches_is_passed_over():
    everybody = [*called(60), *called(60, channel="voice")]
    assert told(everybody, frozenset({Channel.VOICE}))[0] == ([1], 60)
    assert told(everybody, frozenset()) == [([], None)]
    assert told([]) == [([], None)]


@given(st.lists(st.integers(0, 2), max_size=6))
def test_everybody_is_told_as_often_and_in_order_whatever_the_waits(waits):
    numbers = [number for some, _ in told(called(*waits)) for number in some]
    assert numbers == list(range(TURNS * len(waits)))


def test_those_at_the_same_place_of_several_lists_are_told_at_the_same_time():
    # given
    lakeside, harbor = ("lakeside", "Lakeside"), ("harbor", "harbor")
    lists = {
        lakeside: [on_call(to="+13125550101", wait=60), on_call(to="+13125550102", wait=90)],
        harbor: [on_call(to="+13125550103", wait=30)],
    }
    # when
    everybody = calling_list(lists)
    # then
    assert [(one.organization_id, one.contact.to[-3:], one.wait) for one in everybody] == [
        ("lakeside", "101", 0), ("harbor", "103", 60), ("lakeside", "102", 90),
    ]  # fmt: skip
    assert calling_list({}) == []


def test_news_go_to_whoever_would_be_told_of_an_alert_first():
    assert [one.wait for one in at_once(called(0, 60, 90), ALL)] == [0, 60]
    assert len(at_once(called(0, 0), ALL)) == 2
    assert at_once(called(60), frozenset()) == []


UNFILLED = Matter(
    at=NOW,
    message="RN Sun Jul 14 7am-3pm is unfilled. Nobody said yes.",
    organization_id="lakeside",
    alert_id=27,
    kind=AlertKind.UNFILLED,
    shift_id="s1",
    shift="RN Sun Jul 14 7am-3pm",
)
FILLED = Matter(
    at=NOW,
    message="Filled: Alma has RN Sun Jul 14 7am-3pm.",
    organization_id="lakeside",
    shift_id="s1",
    caregiver_id="alma",
    caregiver_name="Alma Reyes",
    caregiver_phone="+13125550104",
)


def words(matter: Matter, channel: str) -> str:
    to = {"email": "on-call@example.org", "webhook": "https://example.org/in"}.get(channel, PHONE)
    return said(matter, Called("lakeside", "Lakeside", on_call(channel, to), 60))


def test_a_text_says_whose_alert_it_is_and_by_which_word_it_is_acknowledged():
    assert words(UNFILLED, "sms") == (
        "Lakeside: RN Sun Jul 14 7am-3pm is unfilled. Nobody said yes. Find somebody: fan out again, assign somebody, or "
        "cancel the shift. Reply OK A27 if you see to it."
    )
    assert words(FILLED, "sms") == "Lakeside: Filled: Alma has RN Sun Jul 14 7am-3pm."


def test_a_long_alert_is_cut_to_two_segments_and_keeps_its_word():
    matter = Matter(
        at=NOW, message="“Long” " * 100, organization_id=None, alert_id=27, kind=AlertKind.UNFILLED
    )
    assert segments(words(matter, "sms")) == 2
    assert words(matter, "sms").endswith("... Reply OK A27 if you see to it.")


def test_whoever_is_told_hears_whom_it_is_about_and_at_which_number():
    """At five in the morning, somebody who knows no caregiver has to know whom to call."""
    late = replace(
        UNFILLED,
        message="The caregiver who has RN Sun Jul 14 7am-3pm says they are running late.",
        kind=AlertKind.RUNNING_LATE,
        caregiver_name="Alma Reyes",
        caregiver_phone="+13125550104",
    )
    assert words(late, "sms") == (
        "Lakeside: The caregiver who has RN Sun Jul 14 7am-3pm says they are running late. (Alma Reyes, +13125550104) "
        "Tell the place that this person is late, or release the shift. Reply OK A27 if you see to it."
    )
    assert "(Alma Reyes, 3 1 2, 5 5 5, 0 1 0 4) Tell the place" in words(late, "voice")
    assert "(Alma Reyes, +13125550104)" in words(late, "email")


def test_what_stands_in_the_message_is_not_said_twice():
    stranger = replace(
        UNFILLED,
        message="Somebody wrote from +13125550104, a phone that nobody here has.",
        kind=AlertKind.UNKNOWN_PHONE,
        caregiver_phone="+13125550104",
    )
    assert words(stranger, "sms").count("+13125550104") == 1
    assert "(" not in words(FILLED, "sms")


def test_what_is_to_be_done_is_left_out_before_what_happened_is_cut():
    message = "The caregiver who has RN Sun Jul 14 7am-3pm says they cannot come. " * 3
    told = words(replace(UNFILLED, message=message), "sms")
    assert message.strip() in told
    assert ASKS[AlertKind.UNFILLED] not in told


def test_a_call_says_which_key_acknowledges():
    assert words(UNFILLED, "voice").endswith("Press 1 if you see to it.")
    assert "Press" not in words(FILLED, "voice")


def test_a_mail_has_its_subject_first_and_says_what_is_asked():
    subject, _, text = words(UNFILLED, "email").partition("\n\n")
    assert subject == "Lakeside: you are needed (unfilled), RN Sun Jul 14 7am-3pm"
    assert ASKS[AlertKind.UNFILLED] in text
    assert "OK A27" in text
    assert words(FILLED, "email") == "Lakeside: filled\n\nFilled: Alma has RN Sun Jul 14 7am-3pm."


def test_a_webhook_gets_json_with_what_is_known_and_no_more():
    told = json.loads(words(UNFILLED, "webhook"))
    assert told == {
        "type": "alert.opened",
        "timestamp": NOW.isoformat(),
        "data": {
            "organization_id": "lakeside",
            "message": UNFILLED.message,
            "alert_id": 27,
            "kind": "unfilled",
            "asks": ASKS[AlertKind.UNFILLED],
            "shift_id": "s1",
            "shift": "RN Sun Jul 14 7am-3pm",
        },
    }
    assert json.loads(words(FILLED, "webhook"))["type"] == "shift.filled"


@pytest.mark.parametrize(
    ("text", "alert"),
    [
        ("OK A27", 27), ("ok a27.", 27), (" Okay, A 27!", 27), ("yes A27", 27), ("YES A27", 27), ("Got it A27", 27), ("A27", 27),
        ("sí a27", 27), ("A27 ok", 27), ("OK alert A27", 27), ("Ok, got it: A27. Thanks 👍", 27), ("OK 27", None), ("OK A27 and A28", None), ("no A27", None), ("ok a", None), ("", None),
        ("OK A" + "9" * 16, None),
    ],
)  # fmt: skip
def test_what_names_an_alert_acknowledges_it_and_no_code_of_an_offer_does(text, alert):
    assert acknowledged(text, ()) == alert


@pytest.mark.parametrize("text", ["OK", "ok!", "yes", "Got it", "👍"])
def test_a_bare_word_means_the_alert_that_was_the_last_thing_told(text):
    assert acknowledged(text, ("A27",)) == 27
    assert acknowledged(text, ("27",)) is None
    assert acknowledged(text, ("A27", "A28")) is None
    assert acknowledged(text, ()) is None
    assert acknowledged("no", ("A27",)) is None


@pytest.mark.parametrize(
    ("channel", "to"),
    [
        ("email", "nobody"), ("email", "a@b"), ("email", "a b@example.org"), ("email", "a@example.org, b@example.org"),
        ("webhook", "http://example.org/"), ("webhook", "https://user:secret@example.org/"), ("webhook", "https:///x"),
        ("webhook", "https://example.org/#x"), ("webhook", "https://[::1/"), ("webhook", "https://example.org:99999/"),
        ("webhook", "https://example.org/a b"), ("webhook", "ftp://example.org"), ("sms", ""), ("sms", "x" * 501),
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_one_is_refused(channel, to):
    with pytest.raises(ValidationError):
        on_call(channel, to)


def test_phones_of_those_on_call_are_read_where_the_organization_is_at_home():
    # given
    rows = [
        {"channel": "sms", "to": "(312) 555-0199"},
        {"channel": "webhook", "to": "https://example.org/in", "wait": 0},
    ]
    # when
    organization = Organization.model_validate({"id": "lakeside", "on_call": rows})
    # then
    assert [one.to for one in organization.on_call] == ["+13125550199", "https://example.org/in"]
    assert organization.on_call[0].wait == timedelta(minutes=5).total_seconds()
    with pytest.raises(ValidationError, match="no phone number"):
        Organization.model_validate({"id": "lakeside", "on_call": [{"channel": "voice", "to": "home"}]})
