"""The texts people get: short, plain, in their language, and never a word that carriers take for an opt-out."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import product

import pytest

from firstyes.domain import wording
from firstyes.domain.gsm7 import segments, septets
from firstyes.domain.policy import parse_rounds
from firstyes.domain.shift.shift import Shift, ShiftStatus
from support.builders import CHICAGO, NOW, a_shift, hours

LANGUAGES = ("en", "es")
CARRIERS_OWN = re.compile(r"\b(stop|stopall|cancel|end|quit|revoke|optout|unsubscribe)\b", re.IGNORECASE)

LATE_NIGHT = datetime(2030, 9, 29, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
REALISTIC = [
    a_shift(role="RN"),
    a_shift(role="Certified Nursing Asst", starts=LATE_NIGHT, area="North Side, 4th floor"),
    a_shift(role="CNA", starts=LATE_NIGHT, lasts=hours(36), area="Evanston"),
    a_shift(role="Técnico – noche", starts=LATE_NIGHT, area="Peña Blanca"),
    a_shift(role="PCA", time_zone=None, area="Springfield “South”"),
]
SENDERS = (None, "Lakeside", "Lakeside Home Care of Greater Illinois", "Cuidados “Señora” del Lago")


def texts(shift: Shift, sender: str | None, language: str) -> Iterator[tuple[str, str]]:
    """Every text there is about one shift, by name."""
    what = wording.describe(shift, CHICAGO, language)
    other = wording.describe(a_shift(role="LPN", starts=NOW + hours(3)), CHICAGO, language)
    yield "offer", wording.offer(shift, CHICAGO, sender, "2741", language)
    yield "offer to initials", wording.offer(shift, CHICAGO, sender, "2741", language, "AR")
    yield "confirmation", wording.confirmation(what, language)
    yield "already yours", wording.already_yours(what, language)
    for status in ShiftStatus:
        yield f"too late: {status}", wording.too_late(what, status, language)
    yield "overlap", wording.overlap(what, other, language)
    for winner in (True, False):
        yield "withdrawal", wording.withdrawal(what, language, winner=winner)
    yield "release", wording.release(what, language)
    yield "drop noted", wording.drop_noted(what, language)
    yield "lateness noted", wording.lateness_noted(what, language)
    for word in ("YES", "NO", "SI"):
        yield "which one", wording.which_one([("27", what), ("31", other)], language, word)
    yield "yes or no", wording.yes_or_no(what, "2741", language)
    yield "whole shift only", wording.whole_shift_only(what, "2741", language)
    yield "question passed on", wording.question_passed_on(what, "2741", language)
    yield "passed on", wording.passed_on(language)
    yield "no calls", wording.no_calls(language)
    yield "nothing open", wording.nothing_open([], language)
    yield "nothing open, but yours", wording.nothing_open([what], language)
    yield "no such code", wording.no_such_code(["98", "99"], language)
    yield "still open", wording.still_open([("27", what), ("31", other)], language)
    yield "opted out", wording.opted_out(language)
    yield "opted in", wording.opted_in(language)
    yield "already opted in", wording.already_opted_in(language)


@pytest.mark.parametrize(("language", "sender"), list(product(LANGUAGES, SENDERS)))
def test_every_text_goes_out_as_one_segment(language: str, sender: str | None):
    too_long = [
        (name, septets(text), text)
        for shift in REALISTIC
        for name, text in [
            *texts(shift, sender, language),
            ("help", wording.help_text(sender, language)),
        ]
        if segments(text) > 1 or septets(text) is None
    ]
    assert too_long == []


@pytest.mark.fault(30)
@pytest.mark.parametrize(("language", "sender"), list(product(LANGUAGES, SENDERS)))
def test_no_text_teaches_a_word_that_carriers_take_for_an_opt_out(language: str, sender: str | None):
    taught = [
        text
        for shift in REALISTIC
        for name, text in [
            *texts(shift, sender, language),
            ("call", wording.call_script(shift, None, sender, language)),
        ]
        if CARRIERS_OWN.search(text)
    ]
    assert taught == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_alone_says_how_to_get_no_more_texts(language: str):
    assert CARRIERS_OWN.findall(wording.help_text("Lakeside", language)) == ["STOP"]


def test_you_have_the_shift_is_said_by_the_confirmation_alone():
    saying = [
        name
        for language in LANGUAGES
        for name, text in texts(REALISTIC[0], "Lakeside", language)
        if "you have the shift" in text.lower() or "el turno es suyo" in text.lower()
    ]
    assert set(saying) == {"confirmation"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_about_a_shift_names_it(language: str):
    what = wording.describe(REALISTIC[0], CHICAGO, language)
    about_none = {
        "passed on", "no calls", "nothing open", "no such code", "opted out", "opted in", "already opted in",
    }  # fmt: skip
    silent = [
        name
        for name, text in texts(REALISTIC[0], None, language)
        if name not in about_none and what not in text
    ]
    assert silent == []


def test_what_does_not_fit_goes_the_area_first_then_the_sender():
    # given
    role = "Registered Nurse - Intensive Care"
    shift = a_shift(role=role, starts=LATE_NIGHT, area="Neighbourhood of the Old Harbour")
    longer = a_shift(role=role + " Unit N", starts=LATE_NIGHT, lasts=hours(36), area="Harbour")
    # when
    without_area = wording.offer(shift, CHICAGO, "Lakeside Home Care", "2741", "en")
    without_sender = wording.offer(longer, CHICAGO, "Lakeside Home Care of Il", "2741", "en", "ARB")
    # then
    assert without_area.startswith("Lakeside Home Care: Open shift Registered Nurse")
    assert "Harbour" not in without_area
    assert without_sender.startswith("ARB: Open shift Registered Nurse")
    assert segments(without_area) == 1
    assert segments(without_sender) == 1


def test_an_offer_that_cannot_fit_keeps_everything():
    """Only braces and the like, which count double, make a role so long."""
    shift = a_shift(role="{" * 40, starts=LATE_NIGHT, lasts=hours(36), area="Evanston")
    text = wording.offer(shift, CHICAGO, "Lakeside", "2741", "en")
    assert text.startswith("Lakeside: Open shift {{{")
    assert ", Evanston. Reply YES 2741" in text


def test_an_offer_says_where():
    text = wording.offer(a_shift(area="Evanston"), CHICAGO, "Lakeside", "27", "en")
    assert (
        text
        == "Lakeside: Open shift RN Sun Jul 14 7am-3pm, Evanston. Reply YES 27 to take it, NO 27 to pass."
    )


def test_a_call_is_in_the_language_of_whom_is_called():
    assert wording.call_script(a_shift(), None, None, "es") == (
        "Hay un turno abierto: RN dom 14 jul 7am-3pm. Oprima 1 para aceptar, 2 para pasar."
    )


def test_what_plain_text_messages_lack_is_respelled():
    assert (
        wording.describe(a_shift(role="Infirmière – nuit"), CHICAGO) == "Infirmière - nuit Sun Jul 14 7am-3pm"
    )


def test_a_shift_s_own_zone_comes_before_its_organization_s():
    shift = a_shift(time_zone="America/New_York")
    assert wording.describe(shift, CHICAGO) == "RN Sun Jul 14 8am-4pm"


def test_row_36_without_any_zone_a_shift_is_told_with_the_offset_it_was_given_with():
    """Both are the same instants, and equal as keys of anything remembered."""
    utc = a_shift(time_zone=None, starts=datetime(2030, 7, 14, 12, tzinfo=UTC))
    chicago = a_shift(time_zone=None, starts=datetime(2030, 7, 14, 7, tzinfo=timezone(timedelta(hours=-5))))
    assert utc.start_time == chicago.start_time
    assert wording.describe(utc, None) == "RN Sun Jul 14 12pm-8pm UTC"
    assert wording.describe(chicago, None) == "RN Sun Jul 14 7am-3pm UTC-5"


@pytest.mark.parametrize("role", ["护理员", "Медсестра", "RN 🩺"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_row_40_a_role_in_any_letters_is_sent_as_it_is(role: str, language: str):
    shift = a_shift(role=role, area="Río Seco")
    texts_with_it = [
        wording.describe(shift, CHICAGO, language),
        wording.offer(shift, CHICAGO, "Clínica Sí", "27", language),
        wording.call_script(shift, CHICAGO, None, language),
    ]
    assert all(role in text and "?" not in text for text in texts_with_it)
    assert segments(texts_with_it[1]) <= 2


def test_row_40_letters_that_have_a_plain_form_cost_no_segment():
    text = wording.offer(a_shift(role="Enfermería", area="Río Seco"), CHICAGO, "Clínica Ñandú", "27", "en")
    assert text.startswith("Clinica Ñandu: Open shift Enfermeria Sun Jul 14 7am-3pm, Rio Seco.")
    assert segments(text) == 1


def test_row_40_initials_in_any_letters_are_sent_as_they_are():
    assert wording.offer(a_shift(), CHICAGO, None, "27", "en", "李").startswith("李: Open shift RN")


def test_the_plan_of_a_fan_out_is_told_in_words():
    assert wording.plan(parse_rounds("sms:30,voice:5400,sms:3600")) == (
        "Texts go out now, phones ring after 30 s, texts go out after 1 h 30 min;"
        " after 2 h 30 min without a yes you are alerted."
    )
