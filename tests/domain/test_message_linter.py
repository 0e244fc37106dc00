"""What holds for every text that people get, in every language: short, plain, honest about who writes, and never a word that
carriers take for an opt-out."""

import inspect
from collections.abc import Callable

import pytest

from firstyes.domain import wording
from firstyes.domain.gsm7 import respell, segments, septets
from firstyes.domain.linter import RESERVED, taught
from firstyes.domain.shift.shift import Shift
from support.builders import a_shift
from support.templates import LANGUAGES, REALISTIC, TEMPLATES, Filling, filled

NO_TEXTS = {"describe", "urgency", "from_sender"}
"""Public functions of the module whose result is no text to a caregiver by itself."""


def test_every_template_is_looked_at():
    # given
    texts = {
        name
        for name, one in inspect.getmembers(wording, inspect.isfunction)
        if one.__module__ == wording.__name__ and not name.startswith("_")
    }
    # then
    assert {one.name for one in TEMPLATES} == texts - NO_TEXTS


@pytest.mark.fault(30)
def test_no_text_teaches_a_word_that_carriers_take_for_an_opt_out():
    wrong = [text for one, _, text in filled(None, "Lakeside") if RESERVED.search(text) and one.name not in ("help_text", "welcome")]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", [wording.help_text, wording.welcome])
def test_help_and_welcome_alone_say_how_to_get_no_more_texts(text: Callable[..., str], language: str):
    assert RESERVED.findall(text("Lakeside", language)) == ["STOP"]


def test_every_text_goes_out_as_one_segment_of_plain_letters():
    wrong = [
        (one.name, septets(text), text)
        for one, _, text in filled(None, "Lakeside", "Lakeside Home Care of Greater Illinois", "“Señora” Lago")
        if septets(text) is None or segments(text) > (2 if one.name == "several_offers" else 1)
    ]  # fmt: skip
    assert wrong == []


def test_what_comes_unasked_says_who_sends_it():
    wrong = [
        (one.name, text)
        for one, filling, text in filled()
        if one.unasked
        and not respell(text).startswith(respell((filling.sender or "")[: wording.SHORT_SENDER]).rstrip())
    ]
    assert wrong == []


def test_before_it_is_theirs_people_are_told_the_role_the_time_and_the_area_and_nothing_else():
    """A shift has nothing about a patient; whoever adds such a thing decides here who may read it."""
    # given
    marks = {name: f"{name.title()}mark" for name in ("id", "organization_id", "role_required", "area")}
    shift = Shift.model_validate({**a_shift().model_dump(), **marks})
    told = {"role_required", "area", "start_time", "end_time", "time_zone"}
    # when
    texts = [
        one.fill(Filling(shift, "Lakeside", language))
        for one in TEMPLATES
        if not one.assigned
        for language in LANGUAGES
    ]
    # then
    assert {name for name, mark in marks.items() if any(mark in text for text in texts)} == told & set(marks)
    assert set(Shift.model_fields) == told | {"id", "organization_id"}


@pytest.mark.parametrize("template", TEMPLATES, ids=[one.name for one in TEMPLATES])
def test_both_languages_teach_the_same_words(template):
    english, spanish = (template.fill(Filling(REALISTIC[0], "Lakeside", one)) for one in LANGUAGES)
    assert taught(english) == taught(spanish)
    assert (english == spanish) is template.bilingual


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_about_a_shift_names_it(language: str):
    silent = [
        one.name
        for one in TEMPLATES
        if one.about_a_shift
        and (filling := Filling(REALISTIC[0], None, language)).what not in one.fill(filling)
    ]
    assert silent == []


def test_you_have_the_shift_is_said_by_the_confirmation_alone():
    saying = {
        one.name
        for one, _, text in filled("Lakeside")
        if "you have the shift" in text.lower() or "el turno es suyo" in text.lower()
    }
    assert saying == {"confirmation", "confirmation_of_a_call"}
