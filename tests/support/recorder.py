"""A plugin of pytest that writes down which tests there are, which faults they try, and what became of them.

`pytest tests --record FILE` writes a run, with `--collect-only` only what was collected. See `tests/evidence/evidence.py`.
"""

import json
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from .patience import PATIENCE

TESTS = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", metavar="FILE", help="write what was run, and how it ended, to this file")


def pytest_configure(config: pytest.Config) -> None:
    file = config.getoption("record")
    # Workers of xdist hand their reports to the process that started them.
    if file and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Recorder(config, Path(file)), "firstyes-recorder")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("record"):
        for item, told in zip(items, told_of(items), strict=True):
            item.user_properties.append(("firstyes", told))


def told_of(items: Sequence[pytest.Item]) -> list[dict[str, Any]]:
    """What the record says of each of these tests before it has run."""
    return [{"tries": numbers(item, "fault"), "meets": numbers(item, "meets")} for item in items]


def told_of_functions(items: Sequence[pytest.Item]) -> dict[str, dict[str, Any]]:
    """The same of tests with all their cases, which may be marked one by one."""
    tests: dict[str, dict[str, Any]] = {}
    for item, told in zip(items, told_of(items), strict=True):
        add_case(tests, item.nodeid, told)
    return tests


def add_case(tests: dict[str, dict[str, Any]], node_id: str, told: dict[str, Any]) -> dict[str, Any]:
    """Add what is said of a case to what is said of its test, and give that."""
    test = tests.setdefault(function_of(node_id), {**told, "tries": [], "meets": []})
    for kind in ("tries", "meets"):
        test[kind] = sorted({*test[kind], *told[kind]})
    return test


def is_whole(config: pytest.Config) -> bool:
    """Whether every test was asked for."""
    options = config.option
    chosen = ("keyword", "markexpr", "lf", "deselect", "ignore", "ignore_glob")
    return not any(getattr(options, name, None) for name in chosen) and [
        Path(one).resolve() for one in config.args
    ] == [TESTS]


def numbers(item: pytest.Item, mark: str) -> list[int]:
    return sorted({int(number) for one in item.iter_markers(mark) for number in one.args})


def function_of(node_id: str) -> str:
    """A test without its case."""
    return node_id.partition("[")[0]


class Recorder:
    """Keeps what is reported, and writes it down at the end."""

    def __init__(self, config: pytest.Config, file: Path) -> None:
        self._config = config
        self._file = file.resolve()
        self._tests: dict[str, dict[str, Any]] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            [told] = [told for name, told in item.user_properties if name == "firstyes"]
            add_case(self._tests, item.nodeid, told)  # type: ignore[arg-type]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        told = dict(report.user_properties).get("firstyes")
        if not isinstance(told, dict):
            return
        test = add_case(self._tests, report.nodeid, told)
        # A test passes in its call; it fails and is skipped anywhere.
        if report.outcome != "passed" or report.when == "call":
            test[report.outcome] = test.get(report.outcome, 0) + 1

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        document = {
            "whole": is_whole(self._config) and exitstatus in (0, 1),
            "collected_only": bool(self._config.option.collectonly),
            "at": datetime.now(UTC).isoformat(timespec="minutes"),
            "commit": git("rev-parse", "--short=12", "HEAD"),
            "clean": git("status", "--porcelain") == "",
            "tests": dict(sorted(self._tests.items())),
        }
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(document, indent=0) + "\n")


def git(*arguments: str) -> str | None:
    """What git says of the repository; None where there is none."""
    try:
        asked = subprocess.run(
            ["git", "-C", str(TESTS), *arguments],
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return asked.stdout.strip()
