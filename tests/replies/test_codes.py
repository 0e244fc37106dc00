"""Reply codes: found wherever they stand, told apart from times and prices."""

from datetime import timedelta

import pytest

from firstyes.domain.replies.reading import Intent, Reply
from support.replies import READER, TUESDAY, an_offer, intent, read


@pytest.mark.parametrize(
    "text",
    [
        "27 yes", "yes27", "yes 27", "YES #27", "yes, 27", "27, yes please", "Yes to 27", "27 - yes", "si 27", "SI27",
        "27 sí", "ok 27", "y 27", "27y", "yes  27.", "shift 27 yes", "acepto 27", "2️⃣7️⃣ yes", "confirming 27",
    ],
)  # fmt: skip
@pytest.mark.parametrize("known", [True, False])
def test_a_code_beside_a_yes_is_reported(text: str, known: bool) -> None:
    reading = read(text, an_offer("27" if known else None))

    assert (reading.intent, reading.codes) == (Intent.ACCEPT, ("27",))


@pytest.mark.parametrize(
    "text", ["I'll take 27", "yes for 27", "sign me up for 27", "put me down for 27 please", "I'm in for 27"]
)
def test_a_code_is_understood_where_a_shift_is_named(text: str) -> None:
    assert read(text, an_offer("27")).codes == ("27",)
    assert intent(text, an_offer("27")) is Intent.ACCEPT


@pytest.mark.parametrize("text", ["sign me up for 10", "put me down for 10", "I'm in for 10"])
def test_a_code_that_may_be_the_hour_one_is_put_down_for_takes_nothing(text: str) -> None:
    assert intent(text, an_offer("10")) is Intent.UNCLEAR


@pytest.mark.parametrize("text", ["27 no", "no27", "NO 27", "no, 27", "No to 27", "no 27 gracias"])
def test_a_code_beside_a_no_is_reported(text: str) -> None:
    reading = read(text, an_offer("27"))

    assert (reading.intent, reading.codes) == (Intent.DECLINE, ("27",))


@pytest.mark.parametrize("text", ["27", "#27", " 27. ", "27 31"])
@pytest.mark.fault(21)
def test_a_bare_number_is_neither_yes_nor_no(text: str) -> None:
    reading = read(text, an_offer("27"), an_offer("31"))

    assert reading.intent is Intent.UNCLEAR
    assert reading.codes[0] == "27"


@pytest.mark.fault(21)
def test_two_codes_are_both_reported_in_order() -> None:
    assert read("yes 31 27", an_offer("27"), an_offer("31")).codes == ("31", "27")


def test_a_code_that_looks_like_a_time_of_day_is_a_code() -> None:
    assert read("yes 700", an_offer("700")).codes == ("700",)
    assert read("yes at 7", an_offer("27")).codes == ()


@pytest.mark.fault(18)
def test_yes_to_one_and_no_to_another_is_said_of_each() -> None:
    reading = read("yes 27 no 31", an_offer("27"), an_offer("31"))

    said = [(one.code, one.intent) for one in reading.each]
    assert said == [("27", Intent.ACCEPT), ("31", Intent.DECLINE)]


@pytest.mark.fault(21)
def test_a_day_beside_a_code_is_compared_with_the_offer_of_that_code() -> None:
    wednesday = an_offer("31", TUESDAY + timedelta(days=1))

    assert intent("yes 31 wednesday", an_offer("27"), wednesday) is Intent.ACCEPT
    assert intent("yes 27 wednesday", an_offer("27"), wednesday) is Intent.CONDITION


def test_what_is_remembered_for_one_offer_is_not_told_of_another() -> None:
    assert intent("yes tuesday") is Intent.ACCEPT
    assert READER.read(Reply(text="yes tuesday")).intent is not Intent.ACCEPT


@pytest.mark.fault(21)
@pytest.mark.parametrize("word", ["YES", "NO", "yes", "si", ""])
def test_every_code_there_is_is_read_as_one(word: str) -> None:
    codes = [str(one) for one in (*range(10, 1000), *range(1000, 10_000, 37))]
    unread = [
        one for one in codes if read(f"{word} {one}".strip(), an_offer(one), an_offer("9998")).codes != (one,)
    ]
    assert unread == []


@pytest.mark.parametrize("text", ["yes 8-3", "ok 8p", "yes 8 p"])
def test_hours_that_look_like_a_face_are_hours(text: str) -> None:
    assert intent(text) is Intent.CONDITION


@pytest.mark.parametrize("text", ["yes 8)", "yes 8-)", "yes :3", "yes 8-D"])
def test_a_face_with_glasses_takes_nothing_from_a_yes(text: str) -> None:
    assert intent(text) is Intent.ACCEPT
