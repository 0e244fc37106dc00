"""The root is the package, and a folder's name is anybody's choice: nothing may depend on it."""

import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from support.patience import PATIENCE

EDITABLE = "from setuptools import build_meta; build_meta.build_editable({!r})"


@pytest.fixture(scope="module")
def clone(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of the last commit in a folder whose name is no Python name, with a .venv of its own.

    It is installed as `make .venv` installs it, save that the libraries are those of the present
    environment, so that no package index is needed.
    """
    if not (root / ".git").exists():
        pytest.skip("not a git repository, so there is nothing to clone")
    folder = tmp_path_factory.mktemp("somewhere") / "a-b"
    subprocess.run(
        ["git", "clone", "--quiet", root, folder], check=True, capture_output=True, timeout=PATIENCE
    )
    venv.create(folder / ".venv", symlinks=True)
    [packages] = (folder / ".venv").glob("lib/python*/site-packages")
    # A line in a .pth file adds a folder without reading the .pth files in it: ours is not seen through it.
    (packages / "libraries.pth").write_text(sysconfig.get_paths()["purelib"])
    made = packages.parent
    subprocess.run(
        [sys.executable, "-P", "-c", EDITABLE.format(str(made))],
        cwd=folder, check=True, capture_output=True, timeout=PATIENCE,
    )  # fmt: skip
    [wheel] = made.glob("firstyes-*.whl")
    zipfile.ZipFile(wheel).extractall(packages)
    return folder


def python(clone: Path, *arguments: str) -> str:
    """What the clone's Python prints; -P keeps the folder we stand in out of the import path."""
    run = subprocess.run(
        [clone / ".venv/bin/python", "-P", *arguments],
        cwd=clone, check=False, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert run.returncode == 0, (run.stdout + run.stderr)[-3000:]
    return run.stdout


def test_the_package_has_its_own_name_there_and_every_module_can_be_imported(clone: Path) -> None:
    modules = (
        ".".join(("firstyes", *path.relative_to(clone).with_suffix("").parts)).removesuffix(".__init__")
        for floor in ("domain", "actors", "web")
        for path in (clone / floor).rglob("*.py")
    )
    each = f"import importlib\nfor name in {sorted(modules)}: importlib.import_module(name)\n"
    told = python(clone, "-c", f"{each}import firstyes; print(firstyes.__name__, firstyes.__file__)")
    assert told.split() == ["firstyes", str(clone / "__init__.py")]


def test_pytest_finds_tests_and_what_they_share_there(clone: Path) -> None:
    tests = (
        "tests/house/test_packages_listed.py",
        "tests/simulation/test_stories.py::test_a_story_is_written_and_read",
    )
    told = python(clone, "-m", "pytest", *tests, "-q", "-p", "no:cacheprovider")
    assert re.search(r"^\d+ passed in", told, re.MULTILINE)


def test_the_type_checker_takes_the_right_names_in_a_folder_of_any_name(root: Path, tmp_path: Path) -> None:
    """What is checked is how it is set up: of the package only what names itself is needed."""
    # given
    folder = tmp_path / "a-b"
    (folder / ".venv/types").mkdir(parents=True)
    (folder / ".venv/types/firstyes").symlink_to("../..")
    (folder / "pyproject.toml").write_text((root / "pyproject.toml").read_text())
    (folder / "__init__.py").write_text('__version__ = "1"\n')
    (folder / "domain").mkdir()
    (folder / "domain/named.py").write_text(
        "from .. import __version__\n\nreveal_type(__version__)\nreveal_type(lambda: C)\nclass C: ...\n"
    )
    # when
    named = ["--cache-dir=/dev/null", ".venv/types/firstyes/domain/named.py"]
    checked = subprocess.run(
        [sys.executable, "-P", "-m", "mypy", *named],
        cwd=folder, check=False, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    # then
    assert 'Revealed type is "str"' in checked.stdout
    assert "firstyes.domain.named.C" in checked.stdout
