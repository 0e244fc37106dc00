"""`python -m simulation`, or `make simulate`: years of an agency, in minutes."""

import sys
from math import ceil
from pathlib import Path

import click

from firstyes.web.commands.exit_codes import ExitCode

from .outcome import Outcome
from .script import write
from .shrinking import shrink
from .stimulus import DAY, Story
from .world import play

YEAR = 365.0


@click.command()
@click.option("--seed", default=1, show_default=True, help="What all dice are thrown from.")
@click.option(
    "--years", default=1.0, show_default=True, help="How long; each further year has the next seed."
)
@click.option(
    "--story", type=click.Path(path_type=Path), help="Play this file; else, where to write one that fails."
)
@click.option("--twilio", is_flag=True, help="Send everything through Twilio's protocol.")
def main(seed: int, years: float, story: Path | None, twilio: bool) -> None:
    """Play simulated years of an agency, and check every step.

    The real actors, journal and outbox are stepped in one thread, with a virtual clock, crashes, a faulty carrier
    and 200 caregivers. The same seed gives the same story. A failure is shrunk and printed, and ends with 1.
    """
    if story is not None and story.exists():
        _tell(Story.read(story), play(Story.read(story)), None)
        return
    while years > 0:
        told = write(seed, min(years, 1.0) * YEAR, twilio=twilio)
        _tell(told, play(told), story)
        seed, years = seed + 1, years - 1.0


def _tell(story: Story, outcome: Outcome, file: Path | None) -> None:
    speed = outcome.simulated / max(outcome.seconds, 1e-9)
    click.echo(
        f"seed {story.seed}: {outcome.simulated / DAY:.0f} days in {outcome.seconds:.1f} s, {speed:,.0f} times real time"
    )
    click.echo(f"journal {outcome.journal}: the same seed leaves the same rows, to the last one")
    for name, number in outcome.counts.items():
        click.echo(f"  {number:>9,}  {name}")
    if outcome.violation is None:
        return
    click.echo(f"VIOLATION: {outcome.violation}")
    short = story
    if len(story.stimuli) > 20:
        click.echo("Looking for a shorter story that fails ...")
        short = shrink(story, outcome.violation.rule, outcome.simulated)
    for one in short.stimuli:
        click.echo(f"  {one.told()}")
    if file is not None:
        short.write(file)
        click.echo(f'Play it again: make simulate ARGS="--story {file}"')
    else:
        days = max((one.at for one in story.stimuli), default=DAY) / DAY
        click.echo(f'Play it again: make simulate ARGS="--seed {story.seed} --years {ceil(days) / YEAR:.4f}"')
    sys.exit(ExitCode.REFUSED)


if __name__ == "__main__":
    main()
