"""Who uses the console: users, what each role may do, and of which organizations."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from ..text import tidy

Scope = frozenset[str] | None
"""The organizations somebody sees; None for all of them."""


class Right(StrEnum):
    """What can be done: look, give orders about shifts and people, let others in."""

    SEE = "see"
    ACT = "act"
    MANAGE = "manage"


class UserRole(StrEnum):
    """What a user is here for."""

    VIEWER = "viewer"
    COORDINATOR = "coordinator"
    ADMIN = "admin"

    def may(self, right: Right) -> bool:
        """Whether this role has the right."""
        return right in RIGHTS[self]


RIGHTS: dict[UserRole, frozenset[Right]] = {
    UserRole.VIEWER: frozenset({Right.SEE}),
    UserRole.COORDINATOR: frozenset({Right.SEE, Right.ACT}),
    UserRole.ADMIN: frozenset(Right),
}


def sees(scope: Scope, organization_id: str) -> bool:
    """Whether an organization is in the scope."""
    return scope is None or organization_id in scope


def holds(outer: Scope, inner: Scope) -> bool:
    """Whether `outer` has every organization that `inner` has."""
    return outer is None or (inner is not None and inner <= outer)


def _one_name(text: str) -> str:
    return tidy(text).casefold()


UserName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80),
    AfterValidator(_one_name),
    StringConstraints(pattern=r"^[\w][\w.@+' -]*$", min_length=1),
]
"""What somebody signs in with: a name or an e-mail address. Great and small letters are the same."""
