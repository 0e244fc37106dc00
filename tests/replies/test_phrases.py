"""Every plain phrase of every list is read as what its list says, whatever spelling does to its words."""

from collections.abc import Iterator

import pytest

from firstyes.domain.replies.pattern import Part, Patterns, Sequence, Words
from firstyes.domain.replies.reading import Intent
from firstyes.domain.replies.tokens import tokens
from firstyes.domain.replies.vocabulary import NAMES, PHRASES, grammar, speller
from support.replies import intent, read

PATTERNS = Patterns(NAMES)
MOST = 2000


def phrases(part: Part) -> Iterator[list[str]]:
    """The phrases of `part` without what is optional."""
    match part:
        case Words(words):
            yield from ([word] for word in words)
        case Sequence(parts):
            found: list[list[str]] = [[]]
            for each in parts:
                found = [before + after for before in found for after in phrases(each)][:MOST]
            yield from found
        case _ if part.optional:
            yield []
        case _:
            for each in part.parts:
                yield from phrases(each)


def plain(tag: str) -> list[str]:
    found = [words for line in PHRASES[tag] if "<" not in line for words in phrases(PATTERNS.parse(line))]
    return [" ".join(words) for words in found if words and all(word.isalpha() for word in words)]


@pytest.mark.parametrize("tag", PHRASES)
def test_row_7_every_plain_phrase_of_every_list_is_found_under_its_tag(tag: str) -> None:
    """Row 7 of the field cases: "no probs" was in the list, and spelling made "probs" into "probably" first."""
    lost = []
    for phrase in plain(tag):
        words = tokens(phrase, speller()).words
        if not any(end == len(words) and tag in tags for end, tags in grammar().matches(words)[0]):
            lost.append((phrase, words))

    assert lost == []


@pytest.mark.parametrize(
    "text",
    [
        "won't be a problem", "no probs", "ok no probs", "no dramas", "no bother", "no prob", "not a prob", "sure, no probs", "no drama", "no worries, I'm in",
        "no fuss", "No probs!", "no hay lío", "no hay ningún problema", "no es molestia", "sin inconveniente", "no faltaré", "no me molesta, yo voy",
    ],
)  # fmt: skip
def test_row_7_no_trouble_is_a_yes(text: str) -> None:
    assert intent(text) is Intent.ACCEPT


@pytest.mark.parametrize("text", ["probs not", "no", "no thanks"])
def test_row_7_probs_elsewhere_is_probably(text: str) -> None:
    assert intent(text) is Intent.DECLINE


@pytest.mark.parametrize(
    "text",
    [
        "can't clock out", "I can't clock in", "cant log in", "I can't get into the app", "it won't let me clock out", "the app isn't working",
        "my badge doesn't work", "the door code does not work", "can't find the address", "no pude marcar mi salida", "no puedo marcar",
        "no puedo entrar a la app", "la app no funciona", "I can't reach anyone", "can't sign in",
        "no me abren la puerta", "no hay luz", "no hay nadie en la casa", "no contestan", "no digo que no", "I'm not saying no", "I cannot wait",
        "can't get in the building", "I can't get past the gate", "no me deja entrar", "no funciona la app", "no sirve el elevador", "no big deal", "no complaints here",
    ],
)  # fmt: skip
def test_row_8_what_does_not_work_is_no_refusal(text: str) -> None:
    """Row 8 of the field cases: a word counts with what it is said about. A person reads these."""
    assert intent(text) in {Intent.UNCLEAR, Intent.QUESTION, Intent.HELP}


@pytest.mark.parametrize("text", ["can't work", "I can't get there", "can't get a ride", "it doesn't work", "no puedo ir", "no puedo salir", "I can't start that early", "can't get in that early", "no big deal but no"])  # fmt: skip
def test_row_8_not_being_able_to_come_is_one(text: str) -> None:
    assert intent(text) is Intent.DECLINE


@pytest.mark.parametrize(
    "text",
    [
        "No puedo hablar ahora", "Ahora no puedo hablar. ¿Qué sucede?", "Lo siento, no puedo hablar ahora.", "No puedo hablar ahora. ¿Me llamas luego?",
        "Te llamo enseguida.", "Te llamo más tarde.", "¿Puedo llamarte más tarde?", "No puedo contestar ahora", "Can't talk now. What's up?",
        "Sorry, I can't talk right now.", "Can't talk now. Call me later?", "I'll call you right back.", "I'll call you later.",
        "I'm in a meeting. I'll call you later", "I'm busy right now. I'll call you back", "Please text me.", "I'm driving right now.", "I'm in class right now", "In a meeting at the moment", "with a patient right now", "busy right now",
        "estoy trabajando ahora", "en clase ahorita", "Estoy en una reunión ahora mismo",
    ],
)  # fmt: skip
def test_row_9_the_stock_texts_of_a_rejected_call_refuse_nothing(text: str) -> None:
    """Row 9 of the field cases: sent by the handset, in both languages alike."""
    assert intent(text) in {Intent.UNCLEAR, Intent.QUESTION}
    assert not read(text).thanks


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ni chance", Intent.DECLINE), ("ni hablar", Intent.DECLINE), ("ni de chiste", Intent.DECLINE), ("para nada", Intent.DECLINE),
        ("Por mí está bien, no tengo problema con eso.", Intent.ACCEPT), ("por mí perfecto", Intent.ACCEPT), ("por mi no hay problema", Intent.ACCEPT),
        ("taking a mental health day today", Intent.DECLINE), ("I need a personal day", Intent.DECLINE), ("taking a sick day", Intent.DECLINE),
        ("taking the day off today", Intent.DECLINE), ("using my personal day", Intent.DECLINE),
    ],
)  # fmt: skip
def test_row_10_what_was_not_understood_is(text: str, meant: Intent) -> None:
    """Row 10 of the field cases."""
    assert intent(text) is meant


