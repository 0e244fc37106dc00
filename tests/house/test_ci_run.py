"""A green build means that tests ran and passed; the last line says how many."""

import shutil
import subprocess
from pathlib import Path

import pytest

from support.patience import PATIENCE

PASSED = "=== 3 passed, 1 skipped in 0.52s ==="
LONG = "=== 812 passed in 61.20s (0:01:01) ==="
SKIPPED = "=== 4 skipped in 0.10s ==="
ZERO = "=== 0 passed in 0.10s ==="
FAILED = "=== 1 failed, 2 passed in 0.52s ==="
NOTHING = "=== no tests ran in 0.01s ==="


@pytest.mark.parametrize(
    ("lint", "test", "printed", "succeeds", "last"),
    [
        (0, 0, PASSED, True, PASSED), (0, 0, LONG, True, LONG), (0, 0, SKIPPED, False, SKIPPED), (0, 0, ZERO, False, ZERO),
        (0, 0, NOTHING, False, NOTHING), (0, 0, "", False, "no tests ran"), (0, 1, FAILED, False, FAILED),
        (0, 1, PASSED, False, PASSED), (0, 5, NOTHING, False, NOTHING), (1, 0, PASSED, False, None),
    ],
)  # fmt: skip
def test_the_verdict_is_that_of_lint_and_tests_together(
    root: Path, tmp_path: Path, lint: int, test: int, printed: str, succeeds: bool, last: str | None
) -> None:
    # given
    (tmp_path / ".ci").mkdir()
    shutil.copy(root / ".ci/run", tmp_path / ".ci/run")
    (tmp_path / "Makefile").write_text(
        f"lint:\n\t@exit {lint}\ntest:\n\t@echo '{printed}'; echo TOTAL 100%; exit {test}\n"
    )
    # when
    run = subprocess.run(
        [tmp_path / ".ci/run"],
        cwd="/",
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    # then
    assert (run.returncode == 0) is succeeds, run.stdout + run.stderr
    if last:
        assert run.stdout.splitlines()[-1] == last
    else:
        assert printed not in run.stdout
