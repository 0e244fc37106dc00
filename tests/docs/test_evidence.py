"""A result is shown for what has run; what has no test is shown as a hole."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from evidence import faults
from evidence.evidence import FAILED, NEVER, PARTLY, PASSED, ROOT, SKIPPED, Evidence, NoRecord, Trial
from evidence.faults import Fault
from support.patience import PATIENCE

TEST = "a/test_one.py::test_it"


def a_run(**counts: int) -> dict[str, object]:
    told = {"tries": [1], "meets": [], **counts}
    return {
        "whole": True, "collected_only": False, "at": "then", "commit": "c1", "clean": True, "tests": {TEST: told},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "result"),
    [
        ({"passed": 3}, PASSED),
        ({"passed": 3, "failed": 1}, FAILED),
        ({"passed": 3, "skipped": 1}, PARTLY),
        ({"skipped": 3}, SKIPPED),
        ({}, SKIPPED),
    ],
)
def test_a_test_is_as_good_as_the_worst_of_its_cases(counts: dict[str, int], result: str) -> None:
    evidence = Evidence().with_tests(a_run(**counts))
    assert evidence.of_test(TEST) == result


def test_what_was_never_run_has_not_passed() -> None:
    evidence = Evidence().with_tests(a_run(passed=1))
    assert evidence.of_test("a/test_one.py::test_new") == NEVER


@pytest.mark.parametrize("change", [{"whole": False}, {"collected_only": True}])
def test_a_run_of_some_tests_is_no_record(change: dict[str, bool]) -> None:
    with pytest.raises(NoRecord):
        Evidence().with_tests({**a_run(passed=1), **change})


def test_an_earlier_run_takes_no_later_one_s_place() -> None:
    evidence = Evidence().with_tests(a_run(passed=1))
    assert evidence.with_tests({**a_run(failed=1), "at": "before"}) is evidence


def test_a_record_is_written_and_read(tmp_path: Path) -> None:
    evidence = Evidence().with_tests(a_run(passed=1))
    evidence.write({TEST: Trial((1,))}, tmp_path / "evidence.json")
    assert Evidence.read(tmp_path / "evidence.json") == evidence


def test_a_fault_without_a_test_shows_as_a_hole() -> None:
    # given
    listed = (Fault(1, "It rains.", "Stay dry."), Fault(2, "It snows.", "Stay warm.", "no snow here."))
    # when
    page = faults.page(listed, {TEST: Trial((1,), (2,))}, Evidence().with_tests(a_run(passed=1)))
    # then
    assert "| [1](#1) | It rains. | Stay dry. | 1 | passed |" in page
    assert "| 2 | It snows. | Stay warm. | **hole** | no snow here. |" in page
    assert "2 faults: 1 are tried, by 1 tests; 1 are holes." in page


def test_the_recorder_writes_down_what_ran_and_that_it_was_not_everything(tmp_path: Path) -> None:
    # when
    file = tmp_path / "run.json"
    command = [
        sys.executable, "-P", "-m", "pytest", "tests/domain/test_models.py", "-q", "-p", "no:cacheprovider",
    ]  # fmt: skip
    ran = subprocess.run(
        [*command, "--record", str(file)], cwd=ROOT, capture_output=True, timeout=PATIENCE, check=False
    )
    # then
    assert ran.returncode == 0, ran.stdout
    written = json.loads(file.read_text())
    [nonsense] = [one for name, one in written["tests"].items() if "a_message_with_nonsense" in name]
    assert nonsense["tries"] == [51]
    assert nonsense["passed"] > 1
    assert "failed" not in nonsense
    assert not written["whole"]
