"""A code and nothing else: an answer to our own question, or to nothing."""

import pytest

from firstyes.domain.conversation.state import OpenQuestion
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import NOW, a_contact, a_reading, an_offer_view, minutes
from support.routed import accepted, declined


def test_a_bare_code_answers_the_open_question():
    # given
    question = OpenQuestion(Intent.ACCEPT, ("27", "31"), NOW - minutes(29))
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"), question=question)
    # then
    assert accepted(contact, a_reading(Intent.UNCLEAR, "31")) == "s2"


def test_a_bare_code_answers_an_open_question_about_a_no():
    # given
    question = OpenQuestion(Intent.DECLINE, ("27", "31"), NOW)
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"), question=question)
    # then
    assert declined(contact, a_reading(Intent.UNCLEAR, "31")) == "s2"


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        (None, a_reading(Intent.UNCLEAR, "27")),
        (OpenQuestion(Intent.ACCEPT, ("27", "31"), NOW - minutes(31)), a_reading(Intent.UNCLEAR, "27")),
        (OpenQuestion(Intent.ACCEPT, ("31", "44"), NOW), a_reading(Intent.UNCLEAR, "27")),
        (OpenQuestion(Intent.ACCEPT, ("27", "31"), NOW), a_reading(Intent.UNCLEAR, "27", "31")),
        (OpenQuestion(Intent.ACCEPT, ("27", "31"), NOW), a_reading(Intent.UNCLEAR, "27", words=())),
        (
            OpenQuestion(Intent.ACCEPT, ("27", "31"), NOW),
            a_reading(Intent.UNCLEAR, "27", words=("27 maybe",)),
        ),
        (OpenQuestion(Intent.ACCEPT, ("27", "31"), NOW), a_reading(Intent.QUESTION, "27", words=("27",))),
        (OpenQuestion(Intent.UNCLEAR, ("27", "31"), NOW), a_reading(Intent.UNCLEAR, "27")),
    ],
    ids=[
        "never asked",
        "asked too long ago",
        "asked about others",
        "two codes",
        "other words beside it",
        "a doubt beside it",
        "a question",
        "the question was not about a yes",
    ],
)
def test_a_bare_code_takes_nothing_when_it_answers_no_question(question, reading):
    contact = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"), question=question)
    assert accepted(contact, reading) is None


def test_a_second_bare_code_after_the_question_was_answered_takes_nothing():
    """They were asked which one, answered 27 and have it; a later "31" is not a second yes."""
    # given
    question = OpenQuestion(Intent.ACCEPT, ("27", "31"), NOW - minutes(5))
    contact = a_contact(
        an_offer_view("s1", "27", status=ShiftStatus.CLAIMED, closed=minutes(4), mine=True),
        an_offer_view("s2", "31"),
        question=question,
    )
    # then
    assert accepted(contact, a_reading(Intent.UNCLEAR, "31")) is None


def test_a_second_bare_code_after_a_no_passes_on_nothing():
    # given
    question = OpenQuestion(Intent.DECLINE, ("27", "31"), NOW - minutes(5))
    contact = a_contact(
        an_offer_view("s1", "27", declined=True), an_offer_view("s2", "31"), question=question
    )
    # then
    assert declined(contact, a_reading(Intent.UNCLEAR, "31")) is None
