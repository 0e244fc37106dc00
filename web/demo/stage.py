"""The stage: how the story looks, with colours and phones on a terminal, as plain text anywhere else."""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

CLOCK_WIDTH = 11
NAME_WIDTH = 14
PHONE_WIDTH = 23
PHONE_WIDEST = 46
WIDEST = 120
PLAIN_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Arrival:
    """What reached one phone: nothing, texts, or a call (`rings`). `winner`: its owner has a shift."""

    name: str
    bodies: tuple[str, ...]
    rings: bool = False
    winner: bool = False


class Stage:
    """Shows the story as it happens. On a terminal it pauses, `pause` seconds a beat; elsewhere nobody watches."""

    def __init__(self, zone: str, *, pause: float) -> None:
        self._zone = ZoneInfo(zone)
        self._console = Console(highlight=False)
        self._rich = self._console.is_terminal and not self._console.is_dumb_terminal
        if not self._rich:
            self._console = Console(
                highlight=False, color_system=None, width=PLAIN_WIDTH, force_terminal=False
            )
        self._pause = pause if self._rich else 0.0

    def title(self, text: str, under: str) -> None:
        """Open."""
        self._console.print()
        self._console.print(Text.assemble("  ", (text, "bold"), "  ", (under, "dim")))

    def scene(self, at: datetime, text: str) -> None:
        """Begin a scene: the story's own clock on the left."""
        self._beat(1.3)
        local = at.astimezone(self._zone)
        clock = f"{local.hour % 12 or 12}:{local.minute:02} {'am' if local.hour < 12 else 'pm'}"
        self._console.print()
        self._line(Text(f"  {clock:<{CLOCK_WIDTH - 2}}", style="bold cyan"), Text(text, style="bold"))

    def desk(self, message: str) -> None:
        """Show what the desk answered the coordinator."""
        self._spoken("desk", Text(message), "cyan")

    def reply(self, name: str, text: str, outcome: str, *, good: bool) -> None:
        """Show what somebody texted, and what became of it."""
        self._beat(0.6)
        style = "bold green" if good else "yellow"
        self._spoken(name, Text.assemble(f'"{text}"', "  -> ", (outcome, style)), "bold")

    def phones(self, arrivals: Sequence[Arrival]) -> None:
        """Show phones side by side, each with what has just reached it."""
        self._beat(0.7)
        if self._rich:
            self._side_by_side([one for one in arrivals if one.bodies])
            return
        for (rings, body), names in _same_for(arrivals).items():
            self._line(Text(" " * CLOCK_WIDTH), Text(f"{'call' if rings else 'text'} to {', '.join(names)}:"))
            self._line(Text(" " * (CLOCK_WIDTH + 2)), Text(f'"{body}"'))

    def filled(self, what: str, name: str) -> None:
        """Say who has the shift."""
        self._beat(0.6)
        self._spoken(
            "claimed", Text.assemble(what, " has one caregiver: ", (name, "bold green")), "bold green"
        )

    def alert(self, message: str) -> None:
        """Show what the coordinator is told."""
        self._beat(0.6)
        self._spoken("coordinator", Text.assemble(("alert: ", "bold red"), message), "bold red")

    def curtain(self, summary: str) -> None:
        """Close."""
        self._beat(1.0)
        self._console.print()
        self._console.print(Text(f"  {summary}", style="dim"))
        self._console.print(
            Text("  To play all parts yourself: make run, or firstyes serve --load FILE", style="dim")
        )
        self._console.print()

    def _spoken(self, who: str, what: Text, style: str) -> None:
        head = Text(" " * CLOCK_WIDTH)
        head.append(f"{who:<{NAME_WIDTH}}", style=style)
        self._line(head, what)

    def _line(self, head: Text, what: Text) -> None:
        room = max(30, min(self._console.width, WIDEST) - len(head))
        for number, part in enumerate(what.wrap(self._console, room)):
            part.rstrip()
            self._console.print(Text.assemble(head if number == 0 else " " * len(head), part))

    def _side_by_side(self, arrivals: Sequence[Arrival]) -> None:
        room = min(self._console.width, WIDEST) - CLOCK_WIDTH
        rows = ceil(len(arrivals) / max(1, room // PHONE_WIDTH))
        across = ceil(len(arrivals) / max(1, rows))
        for start in range(0, len(arrivals), across or 1):
            row = Table.grid(padding=(0, 1, 0, 0))
            some = arrivals[start : start + across]
            for _ in some:
                row.add_column(width=min(room // across - 1, PHONE_WIDEST))
            row.add_row(*map(_phone, some))
            self._console.print(Padding(row, (0, 0, 0, CLOCK_WIDTH)))

    def _beat(self, weight: float) -> None:
        if self._pause:
            sys.stdout.flush()
            time.sleep(self._pause * weight)


def _same_for(arrivals: Sequence[Arrival]) -> dict[tuple[bool, str], list[str]]:
    """Give each body once, with everybody it reached."""
    found: dict[tuple[bool, str], list[str]] = {}
    for one in arrivals:
        for body in one.bodies:
            found.setdefault((one.rings, body), []).append(one.name)
    return found


def _phone(arrival: Arrival) -> Panel:
    style = "green" if arrival.winner else "magenta" if arrival.rings else "white"
    body = Text("\n").join(Text(one) for one in arrival.bodies)
    sign = "rings" if arrival.rings else "text"
    return Panel(
        body,
        title=arrival.name,
        title_align="left",
        subtitle=sign,
        subtitle_align="right",
        border_style=style,
        box=box.ROUNDED,
        padding=(0, 1),
    )
