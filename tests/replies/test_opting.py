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
        "take me off this one and off your list",
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
        "I can resume work tuesday",
        "salir a las 3",
        "quiero terminar el turno",
        "my resume is attached",
        "cancelar mi turno",
        "CANCELAR 27",
        "can I cancel later?",
        "please don't send me to Lakeside again",
        "dont send me home",
        "take me off this one please",
        "remove me from consideration",
        "can you stop sending Tina to my client",
        "I told you to stop by the office",
    ],
)
def test_the_same_words_in_a_sentence_do_neither(text: str) -> None:
    assert read(text).intent not in {Intent.OPT_IN, Intent.OPT_OUT}
