"""What can be checked of how the code is written."""

import ast
from collections.abc import Iterator
from pathlib import Path

SAYS_NOTHING = ("util", "helper", "manager", "misc", "common", "stuff")

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def definitions(root: Path, files: list[Path]) -> Iterator[tuple[Path, Definition]]:
    """Every class and function that stands at the top of a module."""
    for path in files:
        for node in ast.parse((root / path).read_text()).body:
            if isinstance(node, Definition):
                yield path, node


def exceptions(root: Path, files: list[Path]) -> Iterator[tuple[Path, ast.ClassDef]]:
    """Every class that is an exception, by the names of its bases, ours among them."""
    classes = [(path, node) for path, node in definitions(root, files) if isinstance(node, ast.ClassDef)]
    known = {"BaseException", "Exception"}
    before = 0
    while len(known) > before:
        before = len(known)
        for _, node in classes:
            bases = {ast.unparse(base).split(".")[-1] for base in node.bases}
            if bases & known or any(base.endswith(("Error", "Exception")) for base in bases):
                known.add(node.name)
    return ((path, node) for path, node in classes if node.name in known)


def test_the_docstring_of_every_exception_says_when_it_is_raised(
    root: Path, package_files: list[Path]
) -> None:
    silent = [
        f"{path}:{node.lineno} {node.name}"
        for path, node in exceptions(root, package_files)
        if not (ast.get_docstring(node) or "").startswith("Raised when")
    ]
    assert silent == []


def test_every_module_says_what_it_is(root: Path, package_files: list[Path]) -> None:
    silent = [
        str(path)
        for path in package_files
        if (code := (root / path).read_text()) and not ast.get_docstring(ast.parse(code))
    ]
    assert silent == []


def test_every_public_class_and_function_says_what_it_is(root: Path, package_files: list[Path]) -> None:
    silent = [
        f"{path}:{node.lineno} {node.name}"
        for path, node in definitions(root, package_files)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_file_or_class_has_a_name_that_says_nothing(
    root: Path, python_files: list[Path], package_files: list[Path]
) -> None:
    names = [path.with_suffix("").as_posix() for path in python_files]
    names += [f"{path}:{node.name}" for path, node in definitions(root, package_files)]
    assert [name for name in names if any(word in name.lower() for word in SAYS_NOTHING)] == []


def test_a_class_counts_as_an_exception_through_bases_of_our_own(tmp_path: Path) -> None:
    # given
    code = "class C(B): ...\nclass B(A): ...\nclass A(Exception): ...\nclass D: ...\nclass E(errors.LookupError): ..."
    (tmp_path / "errors.py").write_text(code)
    # when
    found = [node.name for _, node in exceptions(tmp_path, [Path("errors.py")])]
    # then
    assert found == ["C", "B", "A", "E"]
