"""Who may come in, as the journal keeps it. Of every secret only a digest is kept, or the hash of a password."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ...domain.access.user import Right, Scope, UserRole


class Owned(StrEnum):
    """What belongs to an organization."""

    ORGANIZATION = "organization"
    SHIFT = "shift"
    CAREGIVER = "caregiver"
    ALERT = "alert"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signs in to the console. `scope` are the organizations they see; None for all."""

    key: int
    name: str
    role: UserRole
    scope: Scope
    password: str = field(repr=False)
    made_at: datetime
    made_by: str
    disabled_at: datetime | None = None

    @property
    def manages_all(self) -> bool:
        """Whether they can let in anybody, everywhere."""
        return self.disabled_at is None and self.scope is None and self.role.may(Right.MANAGE)


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in. One that has ended is kept for a while: its browser is known. `browser` is what its user calls that, empty
    where nobody can say."""

    digest: str
    user: int
    browser: str
    made_at: datetime
    used_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link that lets somebody in once: a new user, or `user`, who gets a new password."""

    key: int
    digest: str
    user: int | None
    name: str | None
    role: UserRole
    scope: Scope
    made_at: datetime
    made_by: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token for the API of one organization."""

    key: int
    digest: str
    name: str
    organization_id: str
    made_at: datetime
    made_by: str
    revoked_at: datetime | None = None
    revoked_by: str | None = None


@dataclass(frozen=True, slots=True)
class AccessTables:
    """All of that at one commit: users and links by key, sessions and tokens by digest."""

    users: Mapping[int, User] = field(default_factory=dict)
    sessions: Mapping[str, Session] = field(default_factory=dict)
    links: Mapping[int, Link] = field(default_factory=dict)
    tokens: Mapping[str, ApiToken] = field(default_factory=dict)
