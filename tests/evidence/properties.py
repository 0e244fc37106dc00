"""The properties that hypothesis tries in `make test` with a few examples, the same each time: with others, and more."""

import re
import subprocess
import sys

from .evidence import ROOT
from .part import Finding, Part, Progress

TESTS = ROOT / "tests"
HAS_PROPERTIES = re.compile(r"^@given\b|RuleBasedStateMachine", re.MULTILINE)
LONGEST = 3_600.0


def run(share: float, progress: Progress) -> Finding:
    """Try that share of the files that hold properties, at least one."""
    files = with_properties()
    chosen = files[: max(1, round(len(files) * share))]
    command = [
        sys.executable, "-P", "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "--hypothesis-profile", "prove",
        "-p", "no:cacheprovider", *chosen,
    ]  # fmt: skip
    ran = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, check=False, timeout=LONGEST)
    progress(1.0)
    said = ran.stdout.strip()
    summary = f"{len(chosen)} of {len(files)} files: {said.splitlines()[-1] if said else ran.stderr[-300:]}"
    return Finding(ran.returncode == 0, summary, () if ran.returncode == 0 else (said[-5_000:],))


def with_properties() -> list[str]:
    """Give the files of tests that hold properties."""
    return sorted(
        str(file.relative_to(TESTS))
        for file in TESTS.rglob("test_*.py")
        if HAS_PROPERTIES.search(file.read_text("utf-8"))
    )


PART = Part(
    "properties",
    "What holds for whatever comes: tried with ten times the examples of make test, others each time.",
    500,
    run,
)
