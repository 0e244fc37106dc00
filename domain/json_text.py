"""JSON in which each name stands once in its object: of two, a reader that keeps the last loses the other in silence."""

import json
from typing import Any

from .data.rows import LONGEST_NAME


class NameGivenTwice(ValueError):
    """Raised when an object holds one name twice."""


def parse_json(text: str | bytes) -> Any:
    """Parse a document. Raises `NameGivenTwice`, or `ValueError` or `RecursionError` when it is no JSON."""
    return json.loads(text, object_pairs_hook=_each_once)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        shown = twice[:LONGEST_NAME] if twice.isprintable() else "a name"
        raise NameGivenTwice(f"{shown} is given twice in one object; leave one of them")
    return found
