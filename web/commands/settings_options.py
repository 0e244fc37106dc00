"""The options that stand for settings, the same on every command that takes them."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from ..service.settings import FORGOTTEN, PREFIX, ServiceSettings

SERVING = (
    "store",
    "host",
    "port",
    "rounds",
    "carrier",
    "reader",
    "notifiers",
    "simulator_log",
    "threads",
    "pin",
    "log_level",
)
"""What a service can be told as options; a token and keys never, because options can be read by every user."""

F = TypeVar("F", bound=Callable[..., Any])


def setting_options(*names: str) -> Callable[[F], F]:
    """Give a command one option for each of these settings; None where it was not given."""

    def decorate(work: F) -> F:
        for name in reversed(names):
            work = _option(name)(work)
        return work

    return decorate


def _option(name: str) -> Callable[[F], F]:
    field = ServiceSettings.model_fields[name]
    flag = f"--{name.replace('_', '-')}"
    shown = f"{field.description} [{PREFIX}{name.upper()}]"
    if field.annotation is bool:
        return click.option(f"{flag}/--no-{name}", name, default=None, help=shown)
    return click.option(flag, name, default=None, metavar=_metavar(name), help=shown)


def _metavar(name: str) -> str:
    return {"store": "URL", "rounds": "CHANNEL:SECONDS,...", "simulator_log": "FILE"}.get(name, name.upper())


def kept_store(settings: ServiceSettings) -> str:
    """Give the store, or end with a usage error where it is one that is forgotten."""
    if settings.store == FORGOTTEN:
        raise click.UsageError(
            f"{FORGOTTEN} is a journal that is forgotten; name one with --store or FIRSTYES_STORE"
        )
    return settings.store
