"""All that is fuzzed."""

from . import data as fuzz_data
from . import replies as fuzz_replies
from . import requests as fuzz_requests
from .target import Target

TARGETS: tuple[Target, ...] = (*fuzz_replies.TARGETS, *fuzz_data.TARGETS, *fuzz_requests.TARGETS)


def target(name: str) -> Target:
    """Give the target of this name."""
    return next(one for one in TARGETS if one.name == name)
