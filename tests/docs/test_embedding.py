"""docs/embedding.md and the README's examples: run as they stand, and judged by a type checker that knows nothing of us."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.patience import PATIENCE
from support.service import ROOT, environment

PAGE = (ROOT / "docs" / "embedding.md").read_text()
README = (ROOT / "README.md").read_text()


def blocks() -> dict[str, str]:
    """Every block of the page by the file it names in its first line."""
    found = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    named = {re.match(r"# (\w+\.py)\n", code): code for code in found}
    assert None not in named
    return {match[1]: code for match, code in named.items() if match is not None}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds what the page shows, and nothing else."""
    for name, code in blocks().items():
        (tmp_path / name).write_text(code)
    return tmp_path


def run(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**environment(), "PYTHONPATH": str(folder), **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


@pytest.mark.timeout(400)
def test_rows_47_and_51_a_plain_strict_type_checker_has_nothing_to_say(folder: Path) -> None:
    # given
    for number, code in enumerate(re.findall(r"```python\n(.*?)```", README, re.DOTALL)):
        (folder / f"readme_{number}.py").write_text(code)
    site = folder / "site"
    site.mkdir()
    (site / "firstyes").symlink_to(ROOT)
    (folder / "misused.py").write_text("from firstyes import ShiftDesk\nShiftDesk(carrier=7).fan_out(None)\n")
    # when
    names = sorted(one.name for one in folder.glob("*.py"))
    # As for what is installed, what lies in the package itself is not judged.
    flags = (
        "--strict",
        "--config-file=",
        "--follow-imports=silent",
        f"--cache-dir={ROOT / '.mypy_cache' / 'plain'}",
    )
    ran = run(folder, "-P", "-m", "mypy", *flags, *names, MYPYPATH=str(site))
    # then
    said = [line for line in ran.stdout.splitlines() if ": error:" in line]
    assert [line for line in said if not line.startswith("misused.py:2:")] == []
    assert len(said) == 2, ran.stdout + ran.stderr


BROKEN = {
    "test_the_same_key_again_is_the_same_message": [
        ("outbound.key if taken else None", "None"),
        ("part.rename(self.outgoing / outbound.key)", "part.rename(self.outgoing / str(uuid4()))"),
    ],
    "test_two_messages_have_two_ids": [
        ("return outbound.key\n\n    def place", "return 'one'\n\n    def place")
    ],
    "test_what_nobody_sent_cannot_be_ended": [("            return False\n", "            return True\n")],
    "test_it_is_what_a_desk_takes": [("    @property\n", "")],
    "test_a_message_of_many_characters_arrives_as_it_was": [("{outbound.body}", "{outbound.body[:160]}")],
}
"""Ways to break the page's carrier, by the test of the contract that finds each."""


def test_row_51_the_carrier_keeps_the_contract_that_ships_and_a_broken_one_is_found_out(folder: Path) -> None:
    # given
    carrier, contract = blocks()["spool_carrier.py"], blocks()["test_spool_carrier.py"]
    for fails, changes in BROKEN.items():
        code = carrier
        for written, broken in changes:
            assert code.count(written) == 1
            code = code.replace(written, broken)
        (folder / f"broken_by_{fails}.py").write_text(code)
        (folder / f"test_broken_by_{fails}.py").write_text(
            contract.replace("spool_carrier", f"broken_by_{fails}")
        )
    # when
    [name] = re.findall(r"^class (\w+)", contract, re.MULTILINE)
    broken_ones = [f"test_broken_by_{fails}.py::{name}::{fails}" for fails in BROKEN]
    plugins = ("-p", "no:cacheprovider", "-p", "no:schemathesis", "-p", "no:cov", "-p", "no:xdist")
    ran = run(folder, "-P", "-m", "pytest", "-q", "-rA", *plugins, "test_spool_carrier.py", *broken_ones)
    # then
    ended = re.findall(r"^(PASSED|FAILED|ERROR) (\w+\.py)::\w+::(\w+)", ran.stdout, re.MULTILINE)
    sound = [how for how, file, _ in ended if file == "test_spool_carrier.py"]
    assert len(sound) >= 9 and set(sound) == {"PASSED"}, ran.stdout
    for fails in BROKEN:
        assert ("FAILED", f"test_broken_by_{fails}.py", fails) in ended, ran.stdout


def test_row_51_all_of_it_together_fills_a_shift(folder: Path) -> None:
    ran = run(folder, "-W", "error", "together.py")
    assert ran.stderr == ""
    assert ran.stdout.splitlines() == ["claimed by ewa", "2 texts, True"]


def test_row_51_its_parts_can_be_named_in_the_settings(folder: Path) -> None:
    # given
    shown = dict(re.findall(r"^    FIRSTYES_(\w+)=(\w+:\w+)$", PAGE, re.MULTILINE))
    assert set(shown) == {"CARRIER", "READER", "NOTIFIERS"}
    settings = {name.lower(): value for name, value in shown.items()}
    # when
    code = (
        "from firstyes.web.service.settings import read_settings;"
        "from firstyes.web.service.factories import chosen_carrier, chosen_notifiers, chosen_reader;"
        f"settings = read_settings({settings!r});"
        "print(type(chosen_carrier(settings)).__name__, type(chosen_reader(settings)).__name__,"
        " [one.__name__ for one in chosen_notifiers(settings)])"
    )
    made = run(folder, "-P", "-c", code)
    # then
    assert made.stdout == "SpoolCarrier PolishReader ['page']\n", made.stderr
