"""The checker itself: it must accept what one hand could have done, and refuse what it could not."""

import random

from hypothesis import given
from hypothesis import strategies as st

from evidence.linearizability import Operation, Register, Said, essence, is_linearizable, told

WON, LOST, NOT_FOR_THEM, RELEASED, NOTHING, UNKNOWN = (
    Said.WON,
    Said.LOST,
    Said.NOT_FOR_THEM,
    Said.RELEASED,
    Said.NOTHING_TO_RELEASE,
    Said.UNKNOWN,
)


def op(began: float, ended: float, who: str | None, said: Said, shift: str = "") -> Operation:
    return Operation(began, ended, who, said, shift)


def test_one_winner_among_many_at_once_is_fine() -> None:
    assert is_linearizable([op(0, 9, name, WON if name == "c" else LOST) for name in "abcde"])


def test_two_winners_are_refused() -> None:
    assert not is_linearizable([op(0, 9, "a", WON), op(0, 9, "b", WON)])


def test_no_winner_is_refused() -> None:
    assert not is_linearizable([op(0, 9, "a", LOST), op(0, 9, "b", LOST)])


def test_a_loser_before_anybody_could_have_won_is_refused() -> None:
    assert not is_linearizable([op(0, 1, "a", LOST), op(2, 3, "b", WON)])


def test_the_winners_second_yes_is_won_again() -> None:
    assert is_linearizable([op(0, 1, "a", WON), op(2, 3, "a", WON), op(4, 5, "b", LOST)])


def test_a_winner_who_is_later_told_they_lost_is_refused() -> None:
    assert not is_linearizable([op(0, 1, "a", WON), op(2, 3, "a", LOST)])


def test_after_a_release_somebody_else_may_win_but_not_the_one_who_gave_it_back() -> None:
    released = [op(0, 1, "a", WON), op(2, 3, None, RELEASED)]
    assert is_linearizable([*released, op(4, 5, "b", WON)])
    assert is_linearizable([*released, op(4, 5, "a", NOT_FOR_THEM)])
    assert not is_linearizable([*released, op(4, 5, "a", WON)])
    assert not is_linearizable([*released, op(4, 5, "b", LOST)])
    assert not is_linearizable([*released, op(4, 5, "b", NOT_FOR_THEM)])


def test_who_gave_it_back_is_told_the_truth_once_somebody_else_has_it() -> None:
    taken = [op(0, 1, "a", WON), op(2, 3, None, RELEASED), op(4, 5, "b", WON)]
    assert is_linearizable([*taken, op(6, 7, "a", LOST)])
    assert not is_linearizable([*taken, op(6, 7, "a", NOT_FOR_THEM)])


def test_two_winners_around_a_release_that_came_after_both_are_refused() -> None:
    assert not is_linearizable([op(0, 1, "a", WON), op(2, 3, "b", WON), op(4, 5, None, RELEASED)])


def test_a_release_that_runs_beside_explains_a_second_winner() -> None:
    assert is_linearizable([op(0, 1, "a", WON), op(2, 9, None, RELEASED), op(4, 5, "b", WON)])


def test_a_release_of_nothing_before_the_claim_is_fine_and_after_it_is_refused() -> None:
    assert is_linearizable([op(0, 1, None, NOTHING), op(2, 3, "a", WON)])
    assert not is_linearizable([op(0, 1, "a", WON), op(2, 3, None, NOTHING)])


def test_nobody_holds_two_shifts_at_the_same_time() -> None:
    early = op(0, 1, "a", WON, "early")
    assert is_linearizable([early, op(2, 3, "a", NOT_FOR_THEM, "late"), op(4, 5, "b", WON, "late")])
    assert not is_linearizable([early, op(2, 3, "a", WON, "late")])
    assert not is_linearizable([early, op(2, 3, "b", NOT_FOR_THEM, "late")])
    assert is_linearizable([early, op(2, 3, None, RELEASED, "early"), op(4, 5, "a", WON, "late")])


