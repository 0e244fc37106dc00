import gc
from collections.abc import Iterator

import click
import pytest

from firstyes.web.commands.group import Commands
from firstyes.web.service.collector import THRESHOLDS, calm_collector, stop_collector


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()
    gc.enable()


class Cycle:
    """Refers to itself."""

    def __init__(self) -> None:
        self.itself = self


def test_what_the_process_started_with_is_left_out_of_collections() -> None:
    assert gc.get_freeze_count() == 0
    calm_collector()
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == THRESHOLDS


def test_a_cycle_made_later_is_still_collected() -> None:
    calm_collector()
    Cycle()
    assert gc.collect() >= 1


def test_while_the_service_starts_nothing_is_collected() -> None:
    stop_collector()
    assert not gc.isenabled()
    calm_collector()
    assert gc.isenabled()


@pytest.mark.parametrize("name", ["secret", "no_such_command"])
def test_whatever_command_is_asked_for_the_collector_is_on_when_it_runs(name: str) -> None:
    Commands().get_command(click.Context(Commands()), name)
    assert gc.isenabled()
