"""Users, sessions, links and API tokens as rows: written within a transaction of the writer."""

import json
from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Cursor
from typing import Any

from ...domain.access.session import MOST_SESSIONS, REMEMBERED
from ...domain.access.user import Scope, UserRole
from .access_port import Link, User
from .instants import from_micros, instant_or_none, to_micros
from .many_rows import dump

USER = "key, name, role, organizations, password, made_at, made_by, disabled_at"
LINK = "key, digest, user, name, role, organizations, made_at, made_by, expires_at"
ONE_USER = f"SELECT {USER} FROM users WHERE key = ?"  # noqa: S608 - names of ours
NAMED = f"SELECT {USER} FROM users WHERE name = ?"  # noqa: S608
ONE_LINK = f"SELECT {LINK} FROM links WHERE digest = ?"  # noqa: S608
ANOTHER_ADMIN = (
    "SELECT EXISTS (SELECT 1 FROM users WHERE key <> ? AND role = 'admin' AND organizations IS NULL "
    "AND disabled_at IS NULL)"
)
LEADS_TO = (
    "SELECT EXISTS (SELECT 1 FROM api_tokens WHERE organization_id = ?1 AND revoked_at IS NULL) "
    "OR EXISTS (SELECT 1 FROM users CROSS JOIN json_each(users.organizations) WHERE value = ?1) "
    "OR EXISTS (SELECT 1 FROM links CROSS JOIN json_each(links.organizations) WHERE value = ?1)"
)
ADD_USER = (
    "INSERT INTO users (name, role, organizations, password, made_at, made_by) VALUES (?, ?, ?, ?, ?, ?)"
)
SET_PASSWORD = "UPDATE users SET password = ? WHERE key = ?"  # noqa: S105 - a statement
SET_ROLE = "UPDATE users SET role = ?, organizations = ? WHERE key = ?"
SET_DISABLED = "UPDATE users SET disabled_at = ? WHERE key = ?"
ADD_SESSION = "INSERT INTO sessions (digest, user, browser, made_at, used_at) VALUES (?1, ?2, ?3, ?4, ?4)"
DROP_SESSION = "DELETE FROM sessions WHERE digest = ?"
DROP_SESSIONS = "DELETE FROM sessions WHERE user = ? AND digest IS NOT ?"
DROP_OLD_SESSIONS = (
    "DELETE FROM sessions WHERE used_at < ?1 OR digest IN (SELECT digest FROM sessions WHERE user = ?2 "
    "ORDER BY used_at DESC LIMIT -1 OFFSET ?3)"
)
USE_SESSION = "UPDATE sessions SET used_at = max(used_at, ?2) WHERE digest = ?1 AND ended_at IS NULL"
END_SESSION = "UPDATE sessions SET ended_at = ?2 WHERE digest = ?1 AND ended_at IS NULL"
ADD_LINK = (
    "INSERT INTO links (digest, user, name, role, organizations, made_at, made_by, expires_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
DROP_LINK = "DELETE FROM links WHERE key = ?"
DROP_LINKS = "DELETE FROM links WHERE user = ?1 OR expires_at <= ?2"
DROP_LINKS_OF = "DELETE FROM links WHERE made_by = ?"
ADD_TOKEN = "INSERT INTO api_tokens (digest, name, organization_id, made_at, made_by) VALUES (?, ?, ?, ?, ?)"  # noqa: S105
REVOKE_TOKEN = "UPDATE api_tokens SET revoked_at = ?2, revoked_by = ?3 WHERE key = ?1 AND revoked_at IS NULL"  # noqa: S105


def read_user(row: Sequence[Any]) -> User:
    """Give a user from the columns of `USER`."""
    key, name, role, scope, password, made, by, disabled = row
    made_at, disabled_at = from_micros(made), instant_or_none(disabled)
    return User(key, name, UserRole(role), read_scope(scope), password, made_at, by, disabled_at)


def read_link(row: Sequence[Any]) -> Link:
    """Give a link from the columns of `LINK`."""
    key, digest, user, name, role, scope, made, by, ends = row
    made_at, ends_at = from_micros(made), from_micros(ends)
    return Link(key, digest, user, name, UserRole(role), read_scope(scope), made_at, by, ends_at)


def read_scope(organizations: str | None) -> Scope:
    """Give a scope from its column."""
    return None if organizations is None else frozenset(json.loads(organizations))


def _written(scope: Scope) -> str | None:
    return None if scope is None else dump(sorted(scope))


class AccessRows:
    """Writes who may come in, in the transaction that is open, and looks up what a change depends on."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def user(self, key: int) -> User | None:
        """Give one user."""
        row = self._cursor.execute(ONE_USER, (key,)).fetchone()
        return None if row is None else read_user(row)

    def named(self, name: str) -> User | None:
        """Give the user who signs in by this name."""
        row = self._cursor.execute(NAMED, (name,)).fetchone()
        return None if row is None else read_user(row)

    def is_needed(self, user: User) -> bool:
        """Whether without this user nobody could let in anybody."""
        [another] = self._cursor.execute(ANOTHER_ADMIN, (user.key,)).fetchone()
        return user.manages_all and not another

    def leads_to(self, organization_id: str) -> bool:
        """Whether somebody may come in for this organization, who would come in for the next one of this id."""
        [found] = self._cursor.execute(LEADS_TO, (organization_id,)).fetchone()
        return bool(found)

    def add_user(self, name: str, role: UserRole, scope: Scope, password: str, at: datetime, by: str) -> int:
        """Add a user, and give their key. The name must be free."""
        row = (name, role.value, _written(scope), password, to_micros(at), by)
        self._cursor.execute(ADD_USER, row)
        key = self._cursor.lastrowid
        assert key is not None
        return key

    def set_password(self, user: int, password: str) -> None:
        """Give a user another password."""
        self._cursor.execute(SET_PASSWORD, (password, user))

    def set_role(self, user: int, role: UserRole, scope: Scope) -> None:
        """Give a user another role, and other organizations."""
        self._cursor.execute(SET_ROLE, (role.value, _written(scope), user))

    def set_disabled(self, user: int, at: datetime | None) -> None:
        """Shut a user out from `at` on, or let them in again."""
        self._cursor.execute(SET_DISABLED, (None if at is None else to_micros(at), user))

    def start_session(self, digest: str, user: int, browser: str, at: datetime, replaced: str | None) -> None:
        """Add a session, in place of the one its browser had, and drop those that are too old or too many."""
        self._cursor.execute(DROP_SESSION, (replaced,))
        self._cursor.execute(ADD_SESSION, (digest, user, browser, to_micros(at)))
        self._cursor.execute(DROP_OLD_SESSIONS, (to_micros(at - REMEMBERED), user, MOST_SESSIONS))

    def use_session(self, digest: str, at: datetime) -> None:
        """Note that a session was used."""
        self._cursor.execute(USE_SESSION, (digest, to_micros(at)))

    def end_session(self, digest: str, at: datetime) -> None:
        """End a session; its browser stays known."""
        self._cursor.execute(END_SESSION, (digest, to_micros(at)))

    def drop_sessions(self, user: int, but: str | None = None) -> None:
        """End the sessions of a user, and forget their browsers, but for one."""
        self._cursor.execute(DROP_SESSIONS, (user, but))

    def link(self, digest: str) -> Link | None:
        """Give one link."""
        row = self._cursor.execute(ONE_LINK, (digest,)).fetchone()
        return None if row is None else read_link(row)

    def add_link(
        self,
        digest: str,
        role: UserRole,
        scope: Scope,
        at: datetime,
        by: str,
        expires_at: datetime,
        *,
        user: int | None = None,
        name: str | None = None,
    ) -> None:
        """Add a link. A user's former one goes, and so do those that have expired."""
        self._cursor.execute(DROP_LINKS, (user, to_micros(at)))
        row = (digest, user, name, role.value, _written(scope), to_micros(at), by, to_micros(expires_at))
        self._cursor.execute(ADD_LINK, row)

    def drop_link(self, key: int) -> None:
        """Take a link back, or use it up."""
        self._cursor.execute(DROP_LINK, (key,))

    def drop_links_of(self, by: str) -> None:
        """Take back the links that somebody made."""
        self._cursor.execute(DROP_LINKS_OF, (by,))

    def add_token(self, digest: str, name: str, organization_id: str, at: datetime, by: str) -> None:
        """Add an API token."""
        self._cursor.execute(ADD_TOKEN, (digest, name, organization_id, to_micros(at), by))

    def revoke_token(self, key: int, at: datetime, by: str) -> None:
        """Let an API token open nothing any more. One that is revoked stays as it was revoked."""
        self._cursor.execute(REVOKE_TOKEN, (key, to_micros(at), by))
