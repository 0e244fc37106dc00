"""Which stories a breakage is looked for in: the shortest first that is known to find it."""

from collections.abc import Iterator

from simulation.script import write
from simulation.stimulus import Story

from .breaking import Mutant

SEEDS = range(1, 11)
DAYS = 15

SHORTEST: dict[str, tuple[int, int]] = {
    "claim_whoever_comes": (1, 2),
    "claim_without_version_check": (2, 1),
    "offers_on_other_terms_count": (4, 1),
    "opted_out_may_win": (1, 2),
    "begun_shift_claimed": (3, 1),
    "expired_shift_claimed": (2, 2),
    "yes_found_anywhere": (3, 2),
    "bare_yes_guessed": (1, 3),
    "offers_after_the_beginning": (2, 2),
    "declined_are_called": (1, 2),
    "inactive_are_offered": (4, 1),
    "opt_out_forgotten": (2, 1),
    "opt_out_forgotten_on_calls": (2, 1),
    "unknown_resent_blindly": (2, 1),
    "sent_before_the_carrier_has_it": (1, 2),
    "sending_for_ever": (2, 2),
    "doubt_forgotten": (6, 5),
    "called_all_the_same": (2, 2),
    "former_phone_called": (3, 4),
    "confirmed_after_the_claim": (5, 1),
    "order_not_kept": (3, 10),
    "nobody_called_instead": (1, 2),
    "deadline_met_without_end": (2, 1),
}
"""The seed and the days of the story that finds a breakage soonest, where that is not the first day of the first."""


def stories(mutant: Mutant) -> Iterator[Story]:
    """Write the shortest, then all that a breakage is tried with."""
    yield write(*SHORTEST.get(mutant.__name__, (1, 1)))
    yield from (write(seed, DAYS) for seed in SEEDS)
