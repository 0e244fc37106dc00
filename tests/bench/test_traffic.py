"""What the bench counts as a true answer: a figure with a wrong one is no figure."""

import pytest

from bench.load_generator import Answer, LoadError, is_complete
from bench.sizes import Size
from bench.traffic import Traffic

SIZE = Size(caregivers=4, shifts=2)


def answer(request: int, status: str, code: int = 200) -> Answer:
    body = f'{{"status":"{status}","message":"x"}}'
    raw = f"HTTP/1.1 {code} X\r\ncontent-length: {len(body)}\r\n\r\n{body}".encode()
    return Answer(request, raw, 0.001, counted=True)


def requests_of_shift(traffic: Traffic, shift: int) -> list[int]:
    return [n for n in range(SIZE.caregivers) if SIZE.shift_of(traffic._caregiver(n)) == shift]


def test_one_winner_of_a_shift_and_one_who_is_told_so_are_true() -> None:
    traffic = Traffic(SIZE, port=1, count=4)
    first, second = requests_of_shift(traffic, 0)

    verdict = traffic.judge([answer(first, "success"), answer(second, "already_claimed")], one_winner=True)

    assert verdict.wrong == 0
    assert verdict.statuses == {"success": 1, "already_claimed": 1}


def test_a_second_winner_is_wrong_also_in_a_later_run() -> None:
    traffic = Traffic(SIZE, port=1, count=4)
    first, second = requests_of_shift(traffic, 0)
    traffic.judge([answer(first, "success")], one_winner=True)

    verdict = traffic.judge([answer(second, "success")], one_winner=True)

    assert verdict.untrue == 1
    assert "success" in verdict.example


def test_an_answer_that_is_not_200_is_wrong() -> None:
    traffic = Traffic(SIZE, port=1, count=4)

    assert traffic.judge([answer(0, "success", code=503)], one_winner=True).not_ok == 1


def test_a_shift_that_everybody_was_refused_is_found() -> None:
    traffic = Traffic(SIZE, port=1, count=4)
    answers = [answer(n, "already_claimed") for n in requests_of_shift(traffic, 1)]
    traffic.judge(answers, one_winner=True)

    assert traffic.unclaimed(answers) == 1


def test_everybody_speaks_once_before_anybody_speaks_again() -> None:
    traffic = Traffic(SIZE, port=1, count=8)

    assert sorted(traffic._caregiver(n) for n in range(4)) == [0, 1, 2, 3]
    assert len(set(traffic.requests)) == 8


@pytest.mark.parametrize("cut", [0, 10, 40, -1])
def test_a_piece_of_an_answer_is_not_complete(cut: int) -> None:
    raw = answer(0, "success").raw

    assert is_complete(raw)
    assert not is_complete(raw[:cut])


def test_an_answer_that_does_not_give_its_length_cannot_be_measured() -> None:
    with pytest.raises(LoadError):
        is_complete(b"HTTP/1.1 200 OK\r\nContent-Type: x\r\n\r\n{}")
