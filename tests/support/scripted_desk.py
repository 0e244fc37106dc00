"""A desk that plays what a test wrote for it."""

from collections.abc import Callable
from typing import Any

from firstyes.actors.accounts.memory import Access
from firstyes.actors.journal.port import JournalHealth
from firstyes.actors.records import Page
from firstyes.actors.system import DeskHealth
from firstyes.domain.answer import Answer, Status


class _NobodyYet:
    """Accounts in which there is nobody, and no token."""

    def __init__(self) -> None:
        self.access = Access()

    def token_of(self, secret: str) -> None:
        """Give the token that this is."""


class ScriptedDesk:
    """Plays a desk: answers what the test wrote, raises what it wrote, and keeps what it was called with."""

    simulated = True
    forked = False
    accounts = _NobodyYet()

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        done = Answer(status=Status.SUCCESS, message="Done.")
        self._script: dict[str, Any] = {
            "receive": done,
            "fan_out": done,
            "cancel": done,
            "release": done,
            "assign": done,
            "pause": done,
            "resume": done,
            "next_round": done,
            "preview": None,
            "mark": done,
            "post_shifts": [done],
            "put_organizations": [done],
            "delete_organization": done,
            "put_caregivers": [done],
            "shift": None,
            "organization": None,
            "message": None,
            "close_alert": None,
            "timeline": [],
            "health": DeskHealth(ready=True, reason=None, journal=JournalHealth(0)),
        }
        for pages in ("shifts", "messages", "alerts", "organizations", "caregivers"):
            self._script[pages] = Page(items=())

    def will(self, **script: Any) -> None:
        """Say what a method gives, or which exception it raises."""
        self._script.update(script)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in self._script:
            raise AttributeError(name)

        def play(*args: Any, **kwargs: Any) -> Any:
            self.calls.append((name, args, kwargs))
            outcome = self._script[name]
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        return play
