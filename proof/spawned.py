"""Processes of our own, begun afresh: one interpreter has one processor's worth of work in it."""

import sys
from multiprocessing import get_context
from multiprocessing.context import SpawnContext
from pathlib import Path

ROOT = str(Path(__file__).resolve().parent.parent)


def spawning() -> SpawnContext:
    """Give what starts processes that share nothing with this one and find this package, wherever it was run from."""
    # Behind everything else: in front, the root would give away the names `web` and `domain`.
    if ROOT not in sys.path:
        sys.path.append(ROOT)
    return get_context("spawn")
