"""Texts about several offers: what is said of each, and what says nothing certain."""

from datetime import timedelta

import pytest

from firstyes.domain.replies.reading import Every, Intent, Reading, Reply, Said
from support.replies import READER, TUESDAY, an_offer, read

TUE, WED = an_offer("27"), an_offer("31", TUESDAY + timedelta(days=1, hours=8))
YES, NO = Intent.ACCEPT, Intent.DECLINE


def said(text: str) -> Reading:
    return read(text, TUE, WED, received_at=TUESDAY - timedelta(days=2))


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("YES 27, NO 31", [("27", YES), ("31", NO)]),
        ("no 27 yes 31", [("27", NO), ("31", YES)]),
        ("27 yes, 31 no", [("27", YES), ("31", NO)]),
        ("sí 27, no 31", [("27", YES), ("31", NO)]),
        ("SI 27 Y NO 31", [("27", YES), ("31", NO)]),
        ("no 27 y sí 31", [("27", NO), ("31", YES)]),
        ("si 27 pero no 31", [("27", YES), ("31", NO)]),
        ("yes 27 and not 31", [("27", YES), ("31", NO)]),
        ("YES 27 / NO 31 thanks", [("27", YES), ("31", NO)]),
        ("YES 27 YES 31", [("27", YES), ("31", YES)]),
        ("YES27 NO31", [("27", YES), ("31", NO)]),
        ("yes 27 n 31", [("27", YES), ("31", NO)]),
        ("yes 27 0n4 31 I can't", []),
        ("yes 27 4no2 31 can't make it", []),
        ("Y 27 N 31", [("27", YES), ("31", NO)]),
        ("SI 27, 31 NO", [("27", YES), ("31", NO)]),
        ("27, 31 NO", [("27", NO), ("31", NO)]),
        ("yes 27, and yes 31", [("27", YES), ("31", YES)]),
        ("YES 27 and 31", [("27", YES), ("31", YES)]),
        ("si 27 y 31", [("27", YES), ("31", YES)]),
        ("no 27 & 31", [("27", NO), ("31", NO)]),
        ("yes 27 no 99", [("27", YES), ("99", NO)]),
        ("👍 27 👎 31", [("27", YES), ("31", NO)]),
        ("yes 27 no 31 yes 45", [("27", YES), ("31", NO), ("45", YES)]),
        ("yes 27, no 31 I can't", [("27", YES), ("31", NO)]),
        ("yes tuesday", [("27", YES)]),
        ("yes wednesday, no tuesday", [("31", YES), ("27", NO)]),
        ("I can do tuesday but not wednesday", [("27", YES), ("31", NO)]),
        ("yes 3pm", [("31", YES)]),
        ("yes 7", [("27", YES)]),
        ("3 si", [("31", YES)]),
        ("no 7", [("27", NO)]),
        ("7", [("27", Intent.UNCLEAR)]),
        ("yes 5", []),
        ("YES 27", []),
        ("yes 27 or 31", []),
        ("yes 27 no 27", []),
        ("27 yes 31", []),
        ("yes 27, no idea about 31", []),
        ("yes 27 no 31?", []),
        ("yes 27 if I can leave early, no 31", []),
        ("yes 27 until noon, no 31", []),
        ("yes 27 tuesday only, no 31", []),
        ("yes RN", []),
        ("yes friday", []),
        ("yes, my kids have 27 shots and 31 more on tuesday, can you believe that, what a day it was", []),
    ],
)
def test_row_4_what_is_said_of_each(text: str, each: list[tuple[str, Intent]]) -> None:
    """Row 4."""
    reading = said(text)
    assert [(one.code, one.intent) for one in reading.each] == each
    if len({intent for _, intent in each}) == 2:
        assert reading.intent is YES
        assert reading.reason.startswith("says of each by itself")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("busy till 7", Intent.BUSY),
        ("Busy until 7am", Intent.BUSY),
        ("in surgery til about 7", Intent.BUSY),
        ("at work till 3 then free", Intent.BUSY),
        ("ocupada hasta las 3", Intent.BUSY),
        ("no, working till 7", NO),
        ("no before 7", NO),
        ("no puedo antes de las 7", NO),
    ],
)
def test_until_when_somebody_cannot_names_no_offer(text: str, intent: Intent) -> None:
    reading = said(text)
    assert (reading.intent, reading.each) == (intent, ())


@pytest.mark.parametrize("text", ["no to the one at 7", "can't do 7am", "no tuesday, I work"])
def test_an_hour_or_a_day_beside_a_no_names_one(text: str) -> None:
    assert said(text).each == (Said(code="27", intent=NO),)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("yes tuesday no friday", Intent.UNCLEAR),
        ("no friday yes tuesday", Intent.UNCLEAR),
        ("yes to tuesday and no to friday", Intent.UNCLEAR),
        ("sí al martes y no al viernes", Intent.UNCLEAR),
        ("SI AL 3 Y NO AL 5", Intent.UNCLEAR),
        ("yes friday no tuesday", NO),
        ("no tuesday yes friday", NO),
        ("no friday either, can't tuesday", NO),
    ],
)
def test_a_no_to_what_is_not_on_offer_beside_a_yes_is_no_refusal(text: str, intent: Intent) -> None:
    assert read(text, TUE, received_at=TUESDAY - timedelta(days=2)).intent is intent


