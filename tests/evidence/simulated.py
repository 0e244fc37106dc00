"""Simulated years: the real actors, journal and outbox of an agency, stepped by a virtual clock, every rule looked at."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from math import ceil

from simulation.script import write
from simulation.shrinking import shrink
from simulation.stimulus import DAY, Story
from simulation.world import Outcome, play

from .part import Finding, Part, Progress
from .spawned import spawning

YEARS = 20
DAYS = 365.0
PROCESSES = 2
LONG = 20
"""A story of more stimuli than this is shortened before it is shown."""


def run(share: float, progress: Progress) -> Finding:
    """Play that share of twenty years, each with dice of its own."""
    counts: dict[str, int] = {}
    problems: list[str] = []
    simulated = seconds = 0.0
    stories = list(_stories(YEARS * share))
    with ProcessPoolExecutor(PROCESSES, mp_context=spawning()) as pool:
        playing = [pool.submit(_play, seed, days) for seed, days in stories]
        for done, one in enumerate(as_completed(playing), 1):
            outcome, problem = one.result()
            for name, number in outcome.counts.items():
                counts[name] = counts.get(name, 0) + number
            simulated, seconds = simulated + outcome.simulated, seconds + outcome.seconds
            problems += [problem] if problem else []
            progress(done / len(stories))
    summary = (
        f"{simulated / DAY / DAYS:.1f} years of 200 caregivers, {counts.get('crashes', 0):,} crashes, "
        f"{counts.get('shift_claimed', 0):,} claims, {counts.get('sent offer', 0):,} offers sent, "
        f"{simulated / max(seconds, 1e-9):,.0f} times real time; {len(problems) or 'no'} rules broken"
    )
    return Finding(not problems, summary, tuple(problems))


def _stories(years: float) -> Iterator[tuple[int, float]]:
    """Give seeds and lengths in days. Short runs have short stories, so that there are several."""
    number = max(PROCESSES, ceil(years))
    return ((seed, max(1.0, years * DAYS / number)) for seed in range(1, number + 1))


def _play(seed: int, days: float) -> tuple[Outcome, str | None]:
    story = write(seed, days)
    outcome = play(story)
    return outcome, _problem(story, days, outcome) if outcome.violation else None


def _problem(story: Story, days: float, outcome: Outcome) -> str:
    assert outcome.violation is not None
    short = story
    if len(story.stimuli) > LONG:
        short = shrink(story, outcome.violation.rule, outcome.simulated)
    lines = "\n".join(f"  {one.told()}" for one in short.stimuli)
    again = f'make simulate ARGS="--seed {story.seed} --years {days / DAYS:.4f}"'
    return f"{outcome.violation}\nPlay it again: {again}. What is needed of it:\n{lines}"


PART = Part(
    "simulated",
    "Years of an agency with crashes, a faulty carrier and people as they are; what never may happen is looked for "
    "at every step.",
    900,
    run,
)
