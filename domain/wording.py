"""The wording of every text. One function a text, English and Spanish, each within one segment where it can be.

STOP, CANCEL, END, QUIT, REVOKE, OPTOUT and UNSUBSCRIBE are never taught as words of ours: carriers take them as
an opt-out. The two instructions a caregiver needs are YES and NO with the code.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from .gsm7 import respell, segments
from .own_texts import OwnText
from .policy import STARTS_NOW
from .shift.shift import Shift, ShiftStatus
from .when import told_span

SENDER_LENGTH = 24
SHORT_SENDER = 12
"""What is left of a sender's name where there is no room for more: nobody has to guess who texts."""
AREA_LENGTH = 30
MOST_TOGETHER = 6
"""Offers in one text, about three segments: more of them nobody reads on a phone."""
OPENS: Mapping[str, str] = {"en": "Open shift ", "es": "Turno "}
ASKS: Mapping[str, str] = {
    "en": ". Reply YES {code} to take it, NO {code} to pass.",
    "es": ". Responda SI {code} para aceptar, NO {code} para pasar.",
}
"""How an offer begins, after its sender, and how it ends."""
KEPT = 4096
"""Descriptions kept, and beginnings of offers: they are the same for each of a shift's caregivers."""


def describe(shift: Shift, zone: str | None, language: str = "en") -> str:
    """Give "RN Tue Jul 14 7am-3pm", told in the shift's own zone, else in `zone`, else with its own offset, which is
    then said."""
    told_in = shift.time_zone or zone
    start, end = shift.start_time, shift.end_time
    # Equal instants are equal keys, whatever their offset; without a zone the offset shows.
    offsets = None if told_in else (start.utcoffset(), end.utcoffset())
    return _describe(shift.role_required, start, end, told_in, offsets, language)


@lru_cache(maxsize=KEPT)
def _describe(
    role: str, start: datetime, end: datetime, told_in: str | None, _offsets: object, language: str
) -> str:
    return respell(f"{role} {told_span(start, end, told_in, language)}")


def urgency(shift: Shift, at: datetime | None, language: str) -> str:
    """Say of a shift offered at `at` that it starts now, or has begun; nothing where there is time."""
    if at is None or at < shift.start_time - STARTS_NOW:
        return ""
    if at < shift.start_time:
        return ", empieza ahora" if language == "es" else ", starts now"
    return ", ya empezo" if language == "es" else ", has begun"


def offer(
    shift: Shift,
    zone: str | None,
    sender: str | None,
    code: str,
    language: str,
    initials: str | None = None,
    *,
    at: datetime | None = None,
    own: OwnText | None = None,
) -> str:
    """Offer a shift: what, when, where, and the two words that answer it.

    `initials` say whom it is for where several share the phone. What would cost another segment goes: the area first,
    then what of the sender is longer than `SHORT_SENDER`; the rest stays, also that it starts now or has begun at `at`.
    """
    spoken = "es" if language == "es" else "en"
    what, soon = describe(shift, zone, language), urgency(shift, at, language)
    to = f"{initials}: " if initials else ""
    if own is not None:
        facts = {"shift": f"{what}{soon}", "code": code}
        return _fitting(
            lambda name, area: to + own.filled(language, sender=name, area=area, **facts), sender, shift.area
        )
    return _ours(f"{to}{OPENS[spoken]}{what}", sender, shift.area, soon + ASKS[spoken].format(code=code))


@lru_cache(maxsize=KEPT)
def _ours(what: str, sender: str | None, area: str | None, answers: str) -> str:
    return _fitting(lambda name, place: f"{name and f'{name}: '}{what}{place}{answers}", sender, area)


def _fitting(told: Callable[[str, str], str], sender: str | None, area: str | None) -> str:
    """Give what is told with as much of the sender's name, and of the area behind a comma, as costs no segment more."""
    place = _cut(area, AREA_LENGTH)
    name, short = (_cut(sender, most) for most in (SENDER_LENGTH, SHORT_SENDER))
    least = respell(told(short, ""))
    texts = (respell(told(name, one)) for one in (place and f", {place}", ""))
    return next((text for text in texts if segments(text) <= segments(least)), least)


