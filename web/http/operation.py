"""One operation of the API: the row from which both its route and its place in the OpenAPI document are made."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from flask import Response, request
from pydantic import BaseModel
from werkzeug.routing import BaseConverter, Map

from ...domain.identifier import PATTERN
from .query import read_no_query

NAME_IN_ENVIRON = "firstyes.operation"
"""Where the name of the operation stands in WSGI's environ while it is carried out."""


PATTERNS = {"message_id": r"^(in|out)-[0-9]{1,18}$", "alert_id": "^[0-9]{1,18}$"}
"""What can stand for these parameters of a path. For all others it is `PATTERN`."""


class ParameterConverter(BaseConverter):
    """What can stand for a parameter of a path. Anything else is no path of ours, and answered with 404."""

    def __init__(self, url_map: Map, name: str) -> None:
        super().__init__(url_map)
        self.regex = PATTERNS.get(name, PATTERN).removeprefix("^").removesuffix("$").replace("(in", "(?:in")


View = TypeVar("View", bound=Callable[..., Response])


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path, and who answers it.

    `path` names its parameters in braces: `/shifts/{shift_id}`. `view` gets them as keywords; it lends the operation its
    name, its module the tag, its docstring the description. `body` is what the request must hold (`many`: or a list of
    it), `query` its parameters, `answer` what a success holds, of type `media`. `problems` are statuses worth naming
    besides those that follow from all this. `open` ones need no token.
    """

    method: str
    path: str
    view: Callable[..., Response]
    summary: str
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    many: bool = False
    answer: type[BaseModel] | None = None
    media: str = "application/json"
    problems: tuple[int, ...] = ()
    open: bool = False

    def answer_request(self, **path: str) -> Response:
        """Carry the operation out for the request under way; `path` has the parameters in its path."""
        environ = request.environ
        environ[NAME_IN_ENVIRON] = self.name
        if self.query is None and environ.get("QUERY_STRING"):
            read_no_query()
        return self.view(**path)

    @property
    def name(self) -> str:
        """Its name in the document and in the metrics."""
        return self.view.__name__

    @property
    def tag(self) -> str:
        """The subject it belongs to."""
        return self.view.__module__.rpartition(".")[2]

    @property
    def named_problems(self) -> set[int]:
        """The statuses of 400 and above worth naming; any operation can end in others."""
        found = {*self.problems}
        if self.body or self.query or self.path_parameters:
            found |= {422, 503}
        if self.body or self.query:
            found.add(400)
        if self.body or self.path_parameters:
            found.add(404)
        return found | ({413, 415} if self.body else set())

    @property
    def rule(self) -> str:
        """The path as the router wants it."""
        return re.sub(r"{(\w+)}", r"<parameter(\1):\1>", self.path)

    @property
    def open_path(self) -> str:
        """The path up to its first parameter."""
        return self.path.partition("{")[0]

    @property
    def path_parameters(self) -> list[str]:
        """The names of the parameters in the path, in order."""
        return re.findall(r"{(\w+)}", self.path)


class Operations:
    """Operations of one subject: a decorator makes one of each view, as Flask's do of routes."""

    def __init__(self) -> None:
        self.operations: tuple[Operation, ...] = ()
        self.get = partial(self._add, "GET")
        self.post = partial(self._add, "POST")
        self.delete = partial(self._add, "DELETE")

    def _add(self, method: str, path: str, summary: str, **more: Any) -> Callable[[View], View]:
        def add(view: View) -> View:
            self.operations += (Operation(method, path, view, summary, **more),)
            return view

        return add
