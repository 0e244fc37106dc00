"""What people write most days around a yes and a no: company, thanks, jokes, and what they want to know first."""

import pytest

from firstyes.domain.replies.reading import Intent
from support.replies import an_offer, intent, read


@pytest.mark.parametrize(
    "text",
    [
        "yes for me and Joy", "Joy and I will come", "Kim and I can do it", "yes, Kim and I", "my friend and I can come", "we both can",
        "we can both come", "we'll both be there", "sí para mí y Ana", "sí yo y Ana", "Joy and me", "both of us can",
        "we'd both like to", "yes please assign Kim", "please book Kim", "please schedule Kim",
    ],
)  # fmt: skip
def test_a_yes_of_two_people_or_for_another_takes_no_shift_of_one(text: str) -> None:
    assert intent(text) not in {Intent.ACCEPT, Intent.DECLINE}


@pytest.mark.parametrize(
    "text",
    [
        "Y Ana", "Yes. And thank you! - Joy", "Joy here and I can do it", "this is Joy and I'll take it", "thanks boss and I will be there",
        "my mom can watch the kids and I'll take it", "we can do it", "yes to both",
    ],
)  # fmt: skip
def test_a_name_and_an_and_beside_the_yes_of_one_are_no_company(text: str) -> None:
    assert intent(text) is Intent.ACCEPT


@pytest.mark.parametrize(
    "text",
    [
        "Please do not text this early.", "don't text me at this hour", "stop texting this early", "no me escriban tan temprano", "no me manden mensajes tan temprano",
        "no me escriban a estas horas",
    ],
)  # fmt: skip
def test_who_wants_no_texts_at_this_hour_does_not_opt_out(text: str) -> None:
    assert intent(text) is not Intent.OPT_OUT


@pytest.mark.parametrize(
    "text",
    ["don't text this number anymore", "stop this", "don't text this early or ever", "no me escriban mas"],
)
def test_who_wants_none_at_any_hour_does(text: str) -> None:
    assert intent(text) is Intent.OPT_OUT


@pytest.mark.parametrize(
    "text",
    [
        "more info please", "can you send more info", "I want more info", "I would like more info", "can I get more details", "need some information",
    ],
)  # fmt: skip
def test_who_wants_to_know_more_asks_a_person(text: str) -> None:
    assert intent(text) is Intent.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "can't say no but can't say yes", "can't say no but can't say yes either", "would love to but can't say yet", "sorry can't talk", "no yeah I'll do it",
        "I'm free but I have no car", "I'm free but my car is in the shop", "getting up now, I'll be there by 7", "ya tengo quien me cuide a los niños",
        "I have a half day free",
    ],
)  # fmt: skip
def test_what_leaves_a_way_open_is_neither_a_no_nor_a_part(text: str) -> None:
    assert intent(text, an_offer("27")) not in {Intent.ACCEPT, Intent.DECLINE, Intent.PARTIAL}


@pytest.mark.parametrize(
    "text",
    [
        "am not around", "sorry mam am not available", "sorry am not going", "reject", "doubt it", "for sure not", "sure as hell not", "fat chance", "when pigs fly",
        "not even for double", "not even if you paid me double lol", "my feet are killing me", "took something else", "I accepted another shift already",
        "I never do tuesdays", "ando en Houston", "no po", "I was free but I picked up another shift", "can't do either", "ya tengo quien me ocupe", "no, my kids have a half day",
    ],
)  # fmt: skip
def test_an_everyday_no_is_one(text: str) -> None:
    assert intent(text) is Intent.DECLINE


@pytest.mark.parametrize(
    "text",
    [
        "yes po", "opo mam", "good day ma, I will be available ma", "oui", "inshallah I will come", "if God permits yes", "accepted with thanks",
        "kindly assign", "shall do", "able and willing", "I will be coming to work", "I will report for duty", "sure why the heck not", "can't say no to that",
        "grab it for me", "I will take whatever you have", "yes I have availability", "yes but you owe me one", "yes did I get it?", "am I first? yes!",
        "I know that place, the nurses are nice. I'll do it.", "I was just about to text you. Yes I will take it", "My husband is home so he can watch the kids. Put me down.",
        "Sí puedo ir. Mi esposo cuida a los niños.", "ya tengo quien me cuide a los niños, sí voy",
    ],
)  # fmt: skip
def test_an_everyday_yes_is_one(text: str) -> None:
    assert intent(text) is Intent.ACCEPT


@pytest.mark.parametrize("text", ["yes can I park in the garage?", "yes. Do I need to bring my own gloves?", "sí claro, ¿a quién le pido las llaves?"])  # fmt: skip
def test_a_yes_that_asks_about_the_way_counts_and_asks(text: str) -> None:
    reading = read(text)
    assert (reading.intent, reading.asks) == (Intent.ACCEPT, True)


@pytest.mark.parametrize(
    "text",
    [
        "with thanks", "if God permits", "inshallah", "did I get it?", "am I first?", "grab it for me and I'll see", "please assign someone", "yes you owe me for last week",
        "yes but you owe me $50", "I have availability friday", "I will take whatever you have on nights", "I will do whatever I can", "can't say no to that but I have to ask",
        "why the heck are you texting me", "can I park in the garage?", "he can watch the kids", "the aides are not coming", "hope you get better", "doubt it will be that busy", "I never go back on my word",
    ],
)  # fmt: skip
def test_the_same_words_without_a_yes_or_a_no_are_neither(text: str) -> None:
    assert intent(text) not in {Intent.ACCEPT, Intent.DECLINE}


def test_who_wants_somebody_else_for_the_shift_they_have_calls_off() -> None:
    assert intent("please find someone else for my shift") is Intent.CALL_OFF
