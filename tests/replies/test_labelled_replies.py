"""The repository's own labelled replies, read as labelled."""

from functools import cache

import pytest

from firstyes.domain.replies.reading import Intent, Reading
from support.replies import labelled, read

KINDS = {
    "STOP": {Intent.OPT_OUT},
    "HELP": {Intent.HELP},
}
FILES = ("replies.csv", "fresh.csv")


@cache
def readings() -> dict[str, Reading]:
    texts = (row["text"] for file in FILES for row in labelled(clear=False, file=file))
    return {text: read(text) for text in texts}


def intent(text: str) -> Intent:
    return readings()[text].intent


@pytest.mark.fault(20)
def test_nothing_that_is_not_an_acceptance_is_read_as_one() -> None:
    wrong = [
        row["text"] for row in labelled() if row["label"] != "ACCEPT" and intent(row["text"]) == "accept"
    ]

    assert wrong == []


@pytest.mark.fault(20)
def test_nothing_that_is_taken_back_conditional_or_an_opt_out_is_read_as_an_acceptance_however_disputed() -> (
    None
):
    kinds = {"DECLINE", "CONDITIONAL", "CANCEL", "STOP"}
    rows = [row for row in labelled(clear=False) if row["fine"] in kinds]

    assert [row["text"] for row in rows if intent(row["text"]) == "accept"] == []


def test_no_condition_call_off_or_refusal_in_the_fresh_sets_is_read_as_an_acceptance() -> None:
    kinds = {"DECLINE", "CONDITIONAL", "CANCEL", "STOP"}
    rows = [row for row in labelled(clear=False, file="fresh.csv") if row["fine"] in kinds]

    assert [row["text"] for row in rows if intent(row["text"]) == "accept"] == []


def test_nearly_every_clear_acceptance_is_understood() -> None:
    rows = labelled("ACCEPT")
    missed = [row["text"] for row in rows if intent(row["text"]) != "accept"]

    assert len(missed) <= len(rows) * 0.01, missed


def test_nearly_every_clear_refusal_is_understood_and_little_else_is_taken_for_one() -> None:
    declines = labelled("DECLINE")
    missed = [row["text"] for row in declines if intent(row["text"]) != "decline"]
    wrong = [
        row["text"] for row in labelled() if row["label"] != "DECLINE" and intent(row["text"]) == "decline"
    ]

    assert len(missed) <= len(declines) * 0.02, missed
    assert len(wrong) <= len(declines) * 0.02, wrong


def test_no_acceptance_is_read_as_a_refusal() -> None:
    assert [row["text"] for row in labelled("ACCEPT", clear=False) if intent(row["text"]) == "decline"] == []


@pytest.mark.fault(29)
@pytest.mark.parametrize(("fine", "intents"), KINDS.items())
def test_opting_out_and_asking_for_help_are_told_apart_from_all_else(fine: str, intents: set[Intent]) -> None:
    rows = [row for row in labelled() if row["fine"] == fine]

    assert {row["text"]: intent(row["text"]) for row in rows if intent(row["text"]) not in intents} == {}


def test_every_reading_gives_a_reason_and_words_that_stand_in_the_message() -> None:
    for row in labelled(clear=False):
        reading = readings()[row["text"]]

        assert reading.reason
        for word in reading.words:
            assert word.lower().strip() in row["text"].lower().replace("\u2019", "'")
