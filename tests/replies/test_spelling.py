"""Typos, repeated letters and words run together are mended, and never into a yes that was not there."""

import pytest

from firstyes.domain.replies.reading import Intent
from firstyes.domain.replies.spelling import Speller, distance_is_one
from support.replies import intent


def a_speller() -> Speller:
    return Speller(
        known=["take", "taken", "cover", "shift", "will", "yes", "i", "thanks", "works", "absolutely"],
        spellings={"ill": "i will", "cant": "can not", "gr8": "great", "dont": "do not"},
        objections=["never", "unless", "maybe"],
        real=["clover", "coverly"],
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yesss", ("yes",)), ("coverr", ("cover",)), ("thansk", ("thanks",)), ("absolutly", ("absolutely",)),
        ("illtake", ("i", "will", "take")), ("can't", ("can", "not")), ("isn't", ("is", "not")),
        ("shift'll", ("shift", "will")), ("shift's", ("shift",)), ("shift'x", ("shiftx",)), ("don't", ("do", "not")),
        ("mayb", ("mayb",)), ("maybee", ("maybe",)), ("unles", ("unless",)), ("clover", ("clover",)),
        ("coverly", ("coverly",)), ("x" * 40, ("x" * 40,)), ("qwert", ("qwert",)), ("shfit", ("shift",)),
    ],
)  # fmt: skip
def test_a_word_nobody_knows_is_read_as_the_one_it_must_be(written: str, meant: tuple[str, ...]) -> None:
    assert a_speller().guess(written)[0] == meant


def test_a_typo_between_a_harmless_word_and_an_objection_is_the_objection() -> None:
    speller = Speller(["fever", "lever"], {}, ["never"], [])

    assert speller.guess("nfver")[0] == ("never",)


def test_ill_is_sick_after_am_and_i_will_elsewhere() -> None:
    speller = a_speller()

    assert speller.known("ill", "am") == (("sick",), False)
    assert speller.known("ill", "yes") == (("i", "will"), False)
    assert speller.known("unheard", "") is None


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("cover", "cover", False), ("cover", "covers", True), ("cover", "cove", True), ("cover", "covre", True),
        ("cover", "cower", True), ("cover", "rover", True), ("cover", "coverage", False), ("cover", "cowen", False),
    ],
)  # fmt: skip
def test_one_slip_of_the_thumb_is_one_apart(one: str, other: str, near: bool) -> None:
    assert distance_is_one(one, other) is near


@pytest.mark.parametrize("text", ["i can t make it", "i don t want it", "no i won t", "that doesn t work"])
def test_a_telephone_that_drops_the_apostrophe_and_keeps_the_blank_is_understood(text: str) -> None:
    assert intent(text) is Intent.DECLINE


@pytest.mark.parametrize(
    "text",
    [
        "yes iff I can", "yes unles my son is sick", "maybbe yes", "yess butt only til 3", "illtakeitif", "yestill 12",
    ],
)  # fmt: skip
def test_a_misspelled_objection_still_objects(text: str) -> None:
    assert intent(text) is not Intent.ACCEPT
