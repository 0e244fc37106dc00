"""What holds for every test."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from support.patience import be_patient
from support.world import World, a_world

TESTS = Path(__file__).parent
# Tried in every branch by these alone; counting lines would make all others slower and tell nothing more.
COUNTED = (TESTS / "domain", TESTS / "replies")
# What is imported later is imported while no line is counted.
DOMAIN = [
    import_module(".".join(("firstyes", *module.relative_to(TESTS.parent).with_suffix("").parts)))
    for module in (TESTS.parent / "domain").rglob("*.py")
]

# The same few examples everywhere and every time, so that a red run is about the change and not about luck; others, and ten
# times as many, are tried by `make prove` under the second profile. No deadline, and no look at how long examples take to make: a
# slow moment of a shared machine is not a fault. Nothing is remembered from earlier runs.
settings.register_profile(
    "firstyes",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "prove", settings.get_profile("firstyes"), derandomize=False, max_examples=500, print_blob=True
)
settings.load_profile("firstyes")

be_patient()

pytest_plugins = ["support.recorder", "twilio_server.fixtures"]


@pytest.fixture
def world() -> Iterator[World]:
    """A desk for an organization, and nobody there yet."""
    with a_world() as world:
        yield world


@pytest.hookimpl(tryfirst=True)
def pytest_make_collect_report(collector: pytest.Collector) -> None:
    count_lines(collector)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    count_lines(item)


def count_lines(node: pytest.Item | pytest.Collector) -> None:
    """Count lines from now on, or do not."""
    plugin = node.config.pluginmanager.getplugin("_cov")
    controller = plugin and plugin.cov_controller
    wanted = any(node.path.is_relative_to(folder) for folder in COUNTED)
    if controller and controller.started is not wanted:
        (controller.resume if wanted else controller.pause)()
        if wanted:
            # What was kept while no line was counted would never be seen to run.
            for kept in {
                one for module in DOMAIN for one in vars(module).values() if hasattr(one, "cache_clear")
            }:
                kept.cache_clear()
