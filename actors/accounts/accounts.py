"""Accounts: signing in and out, by a name and a password or by a link."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from ...domain.access.session import (
    is_live,
    is_remembered,
    is_worth_noting,
)
from ...domain.answer import Answer, Refusal, refuse
from ..journal.access_port import ApiToken, Session, User
from ..journal.access_rows import AccessRows
from ..journal.transaction import Transaction
from ..runtime.clock import Clock
from ..runtime.promise import Promise
from .managed import API_TOKEN, LINK_GONE, NAME_TAKEN, NO_SESSION, NO_USER, SERVICE, ManagedAccounts, done
from .memory import Access, digest
from .passwords import Attempts, Passwords, TooBusy, fault_of


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody has signed in. `token` is what their browser brings from now on."""

    user: User
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """Name or password is wrong; or, with `wait` above 0, it was not looked at, and so many seconds are to be waited."""

    wait: float = 0.0


class Accounts(ManagedAccounts):
    """Who may come in, and how.

    Raises `JournalUnavailable` when the journal cannot be used, and `NoAnswer` as the desk does.
    """

    def __init__(
        self,
        access: Access,
        clock: Clock,
        put: Callable[[Callable[[Transaction], Any]], Promise[Any]],
        patience: float,
    ) -> None:
        super().__init__(access, clock, put, patience)
        self.passwords = Passwords()
        self._attempts = Attempts()

    def user_of(self, token: str, *, used: bool = False) -> User | None:
        """Give who has signed in with what a browser brings; None when nobody has, or not any more.

        `used` says that a person did something: then the session holds on. What a page asks for by itself must not say so.
        """
        tables, now = self.access.tables(), self._clock.now()
        session = tables.sessions.get(digest(token))
        user = None if session is None else tables.users.get(session.user)
        if session is None or user is None or user.disabled_at is not None or not _holds(session, now):
            return None
        if used and is_worth_noting(session.used_at, now):
            # Nobody waits for it: the page is shown also while nothing can be written.
            self._put(lambda transaction: transaction.access().use_session(session.digest, now))
        return user

    def token_of(self, secret: str) -> ApiToken | None:
        """Give the API token that this is, None when it is none, or was revoked."""
        if not secret.startswith(API_TOKEN):
            return None
        found = self.access.tables().tokens.get(digest(secret))
        return found if found is not None and found.revoked_at is None else None

    def sign_in(
        self, name: str, password: str, *, address: str, former: str | None = None, browser: str = ""
    ) -> SignedIn | NotSignedIn:
        """Look at a name and a password. `former` is what the browser had from an earlier session, and tells its user from
        a stranger at `address`; `browser` is what it is called among their sessions. Raises `TooBusy`."""
        tables, now = self.access.tables(), self._clock.now()
        user = next((one for one in tables.users.values() if one.name == name), None)
        earlier = None if former is None else tables.sessions.get(digest(former))
        known = earlier is not None and user is not None and earlier.user == user.key
        device = earlier.digest if earlier and known and is_remembered(earlier.used_at, now) else None
        seconds = self._attempts.begin(name, address, device, now)
        if seconds > 0:
            return NotSignedIn(seconds)
        fits = self._fits(password, None if user is None else user.password, (name, address, device, now))
        if user is None or not fits or user.disabled_at is not None:
            return NotSignedIn()
        token = token_urlsafe(32)

        def start(rows: AccessRows) -> bool:
            there = rows.user(user.key)
            # It may have been changed, or shut out, while the password was looked at.
            if there is None or there.disabled_at is not None or there.password != user.password:
                return False
            rows.start_session(digest(token), user.key, browser, now, former and digest(former))
            return True

        if not self._change(start):
            return NotSignedIn()
        self._attempts.succeeded(name, address, device)
        return SignedIn(user, token)

    def sign_out(self, token: str) -> None:
        """End a session."""
        now = self._clock.now()
        self._change(lambda rows: rows.end_session(digest(token), now))

    def sessions(self, token: str) -> list[Session]:
        """List the sessions of whoever has signed in that still hold, the one used last first."""
        user, now = self.user_of(token), self._clock.now()
        found = self.access.tables().sessions.values()
        mine = [one for one in found if user is not None and one.user == user.key and _holds(one, now)]
        return sorted(mine, key=lambda one: one.used_at, reverse=True)

    def end_sessions(self, token: str, which: str | None = None) -> Answer:
        """End one session of whoever has signed in, by its digest, or all but the present one."""
        mine = {one.digest for one in self.sessions(token)}
        ended = mine - {digest(token)} if which is None else mine & {which}
        if which is not None and not ended:
            return NO_SESSION
        now = self._clock.now()

        def end(rows: AccessRows) -> None:
            for one in ended:
                rows.end_session(one, now)

        self._change(end)
        return done("Signed out there." if which is not None else "Signed out everywhere else.")

    def join(
        self, secret: str, name: str, password: str, former: str | None = None, browser: str = ""
    ) -> SignedIn | Answer:
        """Use a link: somebody new takes a name and a password, or a user takes another password; then they are signed in.

        Raises `TooBusy`.
        """
        link = self.link(secret)
        if link is None:
            return LINK_GONE
        fault = fault_of(password, name)
        if fault is not None:
            return refuse(Refusal.NOT_QUALIFIED, fault)
        kept, token, now = self.passwords.hash(password), token_urlsafe(32), self._clock.now()

        def join(rows: AccessRows) -> User | Answer:
            found = rows.link(digest(secret))
            if found is None or now >= found.expires_at:
                return LINK_GONE
            if found.user is None:
                if rows.named(name) is not None:
                    return NAME_TAKEN
                key = rows.add_user(name, found.role, found.scope, kept, now, found.made_by)
            else:
                key, there = found.user, rows.user(found.user)
                # Whoever made the link for somebody shut out, or of another role by now, may not manage them any more.
                if (
                    there is None
                    or there.disabled_at
                    or (there.role, there.scope) != (found.role, found.scope)
                ):
                    return LINK_GONE
                rows.set_password(key, kept)
                rows.drop_sessions(key)
            rows.drop_link(found.key)
            rows.drop_links_of(SERVICE)
            user = rows.user(key)
            assert user is not None
            rows.start_session(digest(token), key, browser, now, former and digest(former))
            return user

        user = self._change(join)
        return user if isinstance(user, Answer) else SignedIn(user, token)

    def change_password(self, token: str, old: str, new: str, *, address: str) -> Answer:
        """Give whoever has signed in another password; their other sessions end. Raises `TooBusy`."""
        user = self.user_of(token)
        if user is None:
            return NO_USER
        now = self._clock.now()
        if self._attempts.begin(user.name, address, digest(token), now) > 0:
            return refuse(Refusal.CLOSED, "Too many attempts. Wait a minute, then try again.")
        if not self._fits(old, user.password, (user.name, address, digest(token), now)):
            return refuse(Refusal.NOT_QUALIFIED, "The present password is not right.")
        fault = fault_of(new, user.name)
        if fault is not None:
            return refuse(Refusal.NOT_QUALIFIED, fault)
        kept = self.passwords.hash(new)

        def change(rows: AccessRows) -> None:
            rows.set_password(user.key, kept)
            rows.drop_sessions(user.key, but=digest(token))

        self._change(change)
        return done("Your password is changed. Everywhere else you are signed out.")

    def _fits(self, password: str, kept: str | None, attempt: tuple[str, str, str | None, datetime]) -> bool:
        try:
            return self.passwords.fits(password, kept)
        except TooBusy:
            self._attempts.take_back(*attempt)
            raise


def _holds(session: Session, now: datetime) -> bool:
    return session.ended_at is None and is_live(session.made_at, session.used_at, now)
