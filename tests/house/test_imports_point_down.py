"""run.py -> web -> actors -> domain: an import never points up, and the domain reaches for nothing outside."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

FLOORS = {"domain": 0, "actors": 1, "web": 2}
# Modules at the root (the face of the library, the command line) stand on top of all floors.
TOP = 3

DOMAIN_MAY_USE = {"annotated_types", "phonenumbers", "pydantic", "pydantic_core", "rpds", "typing_extensions"}
# Of the standard library: what waits, what reads the outside, what differs from one run to the next.
DOMAIN_MAY_NOT_USE = {
    "asyncio", "concurrent", "fcntl", "glob", "http", "importlib", "io", "logging", "multiprocessing", "os",
    "pathlib", "queue", "random", "sched", "secrets", "select", "selectors", "shutil", "signal", "socket",
    "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "warnings",
}  # fmt: skip
DOMAIN_MAY_NOT_CALL = {"input", "now", "open", "print", "today", "utcnow", "uuid1", "uuid4"}
ACTORS_MAY_NOT_USE = {"click", "flask", "httptools", "rich", "werkzeug"}
WEB_MAY_NOT_USE = {"pykka", "sqlite3"}


def floor_of(path: Path) -> int:
    """The floor a file of the package, or a package's folder, stands on."""
    return FLOORS.get(path.parts[0], TOP) if path.parts else TOP


@cache
def imports(root: Path, path: Path) -> list[tuple[int, str, Path | None]]:
    """Line, name as written, and for one of our own the path it leads to, of each import of a file."""
    return [*_imports(root, path)]


def _imports(root: Path, path: Path) -> Iterator[tuple[int, str, Path | None]]:
    for node in ast.walk(ast.parse((root / path).read_text())):
        if isinstance(node, ast.Import):
            for alias in node.names:
                own = alias.name.split(".")[0] == "firstyes"
                yield node.lineno, alias.name, Path(*alias.name.split(".")[1:]) if own else None
        elif isinstance(node, ast.ImportFrom):
            module = (node.module or "").split(".") if node.module else []
            if node.level:
                base = Path(*path.parts[: -node.level])
            elif module and module[0] == "firstyes":
                base, module = Path(), module[1:]
            else:
                yield node.lineno, node.module or "", None
                continue
            for alias in node.names:
                # `from . import shift` leads to a module, `from .shift import Shift` to what is in one.
                target = base.joinpath(*module, alias.name)
                inside = (root / target).is_dir() or (root / target).with_suffix(".py").exists()
                name = "." * node.level + (node.module or "")
                yield node.lineno, f"{name}.{alias.name}", target if inside else target.parent


def test_no_import_points_up(root: Path, package_files: list[Path]) -> None:
    """The version is written at the very top, before anything is imported, for any floor to read."""
    upwards = [
        f"{path}:{line} imports {name}"
        for path in package_files
        for line, name, own in imports(root, path)
        if own is not None and floor_of(own) > floor_of(path) and not name.endswith(".__version__")
    ]
    assert upwards == []


def test_only_run_py_says_the_package_s_name(root: Path, package_files: list[Path]) -> None:
    """Elsewhere in the package imports are relative: type checkers and editors follow them in any folder."""
    absolute = [
        f"{path}:{line} imports {name}"
        for path in package_files
        if path != Path("run.py")
        for line, name, own in imports(root, path)
        if own is not None and not name.startswith(".")
    ]
    assert absolute == []


def test_what_is_no_part_of_the_package_calls_it_by_its_name(root: Path, python_files: list[Path]) -> None:
    """Where the root is on the import path, `domain.shift` is a second module beside `firstyes.domain.shift.shift`."""
    bare = [
        f"{path}:{line} imports {name}"
        for path in python_files
        if path.parts[0] == "tests"
        for line, name, _ in imports(root, path)
        if name.split(".")[0] in {*FLOORS, "run"}
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("floor", "banned"),
    [("actors", ACTORS_MAY_NOT_USE), ("web", WEB_MAY_NOT_USE), ("domain", DOMAIN_MAY_NOT_USE)],
)
def test_a_floor_leaves_to_others_what_is_theirs(
    root: Path, package_files: list[Path], floor: str, banned: set[str]
) -> None:
    used = [
        f"{path}:{line} imports {name}"
        for path in package_files
        if path.parts[0] == floor
        for line, name, own in imports(root, path)
        if own is None and name.split(".")[0] in banned
    ]
    assert used == []


def test_the_domain_uses_only_libraries_that_are_pure(root: Path, package_files: list[Path]) -> None:
    foreign = [
        f"{path}:{line} imports {name}"
        for path in package_files
        if path.parts[0] == "domain"
        for line, name, own in imports(root, path)
        if own is None and name.split(".")[0] not in DOMAIN_MAY_USE | sys.stdlib_module_names
    ]
    assert foreign == []


def test_the_domain_asks_no_clock_and_opens_nothing(root: Path, package_files: list[Path]) -> None:
    calls = [
        f"{path}:{node.lineno} calls {name}"
        for path in package_files
        if path.parts[0] == "domain"
        for node in ast.walk(ast.parse((root / path).read_text()))
        if isinstance(node, ast.Call)
        for name in [getattr(node.func, "attr", None) or getattr(node.func, "id", None)]
        if name in DOMAIN_MAY_NOT_CALL
    ]
    assert calls == []


@pytest.mark.parametrize(
    ("file", "line", "leads_to"),
    [
        ("domain/a.py", "from ..actors import outbox", "actors"),
        ("domain/replies/a.py", "from ...web.app import create_app", "web/app"),
        ("domain/a.py", "import firstyes.web.app", "web/app"),
        ("domain/a.py", "from firstyes.actors.outbox.outbox import Outbox", "actors/outbox/outbox"),
        ("actors/a.py", "def f():\n    from ..web import x", "web"),
        ("actors/a.py", "from .. import run", "run"),
        ("domain/a.py", "from pykka import ActorRef", None),
    ],
)
def test_imports_are_followed_however_they_are_written(
    tmp_path: Path, file: str, line: str, leads_to: str | None
) -> None:
    # given
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(line)
    (tmp_path / "run.py").touch()
    # when
    [(_, _, own)] = imports(tmp_path, Path(file))
    # then
    assert own == (Path(leads_to) if leads_to else None)