@pytest.mark.parametrize(
    "text",
    [
        "wrong number", "wrong #", "Maria changed her number", "there is no Maria here", "Maria doesn't live here", "equivocado", "numero ekivocado",
        "este ya no es su número", "no conozco a ninguna Ana", "esta no es Ana", "no soy Ana", "aquí no vive Ana", "Ana no vive aquí", "te equivocaste",
    ],
)  # fmt: skip
def test_row_25_a_wrong_number_in_other_words(text: str) -> None:
    """Row 25 of the field cases: neighbours. None of them is a mere no."""
    assert intent(text) is Intent.WRONG_NUMBER


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("I can't Brenda", Intent.DECLINE), ("Can't Maria I'm working", Intent.DECLINE), ("won't Brenda sorry", Intent.DECLINE),
        ("I could not Ana", Intent.DECLINE), ("no puedo don Luis", Intent.DECLINE), ("si puedo don Luis", Intent.ACCEPT),
        ("SI PUEDO DON LUIS", Intent.ACCEPT), ("Buenos días Don Carlos, sí puedo", Intent.ACCEPT), ("es para don Luis?", Intent.QUESTION), ("I'm not Brenda", Intent.WRONG_NUMBER),
        ("I don't work there on Tuesdays", Intent.DECLINE), ("I don't work there, tuesday or ever", Intent.WRONG_NUMBER),
    ],
)  # fmt: skip
def test_a_name_that_somebody_is_spoken_to_by_and_a_day_make_no_wrong_number(
    text: str, meant: Intent
) -> None:
    assert intent(text) is meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("si es Ana voy", Intent.UNCLEAR), ("si es doña Ana si voy", Intent.CONDITION), ("si es martes voy", Intent.CONDITION),
        ("si no hay problema voy", Intent.CONDITION), ("si todo bien puedo", Intent.CONDITION), ("si es ana", Intent.UNCLEAR),
        ("si va Ana voy", Intent.CONDITION), ("si va don Luis voy", Intent.CONDITION), ("si sale bien voy", Intent.CONDITION),
        ("sí, no hay problema, voy", Intent.ACCEPT), ("si claro no hay problema ahí estaré", Intent.ACCEPT), ("si todo bien", Intent.ACCEPT),
        ("si voy con Ana", Intent.UNCLEAR), ("puedo ir con doña Ana", Intent.UNCLEAR), ("cuenten con Ana", Intent.UNCLEAR),
        ("voy con gusto", Intent.ACCEPT), ("voy para allá ahora", Intent.UNCLEAR), ("voy para allá el martes", Intent.ACCEPT),
    ],
)  # fmt: skip
def test_an_if_that_lacks_its_accent_and_a_company_are_no_yes(text: str, meant: Intent) -> None:
    assert intent(text) is meant


@pytest.mark.parametrize(
    "text", ["se me hizo tarde", "llegaré 10 min tarde", "llego 15 minutos tarde", "overslept, on my way", "me quedé dormida, ya voy"]
)  # fmt: skip
def test_row_12_who_is_late_says_so_in_other_words(text: str) -> None:
    """Row 12 of the field cases: neighbours."""
    assert intent(text) is Intent.RUNNING_LATE


@pytest.mark.parametrize("text", ["llame por favor", "por favor márqueme", "por favor llamen"])
def test_row_11_who_wants_a_call_politely_asks_for_one(text: str) -> None:
    """Row 11 of the field cases: neighbours."""
    assert intent(text) is Intent.QUESTION


@pytest.mark.parametrize("text", ["voy a faltar mañana", "give my shift away", "cancelar mi turno"])
def test_row_59_who_gives_a_shift_back_in_other_words(text: str) -> None:
    """Row 59 of the field cases: neighbours."""
    assert intent(text) is Intent.CALL_OFF


def test_late_is_said_of_coming_and_not_of_a_later_time() -> None:
    assert intent("voy a llegar tarde") is Intent.RUNNING_LATE
    for text in ("te llamo más tarde", "puedo en la tarde", "más tarde"):
        assert intent(text) is not Intent.RUNNING_LATE
