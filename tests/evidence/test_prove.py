"""`make prove`: it finds its parts, says beforehand how long they take, and fails when one of them does not hold."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from evidence import __main__ as command
from evidence import evidence, noting
from evidence.evidence import Result
from evidence.part import Finding, Part, Progress
from evidence.programme import find_parts
from evidence.table import Bars, Tried
from support.patience import PATIENCE


def holding(name: str, seconds: float = 60) -> Part:
    def run(share: float, progress: Progress) -> Finding:
        progress(0.5)
        return Finding(True, f"{name} at {share:g}")

    return Part(name, f"What {name} does.", seconds, run)


def failing(name: str) -> Part:
    found = Finding(False, "two of them broke", ("the first one broke", "the second one broke"))
    return Part(name, f"What {name} does.", 30, lambda share, progress: found)


def raising(name: str) -> Part:
    def run(share: float, progress: Progress) -> Finding:
        raise OSError("no room")

    return Part(name, f"What {name} does.", 30, run)


def prove(monkeypatch: pytest.MonkeyPatch, *parts: Part, options: tuple[str, ...] = ()) -> tuple[int, str]:
    monkeypatch.setattr(command, "find_parts", lambda: {one.name: one for one in parts})
    monkeypatch.setattr(command, "note", lambda module, finding, share: None)
    result = CliRunner().invoke(command.main, options)
    return result.exit_code, result.output


def test_all_parts_hold_and_it_ends_well(monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = prove(monkeypatch, holding("kills"), holding("soak", 3600), options=("--share", "0.5"))
    assert code == 0
    assert "This takes about 30 min on two cores, a share of 0.5 of the whole." in said
    assert "kills at 0.5" in said
    assert "soak: yes" in said


def test_one_that_does_not_hold_fails_it_and_the_others_are_tried_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code, said = prove(monkeypatch, failing("kills"), raising("soak"), holding("fuzz"))
    assert code == 1
    assert "the second one broke" in said
    assert "soak: NO - it could not be tried to its end: OSError: no room" in said
    assert "fuzz: yes" in said


def test_only_the_parts_named_are_run_and_written_down(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    options = ("fuzz", "--json", str(tmp_path / "found.json"))
    code, said = prove(monkeypatch, failing("kills"), holding("fuzz"), options=options)
    assert code == 0
    assert "kills" not in said
    written = json.loads((tmp_path / "found.json").read_text())
    assert [(one["part"], one["holds"]) for one in written["parts"]] == [("fuzz", True)]


def sample(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *findings: tuple[Finding, float]) -> Result:
    monkeypatch.setattr(evidence, "LAST_PARTS", tmp_path)
    for finding, share in findings:
        noting.note("contested", finding, share)
    return evidence.last_parts()["contested"]


def test_what_was_found_is_noted_and_a_sample_that_holds_does_not_hide_a_full_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fine, wrong = Finding(True, "all fine"), Finding(False, "one wrong")
    assert sample(monkeypatch, tmp_path, (fine, 0.02)).told == "2% of the full run: all fine"
    assert sample(monkeypatch, tmp_path, (fine, 1), (fine, 0.02)).told == "full run: all fine"
    assert sample(monkeypatch, tmp_path, (fine, 1), (wrong, 0.02)).result == "failed"


def test_a_part_that_does_not_exist_is_refused_with_the_names_of_those_that_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code, said = prove(monkeypatch, holding("fuzz"), options=("fuss",))
    assert code == 2
    assert "there is no part named fuss; there are fuzz" in said


def test_a_module_with_a_part_is_found_and_one_that_cannot_be_imported_does_not_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    folder = tmp_path / "evidence_on_trial"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "quick.py").write_text(
        "from evidence.part import Finding, Part\n"
        "PART = Part('quick', 'It is quick.', 1, lambda share, progress: Finding(True, 'fine'))\n"
    )
    (folder / "broken.py").write_text("import no_such_module\nPART = None\n")
    (folder / "helper.py").write_text("raise AssertionError('nobody asked for this')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    # when
    found = find_parts(folder, folder.name)
    # then
    assert list(found) == ["broken", "quick"]
    assert found["quick"].run(1, lambda _: None).holds
    assert not found["broken"].run(1, lambda _: None).holds
    assert "no_such_module" in found["broken"].what


def test_every_part_there_is_has_a_name_of_its_own_and_says_how_long_it_takes() -> None:
    parts = find_parts()
    assert {"contested", "mutation", "simulated"} <= set(parts)
    assert len({one.name for one in parts.values()}) == len(parts)
    assert [name for name, one in parts.items() if one.seconds <= 0] == []


def test_it_runs_from_the_root_with_processes_of_its_own() -> None:
    # when
    done = subprocess.run(
        [sys.executable, "-m", "evidence", "simulated", "--share", "0.0002", "--no-note"],
        check=False,
        cwd=Path(command.__file__).parent.parent,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    # then
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no problems" in done.stdout
    assert "\x1b" not in done.stdout


def test_on_a_terminal_bars_show_how_far_it_is_and_how_long_it_takes_yet() -> None:
    screen = StringIO()
    console = Console(file=screen, force_terminal=True, width=100)
    part = holding("kills", 120)
    # when
    with Bars(console, [part], 0.5) as bars:
        bars.begin(part)
        bars.move(part, 0.5)
        bars.move(part, 0.25)
        bars.end(Tried(part, Finding(True, "fine"), 61))
    # then
    assert "about 30 s left" in screen.getvalue()
    assert "about 45 s left" not in screen.getvalue()
    assert "kills: " in screen.getvalue()
