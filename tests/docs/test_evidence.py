"""A result is shown only for what has not changed since; what has no test is shown as a hole."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from proof import faults
from proof.digest import Digests
from proof.evidence import CHANGED, FAILED, NEVER, PARTLY, PASSED, ROOT, SKIPPED, Evidence, NoRecord, Trial
from proof.faults import Fault
from support.patience import PATIENCE

TEST = "a/test_one.py::test_it"
FILES = {
    "tests/conftest.py": "def phone(): return 1\ndef other(): return 2\n",
    "tests/support/builders.py": "from .zone import ZONE\ndef a_shift(): return ZONE\ndef a_phone(): ...\n",
    "tests/a/test_one.py": """
import pytest
from support.builders import a_shift, a_phone
LIMIT = 3
OTHER = 4
def twice(one): return one * 2
@pytest.mark.fault(1)
@pytest.mark.parametrize("n", [1, 2])
def test_it(phone, n):
    assert twice(a_shift()) < LIMIT
def test_another(): ...
""",
}
COUNTED = [
    ("tests/a/test_one.py", "< LIMIT", "<= LIMIT"),
    ("tests/a/test_one.py", "one * 2", "one * 3"),
    ("tests/a/test_one.py", "LIMIT = 3", "LIMIT = 9"),
    ("tests/a/test_one.py", "[1, 2]", "[1]"),
    ("tests/support/builders.py", "return ZONE", "return None"),
    ("tests/conftest.py", "return 1", "return 3"),
]
NOT_COUNTED = [
    ("tests/a/test_one.py", "OTHER = 4", "OTHER = 5"),
    ("tests/a/test_one.py", "test_another(): ...", "test_another(): assert True"),
    ("tests/a/test_one.py", "fault(1)", "fault(2)"),
    ("tests/a/test_one.py", "LIMIT = 3", "LIMIT  =  3  # why"),
    ("tests/support/builders.py", "a_phone(): ...", "a_phone(): return 2"),
    ("tests/conftest.py", "return 2", "return 4"),
]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def digest(house: Path) -> str:
    return Digests(house, house / "tests").of(f"{TEST}[1]")


def change(house: Path, file: str, old: str, new: str) -> None:
    text = (house / file).read_text()
    assert old in text
    (house / file).write_text(text.replace(old, new))


@pytest.mark.parametrize(("file", "old", "new"), COUNTED)
def test_a_test_changes_with_all_that_it_is_made_of(house: Path, file: str, old: str, new: str) -> None:
    before = digest(house)
    change(house, file, old, new)
    assert digest(house) != before


@pytest.mark.parametrize(("file", "old", "new"), NOT_COUNTED)
def test_a_test_does_not_change_with_what_it_does_not_use(house: Path, file: str, old: str, new: str) -> None:
    before = digest(house)
    change(house, file, old, new)
    assert digest(house) == before


def a_run(**counts: int) -> dict[str, object]:
    told = {"digest": "d1", "tries": [1], "meets": [], **counts}
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
    assert evidence.of_test(TEST, Trial("d1")) == result


def test_what_was_changed_or_never_run_has_not_passed() -> None:
    evidence = Evidence().with_tests(a_run(passed=1))
    assert evidence.of_test(TEST, Trial("d2")) == CHANGED
    assert evidence.of_test("a/test_one.py::test_new", Trial("d1")) == NEVER


@pytest.mark.parametrize("change", [{"whole": False}, {"collected_only": True}])
def test_a_run_of_some_tests_is_no_record(change: dict[str, bool]) -> None:
    with pytest.raises(NoRecord):
        Evidence().with_tests({**a_run(passed=1), **change})


def test_an_earlier_run_takes_no_later_one_s_place() -> None:
    evidence = Evidence().with_tests(a_run(passed=1))
    assert evidence.with_tests({**a_run(failed=1), "at": "before"}) is evidence


def test_a_record_is_written_and_read(tmp_path: Path) -> None:
    evidence = Evidence().with_tests(a_run(passed=1))
    evidence.write({TEST: Trial("d1", (1,))}, tmp_path / "evidence.json")
    assert Evidence.read(tmp_path / "evidence.json") == evidence


def test_a_fault_without_a_test_shows_as_a_hole() -> None:
    # given
    listed = (Fault(1, "It rains.", "Stay dry."), Fault(2, "It snows.", "Stay warm.", "no snow here."))
    # when
    page = faults.page(listed, {TEST: Trial("d1", (1,), (2,))}, Evidence().with_tests(a_run(passed=1)))
    # then
    assert "| [1](#1) | It rains. | Stay dry. | 1 | passed |" in page
    assert "| 2 | It snows. | Stay warm. | **hole** | no snow here. |" in page
    assert "2 faults: 1 are tried, by 1 tests; 1 are holes." in page


def test_the_recorder_writes_down_what_ran_and_that_it_was_not_everything(tmp_path: Path) -> None:
    # when
    file = tmp_path / "run.json"
    command = [
        sys.executable,
        "-P",
        "-m",
        "pytest",
        "tests/domain/test_models.py",
        "-q",
        "-p",
        "no:cacheprovider",
    ]
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
