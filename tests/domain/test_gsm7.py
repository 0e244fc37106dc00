"""The alphabet of plain text messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstyes.domain.gsm7 import respell, segments, septets


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("YES 27", 6), ("{27}", 6), ("ñ€", 3), ("á", None), ("👍", None)]
)
def test_septets(text: str, count: int | None):
    assert septets(text) == count


@pytest.mark.parametrize(
    ("text", "fitting"),
    [("a" * 160, True), ("a" * 161, False), ("€" * 80, True), ("€" * 81, False), ("ő" * 71, False)],
)
def test_what_fits_into_one_segment(text: str, fitting: bool):
    assert (segments(text) == 1) is fitting


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Reyes", "Reyes"), ("Muñoz", "Muñoz"), ("Zoé Łukasz", "Zoé Łukasz"), ("mañana sí 👍", "mañana sí 👍"), ("护理员", "护理员"),
        ("ﷺ", "ﷺ"), ("Медсестра", "Медсестра"), ("mañana sí", "mañana si"), ("7–3 “now”…", '7-3 "now"...'), ("½", "1/2"),
        ("a\u00a0b", "a b"),
    ],
)  # fmt: skip
def test_row_40_what_is_outside_is_respelled_where_all_of_it_can_be(text: str, plain: str):
    assert respell(text) == plain


@given(st.text())
def test_whatever_comes_is_respelled_within_the_alphabet_or_left_as_it_is(text: str):
    assert septets(respell(text)) is not None or respell(text) == text


@given(st.text(alphabet="护é😀íа—", min_size=1, max_size=6))
def test_row_40_no_letter_ever_becomes_a_question_mark(text: str):
    assert "?" not in respell(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("护" * 70, 1), ("护" * 71, 2), ("护" * 134, 2),
        ("护" * 135, 3), ("👍" * 35, 1), ("👍" * 36, 2),
    ],
)  # fmt: skip
def test_the_segments_a_text_is_sent_in(text: str, count: int):
    assert segments(text) == count


@given(st.text())
def test_what_is_respelled_stays_as_it_is(text: str):
    assert respell(respell(text)) == respell(text)
