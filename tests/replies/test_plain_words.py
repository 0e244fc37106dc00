"""What else a reading says: whether a yes or a no is in plain words, and whether there is nothing but thanks."""

import pytest

from firstyes.domain.replies.reading import Intent
from support.replies import an_offer, intent, read


@pytest.mark.parametrize(
    "text",
    [
        "yes", "YES 27", "27 yes", "yes thanks", "si", "sí puedo", "claro que sí", "acepto", "I'll take it", "count me in",
        "put me down", "I can cover", "I'm in", "mine", "yo lo tomo", "ok I'll take it", "I do want it", "ok yes", "Oh ok, yes",
    ],
)  # fmt: skip
def test_a_yes_or_the_taking_of_a_shift_is_said_in_plain_words(text: str) -> None:
    reading = read(text, an_offer("27"))

    assert (reading.intent, reading.explicit) == (Intent.ACCEPT, True)


@pytest.mark.parametrize(
    "text",
    [
        "ok", "k", "OK 27", "👍", "👍🏽", "✅", "sure", "sure thing", "np", "no problem", "fine", "sounds good", "will do", "of course",
        "see you then", "absolutely", "vale", "dale", "va", "sin problema", "10-4", "works for me", "yeah ok",
    ],
)  # fmt: skip
def test_what_only_agrees_by_convention_is_not_plain(text: str) -> None:
    reading = read(text, an_offer("27"))

    assert (reading.intent, reading.explicit) == (Intent.ACCEPT, False)


@pytest.mark.parametrize(
    ("text", "explicit"),
    [("no", True), ("n", True), ("no 27", True), ("can't", True), ("no puedo", True), ("I'm sick", False), ("👎", False)],
)  # fmt: skip
def test_a_no_is_plain_and_a_reason_for_one_is_not(text: str, explicit: bool) -> None:
    reading = read(text, an_offer("27"))

    assert (reading.intent, reading.explicit) == (Intent.DECLINE, explicit)


@pytest.mark.parametrize(
    "text",
    [
        "thanks", "Thank you so much!", "thx", "ty", "ok thanks", "gracias", "muchas gracias", "got it", "ok", "👍", "🙏", "see you then",
        "have a great day", "great, thanks", "noted", "ok, got it, thank you", "thanks Dana", "perfecto, gracias", "np", "will do",
        "God bless you", "you're welcome", "hey, thanks!", "entendido", "que tenga buen día", "thank you and have a good night",
    ],
)  # fmt: skip
def test_thanks_courtesy_and_receipts_are_known_as_such(text: str) -> None:
    assert read(text).thanks


@pytest.mark.parametrize(
    "text",
    [
        "yes", "yes thanks", "no thanks", "no thank you", "thanks but no", "hello", "hi there", "sorry", "ok?", "thanks?", "ok 27", "please",
        "ok call me", "thanks, I'm sick", "thanks for nothing", "ok but late", "I'll be there", "gracias, no puedo", "ok stop", "",
        "thanks if it works", "help", "ok running late", "thanks it's an emergency", "thnaks alot xqz", "k thx cant", "so much", "ok " * 200,
    ],
)  # fmt: skip
def test_any_other_word_makes_it_more_than_thanks(text: str) -> None:
    assert not read(text).thanks


@pytest.mark.parametrize(
    "text",
    [
        "do not call me, text is fine", "please text, don't call", "Don't call me", "dont call please", "no calls please", "text only please",
        "stop calling me, just text me", "please don't call, i prefer text", "I would rather you didn't call me. Text is better",
        "no need to call, texting is fine", "texting is better than calling", "no me llame, mejor mensaje", "no me llamen por favor",
        "por favor no llamar, mejor texto", "no llamar", "sin llamadas, solo mensajes", "prefiero mensajes", "solo texto por favor", "don't ring me, a text is enough",
    ],
)  # fmt: skip
def test_row_6_a_wish_about_calls_is_no_opt_out(text: str) -> None:
    """Row 6 of the field cases: a word counts with what it is said about."""
    assert intent(text) is Intent.NO_CALLS


@pytest.mark.parametrize(
    "text",
    [
        "don't call me again", "don't call or text me", "stop calling me", "do not text or call me", "never call me again",
        "no me llamen más", "no me llamen ni me escriban",
    ],
)  # fmt: skip
def test_row_6_a_wish_to_hear_nothing_is_an_opt_out_also_when_it_names_calls(text: str) -> None:
    assert intent(text) is Intent.OPT_OUT


@pytest.mark.parametrize(
    "text", ["yes, but don't call me", "don't call me I'm at work", "don't call me, what does it pay?"]
)
def test_row_6_a_wish_about_calls_among_other_words_is_neither_that_nor_an_opt_out_nor_a_yes(
    text: str,
) -> None:
    assert intent(text) in {Intent.UNCLEAR, Intent.QUESTION}


