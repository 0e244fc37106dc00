"""The alphabet of plain text messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstyes.domain.gsm7 import fits, respell, septets


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("YES 27", 6), ("{27}", 6), ("ñ€", 3), ("á", None), ("👍", None)]
)
def test_septets(text: str, count: int | None):
    assert septets(text) == count


@pytest.mark.parametrize(
    ("text", "fitting"),
    [("a" * 160, True), ("a" * 161, False), ("€" * 80, True), ("€" * 81, False), ("ő", False)],
)
def test_what_fits_into_one_segment(text: str, fitting: bool):
    assert fits(text) is fitting


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Reyes", "Reyes"),
        ("Muñoz", "Muñoz"),
        ("Zoé Łukasz", "Zoé ?ukasz"),
        ("mañana sí", "mañana si"),
        ("7–3 “now”…", '7-3 "now"...'),
        ("½", "1/2"),
        ("👍", "?"),
        ("a\u00a0b", "a b"),
    ],
)
def test_what_is_outside_is_respelled(text: str, plain: str):
    assert respell(text) == plain


@given(st.text())
def test_whatever_comes_is_respelled_within_the_alphabet(text: str):
    assert septets(respell(text)) is not None


@given(st.text())
def test_what_is_respelled_stays_as_it_is(text: str):
    assert respell(respell(text)) == respell(text)
