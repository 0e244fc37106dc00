"""Whether an account of Twilio lets us in, works and can pay; and whether our clock is right."""

from collections.abc import Iterator
from datetime import timedelta

from ...actors.carriers.port import SendFailed
from ...actors.carriers.twilio.books import TwilioBooks
from ...actors.carriers.twilio.client import ApiAnswer
from ...actors.carriers.twilio.codes import said
from ...actors.carriers.twilio.settings import TwilioAccount
from .finding import Finding

LEAST_LEFT = 5.0
"""In the account's currency: about four hundred segments to the US."""
LARGEST_SKEW = timedelta(seconds=30)
"""A text takes a moment, and Twilio tells whole seconds; more than this is a clock that is wrong."""
UP = "buy numbers and text whom you like only after an upgrade, in Twilio's console under Billing"
SECRETS = "copy SID and token from the first page of Twilio's console into the settings"


def refuses(account: TwilioAccount, answer: ApiAnswer) -> Finding:
    """Say what to do where Twilio does not let us in."""
    remedy = (
        SECRETS if account.api_key is None else "look whether the API key was revoked, and make a new one"
    )
    return Finding(f"account {account.sid}", f"Twilio does not let us in ({said(answer)})", remedy)


def look_at_account(books: TwilioBooks, account: TwilioAccount, answer: ApiAnswer) -> Iterator[Finding]:
    """Say how an account stands that lets us in; `answer` is what Twilio says of it. Raises a kind of `SendFailed` when it
    does not say more."""
    what = f"account {account.sid}"
    yield from _tokens(books, account, what)
    yield _standing(answer, what)
    yield from _balance(books, account, answer, what)
    yield from _clock(answer)


def _tokens(books: TwilioBooks, account: TwilioAccount, what: str) -> Iterator[Finding]:
    """Look at the tokens by themselves: what comes in is signed with one, also where requests are made with an API key."""
    first, *second = (books.lets_in(account, one) for one in account.tokens)
    if first and all(second):
        both = "both tokens" if second else "its token"
        yield Finding(what, f"Twilio takes {both}")
    elif first:
        yield Finding(
            what,
            "Twilio does not take its second token",
            "leave it out, or copy the present one into the settings",
        )
    elif any(second):
        yield Finding(
            what,
            "its first token is no longer valid; the second is",
            "make the second one the first in the settings",
        )
    else:
        yield Finding(what, "Twilio does not take its token, and would sign with another one", SECRETS)


def _standing(answer: ApiAnswer, what: str) -> Finding:
    status, kind = answer.body.get("status"), answer.body.get("type")
    if status != "active":
        return Finding(
            what,
            f"it is {status}, so that nothing is sent",
            "see in Twilio's console why, and have it opened again",
        )
    if kind == "Trial":
        return Finding(what, "it is a trial: only verified numbers can be texted and called", UP)
    return Finding(what, "it is active")


def _balance(books: TwilioBooks, account: TwilioAccount, answer: ApiAnswer, what: str) -> Iterator[Finding]:
    owner = answer.body.get("owner_account_sid")
    if owner not in (None, account.sid):
        yield Finding(what, f"its bills are paid by {owner}, whose balance is not looked at", doubtful=True)
        return
    try:
        told = books.balance(account)
        left = float(told["balance"])
    except (SendFailed, KeyError, TypeError, ValueError):
        yield Finding(what, "Twilio does not tell its balance", doubtful=True)
        return
    money = f"{left:.2f} {told.get('currency', '')}".strip()
    if left < LEAST_LEFT:
        yield Finding(
            what,
            f"its balance is {money}",
            "pay in, and switch on automatic recharge, in Twilio's console under Billing",
        )
    else:
        yield Finding(what, f"its balance is {money}")


def _clock(answer: ApiAnswer) -> Iterator[Finding]:
    if answer.ahead is None:
        return
    if abs(answer.ahead) > LARGEST_SKEW:
        way = "behind" if answer.ahead > timedelta(0) else "ahead of"
        yield Finding(
            "clock",
            f"this machine is {abs(answer.ahead).total_seconds():.0f} s {way} Twilio",
            "have it set by NTP (timedatectl set-ntp true): people are told times, and replies are judged by when they were written",
        )
    else:
        yield Finding("clock", f"within {LARGEST_SKEW.total_seconds():.0f} s of Twilio's")