def several_offers(offers: Sequence[tuple[str, str]]) -> str | None:
    """Give one text in place of offers to one person, each as (text, code): who sends it once, then a line and a code each.

    None where it cannot be: they are too many, in different languages, or not as `offer` writes them.
    """
    for language in ASKS if len(offers) <= MOST_TOGETHER else ():
        parts = [_parted(text, code, language) for text, code in offers]
        heads = [one[0] for one in parts if one is not None]
        if len(heads) < len(offers):
            continue
        yes = "SI" if language == "es" else "YES"
        lines = [f"{yes} {code}: {one[1]}" for one, (_, code) in zip(parts, offers, strict=True) if one]
        first = f"{min(heads, key=len)}{'Turnos:' if language == 'es' else 'Open shifts:'}"
        last = (
            "Responda SI con cada codigo que acepta, NO con cada uno que pasa. O: SI A TODOS, NINGUNO."
            if language == "es"
            else "Reply YES with each code you take, NO with each you pass. Or: YES TO ALL, NONE."
        )
        return "\n".join((first, *lines, last))
    return None


def _parted(text: str, code: str, language: str) -> tuple[str, str] | None:
    """Part an offer into who sends it to whom, and what is offered."""
    asks = ASKS[language].format(code=code)
    head, opens, what = text.removesuffix(asks).partition(OPENS[language])
    return (head, what) if opens and text.endswith(asks) else None


def from_sender(sender: str | None, text: str) -> str:
    """Let a text that nobody waits for say who sends it, in as much of the name as costs no segment more."""
    long, short = (respell(_opening(sender, most) + text) for most in (SENDER_LENGTH, SHORT_SENDER))
    return long if segments(long) <= segments(short) else short


def _opening(sender: str | None, most: int = SENDER_LENGTH) -> str:
    name = _cut(sender, most)
    return name and f"{name}: "


def _cut(text: str | None, longest: int) -> str:
    return text[:longest].rstrip() if text else ""


def confirmation(what: str, language: str, own: OwnText | None = None) -> str:
    """Tell the winner. Said only from a committed claim."""
    if own is not None:
        return respell(own.filled(language, shift=what))
    if language == "es":
        return f"El turno es suyo: {what}. Gracias! Si algo cambia, llame a su coordinador."
    return f"You have the shift: {what}. Thank you! If anything changes, call your coordinator."


def confirmation_of_a_call(what: str, code: str, language: str) -> str:
    """Tell the winner, on the phone that is known, that a call to us took the shift: anybody can show a number as theirs."""
    if language == "es":
        return f"El turno es suyo: {what}, por una llamada a nosotros. Si no fue usted, responda NO {code}."
    return f"You have the shift: {what}, taken by a call to us. If that was not you, reply NO {code}."


def already_yours(what: str, language: str) -> str:
    """Reassure the winner who says yes again."""
    if language == "es":
        return f"El turno {what} ya es suyo. No hace falta nada mas."
    return f"The shift {what} is already yours. Nothing more to do."


def too_late(
    what: str,
    outcome: ShiftStatus,
    language: str,
    *,
    passed_on: bool = False,
    replaced: bool = False,
    own: OwnText | None = None,
) -> str:
    """Tell the truth to a yes that won nothing: where the shift stands (`outcome`), that a coordinator was told (`passed_on`),
    that they were offered other data (`replaced`). `own` replaces what is said where somebody else has it, and no more is told."""
    if own is not None and outcome is ShiftStatus.CLAIMED and not passed_on:
        return respell(own.filled(language, shift=what))
    english, spanish = {
        ShiftStatus.CLAIMED: ("has been taken by someone else", "ya lo tomo otra persona"),
        ShiftStatus.CANCELLED: (
            "was called off and is not needed any more",
            "fue anulado y ya no hace falta",
        ),
        ShiftStatus.EXPIRED: ("is over: its start time has passed", "ya paso: su hora de inicio quedo atras"),
    }.get(outcome, ("is not being offered to you any more", "ya no se le ofrece"))
    if passed_on and outcome is ShiftStatus.EXPIRED:
        english, spanish = "has already begun", "ya empezo"
    if replaced and outcome in (ShiftStatus.PENDING, ShiftStatus.OFFERING, ShiftStatus.UNFILLED):
        english, spanish = "was changed to this since our offer", "se cambio a esto tras ofrecerlo"
    if language == "es":
        told = " Avisamos a su coordinador que usted puede." * passed_on
        return f"Gracias por responder. El turno {what} {spanish}.{told}"
    return f"Thanks for answering. The shift {what} {english}.{' We told your coordinator you can come.' * passed_on}"


def do_you_mean(what: str, code: str, language: str) -> str:
    """Ask somebody whether they mean their yes: they had said no, or wrote it before the shift was offered."""
    if language == "es":
        return f"Quiere el turno {what}? Responda SI {code} para aceptar, NO {code} para pasar."
    return f"Do you want the shift {what}? Reply YES {code} to take it, NO {code} to pass."


