"""Who looks at the console, and what they may do there."""

from dataclasses import dataclass
from typing import Any, Literal, Protocol

Role = Literal["viewer", "coordinator", "admin"]

OPEN_CONSOLE = "coordinator"
"""Whose orders they are where nobody signs in."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks at the console: `name` stands in the history of what they do.

    `organization_ids` are those they see; None is all. `session` is what their forms' tokens are bound to.
    """

    name: str
    role: Role
    organization_ids: frozenset[str] | None = None
    session: str = ""

    @property
    def may_act(self) -> bool:
        """Whether they may change something."""
        return self.role != "viewer"

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
        ...


class EverybodyHere:
    """On an app that is open on loopback, whoever sits at the machine is the coordinator of all organizations."""

    def find(self, environ: dict[str, Any]) -> Viewer | None:
        """Give the coordinator."""
        return Viewer(OPEN_CONSOLE, "coordinator")


class Nobody:
    """Where nobody can sign in, nobody sees anything."""

    def find(self, environ: dict[str, Any]) -> Viewer | None:
        """Give nobody."""
        return None
