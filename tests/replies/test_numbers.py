"""A number is a code only where the sentence can mean a code."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from firstyes.domain import when
from firstyes.domain.replies.reading import Intent, Reply
from support.replies import READER, an_offer, intent, read

CHICAGO = ZoneInfo("America/Chicago")
JULY_16 = datetime(2024, 7, 16, 7, tzinfo=CHICAGO)
AT_SEVEN = an_offer("10", JULY_16)
AT_TEN = an_offer("10", JULY_16.replace(hour=10))
NEXT_DAY = an_offer("11", JULY_16 + timedelta(days=1))

ARRIVALS = [
    "I can be there at {}", "I'll be there at {}", "I'm free at {}", "yes I'll come at {}", "I can be there {}", "be there {}",
    "yes at {}", "yes {}am", "{} works for me", "yes {} is fine", "yes {} works", "yes, I can start at {}", "puedo a las {}", "llego a las {}",
    "sí a las {}", "yes @ {}", "I'll see you at {}", "yes by {}",
]  # fmt: skip
OTHER_CLOCKS = [
    "half {}", "yes half {}", "yes {}ish", "yes around {}", "yes about {}", "I work till {}", "I get off at {}", "yes after {}", "yes not before {}",
    "yes {}-3", "yes {} to 3", "yes {} o'clock", "yes {} 30", "yes {}:30", "yes {} thirty", "yes quarter past {}", "yes quarter to {}", "{} ok",
    "{} ok?", "is {} ok", "yes from {} on", "starting at {} yes", "yes {} y media", "yes {} pm", "yes {} at night", "ok for {}", "yes there {}",
    "I'm available {}", "yes leaving {}", "no estoy libre hasta las {}", "{} de la mañana",
]  # fmt: skip
DATES = ["yes the {}th", "yes the {}", "si el {}", "yes july {}", "yes {} july", "sí, {} de julio", "yes on the {}", "martes {}", "yes tuesday {}", "día {}", "{} de mayo"]  # fmt: skip
DURATIONS = [
    "in {}", "yes in {}", "be there in {}", "yes {} min", "yes {} minutes away", "running {} late", "{} more minutes", "I worked {} hours",
    "yes {} hours", "puedo en {} minutos", "no, I did {} days in a row", "I'm {} miles away", "yes within {}", "{} min.",
]  # fmt: skip
AMOUNTS = ["yes ${}", "yes {} dollars", "yes {} an hour", "yes {}/hr", "yes {} bucks", "sí por {} la hora", "for {}", "yes for {} an hour", "yes {} more", "no, I have {} patients", "no, {} percent sure", "yes for {}"]  # fmt: skip
PLACES = ["I'm at {} Main St", "yes {} Oak Avenue", "room {}", "yes, room {}?", "I live on {} west street", "no, {} 555 0141", "call {}-555-0141"]  # fmt: skip


@pytest.mark.parametrize("text", ARRIVALS)
@pytest.mark.parametrize("hour", ["10", "11"])
def test_row_1_an_hour_of_arrival_is_no_code_and_another_hour_is_a_condition(text: str, hour: str) -> None:
    """Rows 1 and 2 of the field cases: 10 and 11 are codes of open offers, which both start at seven."""
    reading = read(text.format(hour), AT_SEVEN, NEXT_DAY)

    assert reading.intent in {Intent.CONDITION, Intent.PARTIAL}
    assert reading.codes == ()


@pytest.mark.parametrize("text", ARRIVALS)
def test_row_1_the_hour_at_which_the_shift_starts_leaves_a_yes_one(text: str) -> None:
    reading = read(text.format("10"), AT_TEN)

    assert (reading.intent, reading.codes) == (Intent.ACCEPT, ())


@pytest.mark.parametrize("text", [*OTHER_CLOCKS, *DATES, *DURATIONS, *AMOUNTS, *PLACES])
@pytest.mark.parametrize("offers", [(AT_SEVEN,), (AT_SEVEN, NEXT_DAY)])
def test_row_1_where_a_clock_a_date_a_duration_or_an_amount_fits_as_well_a_number_is_no_code(
    text: str, offers: tuple[object, ...]
) -> None:
    reading = READER.read(Reply.model_validate({"text": text.format("10"), "offers": offers}))

    assert reading.codes == ()
    assert reading.intent is not Intent.ACCEPT


@pytest.mark.parametrize(
    "text",
    ["I can be there at ten", "yes at ten", "puedo a las diez", "llego a las diez", "yes by ten", "I'll come at eleven", "sí, a las once"],
)  # fmt: skip
def test_row_1_hours_in_words_are_hours(text: str) -> None:
    assert intent(text, AT_SEVEN) is Intent.CONDITION


def test_row_1_the_hour_on_offer_in_words_leaves_a_yes_one() -> None:
    for text in ("I can be there at seven", "yes at seven", "puedo a las siete"):
        assert intent(text, AT_SEVEN) is Intent.ACCEPT


@pytest.mark.parametrize(
    "text",
    [
        "YES 10", "10 yes", "10 - yes", "yes, 10", "yes10", "YES #10", "take 10", "I'll take 10", "yes to 10", "yes shift 10", "shift 10 yes",
        "ok 10", "sure 10", "10, yes please", "I'll take it - 10", "accept 10", "si 10", "10 si", "acepto 10", "tomo 10", "yes 10 tuesday",
        "yes please 10", "👍 10", "10 👍", "yes 10 thank you", "I accept shift 10", "acepto el turno 10", "yes code 10",
    ],
)  # fmt: skip
def test_a_number_beside_a_word_of_taking_is_a_code(text: str) -> None:
    reading = read(text, AT_SEVEN, NEXT_DAY)

    assert (reading.intent, reading.codes) == (Intent.ACCEPT, ("10",))


@pytest.mark.parametrize(
    "text", ["no 10", "10 no", "pass 10", "NO #10", "paso 10", "no to 10", "decline 10", "no, 10"]
)
def test_a_number_beside_a_word_of_passing_is_a_code(text: str) -> None:
    reading = read(text, AT_SEVEN, NEXT_DAY)

    assert (reading.intent, reading.codes) == (Intent.DECLINE, ("10",))


@pytest.mark.parametrize(
    "text", ["10", "#10", "10?", "10 please", "hi 10", "10 11", "10 and 11", "code 10", "shift 10"]
)
def test_a_number_alone_is_a_code(text: str) -> None:
    assert read(text, AT_SEVEN, NEXT_DAY).codes[0] == "10"


@pytest.mark.parametrize("text", ["cancel 10", "remove me from 10", "take me off 10", "drop me from 10"])
def test_a_shift_is_called_off_by_its_code(text: str) -> None:
    reading = read(text, AT_SEVEN, NEXT_DAY)

    assert (reading.intent, reading.codes) == (Intent.CALL_OFF, ("10",))


@pytest.mark.parametrize(
    "text",
    [
        "sí, 16 de julio", "si mar 16 jul", "sí el 16 de julio", "si, martes 16", "si el 16", "si mar 16", "sí, el martes 16 de julio",
        "sí puedo el 16 de julio", "16 de julio sí", "sí 16 julio", "acepto mar 16 jul 7am-3pm", "yes 16 july", "yes 16th of july",
        "yes tue 16 jul", "yes jul 16", "yes Tue Jul 16 7am-3pm", "sí 16/7", "yes 7/16",
    ],
)  # fmt: skip
@pytest.mark.parametrize("code", ["10", "16"])
def test_row_3_a_day_before_its_month_is_a_date_and_no_code(text: str, code: str) -> None:
    """Row 3 of the field cases: the words of our own Spanish offer."""
    reading = read(text, an_offer(code, JULY_16), NEXT_DAY)

    assert (reading.intent, reading.codes) == (Intent.ACCEPT, ())


@pytest.mark.parametrize("text", ["sí, 15 de julio", "si mar 9 jul", "sí 16 de agosto", "si mie 17 jul", "sí el 15", "mar 9", "yes 16 mar", "sí 16 ago", "yes 16 may"])  # fmt: skip
def test_row_3_another_date_is_a_condition(text: str) -> None:
    reading = read(text, AT_SEVEN)

    assert (reading.intent, reading.codes) == (Intent.CONDITION, ())


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("days", range(0, 365, 9))
def test_row_3_the_day_as_we_tell_it_is_understood(language: str, days: int) -> None:
    start = JULY_16 + timedelta(days=days)
    offer = an_offer("10", start)

    for told in (when.day(start, language), when.span(start, offer.ends_at, language)):
        for text in (f"yes {told}", f"si {told}", f"{told} sí"):
            reading = read(text, offer)
            assert (reading.intent, reading.codes) == (Intent.ACCEPT, ()), text
