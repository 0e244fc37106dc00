"""People who sign in, with hashes that cost nothing."""

from typing import Any

from firstyes.actors.accounts.accounts import Accounts, NotSignedIn, SignedIn
from firstyes.actors.accounts.managed import Made
from firstyes.actors.accounts.passwords import Passwords
from firstyes.actors.desk.desk import ShiftDesk
from firstyes.domain.access.user import Scope, UserRole
from firstyes.domain.answer import Answer, Refusal

HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"
PASSWORD = "seven wet herons at noon"
ANOTHER = "nine dry otters by the lake"


def cheap(desk: ShiftDesk) -> Accounts:
    """Give the desk's accounts; their hashes are made in no time."""
    desk.accounts.passwords = Passwords(memory=8, rounds=1)
    return desk.accounts


def sign_in(
    accounts: Accounts, name: str = "ann", password: str = PASSWORD, **more: Any
) -> SignedIn | NotSignedIn:
    """Try a name and a password, from home."""
    return accounts.sign_in(name, password, **{"address": HOME, **more})


def refused(answer: object) -> Refusal | None:
    """Say why an order was refused; None when it was not."""
    return answer.refusal if isinstance(answer, Answer) else None


def let_in(
    desk: ShiftDesk, name: str, role: UserRole = UserRole.ADMIN, scope: Scope = None, password: str = PASSWORD
) -> SignedIn:
    """Let somebody in, and have them sign in."""
    accounts = cheap(desk)
    by = None if accounts.access.nobody else next(one for one in accounts.users(None) if one.manages_all)
    made = accounts.invite(by, name, role, scope)
    assert isinstance(made, Made), made
    joined = accounts.join(made.token, name, password)
    assert isinstance(joined, SignedIn), joined
    return joined
