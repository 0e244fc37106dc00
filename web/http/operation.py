"""One operation of the API: the row from which both its route and its place in the OpenAPI document are made."""

import re
from collections.abc import Callable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method on one path, and who answers it.

    `path` names its parameters in braces: `/shifts/{shift_id}`. `view` gets them as keywords; its docstring is the
    operation's description. `body` is what the request must hold (`many`: or a list of it; `body_optional`: or
    nothing), `query` its parameters, `answer` what a success holds, of type `media`. `problems` are the statuses at or
    above 400 worth naming; any operation can end in others. `open` ones need no token.
    """

    method: str
    path: str
    name: str
    view: Callable[..., Response]
    summary: str
    tag: str
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    many: bool = False
    body_optional: bool = False
    answer: type[BaseModel] | None = None
    many_answer: type[BaseModel] | None = None
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
