"""The repository as the tests about it see it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

NOT_OURS = {"build", "dist", "var", "__pycache__"}
NOT_SHIPPED = {"tests", "docs"}


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the clone the tests lie in."""
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def python_files(root: Path) -> list[Path]:
    """Every Python file of the repository, tests and bench with it, relative to the root."""
    files = (path.relative_to(root) for path in root.rglob("*.py"))
    return sorted(
        path for path in files if not any(part in NOT_OURS or part.startswith(".") for part in path.parts)
    )


@pytest.fixture(scope="session")
def package_files(python_files: list[Path]) -> list[Path]:
    """Every Python file that is part of the package, relative to the root."""
    return [path for path in python_files if path.parts[0] not in NOT_SHIPPED]


@pytest.fixture(scope="session", autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The make, the git and the pytest that tests start know nothing of whoever runs the tests.

    Under `make test` an inner make would take its flags from the outer one. And git refuses a
    repository that belongs to somebody else, as the one in a container's mount does.
    """
    config = tmp_path_factory.mktemp("git") / "config"
    config.write_text("[safe]\n\tdirectory = *\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", str(config))
        for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES", "PYTEST_ADDOPTS"):
            patch.delenv(name, raising=False)
        yield
