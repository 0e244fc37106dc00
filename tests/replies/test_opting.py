"""Words that end texts and that bring them back, in the languages spoken here and in those of carriers."""

import pytest

from firstyes.domain.replies.reading import Intent
from support.replies import read


@pytest.mark.fault(29)
@pytest.mark.parametrize(
    "text",
    [
        "STOP", "Stop.", "stop please", "STOP ALL", "STOPALL", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT", "opt-out", "opt out", "unsub",
        "UNSUBSCRIBE", "remove me", "no more texts", "do not contact me", "PARAR", "PARE", "DETENER", "ALTO", "BASTA", "BAJA", "FIN", "SALIR",
        "TERMINAR", "CANCELAR", "Cancelar por favor", "ARRET", "arrêt", "REMOVE", "don't send me texts", "no me manden mas mensajes", "dejen de mandarme mensajes", "bórreme",
        "I told you to stop", "I asked you to stop.", "I retired, take me off", "I no longer work there please remove me", "stop sending her texts",
        "take me off this one and off your list", "cancel these messages", "I want to stop receiving these messages", "cease and desist",
        "I've asked twice to be removed from your list", "stop texting me at 3125550142", "stop texting me before I report you", "did you not see stop texting me",
        "don't text me at night or ever", "no me manden a mi celular", "no me manden al celular mas mensajes", "I said stop", "STOP I don't want any more shifts", "stop the madness", "stop this", "don't text my wife or call me",
    ],
)  # fmt: skip
def test_who_wants_no_more_texts_need_not_know_the_word(text: str) -> None:
    assert read(text).intent is Intent.OPT_OUT


@pytest.mark.parametrize(
    "text",
    [
        "START",
        "UNSTOP",
        "resume",
        "subscribe",
        "opt me back in",
        "comenzar",
        "inicio",
        "reanudar",
        "alta",
        "resubscribe me",
        "put me back on the list",
        "I want to get texts again",
        "suscríbeme",
        "quiero recibir mensajes otra vez",
    ],
)
def test_who_wants_them_again_neither(text: str) -> None:
    assert read(text).intent is Intent.OPT_IN


@pytest.mark.parametrize(
    "text",
    [
        "I can resume work tuesday", "salir a las 3", "quiero terminar el turno", "my resume is attached", "cancelar mi turno", "CANCELAR 27", "can I cancel later?",
        "please don't send me to Lakeside again", "dont send me home", "take me off this one please", "remove me from consideration",
        "can you stop sending Tina to my client", "I told you to stop by the office", "don't text me before 7am please", "please dont text me so early", "stop texting me until monday",
        "don't text me at night", "stop texting me while I'm driving", "why did you stop texting me", "who told you to stop texting me", "did Kim unsubscribe", "did my brother opt out?", "tell Kim to stop texting me", "my ex won't stop texting me",
        "please stop by my house first", "I don't want to be contacted by the family", "ya no me llamen por telefono, solo mensajes",
        "don't message my wife, message me", "should I stop the feeding at 6", "they told me to stop the meds", "no me manden a ese lugar", "no me manden con ese paciente",
    ],
)  # fmt: skip
def test_the_same_words_in_a_sentence_do_neither(text: str) -> None:
    assert read(text).intent not in {Intent.OPT_IN, Intent.OPT_OUT}


@pytest.mark.parametrize("text", ["I'm not trying to unsubscribe", "I don't want to be taken off the list"])
def test_who_denies_an_opt_out_asks_to_be_texted_on(text: str) -> None:
    assert read(text).intent is Intent.OPT_IN


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("no one by that name here", True), ("this phone belongs to someone else now", True), ("not who you're looking for", True),
        ("sorry you called the wrong number", True), ("I'm not her", True), ("not Kim", True),
        ("I called the wrong number for the office", False), ("I gave you the wrong number", False), ("I am not her regular nurse", False),
        ("I'm not Kim's nurse", False), ("I don't work there yet", False),
        ("I am not a nurse", True), ("I'm not a nurse, I am a plumber", True), ("este no es mi numero", True), ("esta equivocado el numero", True),
        ("no soy enfermera", True), ("I am not a cna I'm an RN", False), ("im not a rn", False), ("I'm not a CNA sorry", False), ("no soy LPN", False), ("I am not a nurse but can I still work it", False),
        ("I no longer work at Oakwood but can do yours", False), ("no soy enfermera, soy cuidadora", False), ("este no es mi turno", False),
        ("esta equivocada la direccion", False), ("I don't know who this is about", False), ("I don't know who this is", True),
    ],
)  # fmt: skip
def test_a_number_is_wrong_only_where_ours_is(text: str, wrong: bool) -> None:
    assert (read(text).intent is Intent.WRONG_NUMBER) is wrong
