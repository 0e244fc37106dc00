"""Simulated years: the real actors, journal and outbox of an agency, stepped by a virtual clock, every rule looked at."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from math import ceil, sqrt

from simulation.outcome import Outcome
from simulation.script import write
from simulation.shrinking import shrink
from simulation.stimulus import DAY, Story
from simulation.world import play

from .part import Finding, Part, Progress
from .spawned import spawning

YEARS = 4
STORY = 61.0
"""Days of the longest story: of a longer one a day takes more time, since more is looked at in it."""
DAYS = 365.0
PROCESSES = 2
LONG = 20
"""A story of more stimuli than this is shortened before it is shown."""

A_YEAR_HOLDS = {
    "shift_posted": 3_000,
    "fan_out_started": 3_000,
    "round_started": 1_200,
    "shift_claimed": 1_500,
    "shift_released": 80,
    "shift_cancelled": 120,
    "shift_expired": 800,
    "shift_unfilled": 700,
    "overlap_refused": 150,
    "offers_added": 30,
    "offer_moved": 80,
    "number_doubted": 120,
    "calls_refused": 100,
    "texts that matter and did not arrive": 10,
    "drop_requested": 100,
    "opted_out": 180,
    "opted_in": 180,
    "question_asked": 400,
    "bare yeses that may mean several": 300,
    "crashes": 500,
    "faults carrier": 180,
    "faults journal": 100,
    "sent confirmation": 1_500,
    "sent offer": 110_000,
    "sent too_late": 2_500,
    "sent withdrawal": 1_500,
    "rounds given up early": 5,
    "writes that failed and were made": 80,
    "writes nobody knew of": 80,
    "died at outbox before hand-over": 30,
    "died at outbox after hand-over": 35,
    "died before a message was written": 30,
    "died before a winner was told": 8,
    "carrier lost after": 60,
    "carrier lost before": 20,
    "deadlines met while the carrier was down": 25,
    "answered again": 1_000,
    "sent already_yours": 200,
    "yeses in the same instant": 350,
    "claimed while offers were going out": 8,
    "late yes to a shift that was cancelled": 80,
    "cancelled in the instant of a yes": 3,
    "late yes to a shift that was claimed": 2_000,
    "claimed after a no": 80,
    "late yes to a shift that was expired": 100,
    "opted out before a call": 70,
    "made inactive while offered": 100,
    "faults clock": 25,
    "died between two rounds": 130,
    "begun while down for six hours": 50,
    "writes that failed": 90,
}
"""What happens in a year at least so often, so that none can pass in which nothing happens."""


def too_seldom(counts: Mapping[str, int], years: float) -> dict[str, int]:
    """Give what happened too seldom for so long, and how often.

    Chance decides more of a small number: two standard deviations less than its length would give will do.
    """
    expected = {name: number * years for name, number in A_YEAR_HOLDS.items()}
    least = {name: number - 2 * sqrt(number) for name, number in expected.items()}
    return {name: counts.get(name, 0) for name, number in least.items() if counts.get(name, 0) < int(number)}


def run(share: float, progress: Progress) -> Finding:
    """Play that share of four years, two months at a time, each with dice of its own."""
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
    seldom = too_seldom(counts, sum(days for _, days in stories) / DAYS)
    problems += [f"Happened too seldom: {seldom}"] if seldom else []
    summary = (
        f"{simulated / DAY / DAYS:.1f} years of 200 caregivers, {counts.get('crashes', 0):,} crashes, "
        f"{counts.get('shift_claimed', 0):,} claims, {counts.get('sent offer', 0):,} offers sent, "
        f"{simulated / max(seconds, 1e-9):,.0f} times real time; {len(problems) or 'no'} problems"
    )
    return Finding(not problems, summary, tuple(problems))


def _stories(years: float) -> Iterator[tuple[int, float]]:
    """Give seeds and lengths in days. Short runs have short stories, so that there are several."""
    number = max(PROCESSES, ceil(years * DAYS / STORY))
    return ((seed, max(0.25, years * DAYS / number)) for seed in range(1, number + 1))


def _play(seed: int, days: float) -> tuple[Outcome, str | None]:
    story = write(seed, days, twilio=seed % 2 == 0)
    outcome = play(story)
    return outcome, _problem(story, days, outcome) if outcome.violation else None


def _problem(story: Story, days: float, outcome: Outcome) -> str:
    assert outcome.violation is not None
    short = story
    if len(story.stimuli) > LONG:
        short = shrink(story, outcome.violation.rule, outcome.simulated)
    lines = "\n".join(f"  {one.told()}" for one in short.stimuli)
    way = " --twilio" if story.twilio else ""
    again = f'make simulate ARGS="--seed {story.seed} --years {days / DAYS:.4f}{way}"'
    return f"{outcome.violation}\nPlay it again: {again}. What is needed of it:\n{lines}"


PART = Part(
    "simulated",
    "Years of an agency with crashes, a faulty carrier and people as they are; what never may happen is looked for "
    "at every step.",
    1_800,
    run,
)
