"""Every fault that is claimed to be survived has a test that names it."""

import re
import tomllib
from pathlib import Path

TESTS = Path(__file__).parents[1]
MARK = re.compile(r"mark\.fault\((\d+)\)")

TRIED = {
    1,
    2,
    3,
    4,
    9,
    10,
    11,
    13,
    *range(15, 20),
    *range(21, 25),
    34,
    *range(36, 39),
    40,
    41,
    42,
    45,
    47,
    48,
    51,
}
"""The faults whose tests the first release promises; the list grows and never shrinks."""


def named() -> set[int]:
    """Read the numbers that tests name."""
    return {
        int(number) for path in TESTS.rglob("test_*.py") for number in MARK.findall(path.read_text("utf-8"))
    }


def test_every_promised_fault_is_tried() -> None:
    assert TRIED - named() == set()


def test_no_test_names_a_fault_that_is_not_in_the_list() -> None:
    listed = {int(number) for number in tomllib.loads((TESTS / "faults.toml").read_text("utf-8"))}
    assert named() - listed == set()
