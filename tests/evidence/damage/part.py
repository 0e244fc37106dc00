"""Every byte of a small real journal changed, one after the other: is it noticed?"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ..part import Finding, Part, Progress
from .scene import State, make_states
from .trial import BY_DOCTOR, DROPPED, FAILED, HARMLESS, SILENT, UNCLEAR, Trial

MEMORY = Path("/dev/shm")
SPARSE = 97
"""Of the trials without a seal, and of what a second state has in common with the first, one in so many offsets is
tried: they show what the seal is for, or the same again."""
NEVER = (BY_DOCTOR, DROPPED, SILENT, UNCLEAR, FAILED)
"""What must not happen with a seal."""
UNTOLD = (UNCLEAR, FAILED)
"""What must not happen without one either."""
NAMES = {"": "database", "-wal": "log", ".seal": "seal", ".lock": "lock"}

Table = dict[tuple[str, str, str], Counter[str]]
"""By state, file, and whether there was a seal: how often what came of it."""


def run(share: float, progress: Progress) -> Finding:
    """Change every byte, or one in 1/share."""
    table: Table = {}
    examples: dict[str, str] = {}
    with tempfile.TemporaryDirectory(
        prefix="firstyes-damage-", dir=MEMORY if MEMORY.is_dir() else None
    ) as name:
        folder = Path(name)
        (folder / "made").mkdir()
        (folder / "tried").mkdir()
        trials = list(_planned(make_states(folder / "made"), share))
        done, all_of_them = 0, sum(len(offsets) for *_, offsets in trials)
        for state, part, sealed, offsets in trials:
            trial = Trial(folder / "tried", state, sealed=sealed)
            counts = table.setdefault((state.name, NAMES[part], "sealed" if sealed else "no seal"), Counter())
            for offset in offsets:
                outcome = trial.flip(part, offset)
                kind = next((one for one in (UNCLEAR, FAILED) if outcome.startswith(one)), outcome)
                counts[kind] += 1
                if kind in (NEVER if sealed else UNTOLD):
                    examples.setdefault(kind, f"{state.name} {NAMES[part]}, byte {offset}: {outcome}")
                done += 1
                if done % 100 == 0:
                    progress(done / all_of_them)
    progress(1.0)
    return Finding(
        not examples, _summary(table), (*examples.values(), *([shown(table)] if share >= 1.0 else []))
    )


def _planned(states: list[State], share: float) -> Iterator[tuple[State, str, bool, range]]:
    every = max(1, round(1 / share))
    killed, idle, closed = states
    dense = [(killed, "-wal"), (closed, ""), (killed, ".seal"), (killed, ".lock")]
    sparse = [(killed, ""), (idle, ""), (idle, "-wal"), (idle, ".seal")]
    bare = [(killed, "-wal"), (killed, ""), (idle, "-wal"), (closed, "")]
    for state, part in dense:
        yield state, part, True, range(0, len(state.files[part]), every)
    for state, part in sparse:
        yield state, part, True, range(0, len(state.files[part]), every * SPARSE)
    for state, part in bare:
        yield state, part, False, range(0, len(state.files[part]), every * SPARSE)


def shown(table: Table) -> str:
    """Give the whole table in lines."""
    lines = []
    for (state, part, sealed), counts in table.items():
        lines.append(f"{state}, {part}, {sealed}: {counts.total()} bytes changed")
        lines += [f"  {count:>8}  {outcome}" for outcome, count in counts.most_common()]
    return "\n".join(lines)


def _summary(table: Table) -> str:
    sealed: Counter[str] = Counter()
    bare: Counter[str] = Counter()
    for (_, _, kind), counts in table.items():
        (sealed if kind == "sealed" else bare).update(counts)
    never = sum(sealed[one] for one in NEVER)
    refused = sealed.total() - never - sealed[HARMLESS]
    return (
        f"{sealed.total():,} bytes changed: {refused:,} refused at start, {sealed[HARMLESS]:,} harmless, {never} unnoticed "
        f"(without the seal, of {bare.total():,}: {bare[DROPPED]:,} dropped commits and {bare[SILENT]:,} other changes "
        "nobody would have noticed)"
    )


PART = Part(
    "damage",
    "Every byte of a journal changed, one after the other: each time noticed, or harmless.",
    930.0,
    run,
)