@pytest.mark.parametrize(
    "text",
    [
        "please don't stop texting me", "I didn't mean to stop the texts", "keep texting me", "I never wanted to stop the messages",
        "keep the texts coming", "please do not take me off your list", "I sent stop by mistake", "don't unsubscribe me",
        "no dejen de mandarme turnos", "no quise parar los mensajes", "sigan mandando mensajes", "no me quiten de la lista",
        "no paren", "no me paren los mensajes", "can't stop now, driving", "I can't stop at the moment",
    ],
)  # fmt: skip
def test_row_6_whoever_wants_to_go_on_being_texted_does_not_opt_out(text: str) -> None:
    assert intent(text) in {Intent.OPT_IN, Intent.UNCLEAR}


@pytest.mark.parametrize(
    "text",
    [
        "Please don't. Stop texting me", "I don't want to, stop texting me", "I dont want this stop texting me", "why don't you stop texting me",
        "if you don't stop texting me I will report you", "keep texting me and I report you, stop texting me", "no quiero, paren de mandarme mensajes",
        "you won't stop texting me!", "please stop, I didn't sign up",
    ],
)  # fmt: skip
def test_row_6_a_denial_of_something_else_leaves_an_opt_out_one(text: str) -> None:
    assert intent(text) is Intent.OPT_OUT


@pytest.mark.parametrize(
    "text",
    [
        "take me off tuesday", "Please remove me from tomorrow's shift", "take me off please I'm sick", "remove me please, my son is sick",
        "take my name off tuesday", "take me off the schedule", "get me off that shift", "please take me off for the 24th", "drop me from 27",
        "remove me from the 7am", "quíteme del martes", "quítame por favor estoy enferma", "sáquenme del turno", "take me off work tomorrow",
        "dame de baja del martes", "denme de baja del turno de mañana",
        "can you take me off the schedule for tonight",
    ],
)  # fmt: skip
def test_row_5_to_be_taken_off_a_shift_is_a_call_off_and_no_opt_out(text: str) -> None:
    """Row 5 of the field cases: the holder of a shift says so, and a coordinator has to hear it."""
    assert intent(text, an_offer("27")) is Intent.CALL_OFF


@pytest.mark.parametrize(
    "text", ["take me off", "remove me", "take me off this list", "take me off your texts", "remove my number", "bórrenme", "take my name off please"]
)  # fmt: skip
def test_row_5_to_be_taken_off_a_list_is_an_opt_out(text: str) -> None:
    assert intent(text) is Intent.OPT_OUT


@pytest.mark.parametrize(
    "text",
    [
        "call me", "Call me please", "ring me when you can", "can you call me", "yes call me", "give me a call", "need to talk to someone",
        "I want to speak to a person", "can I talk to you", "call me back asap", "llámame", "llámeme por favor", "necesito hablar con alguien",
        "me puede llamar", "I need a human", "please call", "busy now, call me later",
    ],
)  # fmt: skip
def test_whoever_wants_to_be_called_asks_for_a_person(text: str) -> None:
    assert intent(text) is Intent.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "No, but I can do Friday", "can't today, do you have anything Friday?", "no and please call me", "not tuesday but wednesday i can",
        "no puedo hoy pero el viernes sí", "can't do all of it but I can do till 11", "no, is there anything for nights",
        "Can't. Also I never got paid for last week",
    ],
)  # fmt: skip
def test_a_no_that_asks_or_offers_something_says_so(text: str) -> None:
    reading = read(text)

    assert (reading.intent, reading.asks) == (Intent.DECLINE, True)


@pytest.mark.parametrize(
    "text", ["no", "no thanks", "I'm sick", "can't, I work nights", "no puedo, tengo que trabajar", "qué pena, no puedo", "sorry I have class until 3"]
)  # fmt: skip
def test_a_no_and_its_reason_ask_nothing(text: str) -> None:
    reading = read(text)

    assert (reading.intent, reading.asks) == (Intent.DECLINE, False)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("sorry I meant yes", Intent.ACCEPT), ("I meant YES 27", Intent.ACCEPT), ("oops wrong button, meant to say yes!", Intent.ACCEPT),
        ("no. sorry meant yes", Intent.ACCEPT), ("perdón, quise decir sí", Intent.ACCEPT), ("I meant no", Intent.DECLINE),
        ("yes. Sorry, meant no", Intent.DECLINE), ("quise decir no", Intent.DECLINE), ("typo i meant NO sorry", Intent.DECLINE),
    ],
)  # fmt: skip
def test_who_corrects_a_text_means_what_they_say_they_meant(text: str, meant: Intent) -> None:
    reading = read(text, an_offer("27"))

    assert (reading.intent, reading.explicit) == (meant, True)


@pytest.mark.parametrize(
    "text",
    [
        "I never meant yes", "I meant maybe", "I meant yes to wednesday", "is that what you meant yes?", "I meant ok", "meant it",
        "I didn't mean yes", "I meant yes but only until noon", "who meant yes", "I meant yes? no", "yes I meant what I said",
    ],
)  # fmt: skip
def test_what_is_no_mere_correction_is_no_yes(text: str) -> None:
    assert read(text, an_offer("27")).intent is not Intent.ACCEPT
