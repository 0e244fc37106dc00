"""Names in a message: who signs, who is greeted, and whose yes it is."""

import pytest

from firstyes.domain.replies.reading import Intent
from support.replies import intent, read


@pytest.mark.parametrize(
    "text",
    [
        "Noelle here - yes", "Oluwaseun here, yes I can", "yes I can - Oluwaseun", "yes\nOluwaseun", "Yes, Maria",
        "Hi Linda yes I can cover", "this is Oluwaseun, I can take it", "Marcus RN: yes",
    ],
)  # fmt: skip
def test_a_signature_leaves_a_yes_one(text: str) -> None:
    assert intent(text) is Intent.ACCEPT


@pytest.mark.fault(22)
@pytest.mark.parametrize(
    "text",
    [
        "Karen can do it", "my friend can take it", "my sister is available", "yes this is Maria", "sí soy Maria",
        "yes - Tentatively", "yes oluwaseun", "Oluwaseun will take it", "ya voy", "yes I will send the address",
        "voy en camino", "yes m", "can' cover", "haren can do it", "sip me", "yes for mr sister", "Where si this place?",
        "yes when I can", "ok where I can", "como no puedo ese dia", "I want a new time", "I can take you have a great day",
        "yes for Karen", "I'm in the hospital please",
    ],
)  # fmt: skip
def test_a_yes_of_somebody_else_or_to_something_else_is_none(text: str) -> None:
    assert intent(text) is not Intent.ACCEPT


@pytest.mark.parametrize("text", ["si puedo voy", "si puedo tomo el turno"])
def test_an_unaccented_si_that_may_be_if_is_a_condition(text: str) -> None:
    assert intent(text) is Intent.CONDITION


def test_an_unaccented_si_at_the_end_may_be_an_if_that_breaks_off() -> None:
    assert intent("puedo si") is Intent.CONDITION
    assert intent("yo puedo, si") is Intent.ACCEPT


def test_whom_somebody_covers_for_may_have_any_name() -> None:
    assert intent("I'll cover for Oluwaseun") is Intent.ACCEPT
    assert intent("I'll cover for oluwaseun") is Intent.UNCLEAR


def test_an_unaccented_si_before_a_pause_is_a_yes() -> None:
    assert intent("si, puedo, voy") is Intent.ACCEPT


@pytest.mark.parametrize("text", ["ok thanks", "Fine thanks so much", "ok, sorry", "vale gracias"])
def test_thanks_after_a_bare_acknowledgement_may_only_be_a_receipt(text: str) -> None:
    reading = read(text)

    assert reading.intent is Intent.UNCLEAR
    assert reading.reason.startswith("perhaps only says that the message arrived")


@pytest.mark.parametrize(
    "text", ["not sure, can't say", "I can't say yes, don't know yet", "I can't, idk", "No not yet"]
)
def test_not_knowing_is_not_refusing(text: str) -> None:
    assert intent(text) is Intent.UNCLEAR


def test_a_question_about_the_day_after_the_yes_is_no_yes() -> None:
    assert intent("Tuesday? yes") is Intent.ACCEPT
    assert intent("yes. Tuesday?") is not Intent.ACCEPT
