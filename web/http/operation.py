"""One operation of the API: the row from which both its route and its place in the OpenAPI document are made."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar, get_args

from flask import Response, request
from pydantic import BaseModel
from werkzeug.routing import BaseConverter, Map

from ...domain.answer import Answer
from ...domain.identifier import PATTERN
from ..service.web_settings import WebSettings
from .body import read_body, read_rows
from .caller import CALLER_IN_ENVIRON, present_caller
from .problems import refuse_unknown
from .query import NoQuery, read_query
from .responses import WireAnswer, respond, respond_rows, respond_with
from .walls import WHOSE, Walls, answer_own, names_in, narrowed, refuse_all

NAME_IN_ENVIRON = "firstyes.operation"
"""Where the name of the operation stands in WSGI's environ while it is carried out."""

PATTERNS = {"message_id": r"^(in|out)-[0-9]{1,18}$", "alert_id": "^[0-9]{1,18}$"}
"""What can stand for these parameters of a path. For all others it is `PATTERN`."""


class ParameterConverter(BaseConverter):
    """What can stand for a parameter of a path. Anything else is no path of ours, and answered with 404."""

    def __init__(self, url_map: Map, name: str) -> None:
        super().__init__(url_map)
        self.regex = PATTERNS.get(name, PATTERN).removeprefix("^").removesuffix("$").replace("(in", "(?:in")


View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path, and who answers it.

    `path` names its parameters in braces: `/shifts/{shift_id}`. `view` gets them as keywords; it lends the operation its
    name, its module the tag, its docstring the description. What else it takes and gives, its annotations say: a `query`,
    a `body` of at most `limit` bytes, or `rows`, which are one thing or a list of them, with an answer each. None is
    answered with 404. `countries` look up those of organizations that rows name. A success is of type `media`.
    `problems` are statuses worth naming besides those that follow from all this. `open` ones need no token; those that are
    `everywhere` concern all organizations, and are not for a caller of one.
    """

    method: str
    path: str
    view: Callable[..., object]
    walls: Walls
    summary: str
    limit: int
    many: bool = False
    query: type[BaseModel] | None = None
    body: type[Any] | None = None
    answer: type[BaseModel] | None = None
    countries: Callable[[set[str]], Mapping[str, str]] = lambda _: {}
    media: str = "application/json"
    problems: tuple[int, ...] = ()
    open: bool = False
    everywhere: bool = False

    def answer_request(self, **given: Any) -> Response:
        """Carry the operation out for the request under way; `given` are the parameters in its path."""
        environ = request.environ
        environ[NAME_IN_ENVIRON] = self.name
        path = dict(given)
        caller = environ[CALLER_IN_ENVIRON]
        walled = caller.organization_id is not None and not self.open
        if walled:
            if not self.has_walls:
                raise refuse_all()
            self.walls.check(caller, path)
        if self.query is not None:
            given["query"] = read_query(self.query)
            if walled and WHOSE in self.query.model_fields:
                given["query"] = narrowed(caller, given["query"])
        elif environ.get("QUERY_STRING"):
            read_query(NoQuery)
        if self.body is not None:
            if self.many:
                rows, many = read_rows(self.body, self.limit, self._countries_of(caller.organization_id))
                answers: Any = answer_own(caller, rows, self.view) if walled else self.view(rows)
                return respond_rows(rows, answers) if many else respond(answers[0])
            given["body"] = read_body(self.body, self.limit)
            if walled:
                self.walls.check_body(caller, given["body"])
        match self.view(**given):
            case Response() as response:
                return response
            case Answer() as answer:
                return respond(answer)
            case BaseModel() as found:
                return respond_with(found)
            case _:
                [(name, value)] = path.items()
                raise refuse_unknown(name.removesuffix("_id"), value)

    def _countries_of(self, organization_id: str | None) -> Callable[[set[str]], Mapping[str, str]]:
        if organization_id is None:
            return self.countries
        return lambda names: self.countries(names & {organization_id})

    @property
    def has_walls(self) -> bool:
        """Whether it can be told whose it is about."""
        by_query = self.query is not None and WHOSE in self.query.model_fields
        by_name = bool(self.path_parameters or names_in(self.body))
        return not self.everywhere and (self.many or by_query or by_name)

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
    """All operations of one app: a decorator makes one of each view, as Flask's do of routes.

    `walls` keep those who come for one organization to it.
    """

    def __init__(self, settings: WebSettings, walls: Walls) -> None:
        self.operations: list[Operation] = []
        self._walls = walls
        self.get = partial(self._add, "GET")
        self.post = partial(self._add, "POST")
        self.delete = partial(self._add, "DELETE")
        self._settings = settings

    @property
    def by(self) -> str:
        """Whose orders the request under way gives, where it names nobody."""
        return present_caller().by

    @property
    def sees(self) -> frozenset[str] | None:
        """The organizations that the request under way may be about; None is all."""
        owner = present_caller().organization_id
        return None if owner is None else frozenset({owner})

    def named(self, label: str | None) -> str:
        """Give whose orders they are, where it may name somebody."""
        return present_caller().named(label)

    def _add(self, method: str, path: str, summary: str, **more: Any) -> Callable[[View], View]:
        def add(view: View) -> View:
            named = view.__annotations__
            many = "rows" in named
            operation = Operation(
                method,
                path,
                view,
                self._walls,
                summary,
                self._settings.bulk_limit if many else self._settings.body_limit,
                many,
                named.get("query"),
                get_args(named["rows"])[0] if many else named.get("body"),
                WireAnswer if many else _answer(named["return"]),
                **more,
            )
            self.operations.append(operation)
            return view

        return add


def _answer(given: Any) -> type[BaseModel] | None:
    """What a view gives, as it is told; None of what is no JSON."""
    [kind] = [one for one in get_args(given) if one is not type(None)] or [given]
    return None if kind is Response else WireAnswer if kind is Answer else kind
