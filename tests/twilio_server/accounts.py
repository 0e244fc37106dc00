"""The Accounts and Balance resources."""

from datetime import datetime

from .account import Account
from .error_codes import refusal
from .listing import page
from .wire import Request, Response


def fetch(request: Request, now: datetime, account: Account, sid: str) -> Response:
    """Give the account that asks."""
    if sid != account.sid:
        raise refusal(20003)
    return Response(200, account.payload())


def list_all(request: Request, now: datetime, account: Account) -> Response:
    """Give a page with the one account that these credentials open."""
    return page([account.payload()], request, "accounts")


def balance(request: Request, now: datetime, account: Account) -> Response:
    """Give what is left of what was paid in."""
    return Response(200, {"account_sid": account.sid, "balance": account.balance, "currency": "USD"})
