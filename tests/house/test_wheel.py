"""What is shipped: the package and its data, and nothing that is there to make it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from support.patience import PATIENCE

BUILD = "from setuptools import build_meta; print(build_meta.build_wheel({!r}))"
SAMPLE = "import firstyes, importlib.resources as r; print(r.files('firstyes').joinpath('sample', 'sample_data.json'))"


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the working tree as it is, built in a copy: setuptools leaves a build/ folder behind."""
    tree, dist = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("dist")
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(
        listed, cwd=root, check=True, capture_output=True, text=True, timeout=PATIENCE
    ).stdout
    for name in filter(None, files.split("\0")):
        if (root / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_bytes((root / name).read_bytes())
    build = [sys.executable, "-P", "-c", BUILD.format(str(dist))]
    subprocess.run(build, cwd=tree, check=True, capture_output=True, timeout=PATIENCE)
    [made] = dist.glob("*.whl")
    return made


def test_the_wheel_holds_every_module_and_every_data_file(
    root: Path, wheel: Path, package_files: list[Path]
) -> None:
    # given
    folders = {path.parent for path in package_files} - {Path()}
    data = {
        path.relative_to(root)
        for folder in [*folders, Path("sample")]
        for path in (root / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    # when
    held = set(zipfile.ZipFile(wheel).namelist())
    # then
    expected = {f"firstyes/{path.as_posix()}" for path in {*package_files, *data, Path("py.typed")}}
    assert expected - held == set()


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    held = {tuple(name.split("/")) for name in zipfile.ZipFile(wheel).namelist()}
    assert {parts[0] for parts in held if not parts[0].endswith(".dist-info")} == {"firstyes"}
    assert {parts[1] for parts in held if parts[1] in {"tests", "docs", "Makefile", "var"}} == set()


def test_the_command_is_named_firstyes(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as held:
        [name] = [name for name in held.namelist() if name.endswith("entry_points.txt")]
        assert "firstyes = firstyes.run:main" in held.read(name).decode()


def test_the_sample_data_is_found_in_an_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    # given
    zipfile.ZipFile(wheel).extractall(tmp_path)
    # when
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {SAMPLE}"
    asked = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd="/",
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    # then
    assert Path(asked.stdout.strip()) == tmp_path / "firstyes" / "sample" / "sample_data.json"
