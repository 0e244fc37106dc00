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


def test_row_51_the_carrier_keeps_the_contract_that_ships(folder: Path) -> None:
    ran = run(folder, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_spool_carrier.py")
    assert ran.returncode == 0, ran.stdout
    passed = re.search(r"(\d+) passed, (\d+) skipped", ran.stdout)
    assert passed is not None and int(passed[1]) >= 9, ran.stdout


@pytest.mark.parametrize(
    ("written", "broken", "fails"),
    [
        ("parcel.key if taken else None", "None", "test_the_same_key_again_is_the_same_message"),
        (
            "return parcel.key\n\n    def place",
            "return 'one'\n\n    def place",
            "test_two_messages_have_two_ids",
        ),
        ("            return False\n", "            return True\n", "test_what_nobody_sent_cannot_be_ended"),
        ("    @property\n", "", "test_it_is_what_a_desk_takes"),
        ("{parcel.body}", "{parcel.body[:160]}", "test_a_message_of_many_characters_arrives_as_it_was"),
    ],
)
def test_row_51_a_carrier_that_breaks_the_contract_is_found_out(
    folder: Path, written: str, broken: str, fails: str
) -> None:
    code = (folder / "spool_carrier.py").read_text()
    if fails == "test_the_same_key_again_is_the_same_message":
        code = code.replace(
            "part.rename(self.outgoing / parcel.key)", "part.rename(self.outgoing / str(uuid4()))"
        )
    assert code.count(written) == 1
    (folder / "spool_carrier.py").write_text(code.replace(written, broken))
    ran = run(folder, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_spool_carrier.py")
    assert ran.returncode == 1
    assert f"::{fails}" in ran.stdout


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
        "from firstyes.web.service.chosen_carrier import chosen_carrier, chosen_notifiers;"
        "from firstyes.web.service.chosen_reader import chosen_reader;"
        f"settings = read_settings({settings!r});"
        "print(type(chosen_carrier(settings)).__name__, type(chosen_reader(settings)).__name__,"
        " [one.__name__ for one in chosen_notifiers(settings)])"
    )
    made = run(folder, "-P", "-c", code)
    # then
    assert made.stdout == "SpoolCarrier PolishReader ['page']\n", made.stderr
