"""Lists, a page at a time, as the two kinds of API give them."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from .wire import Request, Response

USUAL = 50
MOST = 1000

Payload = dict[str, Any]


def page(items: Sequence[Payload], request: Request, key: str) -> Response:
    """Give one page of a list of the API of 2010, newest first as it is handed in."""
    number, size, start, shown = _cut(items, request)
    more = start + size < len(items)
    payload = {
        key: shown,
        "page": number,
        "page_size": size,
        "start": start,
        "end": start + len(shown) - 1 if shown else start,
        "uri": _uri(request, number, size, request.asked("PageToken")),
        "first_page_uri": _uri(request, 0, size),
        "previous_page_uri": _uri(request, number - 1, size) if number else None,
        "next_page_uri": _uri(request, number + 1, size, f"PA{shown[-1]['sid']}") if more else None,
    }
    return Response(200, payload)


def newer_page(items: Sequence[Payload], request: Request, key: str, base: str) -> Response:
    """Give one page of a list of a newer API, which lies at `base`."""
    number, size, start, shown = _cut(items, request)
    more = start + size < len(items)
    meta = {
        "key": key,
        "page": number,
        "page_size": size,
        "url": base + _uri(request, number, size),
        "first_page_url": base + _uri(request, 0, size),
        "previous_page_url": base + _uri(request, number - 1, size) if number else None,
        "next_page_url": base + _uri(request, number + 1, size, f"PA{shown[-1]['sid']}") if more else None,
    }
    return Response(200, {key: shown, "meta": meta})


def _cut(items: Sequence[Payload], request: Request) -> tuple[int, int, int, list[Payload]]:
    """Give the page's number, its size, where it starts and what stands on it.

    A page begins behind what the one before ended with, so that what is new meanwhile moves nothing.
    """
    size = min(max(_number(request, "PageSize", USUAL), 1), MOST)
    number = _number(request, "Page", 0)
    token = request.asked("PageToken")
    start = number * size
    if token:
        start = next((at + 1 for at, one in enumerate(items) if f"PA{one['sid']}" == token), len(items))
    return number, size, start, list(items[start : start + size])


def _uri(request: Request, number: int, size: int, token: str | None = None) -> str:
    paging = {"PageSize", "Page", "PageToken"}
    query = [(name, one) for name, all_of in request.query.items() if name not in paging for one in all_of]
    query += [("PageSize", str(size)), ("Page", str(number))]
    if token:
        query.append(("PageToken", token))
    return f"{request.path}?{urlencode(query)}"


def _number(request: Request, name: str, usual: int) -> int:
    said = request.asked(name) or ""
    return int(said) if said.isdecimal() and len(said) < 10 else usual
