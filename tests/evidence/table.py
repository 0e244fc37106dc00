"""How a run of the proof looks: bars on a terminal while it goes on, and a table of findings at its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from .part import Finding, Part

PLAIN_WIDTH = 110
PROBLEMS = 20
"""So many problems of a part are printed."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A part, what it found, and how many seconds that took."""

    part: Part
    finding: Finding
    seconds: float


def make_console() -> Console:
    """Give a console with colours on a terminal, and a fixed width anywhere else."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=PLAIN_WIDTH)


def how_long(seconds: float) -> str:
    """Say a length of time as people do."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def announce(console: Console, parts: Sequence[Part], share: float) -> None:
    """Say beforehand what will be done and how long it will take."""
    table = Table(box=box.SIMPLE, show_edge=False)
    table.add_column("part", no_wrap=True)
    table.add_column("what is tried")
    table.add_column("about", justify="right", no_wrap=True)
    for one in parts:
        table.add_row(one.name, one.what, how_long(one.seconds * share))
    console.print(table)
    total = how_long(sum(one.seconds for one in parts) * share)
    whole = "" if share == 1 else f", a share of {share:g} of the whole"
    console.print(f"\nThis takes about {total} on two cores{whole}.\n")


class Bars:
    """A bar for each part and one for all; nothing where nobody watches."""

    def __init__(self, console: Console, parts: Sequence[Part], share: float) -> None:
        self._watched = console.is_terminal
        self._console = console
        columns = (TextColumn("{task.description:<12}"), BarColumn(bar_width=None), TimeElapsedColumn())
        left = TextColumn("[dim]{task.fields[left]}")
        self._progress = Progress(*columns, left, console=console, disable=not self._watched, transient=True)
        self._seconds = {one.name: max(1.0, one.seconds * share) for one in parts}
        self._done = dict.fromkeys(self._seconds, 0.0)
        self._all = self._progress.add_task("all", total=sum(self._seconds.values()), left="")
        self._now: TaskID | None = None

    def __enter__(self) -> "Bars":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def begin(self, part: Part) -> None:
        """Begin with a part."""
        if not self._watched:
            self._console.print(f"{part.name} ...")
        self._now = self._progress.add_task(part.name, total=1.0, left="")

    def move(self, part: Part, done: float) -> None:
        """Show how much of the part is done; never less than before."""
        before = self._done[part.name]
        self._done[part.name] = max(before, min(1.0, done))
        seconds = sum(self._seconds[name] * share for name, share in self._done.items())
        if self._now is not None:
            self._progress.update(self._now, completed=self._done[part.name])
        left = how_long(sum(self._seconds.values()) - seconds)
        told = f"about {left} left"
        whole_percent = int(100 * self._done[part.name]) > int(100 * before)
        self._progress.update(self._all, completed=seconds, left=told, refresh=whole_percent)

    def end(self, tried: Tried) -> None:
        """Say what the part found, and what is wrong in full: the others may take an hour."""
        self.move(tried.part, 1.0)
        if self._now is not None:
            self._progress.remove_task(self._now)
        self._console.print(_line(tried), soft_wrap=True)
        for problem in tried.finding.problems[:PROBLEMS]:
            self._console.print(Padding(Text(problem), (0, 0, 1, 2)))


def print_findings(console: Console, tried: Sequence[Tried]) -> None:
    """Print the table."""
    table = Table(box=box.SIMPLE, show_edge=False)
    table.add_column("part", no_wrap=True)
    table.add_column("holds", no_wrap=True)
    table.add_column("what was found")
    table.add_column("took", justify="right", no_wrap=True)
    for one in tried:
        table.add_row(one.part.name, _verdict(one), one.finding.summary, how_long(one.seconds))
    console.print()
    console.print(table)


def _line(tried: Tried) -> Text:
    line = Text(f"{tried.part.name}: ")
    return line.append(_verdict(tried)).append(f" - {tried.finding.summary}")


def _verdict(tried: Tried) -> Text:
    return Text("yes", "green") if tried.finding.holds else Text("NO", "bold red")
