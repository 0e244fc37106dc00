"""The checker itself: it must accept what one hand could have done, and refuse what it could not."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.linearizability import Operation, Register, Said, essence, is_linearizable, told

WON, LOST, NOT_FOR_THEM, RELEASED, NOTHING, UNKNOWN = (
    Said.WON, Said.LOST, Said.NOT_FOR_THEM, Said.RELEASED, Said.NOTHING_TO_RELEASE, Said.UNKNOWN,
)  # fmt: skip


def op(began: float, ended: float, who: str | None, said: Said, shift: str = "") -> Operation:
    return Operation(began, ended, who, said, shift)


def cancel(began: float, ended: float, said: Said) -> Operation:
    return Operation(began, ended, None, said, cancels=True)


A_WON, A_RELEASED = op(0, 1, "a", WON), op(2, 3, None, RELEASED)
B_WON = op(4, 5, "b", WON)
EARLY = op(0, 1, "a", WON, "early")
BOTH_ASK = op(0, 9, "a", WON, "early"), op(0, 9, "a", NOT_FOR_THEM, "late")
CUT_OFF = op(0, 1, "a", UNKNOWN)

TRUE: dict[str, list[Operation]] = {
    "one winner among many": [op(0, 9, name, WON if name == "c" else LOST) for name in "abcde"],
    "the winner's second yes": [A_WON, op(2, 3, "a", WON), op(4, 5, "b", LOST)],
    "somebody else wins after a release": [A_WON, A_RELEASED, B_WON],
    "who gave it back does not win": [A_WON, A_RELEASED, op(4, 5, "a", NOT_FOR_THEM)],
    "who gave it back hears that somebody has it": [A_WON, A_RELEASED, B_WON, op(6, 7, "a", LOST)],
    "a release beside two winners": [A_WON, op(2, 9, None, RELEASED), B_WON],
    "nothing to release before the claim": [op(0, 1, None, NOTHING), op(2, 3, "a", WON)],
    "one of two at the same time": [EARLY, op(2, 3, "a", NOT_FOR_THEM, "late"), op(4, 5, "b", WON, "late")],
    "the other one after a release": [EARLY, op(2, 3, None, RELEASED, "early"), op(4, 5, "a", WON, "late")],
    "two yeses at once for two": [*BOTH_ASK],
    "a yes before a cancellation": [op(0, 9, "a", WON), cancel(0, 9, Said.HELD)],
    "a cancellation before a yes": [op(0, 9, "a", NOT_FOR_THEM), cancel(0, 9, Said.CANCELLED)],
    "cancelled it is nobody's": [
        A_WON, A_RELEASED, cancel(4, 5, Said.CANCELLED), op(6, 7, "b", NOT_FOR_THEM), cancel(8, 9, Said.CANCELLED)
    ],
    "cut off, and it happened": [CUT_OFF, op(2, 3, "b", LOST)],
    "cut off, and it did not": [CUT_OFF, op(2, 3, "b", WON)],
}  # fmt: skip
FALSE: dict[str, list[Operation]] = {
    "two winners": [op(0, 9, "a", WON), op(0, 9, "b", WON)],
    "no winner": [op(0, 9, "a", LOST), op(0, 9, "b", LOST)],
    "a loser before any winner": [op(0, 1, "a", LOST), op(2, 3, "b", WON)],
    "a winner who lost later": [A_WON, op(2, 3, "a", LOST)],
    "who gave it back wins": [A_WON, A_RELEASED, op(4, 5, "a", WON)],
    "lost though nobody has it": [A_WON, A_RELEASED, op(4, 5, "b", LOST)],
    "not for them though it is open": [A_WON, A_RELEASED, op(4, 5, "b", NOT_FOR_THEM)],
    "not for who gave it back though somebody has it": [A_WON, A_RELEASED, B_WON, op(6, 7, "a", NOT_FOR_THEM)],
    "a release after both winners": [A_WON, op(2, 3, "b", WON), op(4, 5, None, RELEASED)],
    "nothing to release after the claim": [A_WON, op(2, 3, None, NOTHING)],
    "both at the same time": [EARLY, op(2, 3, "a", WON, "late")],
    "not for who holds nothing": [EARLY, op(2, 3, "b", NOT_FOR_THEM, "late")],
    "two yeses at once win two": [op(0, 9, "a", WON, "early"), op(0, 9, "a", WON, "late")],
    "two yeses at once win none": [op(0, 9, "a", NOT_FOR_THEM, "early"), op(0, 9, "a", NOT_FOR_THEM, "late")],
    "won and cancelled": [op(0, 9, "a", WON), cancel(0, 9, Said.CANCELLED)],
    "neither won nor cancelled": [op(0, 9, "a", NOT_FOR_THEM), cancel(0, 9, Said.HELD)],
    "won after the cancellation": [A_WON, A_RELEASED, cancel(4, 5, Said.CANCELLED), op(6, 7, "b", WON)],
    "lost before what was cut off": [op(2, 3, "b", LOST), op(4, 5, "a", UNKNOWN)],
}  # fmt: skip


@pytest.mark.parametrize("which", TRUE)
def test_what_one_hand_could_have_answered_is_accepted(which: str) -> None:
    assert is_linearizable(TRUE[which])


@pytest.mark.parametrize("which", FALSE)
def test_what_no_single_hand_could_have_answered_is_refused(which: str) -> None:
    assert not is_linearizable(FALSE[which])


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
