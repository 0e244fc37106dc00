"""Text that people typed."""

import pytest

from firstyes.domain.text import number_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("007", 7),
        ("999", 999),
        ("1000", None),
        ("", None),
        ("-1", None),
        ("1.0", None),
        ("٧", None),
        ("²", None),
    ],
)
def test_only_a_short_row_of_digits_writes_a_number(text: str, number: int | None) -> None:
    assert number_of(text, digits=3) == number
