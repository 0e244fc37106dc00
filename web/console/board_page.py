"""The board: every shift that needs something, most urgent first."""

from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from ...actors.board import Board, BoardFilter, Part
from ...domain.text import number_of
from .console import Console
from .told import headline, tell
from .viewer import Viewer

PARTS = (
    (Part.OPEN, "All open"),
    (Part.NEEDS_YOU, "Need you"),
    (Part.OFFERING, "Being offered"),
    (Part.PENDING, "Not offered"),
    (Part.FILLED, "Filled"),
    (Part.OVER, "Over"),
)
OPEN = Part.NEEDS_YOU, Part.OFFERING, Part.PENDING
STEP = 50
MOST = 500
LONGEST_SEARCH = 80


def add_board(console: Console) -> None:
    """Add the board."""
    desk = console.desk

    @console.page("/")
    def board(viewer: Viewer) -> Response:
        which = _which(viewer)
        found = desk.board(which)
        needs_you, offering, pending = (found.counts[one] for one in OPEN)
        return console.render(
            "board.html",
            viewer,
            shown=which,
            board=found,
            told=[tell(one) for one in found.rows],
            parts=[(part, words, _address(which, part=part), _count(found, part)) for part, words in PARTS],
            headline=headline(needs_you, offering, pending),
            open_ones=needs_you + offering + pending,
            organizations={one.id: one.name or one.id for one in console.organizations(viewer)},
            more=_address(which, limit=min(MOST, which.limit + STEP))
            if found.more and which.limit < MOST
            else None,
        )


def _which(viewer: Viewer) -> BoardFilter:
    given = request.args
    part, whose = given.get("part", ""), given.get("organization", "")
    seen = viewer.organization_ids
    if whose and viewer.sees(whose):
        seen = frozenset({whose})
    return BoardFilter(
        part=Part(part) if part in set(Part) else Part.OPEN,
        organization_ids=seen,
        role=given.get("role", "").strip()[:LONGEST_SEARCH] or None,
        text=given.get("q", "").strip()[:LONGEST_SEARCH] or None,
        limit=min(MOST, number_of(given.get("limit", ""), 3) or STEP),
    )


def _count(board: Board, part: Part) -> int | None:
    if part is Part.OPEN:
        return sum(board.counts[one] for one in OPEN)
    return board.counts[part] if part in OPEN else None


def _address(which: BoardFilter, **change: Any) -> str:
    part, limit = change.get("part", which.part), change.get("limit", STEP)
    asked = {
        "part": "" if part is Part.OPEN else part,
        "organization": request.args.get("organization", ""),
        "role": which.role or "",
        "q": which.text or "",
        "limit": "" if limit == STEP else str(limit),
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/?{query}" if query else "/"