def overlap(what: str, held: str, language: str) -> str:
    """Tell a caregiver that a shift they hold stands in the way."""
    if language == "es":
        return f"Usted ya tiene {held}, que coincide con {what}. Ese turno sigue abierto para otros."
    return f"You already have {held}, which overlaps {what}. That one stays open to others."


def withdrawal(what: str, language: str, *, winner: bool) -> str:
    """Tell those who might still come that the shift is called off."""
    if language == "es":
        asked = "Por favor no venga" if winner else "No hace falta responder"
        return f"El turno {what} fue anulado. {asked}."
    asked = "Please do not come" if winner else "No answer is needed"
    return f"The shift {what} was called off. {asked}."


def release(what: str, language: str) -> str:
    """Tell the winner that the coordinator has taken them off the shift."""
    if language == "es":
        return f"Ya no tiene el turno {what}. Su coordinador busca a otra persona."
    return f"You are off the shift {what}. Your coordinator is finding someone else."


def drop_noted(what: str, language: str) -> str:
    """Tell the winner who backs out that they still hold the shift until a person has dealt with it."""
    if language == "es":
        return f"Avisamos a su coordinador. El turno {what} sigue siendo suyo hasta que le confirmen."
    return f"We told your coordinator. The shift {what} stays yours until they confirm."


def lateness_noted(what: str, language: str) -> str:
    """Tell the winner that the coordinator knows."""
    if language == "es":
        return f"Gracias, avisamos a su coordinador que llega tarde a {what}."
    return f"Thanks, we told your coordinator you are running late for {what}."


def which_one(choices: Iterable[tuple[str, str]], language: str, word: str) -> str:
    """Ask which offer a reply means; `choices` are (code, shift), `word` is YES or NO."""
    listed = [f"{word} {code} ({what})" for code, what in choices]
    if language == "es":
        return f"Cual? Responda {' o '.join(listed)}."
    return f"Which one? Reply {' or '.join(listed)}."


def yes_or_no(what: str, code: str, language: str) -> str:
    """Ask again when a reply is neither."""
    if language == "es":
        return f"No entendimos. Para el turno {what} responda SI {code} para aceptar o NO {code} para pasar."
    return f"Sorry, we could not read that. For {what} reply YES {code} to take it or NO {code} to pass."


def whole_shift_only(what: str, code: str, language: str) -> str:
    """Answer a yes with a condition: a text can only take the shift as it stands."""
    if language == "es":
        return f"El turno es {what}, completo. Si puede, responda SI {code}; si no, NO {code}. Avisamos al coordinador."
    return f"The shift is {what}, as it stands. If you can do all of it reply YES {code}, else NO {code}. Coordinator told."


def part_noted(what: str, hours: str, code: str, language: str) -> str:
    """Answer who offers a part of a shift, `hours` of it where they named some: a person hears, and it takes nothing."""
    if language == "es":
        return f"Avisamos al coordinador: {hours or 'solo una parte'}. {what} sigue abierto, completo: responda SI {code} o NO {code}."
    return f"We told the coordinator: {hours or 'a part of it'}. {what} stays open as a whole: reply YES {code} or NO {code}."


def asked_last(what: str, code: str, language: str) -> str:
    """Tell who says maybe that the offer stands, and that they are asked last."""
    if language == "es":
        return f"Bien, le preguntamos de ultimo. {what} sigue abierto: responda SI {code} para aceptar, NO {code} para pasar."
    return f"Fine, we will ask you last. {what} stays open: reply YES {code} to take it, NO {code} to pass."


def offer_again(what: str, code: str, language: str) -> str:
    """Offer a shift once more to somebody who put it off."""
    if language == "es":
        return f"{what} sigue abierto. Responda SI {code} para aceptar, NO {code} para pasar."
    return f"{what} is still open. Reply YES {code} to take it, NO {code} to pass."


def left_alone(
    until: str, choices: Sequence[tuple[str, str]], language: str, *, asked_again: bool = True
) -> str:
    """Tell who is busy until when we leave them alone. `choices` are open now; `asked_again`: they are asked about them then."""
    spanish = language == "es"
    then = " Preguntamos despues, si sigue abierto." if spanish else " We ask then if it is still open."
    if not asked_again:
        then = " Para entonces ya empezo." if spanish else " By then it has begun."
    asked = f"{then} {still_open(choices, language)}" if choices else ""
    if spanish:
        return f"Bien, no le ofrecemos nada antes de las {until}.{asked}"
    return f"Fine, we offer you nothing before {until}.{asked}"


