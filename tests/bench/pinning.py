"""Keeping a server on one processor and the load generator on another, or leaving both free."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pinning:
    """The processors a server and the load generator may run on."""

    name: str
    server: frozenset[int]
    generator: frozenset[int]

    @classmethod
    def free(cls) -> "Pinning":
        """Both run where the kernel likes."""
        everywhere = frozenset(os.sched_getaffinity(0))
        return cls("free", everywhere, everywhere)

    @classmethod
    def apart(cls) -> "Pinning":
        """The server on the first processor, the generator on the second.

        With a single processor both share it, and figures say little.
        """
        processors = sorted(os.sched_getaffinity(0))
        return cls("pinned", frozenset(processors[:1]), frozenset(processors[1:2] or processors[:1]))


@contextmanager
def kept_on(processors: frozenset[int]) -> Iterator[None]:
    """Keep the calling thread, and every process it starts meanwhile, on `processors`.

    A child inherits the restriction with all its threads and children, so a server needs no setting for it.
    """
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, processors)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
