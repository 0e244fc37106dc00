"""Phone numbers: normalised where they can be, and always matching themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from firstyes.domain.phone import Phone, mask, normalise

PHONE = TypeAdapter(Phone)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+13125550105", "+13125550105"),
        ("(312) 555-0105", "+13125550105"),
        ("312.555.0105", "+13125550105"),
        (" 1 312 555 0105 ", "+13125550105"),
        ("+1 (312) 555-0105", "+13125550105"),
        ("+34 612 345 678", "+34612345678"),
    ],
)
def test_one_number_written_in_many_ways_is_one_number(text: str, number: str):
    assert PHONE.validate_python(text) == number


@pytest.mark.parametrize("text", ["+15550001", "front desk", "555", "+1 312 555 0105 ext. 7", "+999123"])
def test_what_cannot_be_normalised_is_kept_as_it_is(text: str):
    assert PHONE.validate_python(f"  {text} ") == text


@given(st.text(min_size=1, max_size=64).filter(lambda text: text.strip()))
def test_whatever_it_is_it_still_matches_itself(text: str):
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize("text", ["", "   ", "+1312\x00555", "+1312\n5550105", "1" * 65])
def test_what_cannot_be_a_phone_is_refused(text: str):
    with pytest.raises(ValidationError):
        PHONE.validate_python(text)


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("+13125550105", "**********05"), ("12345", "***45"), ("1234", "****"), ("", "****")],
)
def test_a_masked_number_shows_its_last_two_digits_at_most(phone: str, masked: str):
    assert mask(phone) == masked
