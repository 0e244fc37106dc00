"""The commands that the documents name are there, and what they need is asked for in words."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.patience import PATIENCE

# A Python that believes itself to be older, for as long as `-c` lasts.
OLDER = f'exec "{sys.executable}" -c "import sys; sys.version_info = (3, 10, 14, \'final\', 0); $2"'


def make(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make in the root; never a target that installs something."""
    return subprocess.run(
        ["make", *arguments], check=False, cwd=root, capture_output=True, text=True, timeout=PATIENCE
    )


def targets(root: Path) -> set[str]:
    """What the Makefile's help lists."""
    return set(re.findall(r"^  make (\S+)", make(root, "help").stdout, re.MULTILINE))


def test_make_alone_lists_what_it_can_do(root: Path) -> None:
    assert make(root).stdout == make(root, "help").stdout
    wanted = {"run", "test", "lint", "bench", "demo", ".venv", "clean"}
    assert wanted - targets(root) == set()


def test_every_make_command_in_the_documents_exists(root: Path) -> None:
    documents = [*root.glob("*.md"), *root.glob("docs/**/*.md"), root / ".ci" / "run"]
    named = {
        (document.name, target)
        for document in documents
        for target in re.findall(r"(?:^|`)make ((?!PYTHON)[a-z.]+)\b", document.read_text(), re.MULTILINE)
    }
    assert {(document, target) for document, target in named if target not in targets(root)} == set()


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (f"case $1 in --version) echo Python 3.10.14;; *) {OLDER};; esac", "needs Python 3.11 or newer"),
        ("case $* in *ensurepip*) exit 1;; esac", "has no venv module"),
    ],
)
def test_a_python_that_will_not_do_is_refused_in_words(
    root: Path, tmp_path: Path, answers: str, says: str
) -> None:
    # given
    (tmp_path / "Makefile").write_text((root / "Makefile").read_text())
    (tmp_path / "setup.cfg").touch()
    python = tmp_path / "python3.9"
    python.write_text(f"#!/bin/sh\n{answers}\n")
    python.chmod(0o755)
    # when
    made = make(tmp_path, f"PYTHON={python}", "run")
    # then
    assert made.returncode == 2
    assert says in made.stderr
    assert not (tmp_path / ".venv").exists()
