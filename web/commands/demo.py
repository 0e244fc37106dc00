"""`firstyes demo`: the story in the terminal."""

import click

from ..demo.cast import LAKESIDE
from ..demo.stage import Stage
from ..demo.story import Story

PAUSE = 0.22
"""Seconds of one beat; the whole story takes less than six."""


@click.command()
@click.option(
    "--pause/--no-pause", default=True, help="Pause between scenes, on a terminal.  [default: pause]"
)
def command(*, pause: bool) -> None:
    """Play the story of three shifts in the terminal, in a few seconds.

    Real actors on a real journal, with simulated phones and a clock that is moved by hand. Every line is made from what
    they report; when the story does not come out as it should, the exit code is 1.
    """
    stage = Stage(LAKESIDE.time_zone or "UTC", pause=PAUSE if pause else 0.0)
    stage.title("firstyes", "real actors, a real journal, simulated phones, a clock moved by hand")
    Story(stage).play()