def question_passed_on(what: str, code: str, language: str) -> str:
    """Answer a question: a person will, and the offer stands."""
    if language == "es":
        return f"Pasamos su pregunta al coordinador. Para {what} responda SI {code} o NO {code}."
    return f"We passed your question to the coordinator. For {what} reply YES {code} or NO {code}."


def passed_on(language: str, taken: str | None = None) -> str:
    """Tell somebody that a person will read what they wrote, and which shift they may not count on (`taken`)."""
    if taken is not None and language == "es":
        return f"El turno {taken} ya lo tomo otra persona. Su coordinador vera lo que escribio."
    if taken is not None:
        return f"The shift {taken} has been taken by someone else. Your coordinator will see what you wrote."
    return (
        "Gracias, su coordinador lo vera." if language == "es" else "Thanks, your coordinator will see this."
    )


def no_calls(language: str) -> str:
    """Confirm that only texts will come."""
    if language == "es":
        return (
            "No le llamaremos mas por turnos, solo mensajes. Responda START para recibir llamadas otra vez."
        )
    return "We will not call you about shifts any more, only text. Reply START to get calls again."


def nothing_open(held: Sequence[str], language: str) -> str:
    """Answer a yes that can mean no offer at all; `held` are the shifts that they have."""
    if language == "es":
        yours = f"Usted tiene {' y '.join(held)}." if held else "Le avisamos cuando haya una."
        return f"No tiene ninguna oferta abierta en este momento. {yours}"
    yours = f"You have {' and '.join(held)}." if held else "We will text you when there is one."
    return f"You have no open offer right now. {yours}"


def no_such_code(codes: Iterable[str], language: str) -> str:
    """Say of codes in a text about several shifts that none of this person's offers has them."""
    listed = ", ".join(codes)
    if language == "es":
        return f"No tiene ninguna oferta con el codigo {listed}."
    return f"You have no offer with the code {listed}."


def help_text(sender: str | None, language: str, own: OwnText | None = None) -> str:
    """Say who texts and how to answer."""
    who = respell(_cut(sender, SENDER_LENGTH)) or "firstyes"
    if own is not None:
        return respell(own.filled(language, sender=who))
    if language == "es":
        return (
            f"{who}: turnos abiertos por mensaje. Responda SI o NO con el codigo. STOP para no recibir mas."
        )
    return (
        f"{who}: open shifts by text. Reply YES or NO with the code you were sent. Reply STOP to get no more."
    )


def welcome(sender: str | None, language: str, own: OwnText | None = None) -> str:
    """Tell somebody who has agreed to texts, once, who writes and why."""
    if own is not None:
        return respell(own.filled(language, sender=_cut(sender, SENDER_LENGTH) or "firstyes"))
    if language == "es":
        text = "turnos abiertos por mensaje, como acordamos. Guarde este numero. HELP para ayuda, STOP para no recibir mas."
    else:
        text = "open shifts by text, as you agreed. Please save this number. Reply HELP for help, STOP to get no more."
    return from_sender(sender or "firstyes", text)


def stranger(sender: str | None) -> str:
    """Tell somebody whom nobody here knows whose number this is, in both languages: theirs is not known."""
    return from_sender(
        sender or "firstyes",
        "This number is for our staff. If you are one of us, call the office. "
        "Numero para personal: si es del equipo, llame a la oficina.",
    )


def still_open(choices: Iterable[tuple[str, str]], language: str) -> str:
    """List what is being offered to somebody who has just come back; nothing was asked, so nothing is assumed."""
    if language == "es":
        return "Abierto: " + " o ".join(f"SI {code} ({what})" for code, what in choices) + "."
    return "Still open: reply " + " or ".join(f"YES {code} ({what})" for code, what in choices) + "."


def opted_out(language: str) -> str:
    """Confirm an opt-out, once."""
    if language == "es":
        return "No recibira mas mensajes ni llamadas de turnos. Responda START para volver a recibirlos."
    return "You will get no more shift texts or calls. Reply START to get them again."


def opted_in(language: str) -> str:
    """Confirm that texts come again; nothing was accepted by it."""
    if language == "es":
        return "Volvera a recibir turnos por mensaje. Su mensaje no acepto ningun turno."
    return "You will get shift texts again. Your text accepted no shift."


def already_opted_in(language: str) -> str:
    """Answer START from somebody who never stopped."""
    return "Usted ya recibe turnos por mensaje." if language == "es" else "You already get shift texts."
