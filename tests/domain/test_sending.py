"""The rules of sending: what is still wanted, when to try again, who goes first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from firstyes.domain.message import OFFERS, Purpose
from firstyes.domain.policy import Channel
from firstyes.domain.sending import (
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    MOST_OFFER_ATTEMPTS,
    NOT_TOLD,
    PRIORITY,
    Priority,
    Unwanted,
    Waiting,
    must_be_told,
    put_off_until,
    wait_before_retry,
    why_unwanted,
)

HOLDERS = {Purpose.CONFIRMATION, Purpose.ALREADY_YOURS, Purpose.DROP_NOTED}
ANSWERS = sorted(set(Purpose) - OFFERS - {Purpose.WITHDRAWAL, Purpose.ALERT, Purpose.WELCOME})


WANTED = Waiting(
    purpose=Purpose.OFFER,
    channel=Channel.SMS,
    shift_id="s1",
    fanout=1,
    live=True,
    declined=False,
    opted_out=False,
    active=True,
    reached=True,
    holds=False,
    held_since=False,
    moved=False,
    in_doubt=False,
    no_calls=False,
)


def facts(purpose: Purpose, **details: Any) -> Waiting:
    """Give a message that is true, and which nothing speaks against."""
    holder = purpose in HOLDERS
    return replace(WANTED, **{"purpose": purpose, "holds": holder, "held_since": holder, **details})


def why(facts: Waiting, *, carrier_confirms: bool = False) -> Unwanted | None:
    return why_unwanted(facts, carrier_confirms=carrier_confirms)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_what_nothing_speaks_against_is_wanted(purpose: Purpose) -> None:
    assert why(facts(purpose)) is None


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (facts(Purpose.OFFER, live=False), Unwanted.CLOSED),
        (facts(Purpose.OFFER, declined=True), Unwanted.DECLINED),
        (facts(Purpose.OFFER, active=False), Unwanted.INACTIVE),
        (facts(Purpose.OFFER_AGAIN, outdated=True), Unwanted.OUTDATED),
        (facts(Purpose.OFFER, overlaps=True), Unwanted.OVERLAPS),
        (facts(Purpose.OFFER_AGAIN, overlaps=True), Unwanted.OVERLAPS),
        (facts(Purpose.OFFER, opted_out=True), Unwanted.OPTED_OUT),
        (facts(Purpose.WELCOME, shift_id=None, moved=True), Unwanted.MOVED),
        (facts(Purpose.WELCOME, shift_id=None, in_doubt=True), Unwanted.IN_DOUBT),
        (facts(Purpose.WELCOME, shift_id=None, active=False), Unwanted.INACTIVE),
        (facts(Purpose.WITHDRAWAL, reached=False), Unwanted.NEVER_OFFERED),
        (facts(Purpose.WITHDRAWAL, holds=True), Unwanted.UNTRUE),
        (facts(Purpose.RELEASE, holds=True), Unwanted.UNTRUE),
        (facts(Purpose.TOO_LATE, holds=True), Unwanted.UNTRUE),
        (facts(Purpose.CONFIRMATION, held_since=False), Unwanted.UNTRUE),
        (facts(Purpose.CONFIRMATION, held_since=False, holds=False), Unwanted.UNTRUE),
        (facts(Purpose.ALREADY_YOURS, held_since=False), Unwanted.UNTRUE),
        (facts(Purpose.DROP_NOTED, held_since=False), Unwanted.UNTRUE),
        (facts(Purpose.CONFIRMATION, moved=True), Unwanted.MOVED),
        (facts(Purpose.OFFER, moved=True), Unwanted.MOVED),
        (facts(Purpose.OFFER, in_doubt=True), Unwanted.IN_DOUBT),
        (facts(Purpose.CONFIRMATION, in_doubt=True), Unwanted.IN_DOUBT),
        (facts(Purpose.OFFER, channel=Channel.VOICE, no_calls=True), Unwanted.NO_CALLS),
    ],
)
def test_what_is_no_longer_wanted_says_why(message: Waiting, reason: Unwanted) -> None:
    assert why(message) is reason


@pytest.mark.fault(13)
def test_an_offer_needs_nobody_to_have_been_reached_before() -> None:
    assert why(facts(Purpose.OFFER, reached=False)) is None


def test_nobody_else_is_told_of_an_alert_that_somebody_sees_to() -> None:
    assert why(facts(Purpose.ALERT, shift_id=None)) is None
    assert why(facts(Purpose.ALERT, shift_id=None, live=False)) is Unwanted.SEEN_TO


@pytest.mark.parametrize("purpose", ANSWERS)
def test_an_answer_that_is_true_is_wanted_whatever_has_become_of_the_shift(purpose: Purpose) -> None:
    assert why(facts(purpose, live=False, declined=True, active=False, reached=False)) is None


def test_a_withdrawal_is_wanted_by_whoever_was_reached_even_if_they_left_since() -> None:
    assert why(facts(Purpose.WITHDRAWAL, live=False, declined=True, active=False)) is None


@pytest.mark.fault(29)
@pytest.mark.parametrize("purpose", sorted(set(Purpose) - {Purpose.OPT_OUT}))
def test_who_opted_out_gets_nothing_else(purpose: Purpose) -> None:
    assert why(facts(purpose, opted_out=True)) is Unwanted.OPTED_OUT


@pytest.mark.fault(29)
def test_an_opt_out_is_confirmed_once_by_us_or_by_the_carrier() -> None:
    confirmation = facts(Purpose.OPT_OUT, opted_out=True)
    assert why(confirmation) is None
    assert why(confirmation, carrier_confirms=True) is Unwanted.CARRIER_CONFIRMS


def test_a_carrier_that_confirms_opt_outs_changes_nothing_else() -> None:
    assert [why(facts(one), carrier_confirms=True) for one in Purpose if one is not Purpose.OPT_OUT] == [
        None
    ] * (len(Purpose) - 1)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_who_wants_no_calls_is_texted(purpose: Purpose) -> None:
    assert why(facts(purpose, no_calls=True)) is None


@pytest.mark.parametrize("purpose", sorted({Purpose.HELP, Purpose.OPT_IN, Purpose.QUESTION, Purpose.NOTICE}))
def test_what_is_about_no_shift_goes_to_whoever_wrote(purpose: Purpose) -> None:
    assert why(facts(purpose, shift_id=None, moved=True, in_doubt=True)) is None


def test_row_25_who_says_that_the_number_is_wrong_is_answered() -> None:
    assert why(facts(Purpose.NOTICE, in_doubt=True)) is None
    assert why(facts(Purpose.DROP_NOTED, in_doubt=True)) is None


def test_the_one_who_has_the_shift_hears_that_it_is_called_off_though_no_offer_went_out() -> None:
    assert why(facts(Purpose.WITHDRAWAL, fanout=None, reached=False)) is None


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (facts(Purpose.CONFIRMATION), True),
        (facts(Purpose.CONFIRMATION, opted_out=True), True),
        (facts(Purpose.CONFIRMATION, in_doubt=True), True),
        (facts(Purpose.CONFIRMATION, held_since=False), False),
        (facts(Purpose.CONFIRMATION, moved=True), False),
        (facts(Purpose.RELEASE), True),
        (facts(Purpose.RELEASE, holds=True), False),
        (facts(Purpose.WITHDRAWAL, fanout=None), True),
        (facts(Purpose.WITHDRAWAL), False),
        (facts(Purpose.DIRECT, shift_id=None), True),
        *((facts(one), False) for one in sorted(set(Purpose) - set(NOT_TOLD))),
    ],
)
def test_row_14_a_person_must_tell_what_concerns_the_holder_and_is_true(
    message: Waiting, *, told: bool
) -> None:
    assert must_be_told(message) is told


@pytest.mark.fault(46)
def test_answers_go_first_then_withdrawals_then_offers() -> None:
    assert {PRIORITY[one] for one in ANSWERS} == {Priority.ANSWER}
    assert Priority.ANSWER < PRIORITY[Purpose.WITHDRAWAL] < PRIORITY[Purpose.OFFER]
    assert PRIORITY[Purpose.OFFER_AGAIN] is PRIORITY[Purpose.WELCOME] is Priority.OFFER


def test_a_welcome_waits_a_day_while_an_offer_is_open() -> None:
    now = datetime(2030, 7, 14, 10, 0, tzinfo=UTC)
    waits = facts(Purpose.WELCOME, shift_id=None)
    assert put_off_until(waits, now) == now + timedelta(days=1)
    assert put_off_until(replace(waits, live=False), now) is None


def test_whoever_is_busy_is_offered_nothing_before_they_are_free() -> None:
    # given
    now, free = datetime(2030, 7, 14, 10, tzinfo=UTC), datetime(2030, 7, 14, 12, tzinfo=UTC)
    text, call = (
        facts(Purpose.OFFER, channel=channel, busy_until=free) for channel in (Channel.SMS, Channel.VOICE)
    )
    # then
    assert put_off_until(text, now) == put_off_until(facts(Purpose.OFFER_AGAIN, busy_until=free), now) == free
    assert put_off_until(call, now) == free + timedelta(minutes=2)
    assert put_off_until(text, free) is None
    assert put_off_until(facts(Purpose.OFFER), now) is None
    assert put_off_until(facts(Purpose.CONFIRMATION, busy_until=free), now) is None


def test_the_wait_doubles_up_to_five_minutes() -> None:
    # given
    waits = [wait_before_retry(Purpose.NOTICE, failures, key=1) for failures in range(1, MOST_ATTEMPTS)]
    # then
    seconds = [wait.total_seconds() for wait in waits if wait is not None]
    assert len(seconds) == MOST_ATTEMPTS - 1
    assert seconds[1] / seconds[0] == pytest.approx(2)
    assert 0.8 * 2 <= seconds[0] <= 1.2 * 2
    assert seconds == sorted(seconds)
    assert 0.8 * LONGEST_WAIT <= seconds[-1] <= 1.2 * LONGEST_WAIT


def test_without_a_failure_there_is_no_wait() -> None:
    assert wait_before_retry(Purpose.OFFER, 0, key=1) == timedelta()


@pytest.mark.fault(7)
def test_what_failed_together_does_not_come_back_together() -> None:
    waits = {wait_before_retry(Purpose.OFFER, 3, key) for key in range(1_000)}
    seconds = sorted(wait.total_seconds() for wait in waits if wait is not None)
    assert len(seconds) == 1_000
    assert 6.4 <= seconds[0] < 6.45
    assert 9.55 < seconds[-1] <= 9.6
    assert max(later - sooner for sooner, later in pairwise(seconds)) < 0.05


def test_it_is_the_same_wait_on_every_run() -> None:
    assert wait_before_retry(Purpose.OFFER, 1, key=7) == wait_before_retry(Purpose.OFFER, 1, key=7)


@pytest.mark.parametrize(
    ("purpose", "most"), [(Purpose.OFFER, MOST_OFFER_ATTEMPTS), (Purpose.CONFIRMATION, MOST_ATTEMPTS)]
)
def test_it_is_given_up_in_the_end(purpose: Purpose, most: int) -> None:
    assert wait_before_retry(purpose, most - 1, key=1) is not None
    assert wait_before_retry(purpose, most, key=1) is None
