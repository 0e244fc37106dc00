"""All that is fuzzed."""

from . import fuzz_data, fuzz_replies, fuzz_requests
from .fuzz_target import Target

TARGETS: tuple[Target, ...] = (*fuzz_replies.TARGETS, *fuzz_data.TARGETS, *fuzz_requests.TARGETS)


def target(name: str) -> Target:
    """Give the target of this name."""
    return next(one for one in TARGETS if one.name == name)
