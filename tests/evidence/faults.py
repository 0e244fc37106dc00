"""docs/faults.md: every fault of the repository's list, the tests that try it, and how these ended when they last ran."""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from .evidence import PASSED, ROOT, Evidence, Trial

LIST = ROOT / "tests" / "faults.toml"
HOLE = "**hole**"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: what `happens` and what `must` be true all the same; `open` is what of it is not tried, and why."""

    number: int
    happens: str
    must: str
    open: str = ""

    @classmethod
    def all(cls, file: Path = LIST) -> tuple[Self, ...]:
        """Read the repository's list."""
        listed = tomllib.loads(file.read_text("utf-8"))
        return tuple(cls(int(number), **row) for number, row in listed.items())


def trying(number: int, trials: Mapping[str, Trial]) -> list[str]:
    """Name the tests that try a fault."""
    return [name for name, one in trials.items() if number in one.tries]


def summed_up(results: Sequence[str]) -> str:
    """Say in a few words how tests ended: "passed", or how many did what."""
    counts = Counter(results)
    if not counts or counts[PASSED] == len(results):
        return PASSED if counts else ""
    return ", ".join(f"{count} {what if what == PASSED else f'**{what}**'}" for what, count in counts.items())


def link(name: str) -> str:
    """A test as a link to its file; its name is a sentence, and is shown as one."""
    file, _, test = name.partition("::")
    return f"[{test.removeprefix('test_').replace('_', ' ')}](../tests/{file})"


def about_results(evidence: Evidence) -> str:
    """Say of which run the results are, and what "passed" means."""
    run = (
        f"the run of all tests of {evidence.at} at commit {evidence.commit}" if evidence.at else "no run yet"
    )
    return (
        f"Results are those of {run}.\n*Passed* is said only of a test that has not changed since it ran, with all the test"
        " code it uses. The code it\ntries may have changed since that commit: every change to it runs all tests anew."
    )


def page(faults: Sequence[Fault], trials: Mapping[str, Trial], evidence: Evidence) -> str:
    """Write the page."""
    tests = {one.number: trying(one.number, trials) for one in faults}
    holes = [one for one in faults if not tests[one.number]]
    lines = [
        "# Faults",
        "",
        "What can go wrong, what must be true all the same, and which tests try it. Made by `make tables` from",
        "`tests/faults.toml`, the marks of the tests and `docs/evidence.json`; do not edit it. A test compares it with the",
        "tests that there are.",
        "",
        about_results(evidence),
        "",
        f"{len(faults)} faults: {len(faults) - len(holes)} are tried, by {len(set().union(*tests.values()))} tests;"
        f" {len(holes)} are holes.",
        "",
        "| | what happens | what must be true | tests | last result |",
        "|---|---|---|---|---|",
        *(_row(one, tests[one.number], trials, evidence) for one in faults),
        "",
    ]
    for one in faults:
        if tests[one.number]:
            lines += _section(one, tests[one.number], trials, evidence)
    return "\n".join(lines).rstrip() + "\n"


def _row(fault: Fault, tests: Sequence[str], trials: Mapping[str, Trial], evidence: Evidence) -> str:
    if not tests:
        return f"| {fault.number} | {fault.happens} | {fault.must} | {HOLE} | {fault.open or 'no test tries it'} |"
    number = f"[{fault.number}](#{fault.number})"
    told = summed_up([evidence.of_test(name) for name in tests])
    not_tried = f"; not tried: {fault.open}" if fault.open else ""
    return f"| {number} | {fault.happens} | {fault.must} | {len(tests)} | {told}{not_tried} |"


def _section(
    fault: Fault, tests: Sequence[str], trials: Mapping[str, Trial], evidence: Evidence
) -> list[str]:
    met = [name for name, one in trials.items() if fault.number in one.meets]
    return [
        f"## {fault.number}",
        "",
        f"{fault.happens} {fault.must}",
        "",
        *(f"- {link(name)}: {evidence.of_test(name)}" for name in tests),
        *(f"- met among much else in: {link(name)}: {evidence.of_test(name)}" for name in met),
        "",
    ]
