"""`python -m evidence`, or `make prove`: all the evidence, gathered anew, and a table of what was found."""

import json
import sys
from pathlib import Path
from time import monotonic

import click

from .noting import note
from .part import Part
from .programme import find_parts, try_part
from .table import Bars, Tried, announce, make_console, print_findings


@click.command(
    help="Gather the evidence anew: all parts, or those named. Ends with 1 when one does not hold."
)
@click.argument("names", nargs=-1, metavar="[PART]...")
@click.option(
    "--share",
    type=click.FloatRange(min=0, min_open=True),
    default=1.0,
    show_default=True,
    help="How much of the full run; 0.02 is a look.",
)
@click.option("--list", "only_list", is_flag=True, help="Say what there is and how long it takes, and end.")
@click.option("--json", "file", type=click.Path(path_type=Path), help="Write what was found to a file, too.")
@click.option("--no-note", is_flag=True, help="Leave no record for the table of promises.")
def main(names: tuple[str, ...], share: float, only_list: bool, file: Path | None, no_note: bool) -> None:
    """Run the parts one after the other."""
    parts = _chosen(find_parts(), names)
    console = make_console()
    announce(console, list(parts.values()), share)
    if only_list:
        return
    tried: list[Tried] = []
    with Bars(console, list(parts.values()), share) as bars:
        for module, part in parts.items():
            bars.begin(part)
            began = monotonic()
            finding = try_part(part, share, lambda done, part=part: bars.move(part, done))  # type: ignore[misc]
            tried.append(Tried(part, finding, monotonic() - began))
            bars.end(tried[-1])
            if not no_note:
                note(module, finding, share)
    print_findings(console, tried)
    if file is not None:
        file.write_text(json.dumps({"share": share, "parts": [_told(one) for one in tried]}, indent=1) + "\n")
    if not all(one.finding.holds for one in tried):
        sys.exit(1)


def _chosen(parts: dict[str, Part], names: tuple[str, ...]) -> dict[str, Part]:
    known = [*parts, *(one.name for one in parts.values() if one.name not in parts)]
    unknown = set(names).difference(known)
    if unknown:
        raise click.UsageError(
            f"there is no part named {', '.join(sorted(unknown))}; there are {', '.join(known)}"
        )
    return {module: one for module, one in parts.items() if not names or {module, one.name} & set(names)}


def _told(one: Tried) -> dict[str, object]:
    return {
        "part": one.part.name,
        "holds": one.finding.holds,
        "summary": one.finding.summary,
        "problems": one.finding.problems,
        "seconds": round(one.seconds, 1),
    }


if __name__ == "__main__":
    main()