@pytest.mark.parametrize(
    ("text", "every", "intent", "explicit"),
    [
        ("both", Every.BOTH, YES, False), ("Both please", Every.BOTH, YES, False), ("los dos", Every.BOTH, YES, False),
        ("las dos", Every.BOTH, YES, False), ("yes to both", Every.BOTH, YES, True),
        ("I'll take both of them", Every.BOTH, YES, True), ("sí a los dos", Every.BOTH, YES, True),
        ("no to both", Every.BOTH, NO, True), ("all of them", Every.ALL, YES, False), ("yes to all", Every.ALL, YES, True),
        ("todos", Every.ALL, YES, False), ("no to all of them thanks", Every.ALL, NO, True), ("neither", Every.ALL, NO, True),
        ("ninguno", Every.ALL, NO, True), ("no, none of them", Every.ALL, NO, True), ("can't do either", Every.ALL, NO, True),
        ("no to both sorry", Every.BOTH, NO, True), ("no a los dos, lo siento", Every.BOTH, NO, True), ("all yes", Every.ALL, YES, True), ("todos no", Every.ALL, NO, True), ("both work for me", Every.BOTH, YES, False), ("yes to either", Every.ANY, YES, True),
        ("can't do either one", Every.ALL, NO, True), ("sí a cualquiera", Every.ANY, YES, True), ("I don't mind either", Every.ANY, Intent.UNCLEAR, False),
        ("either", Every.ANY, Intent.UNCLEAR, False), ("cualquiera", Every.ANY, Intent.UNCLEAR, False),
    ],
)  # fmt: skip
def test_row_4_what_is_said_of_all(text: str, every: Every, intent: Intent, explicit: bool) -> None:
    """Row 4."""
    reading = said(text)
    assert (reading.every, reading.intent, reading.explicit) == (every, intent, explicit)


@pytest.mark.parametrize(
    "text",
    [
        "yes all good", "that's all", "not both", "can't do both", "both or neither", "both if I can leave early", "either but not past 3",
        "si a las dos", "both of my kids are sick", "none of your business", "yes 27 both",
    ],
)  # fmt: skip
def test_row_4_what_only_sounds_like_all(text: str) -> None:
    """Row 4."""
    assert said(text).every is None


@pytest.mark.parametrize("text", ["27 and 31", "27, 31", "27 31"])
def test_row_4_codes_alone_are_read_as_codes_alone(text: str) -> None:
    """Row 4: what they answer is for the conversation to know."""
    reading = said(text)
    assert (reading.intent, reading.codes, reading.words) == (Intent.UNCLEAR, ("27", "31"), ("27", "31"))


def test_row_4_what_is_remembered_of_one_person_is_not_said_of_another() -> None:
    """Row 4: the same words, other codes."""
    assert [one.code for one in said("yes tuesday").each] == ["27"]
    others = (TUE.model_copy(update={"code": "44"}), WED.model_copy(update={"code": "45"}))
    assert [one.code for one in read("yes tuesday", *others).each] == ["44"]


ORDER = ("27", "31")


@pytest.mark.parametrize(
    ("text", "listed", "each"),
    [
        ("the first one", ORDER, [("27", Intent.UNCLEAR)]), ("the first one", ORDER[::-1], [("31", Intent.UNCLEAR)]),
        ("the first one", (), []), ("the first one", ("27",), []), ("the third one", ORDER, []), ("the first", ("9", "27"), []),
        ("no to the second one", ORDER, [("31", NO)]), ("the later one", (*ORDER, "45"), []), ("the 24th", ORDER, [("27", Intent.UNCLEAR)]),
        ("yes on the 1st", ORDER, []), ("yes tuesday the first", ORDER, []), ("yes, the second", ORDER, [("31", YES)]),
        ("yes until the first", ORDER, []), ("1st", ORDER, [("27", Intent.UNCLEAR)]), ("1st", (), []),
    ],
)  # fmt: skip
def test_a_place_is_that_in_the_list_that_was_told(
    text: str, listed: tuple[str, ...], each: list[tuple[str, Intent]]
) -> None:
    reading = READER.read(
        Reply(text=text, offers=(TUE, WED), listed=listed, received_at=TUESDAY - timedelta(days=2))
    )
    assert [(one.code, one.intent) for one in reading.each] == each


def test_what_may_be_a_place_or_a_day_of_the_month_names_neither() -> None:
    first = an_offer("45", TUESDAY + timedelta(days=7))
    reply = Reply(text="the 1st", offers=(WED, first), listed=("31", "45"), received_at=TUESDAY)
    assert [one.code for one in READER.read(reply).each] == []


@pytest.mark.parametrize(
    ("text", "too"),
    [
        ("and 31 too", True), ("31 también", True), ("plus #31", True), ("31 please", False), ("and 99 too", None),
        ("calling out wednesday", False), ("calling out", None), ("not both just wednesday", False), ("not both sorry", None),
        ("not both, wednesday or so", None),
    ],
)  # fmt: skip
def test_what_names_one_offer_says_whether_it_is_meant_as_well(text: str, too: bool | None) -> None:
    each = () if too is None else (Said(code="31", intent=Intent.UNCLEAR, too=too),)
    assert said(text).each == each


def test_a_calling_off_with_a_code_names_it_by_that() -> None:
    reading = said("calling out shift 31")
    assert (reading.intent, reading.codes, reading.each) == (Intent.CALL_OFF, ("31",), ())
