"""Rounds as text."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstyes.domain.organization import Organization
from firstyes.domain.policy import (
    DEFAULT_ROUNDS,
    PHONES,
    BadRounds,
    Channel,
    Round,
    Rounds,
    open_until,
    parse_rounds,
    plan,
    read_rounds,
)


def test_the_default_is_ten_minutes_of_texts_then_ten_of_calls():
    assert parse_rounds("sms:600,voice:600") == DEFAULT_ROUNDS


def test_case_and_blanks_do_not_count():
    assert parse_rounds(" SMS : 60 , sms:5") == (
        Round(channel=Channel.SMS, wait=60),
        Round(channel=Channel.SMS, wait=5),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sms",
        "sms:",
        "sms:0",
        "sms:-1",
        "sms:1.5",
        "fax:60",
        "sms:60,",
        "sms:604801",
        ",".join(["sms:1"] * 11),
    ],
)
def test_anything_else_is_refused_and_the_form_shown(text: str):
    with pytest.raises(BadRounds, match=r'of the form "sms:600,voice:600"'):
        parse_rounds(text)


NOON = datetime(2030, 7, 16, 12, 0, tzinfo=UTC)


def waits(rounds: Rounds, seconds_left: float) -> list[tuple[str, int]]:
    planned = plan(rounds, NOON, NOON + timedelta(seconds=seconds_left))
    return [(one.channel.value, one.wait) for one in planned]


def test_with_time_enough_the_rounds_stay_as_they_are():
    assert plan(DEFAULT_ROUNDS, NOON, NOON + timedelta(minutes=20)) == DEFAULT_ROUNDS


def test_row_30_eight_minutes_before_the_start_the_phones_ring_after_four():
    assert waits(DEFAULT_ROUNDS, 480) == [("sms", 240), ("voice", 240)]


@pytest.mark.parametrize("seconds", [240, 0, -900])
def test_row_30_when_it_starts_now_or_has_begun_the_rounds_share_four_minutes(seconds: int):
    assert waits(DEFAULT_ROUNDS, seconds) == [("sms", 120), ("voice", 120)]


def test_row_30_an_organization_s_own_rounds_shrink_in_proportion():
    assert waits(parse_rounds("sms:300,sms:300,voice:600"), 480) == [
        ("sms", 120),
        ("sms", 120),
        ("voice", 240),
    ]


def test_no_wait_shrinks_below_a_minute_and_what_is_shorter_stays():
    assert waits(parse_rounds("sms:3600,voice:30,sms:60"), 400) == [("sms", 310), ("voice", 30), ("sms", 60)]
    assert waits(parse_rounds("sms:100,voice:3600"), 400) == [("sms", 60), ("voice", 340)]


def test_when_even_minutes_are_too_long_each_channel_has_one_turn():
    assert waits(parse_rounds("sms:60,sms:60,voice:60,sms:60,voice:60,voice:60"), 240) == [
        ("sms", 60),
        ("voice", 60),
    ]


def test_row_30_a_channel_without_a_second_turn_keeps_its_first():
    rounds = parse_rounds("sms:600,voice:600,sms:300,voice:60,sms:60")
    planned = plan(rounds, NOON, NOON + timedelta(minutes=1))
    assert [one.channel for one in planned] == ["sms", "voice"]


any_rounds = st.lists(
    st.builds(Round, channel=st.sampled_from(sorted(PHONES)), wait=st.integers(1, 7 * 24 * 3600)),
    min_size=1,
    max_size=10,
).map(tuple)


@given(any_rounds, st.integers(-3600, 30 * 24 * 3600))
def test_row_30_planned_rounds_fit_and_keep_their_order_and_every_channel(rounds: Rounds, seconds: int):
    # when
    planned = plan(rounds, NOON, NOON + timedelta(seconds=seconds))
    # then
    assert sum(one.wait for one in planned) <= max(seconds, 240)
    assert {one.channel for one in planned} == {one.channel for one in rounds}
    assert all(one.wait >= 60 or one.wait in {before.wait for before in rounds} for one in planned)
    left = iter(rounds)
    assert all(
        any(one.channel is before.channel and one.wait <= before.wait for before in left) for one in planned
    )
    assert len(planned) == len(rounds) or len(planned) == len({one.channel for one in rounds})


@pytest.mark.parametrize(("before", "until"), [(301, 0), (300, 8), (0, 8), (-60, 8)])
def test_row_29_what_is_offered_five_minutes_before_the_start_or_later_is_open_until_the_end(
    before: int, until: int
):
    start = NOON + timedelta(seconds=before)
    assert open_until(NOON, start, start + timedelta(hours=8)) == start + timedelta(hours=until)


@pytest.mark.parametrize(
    "rounds", ["sms:9", (Round(channel=Channel.SMS, wait=9),), [Round(channel=Channel.SMS, wait=9)]]
)
def test_row_55_rounds_may_be_a_text_or_any_sequence(rounds: object):
    assert read_rounds(rounds) == (Round(channel=Channel.SMS, wait=9),)


@pytest.mark.parametrize(
    "rounds", [600, None, [], ["sms:9"], [("sms", 9)], [Round(channel=Channel.SMS, wait=9)] * 11]
)
def test_row_55_what_are_no_rounds_is_refused_and_both_forms_are_shown(rounds: object):
    with pytest.raises(BadRounds, match=r'Round\(channel="sms", wait=600\), or "sms:600,voice:600"'):
        read_rounds(rounds)


def test_row_55_rounds_of_an_organization_as_text_are_refused_with_what_reads_them():
    with pytest.raises(ValueError, match=r"rounds\n.*parse_rounds"):
        Organization.model_validate({"id": "lakeside", "rounds": "sms:600"})
    assert Organization(id="lakeside", rounds=parse_rounds("sms:600")).rounds == parse_rounds("sms:600")


@pytest.mark.parametrize("channel", ["email", "webhook"])
def test_a_round_ends_at_a_phone(channel: str):
    with pytest.raises(ValueError, match="this is sms or voice"):
        Round.model_validate({"channel": channel, "wait": 600})
