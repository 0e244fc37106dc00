"""What holds for every sentence that is spoken, in both languages."""

import inspect
import re
from collections.abc import Callable

import pytest

from firstyes.domain.voice import script
from support.builders import CHICAGO, NOW, hours
from support.templates import LANGUAGES

END = NOW + hours(8)
WHEN = {language: script.terms(NOW, END, CHICAGO, language) for language in LANGUAGES}
SENTENCES: dict[str, Callable[[str], str]] = {
    "opening": lambda language: script.opening("RN", "Lakeside", language),
    "terms": lambda language: WHEN[language],
    "offer": lambda language: script.offer("RN", NOW, END, CHICAGO, "Lakeside", language),
    "left_message": lambda language: script.left_message("27", "+13125550100", language),
    "yours": lambda language: script.yours(WHEN[language], language),
    "taken": script.taken,
    "called_off": script.called_off,
    "not_offered": script.not_offered,
    "passed": script.passed,
    "see_text": script.see_text,
    "one_moment": script.one_moment,
    "not_known_yet": script.not_known_yet,
    "goodbye": script.goodbye,
    "seen_to": script.seen_to,
    "thanks_for_seeing_to_it": script.thanks_for_seeing_to_it,
    "not_noted": script.not_noted,
    "enter_code": lambda language: script.enter_code("Lakeside", language),
    "no_such_code": lambda language: script.no_such_code("27", language),
    "stranger": lambda _: script.stranger(),
}
RESERVED = re.compile(
    r"\b(stop|cancel|end|quit|revoke|opt[ -]?out|unsubscribe|baja|parar|fin)\b", re.IGNORECASE
)


def test_every_sentence_is_looked_at() -> None:
    names = {
        name
        for name, one in inspect.getmembers(script, inspect.isfunction)
        if one.__module__ == script.__name__ and not name.startswith("_")
    }
    assert SENTENCES.keys() == names


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SENTENCES)
def test_it_ends_as_a_sentence_and_teaches_no_word_of_the_carriers(name: str, language: str) -> None:
    said = SENTENCES[name](language)
    assert said.endswith(".")
    assert not RESERVED.search(said)


@pytest.mark.parametrize("name", sorted(SENTENCES.keys() - {"stranger"}))
def test_both_languages_name_the_same_keys_and_codes(name: str) -> None:
    english, spanish = (re.findall(r"\b(?:1|2|3|2 7)\b", SENTENCES[name](one)) for one in LANGUAGES)
    assert SENTENCES[name]("en") != SENTENCES[name]("es")
    if name not in {"terms", "offer", "yours"}:
        assert english == spanish


def test_no_number_is_run_together() -> None:
    assert not re.search(r"\d{3}", SENTENCES["left_message"]("en"))


def test_you_have_the_shift_is_said_by_one_sentence_alone() -> None:
    saying = {
        name
        for name, one in SENTENCES.items()
        if "you have the shift" in one("en").lower() or "el turno es suyo" in one("es").lower()
    }
    assert saying == {"yours"}
