"""What a desk is made from and called with, looked at before anything is done with it.

A wrong kind would else come to light far from the line that has it: on another thread, or with the first message.
"""

import inspect
from collections.abc import Iterable, Mapping
from math import isfinite
from os import PathLike, fspath
from pathlib import Path
from typing import TypeVar

from ...domain.alert import AlertKind
from ...domain.errors import InvalidArgument
from ...domain.policy import BadRounds, Rounds, read_rounds
from ...domain.replies.reading import Reader
from ..carriers.port import Capabilities, Carrier
from ..journal.files.database_file import DatabaseFile
from ..journal.port import Journal, JournalUnavailable
from ..notifier import Notifier
from ..runtime.clock import Clock

T = TypeVar("T")

Store = str | PathLike[str] | Journal


def read_store(store: Store) -> str | Path | Journal:
    """Give a journal, the path of one, or its URL. Raises `InvalidArgument`."""
    if isinstance(store, PathLike):
        path = Path(fspath(store))
        if path.is_dir():
            raise InvalidArgument(
                f"store: {path} is a folder; name a file in it, such as {path / 'firstyes.db'}"
            )
        return path
    if not isinstance(store, str):
        return _with_methods("store", store, Journal, "a URL, a path or a Journal")
    if ":" not in store:
        raise InvalidArgument(
            f'store: "{store}" is no URL; write "sqlite:///{store}", or hand in a pathlib.Path'
        )
    try:
        DatabaseFile.check(store)
    except JournalUnavailable as error:
        raise InvalidArgument(f"store: {error}") from error
    return store


def read_carrier(carrier: Carrier) -> Carrier:
    """Give the carrier. Raises `InvalidArgument` when it is none."""
    _with_methods("carrier", carrier, Carrier, "a Carrier")
    found: object = carrier.capabilities
    if not isinstance(found, Capabilities):
        remedy = "make it a property" if callable(found) else "give a firstyes.Capabilities"
        raise InvalidArgument(f"carrier: capabilities is a {_kind(found)}; {remedy}")
    return carrier


def read_clock(clock: Clock) -> Clock:
    """Give the clock. Raises `InvalidArgument` when it is none, or tells a time without an offset."""
    _with_methods("clock", clock, Clock, "a Clock")
    now: object = clock.now()
    if getattr(now, "tzinfo", None) is None:
        raise InvalidArgument(
            f"clock: now() gives {now!r}; give an aware datetime, such as datetime.now(UTC)"
        )
    return clock


def read_reader(reader: Reader) -> Reader:
    """Give the reader. Raises `InvalidArgument` when it is none."""
    return _with_methods("reader", reader, Reader, "a Reader")


def read_desk_rounds(rounds: object) -> Rounds:
    """Give rounds, also those that are a text ("sms:600,voice:600") or a list. Raises `InvalidArgument`."""
    try:
        return read_rounds(rounds)
    except BadRounds as error:
        raise InvalidArgument(f"rounds: {error}") from error


def read_notifiers(notifiers: object) -> tuple[Notifier, ...]:
    """Give the notifiers. Raises `InvalidArgument` when they are no sequence of functions of one argument."""
    if callable(notifiers) or isinstance(notifiers, str) or not isinstance(notifiers, Iterable):
        raise InvalidArgument(
            "notifiers: hand in a list of functions, such as notifiers=[page_the_coordinator]"
        )
    return tuple(map(read_notifier, notifiers))


def read_notifier(notifier: Notifier) -> Notifier:
    """Give the notifier. Raises `InvalidArgument` unless it is a function of one argument."""
    if isinstance(notifier, type) or not callable(notifier):
        raise InvalidArgument(f"notifiers: a {_kind(notifier)} is no function that takes a notice")
    _refuse_coroutine("notifiers", notifier)
    try:
        inspect.signature(notifier).bind(None)
    except ValueError:
        pass  # Some functions that are built in do not say what they take.
    except TypeError as error:
        raise InvalidArgument(f"notifiers: a notifier takes one argument, the notice: {error}") from None
    return notifier


def read_patience(patience: object, name: str = "patience") -> float:
    """Give the seconds. Raises `InvalidArgument` unless they are a number above 0."""
    if (
        isinstance(patience, bool)
        or not isinstance(patience, int | float)
        or not (isfinite(patience) and patience > 0)
    ):
        raise InvalidArgument(f"{name}: {patience!r} is no number of seconds above 0")
    return patience


def rows(method: str, given: Iterable[T], kind: type[T]) -> tuple[T, ...]:
    """Give the rows a method was called with. Raises `InvalidArgument` unless all are of this kind."""
    if isinstance(given, kind | str | Mapping) or not isinstance(given, Iterable):
        raise InvalidArgument(f"{method} takes a list of {kind.__name__}, not a {_kind(given)}")
    found = tuple(given)
    for number, one in enumerate(found):
        if not isinstance(one, kind):
            raise InvalidArgument(f"{method} takes a list of {kind.__name__}; row {number} is a {_kind(one)}")
    return found


def expect(method: str, given: object, kind: type, remedy: str = "") -> None:
    """Raise `InvalidArgument` unless what a method was called with is of this kind."""
    if not isinstance(given, kind):
        raise InvalidArgument(f"{method} takes a {kind.__name__}, not a {_kind(given)}{remedy}")


def expect_shift_id(given: object) -> None:
    """Raise `InvalidArgument` unless it can be a shift's id."""
    if not isinstance(given, str):
        raise InvalidArgument(f"a shift is named by its id, a str, not by a {_kind(given)}")


def read_alert_kind(given: str) -> AlertKind:
    """Give the kind of alert. Raises `InvalidArgument` when there is none of this name."""
    try:
        return AlertKind(given)
    except ValueError:
        raise InvalidArgument(f"kind: there is no alert {given!r}, but {', '.join(AlertKind)}") from None


def _with_methods(name: str, given: T, port: type, wanted: str) -> T:
    """Give what implements a protocol; the class in place of an object of it is a slip of its own."""
    members = [one for one in dir(port) if not one.startswith("_")]
    missing = [one for one in members if not hasattr(given, one)]
    if missing:
        raise InvalidArgument(f"{name}: a {_kind(given)} is not {wanted}; it has no {', '.join(missing)}")
    if isinstance(given, type):
        raise InvalidArgument(
            f"{name}: {given.__name__} is a class; hand in an object of it, {given.__name__}()"
        )
    for member in members:
        if not isinstance(getattr(port, member), property):
            _refuse_coroutine(name, getattr(given, member))
    return given


def _refuse_coroutine(name: str, function: object) -> None:
    called = inspect.getattr_static(function, "__call__", None)
    if inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(called):
        raise InvalidArgument(
            f"{name}: {getattr(function, '__name__', function)} is a coroutine; firstyes calls plain functions, on "
            "threads of its own"
        )


def _kind(value: object) -> str:
    return "class" if isinstance(value, type) else type(value).__name__
