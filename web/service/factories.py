"""What a setting names as `package:factory`: found, made and looked at when the service starts."""

from collections.abc import Callable
from importlib import import_module
from operator import attrgetter
from typing import TypeVar

from ...domain.errors import FirstyesError, InvalidArgument

T = TypeVar("T")


class BadFactory(FirstyesError):
    """Raised when a setting names something that is not there, cannot be made, or is not what the setting is for."""


def find(setting: str, named: str) -> Callable[[], object]:
    """Give what "package.module:factory" names. Raises `BadFactory`, and imports the module."""
    module, _, name = named.partition(":")
    try:
        found: object = attrgetter(name)(import_module(module))
    except Exception as error:
        hint = ""
        if isinstance(error, ModuleNotFoundError):
            hint = "; install it, or name its folder in PYTHONPATH"
        raise BadFactory(f"{setting}: {named} cannot be found ({_told(error)}){hint}") from error
    if not callable(found):
        raise BadFactory(f"{setting}: {named} is a {type(found).__name__}; name a function or a class")
    return found


def make(setting: str, named: str, check: Callable[[T], T]) -> T:
    """Make what "package.module:factory" names, and look at it with `check`. Raises `BadFactory`."""
    factory = find(setting, named)
    try:
        made = factory()
    except Exception as error:
        raise BadFactory(f"{setting}: {named}() failed ({_told(error)})") from error
    try:
        return check(made)  # type: ignore[arg-type]
    except InvalidArgument as error:
        raise BadFactory(f"{setting}: what {named} gives cannot be used; {error}") from error


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
