"""The rules of sending: what is still wanted, when to try again, who goes first."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import pytest

from firstyes.domain.message import Purpose
from firstyes.domain.sending import (
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    MOST_OFFER_ATTEMPTS,
    Priority,
    Unwanted,
    priority,
    wait_before_retry,
    why_unwanted,
)

ANSWERS = sorted(set(Purpose) - {Purpose.OFFER, Purpose.WITHDRAWAL})


@dataclass(frozen=True)
class Facts:
    """A message whose turn has come; as it stands, everything speaks for it."""

    purpose: Purpose
    live: bool = True
    declined: bool = False
    opted_out: bool = False
    active: bool = True
    reached: bool = True


def why(facts: Facts, *, carrier_confirms: bool = False) -> Unwanted | None:
    return why_unwanted(facts, carrier_confirms=carrier_confirms)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_what_nothing_speaks_against_is_wanted(purpose: Purpose) -> None:
    assert why(Facts(purpose)) is None


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (Facts(Purpose.OFFER, live=False), Unwanted.CLOSED),
        (Facts(Purpose.OFFER, declined=True), Unwanted.DECLINED),
        (Facts(Purpose.OFFER, active=False), Unwanted.INACTIVE),
        (Facts(Purpose.OFFER, opted_out=True), Unwanted.OPTED_OUT),
        (Facts(Purpose.WITHDRAWAL, reached=False), Unwanted.NEVER_OFFERED),
    ],
)
def test_what_is_no_longer_wanted_says_why(facts: Facts, reason: Unwanted) -> None:
    assert why(facts) is reason


@pytest.mark.fault(13)
def test_an_offer_needs_nobody_to_have_been_reached_before() -> None:
    assert why(Facts(Purpose.OFFER, reached=False)) is None


@pytest.mark.parametrize("purpose", ANSWERS)
def test_an_answer_is_wanted_whatever_has_become_of_the_shift(purpose: Purpose) -> None:
    assert why(Facts(purpose, live=False, declined=True, active=False, reached=False)) is None


def test_a_withdrawal_is_wanted_by_whoever_was_reached_even_if_they_left_since() -> None:
    assert why(Facts(Purpose.WITHDRAWAL, live=False, declined=True, active=False)) is None


@pytest.mark.fault(29)
@pytest.mark.parametrize("purpose", sorted(set(Purpose) - {Purpose.OPT_OUT}))
def test_who_opted_out_gets_nothing_else(purpose: Purpose) -> None:
    assert why(Facts(purpose, opted_out=True)) is Unwanted.OPTED_OUT


@pytest.mark.fault(29)
def test_an_opt_out_is_confirmed_once_by_us_or_by_the_carrier() -> None:
    confirmation = Facts(Purpose.OPT_OUT, opted_out=True)
    assert why(confirmation) is None
    assert why(confirmation, carrier_confirms=True) is Unwanted.CARRIER_CONFIRMS


def test_a_carrier_that_confirms_opt_outs_changes_nothing_else() -> None:
    assert [why(Facts(one), carrier_confirms=True) for one in Purpose if one is not Purpose.OPT_OUT] == [
        None
    ] * (len(Purpose) - 1)


@pytest.mark.fault(46)
def test_answers_go_first_then_withdrawals_then_offers() -> None:
    assert {priority(one) for one in ANSWERS} == {Priority.ANSWER}
    assert Priority.ANSWER < priority(Purpose.WITHDRAWAL) < priority(Purpose.OFFER)


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
