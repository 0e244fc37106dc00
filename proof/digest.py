"""What a test is made of, as a short digest: when it changes, an earlier result says nothing about the test any more.

A test is its own code and that of everything it names in its file, in the conftest.py files above it (fixtures are named
by arguments) and in `tests/support` and `proof`, and what these name in turn. Comments, layout and the marks that only
file a test under a fault do not count; neither does the code under test, of which a result says the commit instead.
"""

import ast
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

FILED_UNDER = frozenset({"fault", "meets"})
"""Marks that say what a test is for and nothing of what it does."""

Named = tuple[Path, str]
"""A name at the top of a file."""


@dataclass(frozen=True, slots=True)
class Definition:
    """The code that gives a name its meaning, without comments and layout, and the names in it."""

    code: str
    uses: frozenset[str]


class Module:
    """A Python file: what is defined at its top, and what is imported there by `from module import name`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.definitions: dict[str, Definition] = {}
        self.imports: dict[str, tuple[str, str]] = {}
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.module and node.level < 2:
                module = f"{path.parent.name}.{node.module}" if node.level else node.module
                self.imports.update({one.asname or one.name: (module, one.name) for one in node.names})
            for name in _defined(node):
                self._define(name, node)

    def _define(self, name: str, node: ast.stmt) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            node.decorator_list = [one for one in node.decorator_list if not _files(one)]
        before = self.definitions.get(name, Definition("", frozenset()))
        self.definitions[name] = Definition(f"{before.code}\n{ast.unparse(node)}", before.uses | _used(node))


class Digests:
    """Gives the digests of tests below `tests`, a folder of the repository at `root`."""

    def __init__(self, root: Path, tests: Path) -> None:
        self._root = root
        self._tests = tests
        self._modules: dict[Path, Module] = {}

    def of(self, node_id: str) -> str:
        """Digest a test by its node id, such as "domain/test_phone.py::test_it_rings[1]"; all its cases are one test."""
        file, _, name = node_id.partition("[")[0].partition("::")
        path = self._tests / file
        return self._digest([(path, name.partition("::")[0]), (path, "pytestmark")])

    def of_part(self, name: str) -> str:
        """Digest a part of `make prove`, which is `PART` in the module of this name."""
        return self._digest([(self._root / "proof" / f"{name}.py", "PART")])

    def _digest(self, wanted: list[Named]) -> str:
        code: dict[Named, str] = {}
        while wanted:
            place = wanted.pop()
            found = self._module(place[0]).definitions.get(place[1])
            if found is None or place in code:
                continue
            code[place] = found.code
            wanted += (named for used in found.uses if (named := self._find(place[0], used)))
        told = sorted(f"{path.relative_to(self._root)} {name}\n{text}" for (path, name), text in code.items())
        return sha256("\n".join(told).encode()).hexdigest()[:12]

    def _module(self, path: Path) -> Module:
        if path not in self._modules:
            self._modules[path] = Module(path)
        return self._modules[path]

    def _find(self, path: Path, name: str) -> Named | None:
        """Where a name that the file at `path` uses is defined; None when that is not in tests or proof."""
        module = self._module(path)
        if name in module.definitions:
            return path, name
        if name in module.imports:
            source, theirs = module.imports[name]
            base = {"support": self._tests, "proof": self._root}.get(source.partition(".")[0])
            file = base and base.joinpath(*source.split(".")).with_suffix(".py")
            return (file, theirs) if file and file.exists() else None
        return self._fixture(path, name)

    def _fixture(self, path: Path, name: str) -> Named | None:
        for folder in path.parents:
            if not folder.is_relative_to(self._tests):
                return None
            shared = folder / "conftest.py"
            if shared.exists() and shared != path and name in self._module(shared).definitions:
                return shared, name
        return None


def _defined(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []


def _used(node: ast.stmt) -> frozenset[str]:
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return frozenset(names | {one.arg for one in ast.walk(node) if isinstance(one, ast.arg)})


def _files(decorator: ast.expr) -> bool:
    return (
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr in FILED_UNDER
    )
