"""The repository as the tests about it see it."""

from pathlib import Path

import pytest

NOT_OURS = {"build", "dist", "var", "__pycache__"}
NOT_SHIPPED = {"tests", "bench", "docs"}


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


@pytest.fixture(autouse=True)
def no_make_around_us(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under `make test`, a make that a test starts would take its flags from the outer one."""
    for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES"):
        monkeypatch.delenv(name, raising=False)
