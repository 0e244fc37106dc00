"""Who sends a request to the API."""

from dataclasses import dataclass

from flask import request

CALLER_IN_ENVIRON = "firstyes.caller"
"""Where the caller stands in WSGI's environ, once the guard has let the request in."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever a request is from: `by` stands in histories. With an `organization_id` they see it, and nothing of others."""

    by: str
    organization_id: str | None = None

    def named(self, label: str | None) -> str:
        """Give whose order it is, where a request names somebody. Who is of one organization is named as well."""
        if label is None:
            return self.by
        return label if self.organization_id is None else f"{self.by}, {label}"


def present_caller() -> Caller:
    """Give who sends the request under way."""
    caller = request.environ[CALLER_IN_ENVIRON]
    assert isinstance(caller, Caller)
    return caller
