"""The garbage collector, set for a process that does nothing but serve: never where firstyes is a library.

Nearly all that a request makes is freed by reference counts. As the interpreter sets it, the collector nevertheless
walks every actor that is awake several times a second, and everybody waits: on 1,000 caregivers, answers took up to
105 ms where they now take 45, and each cost 7 % more processor time (`make bench ARGS="--only accepts"`).
"""

import gc

THRESHOLDS = (20_000, 50, 100)
"""Objects made and not freed before the young are looked through; how often that is done before the middle-aged are,
and these before the old. A cycle is still found, some hundred thousand requests later."""


def stop_collector() -> None:
    """Collect nothing until `calm_collector`. Nearly all that a start makes is there to stay, and would be walked over and
    over: with 100,000 open shifts that was a fifth of the start."""
    gc.disable()


def calm_collector() -> None:
    """Leave what the process started with, lost cycles and all, out of every collection, and collect less often."""
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    gc.enable()
