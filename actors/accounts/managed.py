"""Letting people in and shutting them out; and API tokens."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any, TypeVar

from ...domain.access.session import (
    FIRST_RUN_FOR,
    INVITED_FOR,
    RESET_FOR,
)
from ...domain.access.user import Right, Scope, UserRole, holds
from ...domain.answer import Answer, Refusal, Status, refuse
from ..journal.access_port import ApiToken, Link, User
from ..journal.access_rows import AccessRows
from ..journal.transaction import Transaction
from ..runtime.clock import Clock
from ..runtime.promise import Promise
from .memory import Access, digest

API_TOKEN = "fy_"  # noqa: S105 - what such tokens begin with, so that scanners of secrets know them
SERVICE = "service"

T = TypeVar("T")

NO_USER = refuse(Refusal.UNKNOWN, "There is no such user.")
NO_TOKEN = refuse(Refusal.UNKNOWN, "There is no such token.")
NO_SESSION = refuse(Refusal.UNKNOWN, "This session has ended already.")
NO_LINK = refuse(Refusal.UNKNOWN, "There is no such link.")
NOT_YOURS = refuse(Refusal.OTHER_OWNER, "You can let people in only to what you see yourself.")
NEEDED = refuse(
    Refusal.IN_USE, "This is the only admin of all organizations. Let in another one first, or nobody can."
)
LINK_GONE = refuse(
    Refusal.CLOSED,
    "This link was used, taken back, or is too old. Ask whoever gave it to you for another one.",
)
NAME_TAKEN = refuse(Refusal.GIVEN_TWICE, "Somebody signs in by this name already. Choose another one.")
FIRST_IS_ADMIN = refuse(
    Refusal.IN_USE, "The first user must be an admin of all organizations, who can let in the others."
)


@dataclass(frozen=True, slots=True)
class Made:
    """A secret was made. It is told once: only its digest is kept."""

    token: str = field(repr=False)


class ManagedAccounts:
    """What admins do. A method that gives an order is told who `by`; it decides what they may. None is whoever runs the service.

    Raises `JournalUnavailable` when the journal cannot be used, and `NoAnswer` as the desk does.
    """

    def __init__(
        self,
        access: Access,
        clock: Clock,
        put: Callable[[Callable[[Transaction], Any]], Promise[Any]],
        patience: float,
    ) -> None:
        """`put` has a change carried out on the loop, and promises what it gives; that is waited for so many seconds."""
        self.access = access
        self._clock = clock
        self._put = put
        self._patience = patience

    def link(self, secret: str) -> Link | None:
        """Give the link that this is, None when it lets nobody in any more."""
        wanted, now = digest(secret), self._clock.now()
        links = self.access.tables().links.values()
        return next((one for one in links if one.digest == wanted and now < one.expires_at), None)

    def users(self, by: User | None) -> list[User]:
        """List the users whom somebody may manage, by name; None is whoever runs an open service."""
        return [one for one in self.access.tables().users.values() if _manages(by, one.scope)]

    def links(self, by: User | None) -> list[Link]:
        """List the links that still let somebody in."""
        now = self._clock.now()
        found = self.access.tables().links.values()
        return [one for one in found if now < one.expires_at and _manages(by, one.scope)]

    def tokens(self, by: User | None) -> list[ApiToken]:
        """List the API tokens of the organizations that somebody manages, the revoked ones too."""
        found = self.access.tables().tokens.values()
        return [one for one in found if _manages(by, frozenset({one.organization_id}))]

    def invite(self, by: User | None, name: str, role: UserRole, scope: Scope) -> Made | Answer:
        """Make a link with which somebody new comes in once, within days. `name` says for whom it is."""
        if not _manages(by, scope):
            return NOT_YOURS
        if by is None and self.access.nobody and (role is not UserRole.ADMIN or scope is not None):
            return FIRST_IS_ADMIN
        return self._link(_named(by), role, scope, INVITED_FOR, name=name)

    def first_run(self) -> Made | Answer | None:
        """Make the link with which the first admin comes in, instead of any before it; None when there is an admin who can
        let in others."""
        if any(one.manages_all for one in self.access.tables().users.values()):
            return None
        return self._link(SERVICE, UserRole.ADMIN, None, FIRST_RUN_FOR, only=True)

    def reset(self, by: User | None, key: int) -> Made | Answer:
        """Make a link with which a user takes a new password, within the hour; then all their sessions end."""
        user = self._managed(by, key)
        if user is None:
            return NO_USER
        return self._link(_named(by), user.role, user.scope, RESET_FOR, user=key, name=user.name)

    def take_back(self, by: User | None, key: int) -> Answer:
        """Take a link back that was not used."""
        if all(one.key != key for one in self.links(by)):
            return NO_LINK
        self._change(lambda rows: rows.drop_link(key))
        return done("The link lets nobody in any more.")

    def set_role(self, by: User | None, key: int, role: UserRole, scope: Scope) -> Answer:
        """Give a user another role, or other organizations; it counts at once."""
        if self._managed(by, key) is None:
            return NO_USER
        if not _manages(by, scope):
            return NOT_YOURS

        def change(transaction: Transaction) -> Answer:
            if (missing := _missing(transaction, scope)) is not None:
                return missing
            rows = transaction.access()
            user = rows.user(key)
            if user is None:
                return NO_USER
            if rows.is_needed(user) and (role is not UserRole.ADMIN or scope is not None):
                return NEEDED
            rows.set_role(key, role, scope)
            self._drop_links(rows, user)
            return done(f"{user.name} is {role.value} now.")

        return self._write(change)

    def disable(self, by: User | None, key: int) -> Answer:
        """Shut a user out at once: their sessions end, their links and those they made let nobody in."""
        if self._managed(by, key) is None:
            return NO_USER
        now = self._clock.now()

        def disable(rows: AccessRows) -> Answer:
            user = rows.user(key)
            if user is None:
                return NO_USER
            if rows.is_needed(user):
                return NEEDED
            rows.set_disabled(key, now)
            rows.drop_sessions(key)
            self._drop_links(rows, user)
            return done(f"{user.name} is shut out. Wherever they were signed in, they are not any more.")

        return self._change(disable)

    def enable(self, by: User | None, key: int) -> Answer:
        """Let a user in again who was shut out."""
        user = self._managed(by, key)
        if user is None:
            return NO_USER
        self._change(lambda rows: rows.set_disabled(key, None))
        return done(f"{user.name} can sign in again.")

    # -- API tokens

    def make_token(self, by: User | None, name: str, organization_id: str) -> Made | Answer:
        """Make a token for the API of one organization; it acts there as a coordinator does."""
        if not _manages(by, frozenset({organization_id})):
            return _unknown(organization_id)
        token, now = API_TOKEN + token_urlsafe(32), self._clock.now()

        def make(transaction: Transaction) -> Answer | None:
            if (missing := _missing(transaction, {organization_id})) is not None:
                return missing
            transaction.access().add_token(digest(token), name, organization_id, now, _named(by))
            return None

        return self._write(make) or Made(token)

    def revoke(self, by: User | None, key: int) -> Answer:
        """Have an API token open nothing any more, at once."""
        if all(one.key != key for one in self.tokens(by)):
            return NO_TOKEN
        now = self._clock.now()
        self._change(lambda rows: rows.revoke_token(key, now, _named(by)))
        return done("The token opens nothing any more.")

    def _link(
        self,
        by: str,
        role: UserRole,
        scope: Scope,
        holds_for: timedelta,
        *,
        user: int | None = None,
        name: str | None = None,
        only: bool = False,
    ) -> Made | Answer:
        secret, now = token_urlsafe(32), self._clock.now()

        def add(transaction: Transaction) -> Answer | None:
            if (missing := _missing(transaction, scope)) is not None:
                return missing
            rows = transaction.access()
            if only:
                rows.drop_links_of(by)
            rows.add_link(digest(secret), role, scope, now, by, now + holds_for, user=user, name=name)
            return None

        return self._write(add) or Made(secret)

    def _drop_links(self, rows: AccessRows, user: User) -> None:
        """Take back what a user made, and what was made for them: who made it may manage them no more."""
        rows.drop_links_of(user_name(user.name))
        for one in self.access.tables().links.values():
            if one.user == user.key:
                rows.drop_link(one.key)

    def _managed(self, by: User | None, key: int) -> User | None:
        return next((one for one in self.users(by) if one.key == key), None)

    def _change(self, change: Callable[[AccessRows], T]) -> T:
        return self._write(lambda transaction: change(transaction.access()))

    def _write(self, write: Callable[[Transaction], T]) -> T:
        written: T = self._put(write).wait(self._patience)
        return written


def user_name(name: str) -> str:
    """Give how a user stands in histories, as whose orders they are."""
    return f"user:{name}"


def _named(by: User | None) -> str:
    return "coordinator" if by is None else user_name(by.name)


def _manages(by: User | None, scope: Scope) -> bool:
    return by is None or (by.role.may(Right.MANAGE) and holds(by.scope, scope))


def _missing(transaction: Transaction, scope: Scope | set[str]) -> Answer | None:
    """Refuse what is said of organizations that are not there: somebody else may make one of this id later."""
    missing = next((one for one in sorted(scope or ()) if transaction.organization(one) is None), None)
    return None if missing is None else _unknown(missing)


def _unknown(organization_id: str) -> Answer:
    return refuse(Refusal.UNKNOWN, f"There is no organization {organization_id}.")


def done(said: str) -> Answer:
    """Give the answer to what was carried out."""
    return Answer(status=Status.SUCCESS, message=said)
