"""Which stories a breakage is looked for in: the shortest first that is known to find it."""

from collections.abc import Iterator

from simulation.script import write
from simulation.stimulus import Story

from .breaking import Mutant

SEEDS = range(1, 11)
DAYS = 15

SHORTEST: dict[str, tuple[int, int]] = {
    "claim_whoever_comes": (1, 2),
    "opted_out_may_win": (1, 2),
    "asks_on_after_the_yes": (6, 2),
    "bare_yes_guessed": (1, 3),
    "declined_are_called": (1, 2),
    "opt_out_forgotten": (2, 1),
    "sent_before_the_carrier_has_it": (1, 2),
    "sending_for_ever": (2, 2),
    "busy_forgotten": (11, 1),
    "called_all_the_same": (2, 2),
    "former_phone_called": (3, 4),
    "deadline_met_without_end": (2, 1),
    "offers_on_other_terms_count": (5, 6),
    "inactive_may_win": (2, 1),
    "overlap_not_checked": (2, 1),
    "begun_shift_claimed": (31, 1),
    "expired_shift_claimed": (14, 1),
    "yes_found_anywhere": (1, 2),
    "status_moves_backwards": (4, 1),
    "doubtful_state_kept": (7, 1),
    "state_changed_before_the_commit": (11, 1),
    "late_commit_forgotten": (5, 1),
    "offers_after_the_close": (8, 2),
    "offers_after_the_beginning": (14, 1),
    "inactive_are_offered": (10, 1),
    "opt_out_forgotten_on_calls": (13, 1),
    "unknown_resent_blindly": (15, 1),
    "doubt_forgotten": (1, 15),
    "confirmed_after_the_claim": (32, 1),
    "order_not_kept": (6, 1),
    "nobody_called_instead": (9, 1),
    "a_line_is_lost": (40, 1),
    "released_offered_again": (10, 1),
    "rows_not_kept_in_step": (8, 1),
}
"""The seed and the days of the story that finds a breakage soonest, where that is not the first day of the first."""


def stories(mutant: Mutant) -> Iterator[Story]:
    """Write the shortest, then all that a breakage is tried with."""
    yield write(*SHORTEST.get(mutant.__name__, (1, 1)))
    yield from (write(seed, DAYS) for seed in SEEDS)
