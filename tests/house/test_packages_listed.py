"""setup.cfg lists packages one by one, so one can be forgotten: then the wheel lacks it and the clone does not."""

from configparser import ConfigParser
from pathlib import Path


def test_every_folder_with_an_init_file_is_listed_in_setup_cfg(root: Path, package_files: list[Path]) -> None:
    # given
    setup = ConfigParser()
    setup.read(root / "setup.cfg")
    # when
    listed = setup["options"]["packages"].split()
    # then
    found = {
        ".".join(("firstyes", *path.parent.parts)) for path in package_files if path.name == "__init__.py"
    }
    assert set(listed) == found
    assert listed == sorted(listed)


def test_every_folder_with_code_has_an_init_file(root: Path, package_files: list[Path]) -> None:
    folders = {path.parent for path in package_files}
    assert [str(folder) for folder in folders if not (root / folder / "__init__.py").exists()] == []


def test_tests_are_no_packages(root: Path) -> None:
    """With an __init__.py in tests/, pytest would climb to the root and take its folder's name for a package."""
    assert list((root / "tests").glob("__init__.py")) == []
