"""The stage: how the story looks, with colours on a terminal, as plain text anywhere else."""

import shutil
import sys
import textwrap
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import click

CLOCK_WIDTH = 11
NAME_WIDTH = 14
WIDEST = 100


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
        watched = sys.stdout.isatty()
        self._width = min(WIDEST, shutil.get_terminal_size().columns) if watched else WIDEST
        self._pause = pause if watched else 0.0

    def title(self, text: str, under: str) -> None:
        """Open."""
        click.echo(f"\n  {click.style(text, bold=True)}  {click.style(under, dim=True)}")

    def scene(self, at: datetime, text: str) -> None:
        """Begin a scene: the story's own clock on the left."""
        self._beat(1.3)
        local = at.astimezone(self._zone)
        click.echo()
        self._line(
            f"  {local.hour % 12 or 12}:{local.minute:02} {'am' if local.hour < 12 else 'pm'}",
            CLOCK_WIDTH,
            text,
            "cyan",
        )

    def desk(self, message: str) -> None:
        """Show what the desk answered the coordinator."""
        self._spoken("desk", message, "cyan")

    def reply(self, name: str, text: str, outcome: str, *, good: bool) -> None:
        """Show what somebody texted, and what became of it."""
        self._beat(0.6)
        self._spoken(name, f'"{text}"  -> {outcome}', "green" if good else "yellow")

    def phones(self, arrivals: Sequence[Arrival]) -> None:
        """Show what has just reached phones: each body once, with everybody it reached."""
        self._beat(0.7)
        reached: dict[tuple[bool, str], list[Arrival]] = {}
        for one in arrivals:
            for body in one.bodies:
                reached.setdefault((one.rings, body), []).append(one)
        for (rings, body), people in reached.items():
            names = ", ".join(one.name for one in people)
            colour = "green" if people[0].winner else "magenta" if rings else None
            self._line("", CLOCK_WIDTH, f"{'call' if rings else 'text'} to {names}:")
            self._line("", CLOCK_WIDTH + 2, f'"{body}"', colour)

    def filled(self, what: str, name: str) -> None:
        """Say who has the shift."""
        self._beat(0.6)
        self._spoken("claimed", f"{what} has one caregiver: {name}", "green")

    def alert(self, message: str) -> None:
        """Show what the coordinator is told."""
        self._beat(0.6)
        self._spoken("coordinator", f"alert: {message}", "red")

    def curtain(self, summary: str) -> None:
        """Close."""
        self._beat(1.0)
        more = "To play all parts yourself: make run, or firstyes serve --load FILE"
        click.secho(f"\n  {summary}\n  {more}\n", dim=True)

    def _spoken(self, who: str, what: str, colour: str) -> None:
        self._line(f"{'':{CLOCK_WIDTH}}{who}", CLOCK_WIDTH + NAME_WIDTH, what, colour)

    def _line(self, head: str, indent: int, text: str, colour: str | None = None) -> None:
        """Show `text` from a column on, with what stands before it."""
        first, *others = textwrap.wrap(text, max(30, self._width - indent), break_on_hyphens=False)
        click.echo(f"{head:{indent}}{click.style(first, fg=colour)}")
        for part in others:
            click.echo(f"{'':{indent}}{click.style(part, fg=colour)}")

    def _beat(self, weight: float) -> None:
        if self._pause:
            sys.stdout.flush()
            time.sleep(self._pause * weight)
