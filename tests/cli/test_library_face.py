"""`import firstyes`: what it gives, to people and to type checkers, and what it costs."""

import ast
import subprocess
import sys
from importlib import import_module

import pytest

import firstyes
from support.patience import PATIENCE
from support.service import ROOT


def imports_for_type_checkers() -> dict[str, str]:
    """Name and module of each import under `if TYPE_CHECKING`."""
    tree = ast.parse((ROOT / "__init__.py").read_text())
    [block] = [
        node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    return {
        alias.name: str(node.module)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_type_checkers_and_programs_find_the_same_names_in_the_same_places() -> None:
    assert imports_for_type_checkers() == firstyes._FOUND_IN
    assert set(firstyes.__all__) == {*firstyes._FOUND_IN, "__version__"}


@pytest.mark.parametrize("name", firstyes.__all__)
def test_every_name_is_there(name: str) -> None:
    found = getattr(firstyes, name)
    if name in firstyes._FOUND_IN:
        assert found is getattr(import_module(f"firstyes.{firstyes._FOUND_IN[name]}"), name)
    assert name in dir(firstyes)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        getattr(firstyes, "nonsense")  # noqa: B009
    with pytest.raises(ImportError):
        exec("from firstyes import nonsense")


def test_every_error_of_ours_that_a_desk_raises_is_named() -> None:
    errors = [getattr(firstyes, name) for name in firstyes.__all__ if name != "__version__"]
    ours = [one for one in errors if isinstance(one, type) and issubclass(one, Exception)]
    assert len(ours) >= 10
    assert all(issubclass(one, firstyes.FirstyesError) for one in ours)


@pytest.mark.parametrize(
    ("use", "without"),
    [
        ("import firstyes", {"flask", "pykka", "pydantic", "sqlalchemy", "granian", "click"}),
        ("from firstyes import ShiftDesk, Simulator, InboundMessage", {"flask", "granian", "click", "rich"}),
        ("from firstyes import create_app", {"granian", "rich"}),
    ],
)
def test_only_what_is_used_is_loaded(use: str, without: set[str]) -> None:
    code = f"{use}; import sys; print(*sorted({without!r} & sys.modules.keys()))"
    ran = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, check=True, text=True, timeout=PATIENCE
    )
    assert ran.stdout.split() == []


def test_two_desks_live_in_one_process() -> None:
    """On two stores, with nothing between them."""
    with firstyes.ShiftDesk("sqlite://") as one, firstyes.ShiftDesk("sqlite://") as other:
        one.put_organizations([firstyes.Organization(id="lakeside")])
        assert one.organization("lakeside") is not None
        assert other.organization("lakeside") is None


def test_a_desk_sets_up_no_logging_and_no_signal_handler() -> None:
    code = (
        "import logging, signal; before = [signal.getsignal(n) for n in signal.valid_signals()];"
        "from firstyes import ShiftDesk;"
        "desk = ShiftDesk('sqlite://'); desk.start(); desk.close();"
        "print(logging.getLogger().handlers, before == [signal.getsignal(n) for n in signal.valid_signals()])"
    )
    ran = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, check=True, text=True, timeout=PATIENCE
    )
    assert ran.stdout == "[] True\n"
    assert ran.stderr == ""
