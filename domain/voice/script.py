"""The wording of calls. One function a sentence or two, English and Spanish.

A call opens with who calls and why, in one sentence and at once: call screening and voicemail hear no more than that.
"""

from datetime import datetime

from ..policy import STARTS_NOW
from . import spoken


def _either(language: str, english: str, spanish: str) -> str:
    return spanish if language == "es" else english


def _text_or_office(language: str, texted: bool, english: str, spanish: str) -> str:
    office = _either(language, "Please call the office", "Llame a la oficina, por favor")
    return _either(language, english, spanish) if texted else office


def opening(role: str, sender: str | None, language: str) -> str:
    """Say who calls, and why."""
    what = spoken.role(role)
    if sender:
        by_name = f"This is {sender}, about an open {what} shift."
        return _either(language, by_name, f"Le llama {sender} por un turno libre de {what}.")
    unnamed = f"This is a call about an open {what} shift."
    return _either(language, unnamed, f"Le llamamos por un turno libre de {what}.")


def terms(start: datetime, end: datetime, zone: str | None, language: str, at: datetime | None = None) -> str:
    """Say when the shift is and, at `at`, that it starts now or has begun."""
    told = spoken.span(start, end, zone, language, at)
    if at is not None and at >= start - STARTS_NOW:
        if at < start:
            told += _either(language, ". It starts now", ". Empieza ahora")
        else:
            told += _either(language, ". It has begun", ". Ya empezó")
    return f"{told[0].upper()}{told[1:]}."


def offer(
    role: str,
    start: datetime,
    end: datetime,
    zone: str | None,
    sender: str | None,
    language: str,
    *,
    at: datetime | None = None,
) -> str:
    """Offer a shift; the keys 1, 2 and 3 answer it."""
    keys = _either(
        language,
        "Press 1 to take it, 2 to pass, 3 to hear it again.",
        "Oprima 1 para tomarlo, 2 para pasar, 3 para oírlo otra vez.",
    )
    return f"{opening(role, sender, language)} {terms(start, end, zone, language, at)} {keys}"


def left_message(code: str, number: str | None, language: str) -> str:
    """Say, to a voicemail as well as to whoever has pressed nothing yet, how the shift can be taken: with its code, by text or
    by calling `number`, which is ours."""
    code = spoken.apart(code)
    if number is None:
        return _either(
            language,
            f"To take this shift press 1 now, or text YES {code}.",
            f"Para tomar este turno oprima 1 ahora, o mande un mensaje con SÍ {code}.",
        )
    number = spoken.phone(number)
    if language == "es":
        return f"Para tomar este turno oprima 1 ahora, o mande SÍ {code} al {number}, o llame a ese número y marque {code}."
    return f"To take this shift press 1 now, or text YES {code} to {number}, or call that number and enter {code}."


def yours(when: str, language: str, *, already: bool = False, texted: bool = True) -> str:
    """Tell whoever has the shift so. Said only from a committed claim. `texted`: a text says it as well."""
    if already:
        return _either(
            language,
            f"This shift is yours already. {when} Thank you. Goodbye.",
            f"Este turno ya es suyo. {when} Gracias. Adiós.",
        )
    same = (
        _either(language, " We are texting you the same.", " Le mandamos lo mismo por mensaje.")
        if texted
        else ""
    )
    if language == "es":
        return f"El turno es suyo. {when}{same} Gracias. Adiós."
    return f"You have the shift. {when}{same} Thank you. Goodbye."


def taken(language: str) -> str:
    """Say that somebody else has the shift."""
    if language == "es":
        return "Ese turno lo acaba de tomar otra persona. Gracias por responder. Adiós."
    return "That shift has just been taken by someone else. Thank you for answering. Goodbye."


def called_off(language: str) -> str:
    """Say that the shift is not needed any more."""
    if language == "es":
        return "Ese turno fue anulado y ya no hace falta. Gracias. Adiós."
    return "That shift was called off and is not needed any more. Thank you. Goodbye."


def not_offered(language: str) -> str:
    """Say that the shift cannot be taken any more, for whatever reason."""
    if language == "es":
        return "Ese turno ya no se ofrece. Gracias. Adiós."
    return "That shift is not being offered any more. Thank you. Goodbye."


def passed(language: str) -> str:
    """Take note of a no."""
    if language == "es":
        return "De acuerdo, usted pasa esta vez. Gracias. Adiós."
    return "All right, you pass on this one. Thank you. Goodbye."


def see_text(language: str, *, texted: bool = True) -> str:
    """Say of what cannot be told in a sentence that a text does; whom no text reaches is told whom to ask."""
    english = "We are texting you why, and what you can do"
    why = _text_or_office(language, texted, english, "Le explicamos por mensaje por qué y qué puede hacer")
    in_english = f"You do not have this shift. {why}. Goodbye."
    return _either(language, in_english, f"Usted no tiene este turno. {why}. Adiós.")


def one_moment(language: str) -> str:
    """Have somebody wait for the answer."""
    return _either(language, "One moment, please.", "Un momento, por favor.")


def not_known_yet(language: str, *, texted: bool = True) -> str:
    """Admit that it is not known whether the shift is theirs."""
    how = _text_or_office(language, texted, "A text will", "Se lo diremos por mensaje")
    english = f"We cannot tell you yet whether the shift is yours. {how}. Goodbye."
    return _either(language, english, f"Todavía no podemos decirle si le toca el turno. {how}. Adiós.")


def goodbye(language: str) -> str:
    """End a call that has nothing to say."""
    return _either(language, "Goodbye.", "Adiós.")


# To whoever is on call.


def seen_to(language: str) -> str:
    """Say that an alert needs nobody any more."""
    if language == "es":
        return "Alguien ya se ocupa de esto. Gracias. Adiós."
    return "Somebody is seeing to this already. Thank you. Goodbye."


def thanks_for_seeing_to_it(language: str) -> str:
    """Thank whoever sees to an alert. Said only from what was committed."""
    if language == "es":
        return "Gracias. Queda a su cargo. Adiós."
    return "Thank you. It is yours to see to. Goodbye."


def not_noted(language: str) -> str:
    """Say that it could not be noted who sees to an alert."""
    if language == "es":
        return "No pudimos anotarlo. Responda por mensaje, o llamamos a la siguiente persona. Adiós."
    return "We could not note that. Please answer by text, or we call the next person. Goodbye."


# When somebody calls us.


def enter_code(sender: str | None, language: str) -> str:
    """Ask somebody who calls for the code of the offer they mean."""
    who = sender or _either(language, "the line for open shifts", "la línea de turnos")
    if language == "es":
        return f"Habla {who}. Marque el código del turno y después la tecla numeral."
    return f"This is {who}. Enter the code of the shift, then press pound."


def no_such_code(code: str, language: str) -> str:
    """Say that no offer of theirs has the code."""
    code = spoken.apart(code)
    return _either(
        language, f"You have no offer with the code {code}.", f"No tiene ninguna oferta con el código {code}."
    )


def stranger() -> str:
    """Tell somebody whose phone nobody here has how to go on, in both languages: theirs is not known."""
    return (
        "This number is for people who work with us. Please call the office. "
        "Este número es para quienes trabajan con nosotros. Llame a la oficina, por favor."
    )
