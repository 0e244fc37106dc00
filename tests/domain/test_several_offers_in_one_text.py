"""Offers that leave as one text: nothing of them is lost, and it is no longer than they were."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstyes.domain import wording
from firstyes.domain.gsm7 import segments
from firstyes.domain.replies import RuleReader
from firstyes.domain.replies.reading import Every, Intent, Reply
from support.builders import CHICAGO, a_shift, an_offer_view
from support.templates import LANGUAGES, REALISTIC, SENDERS

READER = RuleReader()
TWO = [("27", 0), ("31", 1)]


def an_offer(code: str, days: int, language: str = "en", initials: str | None = None) -> tuple[str, str]:
    shift = a_shift()
    later = shift.model_copy(
        update={
            "start_time": shift.start_time + timedelta(days=days),
            "end_time": shift.end_time + timedelta(days=days),
        }
    )
    return wording.offer(later, CHICAGO, "Lakeside", code, language, initials), code


def test_it_says_who_sends_it_once_then_a_line_and_a_code_each() -> None:
    assert wording.several_offers([an_offer(*one) for one in TWO]) == (
        "Lakeside: Open shifts:\n"
        "YES 27: RN Sun Jul 14 7am-3pm\n"
        "YES 31: RN Mon Jul 15 7am-3pm\n"
        "Reply YES with each code you take, NO with each you pass. Or: YES TO ALL, NONE."
    )


def test_initials_of_a_shared_phone_stay() -> None:
    told = wording.several_offers([an_offer(*one, initials="AR") for one in TWO])
    assert told is not None
    assert told.startswith("Lakeside: AR: Open shifts:\n")


@pytest.mark.parametrize(
    "offers",
    [
        [an_offer("27", 0), an_offer("31", 1, "es")],
        [an_offer("27", 0), ("The shift was called off.", "31")],
        [an_offer("27", 0), (an_offer("31", 1)[0], "32")],
        [an_offer(str(number), number) for number in range(10, 11 + wording.MOST_TOGETHER)],
    ],
    ids=["two languages", "no offer", "another code", "too many"],
)
def test_what_cannot_be_one_text_is_none(offers: list[tuple[str, str]]) -> None:
    assert wording.several_offers(offers) is None


@given(
    st.lists(st.sampled_from(REALISTIC), min_size=2, max_size=wording.MOST_TOGETHER),
    st.sampled_from([None, *SENDERS]),
    st.sampled_from(LANGUAGES),
)
def test_nothing_is_lost_and_it_costs_no_more_than_the_texts_it_stands_for(shifts, sender, language) -> None:
    # given
    offers = [
        (wording.offer(one, CHICAGO, sender, str(27 + number), language), str(27 + number))
        for number, one in enumerate(shifts)
    ]
    # when
    told = wording.several_offers(offers)
    # then
    assert told is not None
    lines = told.split("\n")[1:-1]
    yes = "SI" if language == "es" else "YES"
    for line, (_, code), shift in zip(lines, offers, shifts, strict=True):
        assert line.startswith(f"{yes} {code}: {wording.describe(shift, CHICAGO, language)}")
    assert segments(told) <= sum(segments(text) for text, _ in offers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_teaches_is_understood(language: str) -> None:
    # given
    offers = (an_offer_view("s1", "27"), an_offer_view("s2", "31"))
    told = wording.several_offers([an_offer(*one, language) for one in TWO])
    assert told is not None
    taught = told.split("\n")[-1].rpartition(": ")[2].rstrip(".").split(", ")
    # when
    to_all, none = (
        READER.read(Reply(text=one, language=language, offers=tuple(offer.terms() for offer in offers)))
        for one in taught
    )
    # then
    assert (to_all.intent, to_all.every, to_all.explicit) == (Intent.ACCEPT, Every.ALL, True)
    assert (none.intent, none.every) == (Intent.DECLINE, Every.ALL)
