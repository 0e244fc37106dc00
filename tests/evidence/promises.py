"""docs/promises.md: every promise, where it is made, and what proves it."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from .evidence import ROOT, Evidence, Trial
from .faults import HOLE, about_results, link, summed_up, trying

LIST = ROOT / "tests" / "promises.toml"


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise, in the words of the document that makes it.

    It is proven by the tests of `faults`, by `tests` (node ids without a case) and by `parts` of `make prove`; `open` is
    what of it nothing proves, and why.
    """

    says: str
    made_in: str
    faults: tuple[int, ...] = ()
    tests: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    open: str = ""

    @classmethod
    def all(cls, file: Path = LIST) -> tuple[Self, ...]:
        """Read the repository's list."""
        listed = tomllib.loads(file.read_text("utf-8"))["promise"]
        return tuple(cls(**{key: _frozen(value) for key, value in row.items()}) for row in listed)

    def unknown(self, trials: Mapping[str, Trial]) -> list[str]:
        """Name the tests and parts that do not exist."""
        return [
            *(name for name in self.tests if name not in trials),
            *(f"fault {number}" for number in self.faults if not trying(number, trials)),
            *(f"part {name}" for name in self.parts if not _part_exists(name)),
        ]


def _part_exists(name: str) -> bool:
    module = (ROOT / "tests" / "evidence").joinpath(*name.split("."))
    return module.with_suffix(".py").exists() or (module / "part.py").exists()


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def page(promises: Sequence[Promise], trials: Mapping[str, Trial], evidence: Evidence) -> str:
    """Write the page."""
    lines = [
        "# Promises",
        "",
        "What is promised, in the words of the page that promises it, and what proves it. Made by `make tables` from",
        "`tests/promises.toml` and `docs/evidence.json`; do not edit it. A test compares it with the tests that there are,",
        "and another one finds each promise in the page that makes it. Faults are those of [faults.md](faults.md).",
        "",
        about_results(evidence),
        "",
    ]
    for place in dict.fromkeys(one.made_in for one in promises):
        lines += [
            f"## In [{place}](../{place})",
            "",
            "| promise | proven by | last result |",
            "|---|---|---|",
        ]
        lines += [_row(one, trials, evidence) for one in promises if one.made_in == place]
        lines += [""]
    lines += _parts(promises, evidence)
    return "\n".join(lines).rstrip() + "\n"


def _row(promise: Promise, trials: Mapping[str, Trial], evidence: Evidence) -> str:
    of_faults = {number: trying(number, trials) for number in promise.faults}
    tests = [*dict.fromkeys((*promise.tests, *(name for names in of_faults.values() for name in names)))]
    by = [link(name) for name in promise.tests if name in trials]
    if of_faults:
        faults = ", ".join(f"[{number}](faults.md#{number})" for number in of_faults)
        by.append(
            f"the {sum(map(len, of_faults.values()))} tests of fault{'s' * (len(of_faults) > 1)} {faults}"
        )
    by += [f"[part *{name}*](#parts-of-make-prove)" for name in promise.parts]
    told = [summed_up([evidence.of_test(name) for name in tests if name in trials])]
    told += [f"{name}: {evidence.of_part(name)}" for name in promise.parts]
    if promise.open:
        told.append(f"not proven: {promise.open}")
    # Links in it lead on from the page that makes the promise, not from here.
    says = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", promise.says)
    return f"| {says} | {'; '.join(by) or HOLE} | {'; '.join(filter(None, told))} |"


def _parts(promises: Sequence[Promise], evidence: Evidence) -> list[str]:
    named = dict.fromkeys(name for one in promises for name in one.parts)
    lines = ["## Parts of make prove", "", "| part | last result | what it found |", "|---|---|---|"]
    for name in named:
        found = evidence.parts.get(name)
        told = f"{found.told} ({found.at}, commit {found.commit})" if found else ""
        lines.append(f"| {name} | {evidence.of_part(name)} | {told} |")
    return lines if named else []
