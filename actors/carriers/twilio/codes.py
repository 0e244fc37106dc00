"""Twilio's numbers of errors, and what each means for the message, the phone and the account."""

from ..port import CarrierRefuses, PermanentFailure, SendFailed, Throttled, Trouble
from .client import ApiAnswer

TROUBLES: dict[int, tuple[Trouble, str]] = {
    # The phone.
    21211: (Trouble.NO_NUMBER, "The number is not valid."),
    21214: (Trouble.NO_NUMBER, "The number cannot be called."),
    21217: (Trouble.NO_NUMBER, "The number is not valid."),
    21401: (Trouble.NO_NUMBER, "The number is not valid."),
    21421: (Trouble.NO_NUMBER, "The number is not valid."),
    13223: (Trouble.NO_NUMBER, "The number is not valid."),
    13224: (Trouble.NO_NUMBER, "The number is not valid."),
    21612: (Trouble.NOT_NOW, "The number cannot be texted from ours."),
    21614: (Trouble.NO_TEXTS, "The number is no mobile phone."),
    30005: (Trouble.NO_TEXTS, "The phone is unknown, or no longer in service."),
    30006: (Trouble.NO_TEXTS, "The number is a landline, or its carrier cannot be reached."),
    21610: (Trouble.OPTED_OUT, "The person has told the carrier STOP."),
    # This message, this time.
    30003: (Trouble.NOT_NOW, "The phone is off, or out of reach."),
    30004: (Trouble.NOT_NOW, "The phone, or its carrier, blocked the text."),
    30007: (Trouble.NOT_NOW, "A carrier filtered the text as unwanted."),
    30008: (Trouble.NOT_NOW, "The text was not delivered, and nobody says why."),
    30036: (Trouble.NOT_NOW, "The text had waited too long and was not sent."),
    # The account, the number or the campaign.
    20003: (Trouble.CLOSED, "Twilio does not accept the account's credentials."),
    20005: (Trouble.CLOSED, "The Twilio account is not active."),
    20404: (Trouble.CLOSED, "Twilio does not know the account."),
    20426: (Trouble.CLOSED, "Twilio wants another way of connecting."),
    21212: (Trouble.CLOSED, "Our number is not one that Twilio takes."),
    21210: (Trouble.CLOSED, "Our number is not verified with Twilio."),
    21215: (Trouble.CLOSED, "The Twilio account may not call this country."),
    21219: (Trouble.CLOSED, "A trial account may call verified numbers only."),
    21408: (Trouble.CLOSED, "The Twilio account may not text this country."),
    21603: (Trouble.CLOSED, "A text needs a number of ours."),
    21606: (Trouble.CLOSED, "Our number cannot send texts, or is not the account's."),
    21608: (Trouble.CLOSED, "A trial account may text verified numbers only."),
    21611: (Trouble.CLOSED, "Too much waits at Twilio for our number."),
    21659: (Trouble.CLOSED, "Our number is not the account's."),
    30001: (Trouble.CLOSED, "Too much waits at Twilio for our number."),
    30002: (Trouble.CLOSED, "The Twilio account is suspended."),
    30010: (Trouble.CLOSED, "The text costs more than the account allows."),
    30022: (Trouble.CLOSED, "Our campaign has reached what it may send."),
    30023: (Trouble.CLOSED, "Our brand has reached what it may send today."),
    30024: (Trouble.CLOSED, "Our number is not set up for texts with the carriers."),
    30027: (Trouble.CLOSED, "Our campaign has reached what it may send to T-Mobile today."),
    30032: (Trouble.CLOSED, "Our toll-free number is not verified."),
    30033: (Trouble.CLOSED, "Our campaign is suspended."),
    30034: (Trouble.CLOSED, "Our number is not registered for texts to the US."),
    30035: (Trouble.CLOSED, "Our number's registration is under way."),
    63038: (Trouble.CLOSED, "The Twilio account has reached what it may send today."),
}

TRY_AGAIN = frozenset({408, 421, 425, 429})
"""Statuses below 500 that say that it may work later, to all that is asked."""


def trouble(code: int | None) -> tuple[Trouble, str]:
    """Say what an error means. One that is not known is of this message, this time."""
    if code is None:
        return Trouble.NOT_NOW, "It was not delivered."
    kind, words = TROUBLES.get(code, (Trouble.NOT_NOW, "It was not delivered."))
    return kind, f"{words} (Twilio {code})"


def refusal(answer: ApiAnswer) -> SendFailed:
    """Give the failure that a refusal of the API is: for now, the account's, or this message's for good."""
    kind, words = trouble(answer.code)
    if answer.status in TRY_AGAIN and answer.code not in TROUBLES:
        return Throttled(f"Twilio takes nothing for now ({answer.status}).")
    if answer.status in (401, 403) and answer.code not in TROUBLES:
        kind = Trouble.CLOSED
        words = f"Twilio refuses the account: {said(answer)}"
    elif answer.code not in TROUBLES:
        words = f"Twilio refused it: {said(answer)}"
    return CarrierRefuses(words) if kind is Trouble.CLOSED else PermanentFailure(words, trouble=kind)


def said(answer: ApiAnswer) -> str:
    """Name a refusal by its numbers. Its words are left out: they may hold a phone number."""
    return f"{answer.status}" if answer.code is None else f"{answer.status}, error {answer.code}"
