"""Who may come in: roles, organizations, how long a sign-in holds, how often a password may be tried."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from firstyes.domain.access.session import (
    IDLE,
    LONGEST,
    NOTED_EVERY,
    REMEMBERED,
    is_live,
    is_remembered,
    is_worth_noting,
)
from firstyes.domain.access.throttle import OF_ADDRESS, OF_NAME, Bucket, Limit, filled, level, wait
from firstyes.domain.access.user import Right, UserName, UserRole, holds, sees

NOW = datetime(2030, 7, 16, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
A, B = frozenset({"a"}), frozenset({"b"})


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (UserRole.VIEWER, {Right.SEE}), (UserRole.COORDINATOR, {Right.SEE, Right.ACT}), (UserRole.ADMIN, set(Right)),
    ],
)  # fmt: skip
def test_each_role_may_do_this_and_no_more(role: UserRole, rights: set[Right]) -> None:
    assert {right for right in Right if role.may(right)} == rights


def test_who_sees_one_organization_sees_no_other() -> None:
    assert sees(None, "a") and sees(A, "a")
    assert not sees(A, "b") and not sees(frozenset(), "a")


@pytest.mark.parametrize(
    ("outer", "inner", "held"),
    [(None, None, True), (None, A, True), (A, A, True), (A | B, A, True), (A, B, False), (A, A | B, False), (A, None, False)],
)  # fmt: skip
def test_nobody_lets_people_in_to_more_than_they_see(outer, inner, held: bool) -> None:
    assert holds(outer, inner) is held


@pytest.mark.parametrize(
    ("said", "kept"), [(" Ann@Lakeside.example ", "ann@lakeside.example"), ("Ann  Lee", "ann lee")]
)
def test_a_name_is_the_same_in_great_and_small_letters(said: str, kept: str) -> None:
    assert TypeAdapter(UserName).validate_python(said) == kept


@pytest.mark.parametrize("said", ["", " ", "\u202e", "a\0b", "<b>", "x" * 81, "'; --"])
def test_what_cannot_be_a_name_is_refused(said: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(UserName).validate_python(said)


def test_a_session_ends_when_it_is_not_used_and_after_a_week_in_any_case() -> None:
    assert is_live(NOW, NOW, NOW + IDLE - SECOND)
    assert not is_live(NOW, NOW, NOW + IDLE)
    used = NOW + LONGEST - SECOND
    assert is_live(NOW, used, used)
    assert not is_live(NOW, used, NOW + LONGEST)


def test_a_session_from_the_future_does_not_hold() -> None:
    assert not is_live(NOW + SECOND, NOW + SECOND, NOW)


def test_a_browser_is_known_for_months_and_each_use_is_noted_now_and_then() -> None:
    assert is_remembered(NOW, NOW + REMEMBERED - SECOND) and not is_remembered(NOW, NOW + REMEMBERED)
    assert is_worth_noting(NOW, NOW + NOTED_EVERY) and not is_worth_noting(NOW, NOW + NOTED_EVERY - SECOND)


def test_so_many_attempts_fit_at_once_and_then_one_each_stretch() -> None:
    # given
    bucket = None
    for _ in range(OF_ADDRESS.most):
        assert wait(bucket, OF_ADDRESS, NOW) == 0
        bucket = filled(bucket, OF_ADDRESS, NOW)
    # then
    assert wait(bucket, OF_ADDRESS, NOW) == OF_ADDRESS.seconds
    later = NOW + timedelta(seconds=OF_ADDRESS.seconds)
    assert wait(bucket, OF_ADDRESS, later) == 0
    assert wait(filled(bucket, OF_ADDRESS, later), OF_ADDRESS, later) == OF_ADDRESS.seconds


def test_a_clock_that_is_set_back_empties_no_bucket() -> None:
    assert level(Bucket(3, NOW), OF_NAME, NOW - timedelta(days=1)) == 3


@given(st.lists(st.floats(0, 3600), max_size=60))
def test_however_attempts_are_spread_no_more_get_through_than_time_allows(pauses: list[float]) -> None:
    limit, now, bucket, through = Limit(5, 30), NOW, None, 0
    for pause in pauses:
        now += timedelta(seconds=pause)
        if wait(bucket, limit, now) <= 0:
            bucket, through = filled(bucket, limit, now), through + 1
    assert through <= limit.most + (now - NOW).total_seconds() / limit.seconds + 1
