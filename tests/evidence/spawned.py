"""Processes of our own, begun afresh: one interpreter has one processor's worth of work in it."""

import sys
from multiprocessing import get_context
from multiprocessing.context import SpawnContext
from pathlib import Path

ROOT = str(Path(__file__).resolve().parents[1])


def reach_root() -> None:
    """Let `evidence` and `bench` be found wherever this was run from, although firstyes takes the root off the path.

    Behind everything else: in front, the root would give away the names `web` and `domain`.
    """
    if ROOT not in sys.path[1:]:
        sys.path.append(ROOT)


def spawning() -> SpawnContext:
    """Give what starts processes that share nothing with this one and find this package."""
    reach_root()
    return get_context("spawn")
