"""What a user sees who asks."""

import subprocess
import sys

import pytest

from firstyes import __version__
from firstyes.web.commands.exit_codes import MEANINGS, ExitCode
from firstyes.web.commands.group import COMMANDS
from support.patience import PATIENCE
from support.service import FIRSTYES, ROOT, asked, environment, firstyes


def test_every_command_has_help_that_opens_with_the_line_in_the_list() -> None:
    listed = asked("--help").stdout
    for name, line in COMMANDS.items():
        shown = asked(name, "--help")
        assert shown.exit_code == 0
        assert f"  {name:<9}  {line}" in listed
        assert line in " ".join(shown.stdout.split())


def test_help_lists_every_exit_code() -> None:
    shown = asked("-h").stdout
    for code in ExitCode:
        assert f"{code.value:>2}  {MEANINGS[code]}" in shown


def test_the_version_is_the_package_s() -> None:
    """Of the command that is installed."""
    ran = subprocess.run([FIRSTYES, "--version"], capture_output=True, check=True, timeout=PATIENCE)
    assert ran.stdout.decode() == f"firstyes {__version__}\n"


@pytest.mark.parametrize("arguments", [("nonsense",), ("serve", "--nonsense"), ("replay",), ("load",)])
def test_a_wrong_command_line_ends_with_2(arguments: tuple[str, ...]) -> None:
    assert firstyes(*arguments).returncode == ExitCode.USAGE


def test_run_py_is_the_same_command_in_a_clone() -> None:
    """Started as a script, Python puts the root on the import path, where `web` and `domain` are names."""
    script = [sys.executable, "run.py", "classify"]
    ran = subprocess.run(
        script, input=b"YES\n", cwd=ROOT, env=environment(), capture_output=True, check=True, timeout=PATIENCE
    )
    assert ran.stdout == firstyes("classify", stdin=b"YES\n").stdout
