"""What holds for every test."""

import os

from hypothesis import settings

# No deadline: a slow moment of a shared machine is not a fault. In CI the same examples every time,
# so that a red build is about the change and not about luck; elsewhere new ones each time.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

pytest_plugins = ["support.recorder"]
