"""The numbers: how fast shifts are filled, and who is asked and wins, as charts, as tables and as sheets."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

import leather
from flask import Response, request
from markupsafe import Markup

from ...actors.numbers import FilledShift, Numbers
from ...domain.when import day, local
from ..http.problems import refuse_unknown
from .console import Console, download
from .import_page import as_text
from .told import lasting
from .viewer import Viewer

WEEKS = {"4": 4, "12": 12, "52": 52}
WIDTH, HEIGHT = 640, 260
HOURS = 24
MOST_TICKS = 4
MOST_BARS = 13
"""Weeks that a chart shows; the table has all."""
MOST_ROLES, ROOM = 6, 16
"""Roles that a chart shows, and letters of each."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One subject: a chart, where there is one, and the same figures as a table. `name` is its file's."""

    name: str
    title: str
    columns: Row
    rows: Sequence[Row]
    chart: Markup | None = None
    said: str = ""


def add_numbers(console: Console) -> None:
    """Add the numbers."""
    desk = console.desk
    console.link("Numbers", "/console/numbers")

    def figures(viewer: Viewer) -> tuple[list[Table], Numbers, int]:
        weeks = WEEKS.get(request.args.get("weeks", ""), 4)
        until = desk.clock.now() + timedelta(weeks=1)
        found = desk.numbers(viewer.organization_ids, until - timedelta(weeks=weeks + 1), until)
        return tables(found, console.zone(viewer), until, weeks), found, weeks

    @console.page("/console/numbers")
    def numbers(viewer: Viewer) -> Response:
        shown, found, weeks = figures(viewer)
        _, filled, rate, lasted, texts = _figures(found.shifts)
        return console.render(
            "numbers.html",
            viewer,
            tables=shown,
            weeks=weeks,
            choices=tuple(WEEKS.values()),
            offered=len(found.shifts),
            filled=filled,
            rate=rate,
            median=lasted,
            texts=texts,
        )

    @console.page("/console/numbers/<string:name>.csv")
    def numbers_sheet(viewer: Viewer, name: str) -> Response:
        shown, _, _ = figures(viewer)
        table = next((one for one in shown if one.name == name), None)
        if table is None:
            raise refuse_unknown("table", name)
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows(
            [map(as_text, one) for one in (table.columns, *table.rows)]
        )
        return download(f"{name}.csv", out.getvalue())


def tables(found: Numbers, zone: str | None, until: datetime, weeks: int) -> list[Table]:
    """Lay the figures out: by week, by role, by the hour of the day, and by caregiver."""

    def week_of(at: datetime) -> str:
        there = local(at, zone)
        return day(there - timedelta(days=there.weekday()), "en")

    by_week = _grouped(reversed(found.shifts), lambda one: week_of(one.start_time))
    # Also those without shifts: a bar alone would say nothing.
    drawn = [week_of(until - timedelta(weeks=back)) for back in reversed(range(min(weeks + 1, MOST_BARS)))]
    by_role = _grouped(found.shifts, lambda one: one.role)
    hours = [0] * HOURS
    for at in found.answered_at:
        hours[local(at, zone).hour] += 1
    columns = ("Offered", "Filled", "Fill rate", "Median time to fill", "Texts per fill")
    return [
        Table(
            "weeks",
            "By week",
            ("Week of", *columns),
            [(name, *_figures(some)) for name, some in by_week.items()],
            _bars(
                [(name, sum(one.filled for one in by_week.get(name, ()))) for name in drawn], "Shifts filled"
            )
            if by_week
            else None,
        ),
        Table(
            "roles",
            "By role",
            ("Role", *columns),
            [(name, *_figures(some)) for name, some in by_role.items()],
            _bars(_filled_most(by_role), "Shifts filled") if len(by_role) > 1 else None,
        ),
        Table(
            "hours",
            "When people answer",
            ("Hour", "Answers"),
            [
                (f"{hour % 12 or 12} {'am' if hour < 12 else 'pm'}", str(many))
                for hour, many in enumerate(hours)
            ],
            _bars([(str(hour), many) for hour, many in enumerate(hours)], "Answers") if any(hours) else None,
        ),
        Table(
            "fairness",
            "Who is asked, and who wins",
            ("Caregiver", "Offers", "Shifts won", "Hours"),
            [(one.name, str(one.offers), str(one.wins), f"{one.hours:g}") for one in found.shares],
            None,
            "The first yes wins: whoever never wins may answer later, or be asked later. Look before somebody else does.",
        ),
    ]


def _grouped(
    shifts: Iterable[FilledShift], key: Callable[[FilledShift], str]
) -> dict[str, list[FilledShift]]:
    found: dict[str, list[FilledShift]] = {}
    for one in shifts:
        found.setdefault(key(one), []).append(one)
    return found


def _filled_most(by_role: dict[str, list[FilledShift]]) -> list[tuple[str, int]]:
    most = sorted(by_role.items(), key=lambda one: -sum(shift.filled for shift in one[1]))[:MOST_ROLES]
    return [
        (name if len(name) <= ROOM else f"{name[:ROOM]}…", sum(one.filled for one in some))
        for name, some in most
    ]


def _figures(shifts: Sequence[FilledShift]) -> tuple[str, str, str, str, str]:
    filled = sum(one.filled for one in shifts)
    lasted = [one.seconds for one in shifts if one.seconds is not None]
    return (
        str(len(shifts)),
        str(filled),
        f"{100 * filled / len(shifts):.0f} %" if shifts else "–",
        lasting(median(lasted)) if lasted else "–",
        f"{sum(one.texts for one in shifts) / filled:.1f}" if filled else "–",
    )


def _bars(points: Sequence[tuple[str, int]], name: str) -> Markup:
    chart = leather.Chart()
    chart.add_columns(list(points), fill_color="#0e5a4d", name=name)
    most = max(1, *(many for _, many in points))
    chart.add_y_scale(0, most)
    chart.add_y_axis(ticks=list(range(0, most + 1, -(-most // MOST_TICKS))))
    drawn = chart.to_svg(width=WIDTH, height=HEIGHT)
    # As wide as the page lets it be.
    drawn = drawn.replace(f'width="{WIDTH}" height="{HEIGHT}"', f'viewBox="0 0 {WIDTH} {HEIGHT}"', 1)
    return Markup(drawn)  # noqa: S704 - made of figures and of names that it escapes
