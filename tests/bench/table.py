"""The tables: one per pinning, rates side by side, coloured on a terminal and plain when piped."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from .ceiling import Ceiling
from .contest import Cell
from .contestants import NAMES
from .disk import Disk
from .one_shift import OneShift
from .pages import PageCost
from .starting import Start

WIDTH = 130
MIXES = {"first": "First messages", "again": "Messages of the same people again"}
CONDITIONS = {"pinned": "server on one processor, generator on the other", "free": "no processor assigned"}


def make_console() -> Console:
    """A console on standard output; without a terminal it neither colours nor folds the table."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH)


def print_contest(console: Console, cells: Sequence[Cell]) -> None:
    """Print what every contestant reached, and (b) over each of the others."""
    for mix, pinning in dict.fromkeys((cell.mix, cell.pinning) for cell in cells):
        console.print()
        console.print(f"{MIXES[mix]} a second, {CONDITIONS[pinning]}", style="bold")
        console.print(_table([cell for cell in cells if (cell.mix, cell.pinning) == (mix, pinning)]))
    for letter in sorted({cell.letter for cell in cells}):
        console.print(f"  {letter}  {NAMES[letter]}")
    _print_caveats(console, cells)


def _table(cells: Sequence[Cell]) -> Table:
    letters = sorted({cell.letter for cell in cells})
    others = [letter for letter in letters if letter != "b"] if "b" in letters else []
    table = Table(box=box.SIMPLE)
    table.add_column("caregivers/shifts")
    table.add_column("conn", justify="right")
    for letter in letters:
        table.add_column(letter, justify="right", style="bold" if letter == "b" else "")
    for letter in others:
        table.add_column(f"b/{letter}", justify="right", style="cyan")
    for heading in ("p99 ms ", "CPU µs "):
        table.add_column(heading + "/".join(letters), justify="right")
    by_row: dict[tuple[str, int], dict[str, Cell]] = {}
    for cell in cells:
        by_row.setdefault((cell.size, cell.connections), {})[cell.letter] = cell
    for (size, connections), row in by_row.items():
        table.add_row(
            size,
            str(connections),
            *(_rate(row[letter]) for letter in letters),
            *(f"{row['b'].rate / row[letter].rate:.2f}" for letter in others),
            "/".join(f"{row[letter].p99_ms:.0f}" for letter in letters),
            "/".join(f"{row[letter].server_us:.0f}" for letter in letters),
        )
    return table


def _rate(cell: Cell) -> str:
    return f"{cell.rate:,.0f}" + ("!" if cell.wrong else "")


def _print_caveats(console: Console, cells: Iterable[Cell]) -> None:
    runs = [run for cell in cells for run in cell.runs]
    console.print(
        "\n  Each request is a caregiver's YES, in random order over the shifts, with an id of its own: first everybody's"
        "\n  first, until the whole population has spoken, then again and again."
    )
    wrong = [run for run in runs if run.wrong]
    if wrong:
        console.print("\n  ! Wrong answers, which disqualify a figure:", style="bold red")
        for run in wrong:
            console.print(
                f"    {run.letter} {run.pinning} {run.size} at {run.connections}: {run.wrong}, e.g. {run.example[:300]}",
                markup=False,
            )
    busiest = max((run.generator_busy for run in runs), default=0.0)
    others = sorted(run.others_busy for run in runs)
    console.print(f"  The generator was computing for at most {busiest:.0%} of a run.")
    if others:
        console.print(
            f"  Everybody else on this machine used {others[len(others) // 2]:.0%} of it in the median run, "
            f"{others[-1]:.0%} in the worst."
        )


def print_disk(console: Console, disk: Disk) -> None:
    """Print what a commit costs here."""
    console.print(
        f"Disk: 4 KiB written and made durable in {disk.median_ms:.2f} ms, p99 {disk.p99_ms:.2f} ms."
    )


def print_ceilings(console: Console, ceilings: Iterable[Ceiling]) -> None:
    """Print what the load generator itself can do."""
    for ceiling in ceilings:
        console.print(
            f"Load generator: at most {ceiling.rate:,.0f} requests/s over {ceiling.connections} connections, "
            f"{ceiling.own_us:.1f} µs each."
        )


def print_one_shift(console: Console, one: OneShift) -> None:
    """Print the great fan-out, and what a reply to it costs."""
    console.print(f"\nOne shift offered to {one.fan_out.offers:,}", style="bold")
    console.print(
        f"  Answered after {one.fan_out.answered_s:.2f} s, every offer on disk after {one.fan_out.durable_s:.2f} s, the last "
        f"one handed to a carrier that answers at once, and recorded, after {one.fan_out.handed_s:.2f} s. The longest turn of "
        f"the loop: {one.fan_out.longest_ms:.0f} ms ({one.fan_out.longest_before_ms:.0f} ms before the request)."
    )
    great, small = one.great[0], one.small[0]
    console.print(
        f"  A reply to a shift with {great.offers_per_shift:,} offers takes {one.wall_ratio:.2f} times as long as one to "
        f"a shift with {small.offers_per_shift:,} ({one.cpu_ratio:.2f} times the processor time); "
        f"{great.replies:,} replies each."
    )
    for replies in (*one.great, *one.small):
        wrong = f"  ! {replies.wrong} wrong answers" if replies.wrong else ""
        console.print(
            f"    {replies.offers_per_shift:>6,} offers: {replies.wall_us:,.0f} µs, CPU {replies.server_us:,.0f} µs, "
            f"p99 {replies.p99_ms:.0f} ms{wrong}"
        )


def print_starts(console: Console, starts: Iterable[Start]) -> None:
    """Print how long a start takes."""
    console.print("\nFrom start to ready", style="bold")
    for start in starts:
        console.print(
            f"  {start.open_shifts:>7,} open shifts: {start.ready_s:.2f} s, {start.rss_mib:,.0f} MiB, "
            f"{start.threads} threads"
        )


def print_pages(console: Console, pages: Sequence[PageCost], open_shifts: int) -> None:
    """Print what pages of the console cost the server."""
    console.print()
    console.print(f"A page of the console with {open_shifts:,} open shifts", style="bold")
    table = Table(box=box.SIMPLE)
    table.add_column("page")
    for heading in ("CPU ms, median", "least", "bytes, packed"):
        table.add_column(heading, justify="right")
    for one in pages:
        table.add_row(one.page, f"{one.median_ms:.1f}", f"{one.least_ms:.1f}", f"{one.packed:,}")
    console.print(table)