def test_of_two_yeses_at_once_for_two_shifts_one_wins() -> None:
    early, late = op(0, 9, "a", WON, "early"), op(0, 9, "a", NOT_FOR_THEM, "late")
    assert is_linearizable([early, late])
    assert not is_linearizable([early, op(0, 9, "a", WON, "late")])
    assert not is_linearizable([op(0, 9, "a", NOT_FOR_THEM, "early"), late])


def cancel(began: float, ended: float, said: Said) -> Operation:
    return Operation(began, ended, None, said, cancels=True)


def test_of_a_yes_and_a_cancellation_at_once_one_counts() -> None:
    assert is_linearizable([op(0, 9, "a", WON), cancel(0, 9, Said.HELD)])
    assert is_linearizable([op(0, 9, "a", NOT_FOR_THEM), cancel(0, 9, Said.CANCELLED)])
    assert not is_linearizable([op(0, 9, "a", WON), cancel(0, 9, Said.CANCELLED)])
    assert not is_linearizable([op(0, 9, "a", NOT_FOR_THEM), cancel(0, 9, Said.HELD)])


def test_a_cancelled_shift_is_nobody_s_any_more() -> None:
    released = [op(0, 1, "a", WON), op(2, 3, None, RELEASED), cancel(4, 5, Said.CANCELLED)]
    assert is_linearizable([*released, op(6, 7, "b", NOT_FOR_THEM), cancel(8, 9, Said.CANCELLED)])
    assert not is_linearizable([*released, op(6, 7, "b", WON)])


def test_an_operation_without_an_answer_may_have_happened_or_not() -> None:
    cut_off = op(0, 1, "a", UNKNOWN)
    assert is_linearizable([cut_off, op(2, 3, "b", LOST)])
    assert is_linearizable([cut_off, op(2, 3, "b", WON)])
    assert not is_linearizable([op(2, 3, "b", LOST), op(4, 5, "a", UNKNOWN)])


@st.composite
def true_histories(draw: st.DrawFn) -> list[Operation]:
    """Make histories as one hand would: each operation takes effect at an instant between its ends."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    register, history = Register(), []
    for instant in range(draw(st.integers(1, 60))):
        who = None if chance.random() < 0.15 else f"c{chance.randrange(12)}"
        which = f"s{chance.randrange(2)}"
        began, ended = instant - chance.random() * 20, instant + chance.random() * 20
        said, register = register.apply(op(began, ended, who, UNKNOWN, which))
        history.append(op(began, ended, who, UNKNOWN if chance.random() < 0.05 else said, which))
    return history


@given(true_histories())
def test_whatever_one_hand_did_is_accepted(history: list[Operation]) -> None:
    assert is_linearizable(history)


@given(st.integers(2, 40), st.integers(0, 2**32))
def test_a_second_winner_is_found_among_any_number_of_losers(number: int, seed: int) -> None:
    chance = random.Random(seed)
    history = [op(chance.random(), 2 + chance.random(), f"c{one}", LOST) for one in range(number)]
    history[0] = op(history[0].began, history[0].ended, "c0", WON)
    assert is_linearizable(history)
    history[-1] = op(history[-1].began, history[-1].ended, f"c{number - 1}", WON)
    assert not is_linearizable(history)


def test_a_wrong_history_is_told_without_what_is_not_needed_to_see_it() -> None:
    crowd = [op(one / 10, 9, f"c{one}", LOST) for one in range(20)]
    wrong = [op(0, 1, "a", WON), op(2, 3, "b", WON)]
    assert essence([*crowd, *wrong]) == wrong
    assert told(essence([*crowd, *wrong])).splitlines() == [
        "       0.000 to   1000.000 ms   a says yes: won",
        "    2000.000 to   3000.000 ms   b says yes: won",
    ]


@given(true_histories(), st.integers(0, 10**6))
def test_a_history_does_not_become_wrong_by_losing_what_changed_nothing(
    history: list[Operation], which: int
) -> None:
    harmless = [one for one in history if one.said in {LOST, NOT_FOR_THEM, NOTHING}]
    if harmless:
        history.remove(harmless[which % len(harmless)])
    assert is_linearizable(history)
