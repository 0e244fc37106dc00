"""What is known of the tests and of the parts of the proof: what they are today, and how they ended when they last ran.

`docs/evidence.json` is the record of the last run of all tests and of each part; it says of which commit.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / "docs" / "evidence.json"
LAST_TESTS = ROOT / "var" / "evidence" / "tests.json"
"""Where `make test` leaves its record."""
LAST_PARTS = ROOT / "var" / "evidence" / "parts"
"""Where the parts of `make prove` leave theirs, a file each."""

PASSED, FAILED, SKIPPED, PARTLY = "passed", "failed", "skipped", "skipped in part"
NEVER = "never run"


class NoRecord(Exception):
    """Raised when a file is no record of a run of all tests."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A test as it is collected today, all its cases together; `tries` and `meets` are numbers of faults."""

    tries: tuple[int, ...] = ()
    meets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """How a test or a part ended; `told` is what a part said of it."""

    result: str
    told: str = ""
    at: str = ""
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The record. `at` and `commit` are those of the run of all tests, whose results `tests` are."""

    at: str = ""
    commit: str = ""
    tests: Mapping[str, Result] = field(default_factory=dict)
    parts: Mapping[str, Result] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path = RECORD) -> Self:
        """Read the record; an empty one where there is no file."""
        if not file.exists():
            return cls()
        raw = json.loads(file.read_text("utf-8"))
        tests = {name: Result(result) for name, result in raw["tests"].items()}
        parts = {name: Result(**one) for name, one in raw["parts"].items()}
        return cls(raw["at"], raw["commit"], tests, parts)

    def write(self, tests: Mapping[str, Trial], file: Path = RECORD) -> None:
        """Write the record, of those results only that somebody asks for: tests of a fault or a promise."""
        kept = {name: one.result for name, one in self.tests.items() if name in tests}
        raw = {
            "at": self.at,
            "commit": self.commit,
            "parts": {name: asdict(one) for name, one in sorted(self.parts.items())},
            "tests": dict(sorted(kept.items())),
        }
        file.write_text(json.dumps(raw, indent=1) + "\n", "utf-8")

    def with_tests(self, run: Mapping[str, Any]) -> Self:
        """Take in a run of all tests in place of an earlier one. Raises `NoRecord` when it is not of all of them."""
        if not run["whole"] or run["collected_only"]:
            raise NoRecord("this is no record of a run of all tests: run `make test`")
        if run["at"] <= self.at:
            return self
        tests = {name: Result(_outcome(one)) for name, one in run["tests"].items()}
        commit = run["commit"] if run["clean"] else f"{run['commit']} and changes that were not committed"
        return type(self)(run["at"], commit, tests, self.parts)

    def with_parts(self, parts: Mapping[str, Result]) -> Self:
        """Take in what parts found, each in place of what it found earlier."""
        newer = {
            name: one for name, one in parts.items() if name not in self.parts or one.at > self.parts[name].at
        }
        return type(self)(self.at, self.commit, self.tests, {**self.parts, **newer})

    def of_test(self, name: str) -> str:
        """Say how a test ended."""
        return self.tests[name].result if name in self.tests else NEVER

    def of_part(self, name: str) -> str:
        """Say how a part ended."""
        return self.parts[name].result if name in self.parts else NEVER


def note_part(name: str, share: float, holds: bool, summary: str, commit: str) -> None:
    """Leave the record of a part that has run, for `python -m evidence.tables` to take in. A share below 1 is a sample."""
    how_much = "full run" if share == 1 else f"{share:.0%} of the full run"
    at = datetime.now(UTC).isoformat(timespec="minutes")
    result = Result(PASSED if holds else FAILED, f"{how_much}: {summary}", at, commit)
    LAST_PARTS.mkdir(parents=True, exist_ok=True)
    (LAST_PARTS / f"{name}.json").write_text(json.dumps(asdict(result), indent=1) + "\n", "utf-8")


def last_parts() -> dict[str, Result]:
    """Give the records that parts have left."""
    files = sorted(LAST_PARTS.glob("*.json"))
    return {file.stem: Result(**json.loads(file.read_text("utf-8"))) for file in files}


def _outcome(test: Mapping[str, Any]) -> str:
    """The worst that happened to any case."""
    if test.get("failed"):
        return FAILED
    if not test.get("passed"):
        return SKIPPED
    return PARTLY if test.get("skipped") else PASSED
