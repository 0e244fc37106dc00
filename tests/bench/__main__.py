"""`python -m bench`: everything this project claims about speed, measured again."""

import json
import shutil
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console

from .ceiling import measure_ceiling
from .contest import Plan, run_contest
from .contestants import NAMES, Contestants
from .disk import probe_disk
from .facts import machine_facts
from .load_generator import LoadError
from .one_shift import measure_one_shift
from .ours import Ours
from .pages import OPEN, measure_pages
from .pinning import Pinning
from .sizes import SIZES
from .starting import TIMES, measure_start
from .table import (
    make_console,
    print_ceilings,
    print_contest,
    print_disk,
    print_one_shift,
    print_pages,
    print_starts,
)

RESULTS = Path(__file__).resolve().parent / "results"
PARTS = ("ceiling", "accepts", "fan-out", "start", "pages")


@click.command(
    help="Measure firstyes beside a bare route and beside the classic design; takes about an hour and ten minutes."
)
@click.option(
    "--quick", is_flag=True, help="Shorter runs, two sizes, a few minutes: for a look, not for a claim."
)
@click.option(
    "--only", multiple=True, type=click.Choice(PARTS), help="Run this part; may be given several times."
)
@click.option("--contestants", default="abcd", show_default=True, help="Who takes part in the accepts.")
@click.option("--pinning", type=click.Choice(["pinned", "free"]), help="Only this one.")
@click.option(
    "--size", "sizes", multiple=True, type=click.Choice([str(size) for size in SIZES]), help="Only this one."
)
@click.option("--connections", "connections", multiple=True, type=int, default=(32, 128), show_default=True)
@click.option("--repeats", type=int, default=1, show_default=True)
@click.option(
    "--seconds", type=float, default=60.0, show_default=True, help="How long second messages are measured."
)
@click.option("--threads", type=int, help="Blocking threads of (a) and (b); default 64 pinned, 16 free.")
def main(
    quick: bool,
    only: tuple[str, ...],
    contestants: str,
    pinning: str | None,
    sizes: tuple[str, ...],
    connections: tuple[int, ...],
    repeats: int,
    seconds: float,
    threads: int | None,
) -> None:
    """Run what was asked for, print it, and write it to tests/bench/results/."""
    letters = "".join(letter for letter in NAMES if letter in contestants)
    if not letters:
        raise click.UsageError(f"--contestants takes letters of {''.join(NAMES)}")
    chosen = [size for size in SIZES if str(size) in sizes] if sizes else list(SIZES[::2] if quick else SIZES)
    plan = Plan(
        letters=letters,
        sizes=chosen,
        connections=connections,
        pinnings=[each for each in (Pinning.apart(), Pinning.free()) if pinning in (None, each.name)],
        repeats=1 if quick else repeats,
        seconds=min(seconds, 3) if quick else seconds,
    )
    RESULTS.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="stores-", dir=RESULTS))
    try:
        run(plan, only or PARTS, threads, folder)
    except LoadError as error:
        print(f"bench: {error}", file=sys.stderr)
        sys.exit(1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(plan: Plan, parts: tuple[str, ...], threads: int | None, folder: Path) -> None:
    """Measure `parts`, with journals in `folder`."""
    console = make_console()
    # No moving bar: its thread would take processor time from the load generator.
    progress = Console(stderr=True, highlight=False)
    facts = machine_facts()
    console.print(
        f"{facts['processor']}, {facts['processors']} processors, {facts['python']}, {facts['system']}"
    )
    disk = probe_disk(folder)
    print_disk(console, disk)
    results: dict[str, object] = {"facts": facts, "disk": asdict(disk)}
    if "ceiling" in parts:
        ceilings = [measure_ceiling(connections) for connections in plan.connections]
        print_ceilings(console, ceilings)
        results["ceiling"] = [asdict(ceiling) for ceiling in ceilings]
    if "accepts" in parts:
        cells = run_contest(
            plan,
            lambda pinning: Contestants(threads or (64 if pinning.name == "pinned" else 16), folder),
            folder / "servers.log",
            progress.print if progress.is_terminal else lambda _: None,
        )
        print_contest(console, cells)
        results["accepts"] = [cell.as_json() for cell in cells]
    log = folder / "servers.log"
    ours = Ours(folder, threads or 64)
    if "fan-out" in parts:
        one_shift = measure_one_shift(ours, Pinning.apart(), log, plan.repeats)
        print_one_shift(console, one_shift)
        results["one_shift"] = asdict(one_shift)
    if "start" in parts:
        starts = [measure_start(ours, times, log) for times in TIMES]
        print_starts(console, starts)
        results["starts"] = [asdict(start) for start in starts]
    if "pages" in parts:
        pages = measure_pages()
        print_pages(console, pages, OPEN)
        results["pages"] = [asdict(page) for page in pages]
    results["disk_after"] = asdict(probe_disk(folder))
    written = RESULTS / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    written.write_text(json.dumps(results, indent=1))
    console.print(f"\nEvery run: {written.relative_to(RESULTS.parent.parent)}")


if __name__ == "__main__":
    main()
