"""Rounds as text."""

import pytest

from firstyes.domain.policy import DEFAULT_ROUNDS, BadRounds, Channel, Round, parse_rounds


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
