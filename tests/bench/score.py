"""`python -m bench.score [FILE]`: how well replies are read, on labelled replies.

The labels say what a careful coordinator would do on the text alone, with one offer open: an RN shift, Tuesday 7 am
to 3 pm. Rows with judgement 1 are those where a second coordinator could choose otherwise; "clear" leaves them out.
Split "grown" grew together with the rules; "first" to "fourth", and "fifth" to "sixteenth" in `tests/replies/fresh.csv`, were
written and labelled before anybody saw how they are read.
"""

import csv
import sys
import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table

from firstyes.domain.replies import RuleReader
from firstyes.domain.replies.reading import Intent, OfferTerms, Reply

from .spoiling import spoiled

REPLIES = Path(__file__).resolve().parent.parent / "replies" / "replies.csv"
_ZONE = ZoneInfo("America/New_York")
OFFER = OfferTerms(
    role="RN",
    starts_at=datetime(2026, 11, 24, 7, tzinfo=_ZONE),
    ends_at=datetime(2026, 11, 24, 15, tzinfo=_ZONE),
)
Row = dict[str, str]


def label(text: str, reader: RuleReader) -> str:
    """What `text` is read as, in the words of the labels."""
    intent = reader.read(Reply(text=text, offers=(OFFER,))).intent
    return {Intent.ACCEPT: "ACCEPT", Intent.DECLINE: "DECLINE"}.get(intent, "UNKNOWN")


def rate(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "-"


def figures(rows: list[Row], found: list[str]) -> dict[str, str]:
    both = Counter((row["label"], got) for row, got in zip(rows, found, strict=True))
    got, true = Counter(found), Counter(row["label"] for row in rows)
    wrong = Counter(
        row["fine"] for row, read in zip(rows, found, strict=True) if read == "ACCEPT" != row["label"]
    )
    return {
        "replies": str(len(rows)),
        "accept precision": rate(both["ACCEPT", "ACCEPT"], got["ACCEPT"]),
        "accept recall": rate(both["ACCEPT", "ACCEPT"], true["ACCEPT"]),
        "decline precision": rate(both["DECLINE", "DECLINE"], got["DECLINE"]),
        "decline recall": rate(both["DECLINE", "DECLINE"], true["DECLINE"]),
        "false accepts": ", ".join(f"{kind} {count}" for kind, count in wrong.items()) or "0",
        "accepts read as declines": str(both["ACCEPT", "DECLINE"]),
    }


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=REPLIES)
@click.option("--split", help="Only the rows of this split: grown, or first to sixteenth.")
@click.option("-v", "verbose", is_flag=True, help="Show every reply that is read otherwise than labelled.")
def main(file: Path, split: str | None, verbose: bool) -> None:
    """Score the rules on FILE, by default the repository's own labelled replies."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if split in {None, row.get("split")}]
    reader = RuleReader()
    label("yes", reader)
    before = time.process_time()
    found = [label(row["text"], reader) for row in rows]
    each = (time.process_time() - before) / max(1, len(rows))
    clear = [(row, got) for row, got in zip(rows, found, strict=True) if row["judgement"] == "0"]
    columns = {
        "all": figures(rows, found),
        "clear": figures([row for row, _ in clear], [got for _, got in clear]),
    }
    table = Table("", *columns, title=f"Replies of {file.name}")
    for name in columns["all"]:
        table.add_row(name, *(column[name] for column in columns.values()))
    console = Console()
    console.print(table)
    edited = list(spoiled(row["text"] for row, _ in clear if row["label"] == "ACCEPT"))
    still = [text for text in edited if label(text, reader) == "ACCEPT"]
    console.print(f"accepts edited into something else, still read as accepts: {len(still)} of {len(edited)}")
    console.print(f"time a reply: {each * 1e6:.0f} microseconds of processor, nothing remembered from before")
    if verbose:
        for text in still:
            console.print(f"still an accept: {text!r}", markup=False, soft_wrap=True)
        for row, got in zip(rows, found, strict=True):
            if got != row["label"]:
                reading = reader.read(Reply(text=row["text"], offers=(OFFER,)))
                console.print(
                    f"{row['label']} read as {got}: {row['text']!r} ({reading.reason})",
                    markup=False,
                    soft_wrap=True,
                )
    sys.exit(bool(still))


if __name__ == "__main__":
    main()
