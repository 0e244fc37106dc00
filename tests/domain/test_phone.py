"""Row 35: phone numbers are repaired where it is certain which is meant, else refused, and always match themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from firstyes.domain.phone import (
    Phone,
    ReportedPhone,
    is_answerable,
    is_toll_free,
    mask,
    normalise,
    read_phone,
)

PHONE = TypeAdapter(Phone)
REPORTED = TypeAdapter(ReportedPhone)


@pytest.mark.parametrize(
    "text",
    [
        "+13125550141", "(312) 555-0141", "312.555.0141", " 1 312 555 0141 ", "+1 (312) 555-0141", "312 555 0141 (cell)",
        "Cell: 312 555 0141", "312-555-0141 mobile", "3125550141.0", "13125550141.00", "tel: 312-555-0141",
        "tel:+13125550141", "312\u00a0555\u00a00141", "\u202a+1 312 555 0141\u202c", "３１２５５５０１４１", "٣١٢٥٥٥٠١٤١",
        "312–555–0141", "'+13125550141", "001 312 555 0141",
    ],
)  # fmt: skip
def test_row_35_one_number_written_in_many_ways_is_one_number(text: str):
    assert read_phone(text).number == "+13125550141"
    assert REPORTED.validate_python(text) == "+13125550141"
    assert read_phone(PHONE.validate_python(text)).number == "+13125550141"


@pytest.mark.parametrize(
    ("country", "text", "number"),
    [
        ("DE", "0171 2345678", "+491712345678"), ("DE", "0171/2345678", "+491712345678"),
        ("DE", "1712345678", "+491712345678"), ("DE", "0044 7911 123456", "+447911123456"),
        ("GB", "07911 123456", "+447911123456"), ("GB", "7911123456", "+447911123456"),
        ("FR", "06 12 34 56 78", "+33612345678"), ("ES", "612 345 678", "+34612345678"),
        ("IT", "333 123 4567", "+393331234567"), ("MX", "55 1234 5678", "+525512345678"),
        ("CA", "416 555 0123", "+14165550123"), ("MX", "+1 312 555 0141", "+13125550141"),
    ],
)  # fmt: skip
def test_row_35_a_number_is_read_in_the_country_it_is_at_home_in(country: str, text: str, number: str):
    assert read_phone(text, country).number == number
    assert read_phone(PHONE.validate_python(text), country).number == number


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no phone", "no phone number"), ("call her mum", "no phone number"), ("n/a", "no phone number"),
        ("-", "no phone number"), ("312 555 0141 (call after 5)", "no phone number"), ("1-800-FLOWERS", "no phone number"),
        ("312*5550141", "no phone number"), ("312 555 0141 / 312 555 0142", "more than one"),
        ("3125550141; 3125550142", "more than one"), ("312 555 0141 or 312 555 0142", "more than one"),
        ("312 555 0141/42", "more than one"), ("312 555 0141 ext. 7", "extension"), ("312 555 0141 x7", "extension"),
        ("tel:+13125550141;ext=7", "extension"), ("3.12556E+09", "format its cell as text"),
        ("+1 312 555 0141-0142", "more digits"), ("+1 (312) 555-0141 2", "more digits"), ("138 0013 8000", "in US"),
        ("555-0141", "country code"), ("12345", "country code"), ("0171 2345678", "in US"), ("+1312", "7 to 15 digits"),
        ("+" + "1" * 16, "7 to 15 digits"), ("+0312555014", "7 to 15 digits"), ("0000000000", "in US"),
        ("3125550141 3125550142", "country code"),
    ],
)  # fmt: skip
def test_row_35_what_is_not_certain_is_refused_with_what_to_write(text: str, says: str):
    reading = read_phone(text)
    assert reading.number is None
    assert says in reading.problem
    assert "+13125550141" in reading.problem


@pytest.mark.parametrize("text", ["1234567", "234567"])
def test_row_35_without_its_area_a_number_is_nowhere_certain(text: str):
    assert read_phone(text, "DE").number is None


@pytest.mark.parametrize("text", ["+15550001", "+9991234", "+1 555 0001"])
def test_row_35_a_plus_and_seven_to_fifteen_digits_stay(text: str):
    assert read_phone(text).number == text.replace(" ", "")
    assert PHONE.validate_python(text) == text.replace(" ", "")


def test_row_35_a_repair_is_known_as_one_and_spacing_is_none():
    assert read_phone("312 555 0141 (cell)").repaired
    assert read_phone("3125550141").repaired
    assert not read_phone("+1 (312) 555-0141").repaired


@pytest.mark.parametrize("text", ["no phone", "555", "+1312", "3125550141 x7", "1" * 18])
def test_row_35_a_caregiver_s_phone_that_is_none_in_any_country_is_refused(text: str):
    with pytest.raises(ValidationError):
        PHONE.validate_python(text)


@pytest.mark.parametrize("text", ["front desk", "555", "12345", "+1 312 555 0105 ext. 7", "+999123"])
def test_a_sender_that_is_no_number_is_kept_as_it_is(text: str):
    assert REPORTED.validate_python(f"  {text} ") == text


@given(st.text(min_size=1, max_size=64).filter(lambda text: text.strip()))
def test_whatever_it_is_it_still_matches_itself(text: str):
    assert normalise(normalise(text)) == normalise(text)


@given(
    st.text(alphabet="+0123456789 ()-./x,;ABe", max_size=20), st.sampled_from(["US", "DE", "IT", "MX", "GB"])
)
def test_what_was_read_is_read_again_as_itself_anywhere(text: str, country: str):
    number = read_phone(text, country).number
    assert number is None or {read_phone(number, other).number for other in ("US", "DE", country)} == {number}


@pytest.mark.parametrize("text", ["", "   ", "+1312\x00555", "+1312\n5550105", "1" * 65])
def test_what_cannot_be_a_phone_is_refused(text: str):
    for kind in (PHONE, REPORTED):
        with pytest.raises(ValidationError):
            kind.validate_python(text)


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("+13125550105", "**********05"), ("12345", "***45"), ("1234", "****"), ("", "****")],
)
def test_a_masked_number_shows_its_last_two_digits_at_most(phone: str, masked: str):
    assert mask(phone) == masked


@pytest.mark.parametrize(
    "text", ["+1312555O141", "+1312555014O", "+1 312 555 O141", "+13125550141p5", "+1312 cell 5550141"]
)
def test_row_35_a_letter_among_the_digits_is_no_label_that_may_be_left_out(text: str):
    assert read_phone(text).number is None
    with pytest.raises(ValidationError):
        PHONE.validate_python(text)


def test_row_35_a_number_of_no_country_stays_however_it_is_spaced():
    assert read_phone("+999 123 4567").number == "+9991234567"


def test_row_35_a_long_text_is_no_number_whatever_stands_in_it():
    assert read_phone("+13125550141" + " " * 60).number is None


@pytest.mark.parametrize(("phone", "free"), [("+18335550100", True), ("+13125550141", False), ("27", False)])
def test_a_number_that_is_free_of_charge_is_known(phone: str, free: bool):
    assert is_toll_free(phone) is free


@pytest.mark.parametrize(
    ("sender", "reaches"), [("+13125550141", True), ("26299", False), ("AGENCY", False), ("+0312", False)]
)
def test_a_text_to_a_short_code_or_to_a_name_reaches_nobody(sender: str, reaches: bool):
    assert is_answerable(sender) is reaches
