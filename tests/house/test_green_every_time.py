"""Row 44: the tests of a commit pass each time or fail each time, whoever runs them and wherever."""

import re
from pathlib import Path

from hypothesis import HealthCheck, settings

from support.patience import PATIENCE


def test_row_44_the_same_examples_are_tried_by_everybody_and_no_clock_decides() -> None:
    used = settings()
    assert used.derandomize
    assert used.database is None
    assert used.deadline is None
    assert HealthCheck.too_slow in used.suppress_health_check


def test_row_44_ci_says_no_more_than_that_what_is_missing_is_a_failure(root: Path) -> None:
    asking = [
        path.relative_to(root).as_posix()
        for path in (root / "tests").rglob("*.py")
        if '"CI"' in path.read_text() and path != Path(__file__)
    ]
    assert sorted(asking) == [
        "tests/browser/conftest.py",
        "tests/deploy/test_nginx.py",
        "tests/evidence/kills/test_disk_full.py",
    ]


def test_row_44_what_is_waited_for_until_it_comes_is_waited_for_with_patience(root: Path) -> None:
    """A short wait is for what must not come; one of seconds is for what comes, and on a busy machine it comes later."""
    waits = re.compile(r"\b(?:timeout=|wait\(|join\(|settle\(|result\()([0-9.]+)\b")
    impatient = {
        f"{path.relative_to(root)}: {wait[0]}"
        for folder in ("**/test_*.py", "support/*.py")
        for path in (root / "tests").glob(folder)
        for wait in waits.finditer(path.read_text())
        if 1 <= float(wait[1]) < PATIENCE and path != Path(__file__)
    }
    assert impatient == {"tests/docs/test_readme.py: timeout=60"}
