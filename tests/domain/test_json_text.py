"""JSON in which each name stands once."""

import pytest

from firstyes.domain.json_text import NameGivenTwice, parse_json


def test_row_73_a_name_given_twice_is_refused_in_words():
    with pytest.raises(NameGivenTwice, match="phone is given twice"):
        parse_json('{"a": [{"phone": 1, "b": 2, "phone": 1}]}')
    with pytest.raises(NameGivenTwice, match="a name is given twice"):
        parse_json('{"\\u0007": 1, "\\u0007": 1}')


def test_the_same_name_in_two_objects_is_none_given_twice():
    assert parse_json('[{"a": 1}, {"a": {"a": 2}}]') == [{"a": 1}, {"a": {"a": 2}}]
