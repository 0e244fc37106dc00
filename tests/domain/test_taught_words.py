"""What our texts tell people to write is read as what it says."""

import re

import pytest

from firstyes.domain import wording
from firstyes.domain.inbound.contact import OfferView
from firstyes.domain.inbound.destination import ToConversation, ToShift
from firstyes.domain.inbound.routing import route
from firstyes.domain.replies import RuleReader
from firstyes.domain.replies.reading import Intent, Reply
from firstyes.domain.shift.commands import AcceptOffer, DeclineOffer
from support.builders import CHICAGO, NOW, a_contact, a_person, a_shift, an_offer_view

READER = RuleReader()
OFFERS = (an_offer_view("s1", "27"), an_offer_view("s2", "31"))
TAUGHT = re.compile(r"\b(?:YES|NO|SI|STOP|START)\b(?: \d+)?")


def read_and_routed(text: str, language: str, *offers: OfferView) -> object:
    contact = a_contact(*offers, people=(a_person(language=language),))
    terms = tuple(one.terms() for one in offers)
    reading = READER.read(Reply(text=text, language=language, offers=terms))
    return route(contact, reading, "m1", NOW)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_two_answers_to_an_offer_are_understood(language: str):
    # given
    yes, no = TAUGHT.findall(wording.offer(a_shift(), CHICAGO, "Lakeside", "31", language))
    # when
    taken, passed = (read_and_routed(text, language, *OFFERS) for text in (yes, no))
    # then
    assert isinstance(taken, ToShift)
    assert isinstance(passed, ToShift)
    assert isinstance(taken.command, AcceptOffer)
    assert isinstance(passed.command, DeclineOffer)
    assert taken.shift_id == passed.shift_id == "s2"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("word", ["YES", "NO"])
def test_the_answers_to_which_one_are_understood(language: str, word: str):
    # given
    said = "SI" if language == "es" and word == "YES" else word
    question = wording.which_one([("27", "RN"), ("31", "RN")], language, said)
    # when
    routed = [read_and_routed(text, language, *OFFERS) for text in TAUGHT.findall(question)]
    # then
    assert [one.shift_id for one in routed if isinstance(one, ToShift)] == ["s1", "s2"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_opting_out_and_in_are_understood_as_taught(language: str):
    stop = TAUGHT.findall(wording.help_text("Lakeside", language))[-1]
    start = TAUGHT.findall(wording.opted_out(language))[-1]
    assert READER.read(Reply(text=stop)).intent is Intent.OPT_OUT
    assert READER.read(Reply(text=start)).intent is Intent.OPT_IN


@pytest.mark.fault(20)
@pytest.mark.parametrize("text", ["27", " 27 ", "27."])
def test_a_bare_code_is_read_so_that_it_can_answer_our_question_and_takes_nothing_by_itself(text: str):
    reading = READER.read(Reply(text=text, offers=tuple(one.terms() for one in OFFERS)))
    assert (reading.intent, reading.words, reading.codes) == (Intent.UNCLEAR, ("27",), ("27",))
    assert isinstance(read_and_routed(text, "en", *OFFERS), ToConversation)


@pytest.mark.fault(20)
@pytest.mark.parametrize(
    "text", ["yes 99", "YES 27 or 31", "27?", "yes but only till 3", "yes 27 if I find a ride"]
)
def test_what_is_not_quite_a_yes_to_one_offer_takes_nothing(text: str):
    assert isinstance(read_and_routed(text, "en", *OFFERS), ToConversation)
