"""The words of the texts people get; what holds for all of them is in `test_message_linter`."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from firstyes.domain import wording
from firstyes.domain.gsm7 import segments
from firstyes.domain.policy import describe_plan, parse_rounds
from support.builders import CHICAGO, a_shift, hours
from support.templates import LANGUAGES, LATE_NIGHT


def test_what_does_not_fit_goes_the_area_first_then_the_end_of_the_sender_s_name():
    # given
    role = "Registered Nurse - Intensive Care"
    shift = a_shift(role=role, starts=LATE_NIGHT, area="Neighbourhood of the Old Harbour")
    longer = a_shift(role=role + " Unit N", starts=LATE_NIGHT, lasts=hours(36), area="Harbour")
    # when
    without_area = wording.offer(shift, CHICAGO, "Lakeside Home Care", "2741", "en")
    short_sender = wording.offer(longer, CHICAGO, "Lakeside Homecare of Illinois", "2741", "en", "ARBCDE")
    # then
    assert without_area.startswith("Lakeside Home Care: Open shift Registered Nurse")
    assert "Harbour" not in without_area
    assert short_sender.startswith("Lakeside Hom: ARBCDE: Open shift Registered Nurse")
    assert segments(without_area) == 1
    assert segments(short_sender) == 1


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
    assert describe_plan(parse_rounds("sms:30,voice:5400,sms:3600")) == (
        "Texts go out now, phones ring after 30 s, texts go out after 1 h 30 min;"
        " after 2 h 30 min without a yes you are alerted."
    )


def test_who_may_count_on_a_shift_that_was_taken_is_told_so_within_one_segment():
    english, spanish = (wording.passed_on(language, "RN Tue Jul 16 7am-3pm") for language in LANGUAGES)
    assert english.startswith("The shift RN Tue Jul 16 7am-3pm has been taken by someone else.")
    assert spanish.startswith("El turno RN Tue Jul 16 7am-3pm ya lo tomo otra persona.")
    assert segments(english) == segments(spanish) == 1
