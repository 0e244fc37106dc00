"""What holds for every test."""

from hypothesis import HealthCheck, settings

from support.patience import be_patient

# The same examples everywhere and every time, so that a red run is about the change and not about luck; what is new is
# found by `make prove`. No deadline, and no look at how long examples take to make: a slow moment of a shared machine is
# not a fault. Nothing is remembered from earlier runs.
settings.register_profile(
    "firstyes",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=200,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("firstyes")

be_patient()

pytest_plugins = ["support.recorder"]
