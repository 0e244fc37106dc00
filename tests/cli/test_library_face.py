"""`import firstyes`: what it gives, to people and to type checkers, and what it costs."""

import ast
import subprocess
import sys
from dataclasses import is_dataclass
from importlib import import_module
from typing import get_args, get_origin, get_type_hints

import pytest

import firstyes
from support.patience import PATIENCE
from support.service import ROOT

NAMES: set[str] = set(vars(firstyes)["__all__"])


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
    assert set(firstyes._FOUND_IN) == NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_name_is_there(name: str) -> None:
    found = getattr(firstyes, name)
    assert found is getattr(import_module(f"firstyes.{firstyes._FOUND_IN[name]}"), name)
    assert name in dir(firstyes)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        getattr(firstyes, "nonsense")  # noqa: B009
    with pytest.raises(ImportError):
        exec("from firstyes import nonsense")


def named_by(kind: object, seen: set[str]) -> None:
    """Add the classes of ours that a type names, and those that their fields name."""
    for one in get_args(kind):
        named_by(one, seen)
    kind = get_origin(kind) or kind
    if not (isinstance(kind, type) and kind.__module__.startswith("firstyes.")):
        return
    name = kind.__name__.partition("[")[0]
    if name in seen:
        return
    seen.add(name)
    # What a shift's state is made of is the domain's own.
    if kind is not firstyes.ShiftState and (is_dataclass(kind) or hasattr(kind, "model_fields")):
        for field in get_type_hints(kind).values():
            named_by(field, seen)


@pytest.mark.parametrize("port", ["Carrier", "Clock", "Journal", "Notifier", "Reader", "ShiftDesk"])
def test_row_51_whoever_implements_a_port_finds_every_name_in_it(port: str) -> None:
    # given
    protocol = getattr(firstyes, port)
    members = [vars(protocol)[name] for name in dir(protocol) if name in vars(protocol) and name[0] != "_"]
    seen: set[str] = set()
    # when
    named_by(protocol, seen)
    for member in members:
        for kind in get_type_hints(
            getattr(member, "fget", member), localns={"Transaction": firstyes.Transaction}
        ).values():
            named_by(kind, seen)
    # then
    assert members or port == "Notifier"
    assert seen - NAMES == set()


def test_row_51_every_error_that_a_carrier_or_journal_may_raise_is_named() -> None:
    modules = (
        "actors.carriers.port",
        "actors.journal.errors",
        "actors.errors",
        "domain.errors",
        "web.service.web_settings",
    )
    errors = {
        name
        for module in modules
        for name, found in vars(import_module(f"firstyes.{module}")).items()
        if isinstance(found, type) and issubclass(found, Exception) and not name.startswith("_")
    }
    # Told of inside only: a caller sees the base.
    assert errors - NAMES <= {
        "ReceiverGone",
        "HandlerFailed",
        "HeardBefore",
        "JournalCutShort",
        "ValidationError",
    }


def test_row_51_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "py.typed").exists()


def test_every_error_of_ours_that_a_desk_raises_is_named() -> None:
    errors = [getattr(firstyes, name) for name in sorted(NAMES)]
    ours = [one for one in errors if isinstance(one, type) and issubclass(one, Exception)]
    assert len(ours) >= 10
    assert all(issubclass(one, firstyes.FirstyesError) for one in ours)


@pytest.mark.parametrize(
    ("use", "without"),
    [
        ("import firstyes", {"flask", "pykka", "pydantic", "sqlite3", "httptools", "click"}),
        (
            "from firstyes import ShiftDesk, Simulator, InboundMessage",
            {"flask", "httptools", "click", "rich"},
        ),
        ("from firstyes import create_app", {"httptools", "rich"}),
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
