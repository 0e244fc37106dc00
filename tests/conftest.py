"""What holds for every test."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from support.patience import be_patient

# Tried in every branch by these alone; counting lines would make all others slower and tell nothing more.
COUNTED = tuple(Path(__file__).parent / name for name in ("domain", "replies"))

# The same examples everywhere and every time, so that a red run is about the change and not about luck; others, and many
# more, are tried by `make prove` under the second profile. No deadline, and no look at how long examples take to make: a
# slow moment of a shared machine is not a fault. Nothing is remembered from earlier runs.
settings.register_profile(
    "firstyes",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "prove", settings.get_profile("firstyes"), derandomize=False, max_examples=500, print_blob=True
)
settings.load_profile("firstyes")

be_patient()

pytest_plugins = ["support.recorder"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if not any(item.path.is_relative_to(folder) for folder in COUNTED):
            item.add_marker(pytest.mark.no_cover)
