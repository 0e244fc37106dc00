"""Who looks at the console, and what they may do there."""

from dataclasses import dataclass
from typing import Any, Protocol, Self

from ...actors.journal.access_port import User
from ...domain.access.user import Right, UserRole

OPEN_CONSOLE = "coordinator"
"""Whose orders they are where nobody signs in."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks at the console: `name` stands in the history of what they do.

    `organization_ids` are those they see; None is all. `session` is what their forms' tokens are bound to. `user` is None on
    an open console, where whoever sits at the machine is its admin.
    """

    name: str
    role: UserRole
    organization_ids: frozenset[str] | None = None
    session: str = ""
    user: User | None = None

    @classmethod
    def of_open_console(cls) -> Self:
        """Give who sits at the machine of a console that is open."""
        return cls(OPEN_CONSOLE, UserRole.ADMIN)

    @property
    def label(self) -> str:
        """Their name as they know it; empty where nobody has signed in."""
        return "" if self.user is None else self.user.name

    def may(self, right: Right) -> bool:
        """Whether they have the right."""
        return self.role.may(right)

    @property
    def may_act(self) -> bool:
        """Whether they may give orders about shifts and people."""
        return self.may(Right.ACT)

    @property
    def may_manage(self) -> bool:
        """Whether they may let others in."""
        return self.may(Right.MANAGE)

    @property
    def sees_all(self) -> bool:
        """Whether they see all organizations."""
        return self.organization_ids is None

    def sees(self, organization_id: str | None) -> bool:
        """Whether what belongs to an organization is shown to them; what belongs to none concerns everybody."""
        return (
            organization_id is None
            or self.organization_ids is None
            or organization_id in self.organization_ids
        )


class Viewers(Protocol):
    """Finds who sends a request."""

    def find(self, environ: dict[str, Any]) -> Viewer | None:
        """Give who sent the request with WSGI's `environ`, None when they have not signed in."""


ANONYMOUS = Viewer("", UserRole.VIEWER, frozenset())
"""Who has not signed in: they see no organization."""
