"""Reading a request's query: parameters that fit a model, each given once, or a problem that says what is wrong."""

from typing import Annotated, TypeVar

from flask import request
from pydantic import BaseModel, Field, StringConstraints, ValidationError

from ...domain.frozen import Frozen
from ...domain.text import VISIBLE
from .problems import LONGEST_NAME, Fault, found_faults, query_faults

Q = TypeVar("Q", bound=BaseModel)


class NoQuery(Frozen):
    """That of operations which have no parameters."""


class PageQuery(Frozen):
    """Which stretch of a list: `cursor` is the `next_cursor` of the page before, `limit` the most rows wanted."""

    cursor: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=VISIBLE)] | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100


def read_query(model: type[Q]) -> Q:
    """Read the query."""
    try:
        lists = request.args.to_dict(flat=False)
    except UnicodeDecodeError as error:
        raise found_faults("invalid-query", "query", (Fault(detail="is not UTF-8"),)) from error
    twice = [name for name, values in lists.items() if len(values) > 1]
    if twice:
        faults = tuple(Fault(parameter=name[:LONGEST_NAME], detail="is given twice") for name in twice)
        raise found_faults("invalid-query", "query", faults)
    try:
        return model.model_validate({name: values[0] for name, values in lists.items()})
    except ValidationError as error:
        raise found_faults("invalid-query", "query", query_faults(error)) from error
