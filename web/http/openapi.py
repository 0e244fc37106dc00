"""The OpenAPI 3.1 document, made from the same rows as the routes."""

import json
from collections.abc import Iterable, Iterator, Sequence
from inspect import cleandoc
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from ... import __version__
from ...domain.caregiver import Caregiver
from ...domain.identifier import PATTERN
from .body import MOST_ROWS, has_required
from .examples import body_example, example_of
from .operation import PATTERNS, Operation
from .problems import MEDIA_TYPE, Problem
from .responses import RowAnswers

Json = dict[str, Any]
Mode = Literal["validation", "serialization"]

DESCRIPTION = """Fills care shifts: text everybody who qualifies, give the shift to the first yes, tell all others the truth.

Times are RFC 3339 with an offset. Fields and parameters that are not described here are refused. Lists come in pages:
hand `next_cursor` back as `cursor` until it is null. Whatever is answered with 400 or above is a problem document
(RFC 9457)."""

ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
BLANK = r"\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What pydantic takes off, Unicode's White_Space; `\\s` is something else in each language."""
CONTROL = r"\x00-\x1f\x7f"
ONE_LINE_OF = rf"^[{BLANK}]*[^{BLANK}{CONTROL}]([^{CONTROL}]{{0,%d}}[^{BLANK}{CONTROL}])?[{BLANK}]*$"

TITLES = {
    400: "The body is empty or no JSON in UTF-8, or the cursor is not one of this list.",
    401: "The token is missing or wrong.",
    403: "The API is open on this machine only, and the request does not come from here.",
    404: "It is not known here.",
    409: "It is refused as things stand; nothing was changed.",
    413: "The body is too long.",
    415: "The body does not say that it is JSON.",
    422: "The body or a parameter has faults, or is not known; nothing was changed.",
    503: "It cannot be done now; try again after the seconds in Retry-After.",
}


class OpenApi:
    """The document of a set of operations. `with_token` says that those which are not open need one."""

    def __init__(self, operations: Sequence[Operation], *, with_token: bool) -> None:
        self._with_token = with_token
        self._references, found = models_json_schema(
            list(dict.fromkeys(_models(operations))), ref_template="#/components/schemas/{model}"
        )
        self._schemas: Json = _with_blanks_around(found["$defs"])
        if (Caregiver, "validation") in self._references:
            self._schemas["CaregiverInput"] = _with_single_role(self._schemas["Caregiver"])
            self._references[Caregiver, "validation"] = {"$ref": "#/components/schemas/CaregiverInput"}
        paths: dict[str, Json] = {}
        for one in operations:
            paths.setdefault(one.path, {})[one.method.lower()] = self._operation(one)
        for query in {one.query for one in operations if one.query is not None}:
            del self._schemas[self._name(query)]
        self.document: Json = {
            "openapi": "3.1.0",
            "info": {"title": "firstyes", "version": __version__, "description": DESCRIPTION},
            "tags": [{"name": name} for name in dict.fromkeys(one.tag for one in operations)],
            "paths": paths,
            "components": {"schemas": self._schemas},
        }
        if with_token:
            self.document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            self.document["security"] = [{"token": []}]

    def text(self, root: str) -> str:
        """Give the document as JSON, for an app mounted at `root` ("" when at the top)."""
        return json.dumps({**self.document, "servers": [{"url": root or "/"}]}, ensure_ascii=False)

    def _operation(self, one: Operation) -> Json:
        made: Json = {
            "operationId": one.name,
            "summary": one.summary,
            "description": cleandoc(one.view.__doc__ or one.summary),
            "tags": [one.tag],
            "responses": self._responses(one),
        }
        if parameters := [*_path_parameters(one), *self._query_parameters(one)]:
            made["parameters"] = parameters
        if one.body is not None:
            schema = self._one_or_many(one.body, many=one.many)
            content = {"schema": schema, "example": body_example(one.body)}
            made["requestBody"] = {
                "required": has_required(one.body),
                "content": {"application/json": content},
            }
        if self._with_token and one.open:
            made["security"] = []
        return made

    def _one_or_many(self, model: type[BaseModel], *, many: bool) -> Json:
        reference = self._of(model, "validation")
        if not many:
            return reference
        rows = {"type": "array", "items": reference, "minItems": 1, "maxItems": MOST_ROWS}
        return {"oneOf": [reference, rows]}

    def _responses(self, one: Operation) -> Json:
        schema: Json = {}
        if one.answer is not None:
            schema = self._of(one.answer, "serialization")
        if one.many:
            schema = {"oneOf": [schema, self._of(RowAnswers, "serialization")]}
        problem = {MEDIA_TYPE: {"schema": self._of(Problem, "serialization")}}
        guarded = (401,) if self._with_token else (403,)
        named = sorted({*one.named_problems, *(() if self._with_token and one.open else guarded)})
        return {
            "200": {"description": one.summary, "content": {one.media: {"schema": schema}}},
            **{str(status): {"description": TITLES[status], "content": problem} for status in named},
            "default": {"description": "Any other problem.", "content": problem},
        }

    def _query_parameters(self, one: Operation) -> Iterator[Json]:
        if one.query is None:
            return
        for name, schema in self._schemas[self._name(one.query)]["properties"].items():
            yield {"name": name, "in": "query", "required": False, "schema": _without_null(schema)}

    def _of(self, model: type[BaseModel], mode: Mode) -> Json:
        return dict(self._references[model, mode])

    def _name(self, query: type[BaseModel]) -> str:
        return str(self._references[query, "validation"]["$ref"]).rpartition("/")[2]


def _models(operations: Iterable[Operation]) -> Iterator[tuple[type[BaseModel], Mode]]:
    yield Problem, "serialization"
    for one in operations:
        for model in (one.query, one.body):
            if model is not None:
                yield model, "validation"
        for model in (one.answer, RowAnswers if one.many else None):
            if model is not None:
                yield model, "serialization"


def _path_parameters(one: Operation) -> Iterator[Json]:
    for name in one.path_parameters:
        schema = {"type": "string", "pattern": PATTERNS.get(name, PATTERN)}
        example = example_of(name)
        shown = {} if example is None else {"example": example}
        yield {"name": name, "in": "path", "required": True, "schema": schema, **shown}


def _with_blanks_around(schema: Any) -> Any:
    """Say of one-line texts what is so: blanks around them are taken off before they are measured."""
    match schema:
        case {"pattern": str(pattern), "minLength": 1, "maxLength": int(most), **rest} if pattern == ONE_LINE:
            return {**rest, "pattern": ONE_LINE_OF % (most - 2)}
        case dict():
            return {name: _with_blanks_around(value) for name, value in schema.items()}
        case list():
            return [_with_blanks_around(value) for value in schema]
        case _:
            return schema


def _without_null(schema: Json) -> Json:
    """A parameter that is not given is absent, and never null."""
    kept = {key: value for key, value in schema.items() if key not in ("title", "anyOf")}
    if kept.get("default", ...) is None:
        del kept["default"]
    for one in schema.get("anyOf", ()):
        if one != {"type": "null"}:
            kept.update(one)
    return kept


def _with_single_role(caregiver: Json) -> Json:
    """Say what the model's own reading allows and its schema cannot: `role` in place of `roles`."""
    properties = caregiver["properties"]
    return {
        **caregiver,
        "properties": {**properties, "role": properties["roles"]["items"]},
        "required": [name for name in caregiver["required"] if name != "roles"],
        "oneOf": [{"required": ["roles"]}, {"required": ["role"]}],
    }
