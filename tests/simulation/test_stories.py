"""Stories: written, read, and when they fail made short enough to be read, and played again."""

import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evidence.mutants.messages import told_twice
from firstyes.web.commands.exit_codes import ExitCode
from simulation.__main__ import main
from simulation.outcome import Outcome
from simulation.script import write
from simulation.stimulus import DAY, BadStory, Story
from simulation.violation import Rule, Violation


def simulate(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_a_failure_prints_seed_and_as_much_of_the_story_as_a_person_reads_and_can_be_played_again(
    tmp_path: Path,
) -> None:
    # given
    file = str(tmp_path / "failed.json")
    # when
    with told_twice():
        failed = simulate("--seed", "1", "--years", "0.0027", "--story", file)
        again = simulate("--story", file)
    mended = simulate("--story", file)
    # then
    violation = "VIOLATION: nobody is told twice that they were late"
    assert failed.exit_code == again.exit_code == ExitCode.REFUSED
    assert "seed 1:" in failed.output
    assert violation in failed.output
    assert violation in again.output
    assert f'make simulate ARGS="--story {file}"' in failed.output
    assert len([line for line in failed.output.splitlines() if line.startswith("  Jan ")]) <= 8
    assert mended.exit_code == 0


def test_what_came_of_a_story_can_be_told_to_another_process() -> None:
    violation = Violation(Rule.SENT_ONCE, "7 went twice")
    told = pickle.loads(pickle.dumps(Outcome(violation=violation))).violation
    assert (str(told), told.rule) == (str(violation), Rule.SENT_ONCE)
    assert str(told) == "no message goes to the carrier twice: 7 went twice"


def test_a_story_is_written_and_read(tmp_path: Path) -> None:
    story = write(3, 1)
    story.write(tmp_path / "story.json")
    assert Story.read(tmp_path / "story.json") == story
    assert all(one.told() for one in story.stimuli)
    assert max(one.at for one in story.stimuli) > DAY / 2


def test_what_is_no_story_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "story.json"
    file.write_text("{}")
    with pytest.raises(BadStory, match=r"story\.json holds no story"):
        Story.read(file)
