"""Walls between organizations: who comes with a token of one sees it, and nothing of others, in every operation.

What belongs to another organization is answered as what is not there. An operation is open to such a caller only as far
as this module can tell whose it is about: by its path, its query, what its body names, or its rows. Any other is the service's own.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel

from ...actors.desk.desk import ShiftDesk
from ...actors.journal.access_port import Owned
from ...domain.answer import Answer, Refusal, refuse
from .caller import Caller
from .problems import RequestRefused, refuse_unknown
from .problems import refuse as refuse_request

R = TypeVar("R")
Q = TypeVar("Q", bound=BaseModel)

WHOSE = "organization_id"
KINDS = {f"{one.value}_id": one for one in Owned} | {"holder": Owned.CAREGIVER}
"""What names a thing, in a path or a body."""


class Walls:
    """Tells what a caller of one organization may ask for."""

    def __init__(self, desk: ShiftDesk) -> None:
        self._desk = desk

    def check(self, caller: Caller, named: Mapping[str, str]) -> None:
        """Raise `RequestRefused` when what a path or a body names is not there, or is another organization's."""
        for name, value in named.items():
            if name not in KINDS:
                raise refuse_all()
            if caller.organization_id not in self._desk.owners(KINDS[name], value):
                raise refuse_unknown(KINDS[name], value)

    def check_body(self, caller: Caller, body: BaseModel) -> None:
        """Raise `RequestRefused` as `check` does, for all that a body names."""
        values = {name: getattr(body, name) for name in names_in(type(body))}
        self.check(caller, {name: value for name, value in values.items() if value is not None})


def names_in(body: type[BaseModel] | None) -> set[str]:
    """Give the fields of a body that name what belongs to an organization."""
    return set() if body is None else KINDS.keys() & body.model_fields.keys()


def narrowed(caller: Caller, query: Q) -> Q:
    """Give the query for the caller's organization. Raises `RequestRefused` when it is about another one."""
    asked = getattr(query, WHOSE)
    if asked not in (None, caller.organization_id):
        raise refuse_unknown("organization", asked)
    return query.model_copy(update={WHOSE: caller.organization_id})


def answer_own(caller: Caller, rows: Sequence[R], answer: Callable[[list[R]], Any]) -> list[Answer]:
    """Have the rows of the caller's organization answered; the others are of organizations that are not there."""
    own = [one for one in rows if _owner(one) == caller.organization_id]
    answers = iter(answer(own) if own else ())
    return [
        next(answers)
        if _owner(one) == caller.organization_id
        else refuse(Refusal.UNKNOWN, f"There is no organization {_owner(one)}.")
        for one in rows
    ]


def refuse_all() -> RequestRefused:
    """Make the exception for what concerns all organizations at once."""
    said = (
        "This token is of one organization, and this concerns all of them: the service's own token may do it."
    )
    return refuse_request("not-yours", 403, said)


def _owner(row: Any) -> str:
    return str(getattr(row, WHOSE))
