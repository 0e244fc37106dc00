"""The README says nothing that is not tried."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from firstyes import NoAnswer
from support.patience import PATIENCE
from support.service import ROOT, SAMPLE, environment, firstyes, serving

README = (ROOT / "README.md").read_text()
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def block(language: str) -> str:
    [found] = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return str(found)


def without_luck(story: str) -> list[str]:
    """The story's lines, whoever of the two was first: the winner called so, and all lines in order."""
    [winner] = re.findall(r"claimed +RN .* has one caregiver: (.*)", story)
    [loser] = {"Alma Reyes", "Omar Velez"} - {winner}
    named = story.replace(winner, "WINNER....").replace(loser, "LOSER.....")
    named = re.sub(r"text to (WINNER|LOSER|Ben Ortiz)\.*, .*Dana Lind", "text to all nurses", named)
    return sorted(line.rstrip() for line in named.splitlines() if line.strip())


def test_the_demo_it_shows_is_what_the_command_prints() -> None:
    ran = firstyes("demo", "--no-pause")
    assert ran.returncode == 0
    assert without_luck(block("text")) == without_luck(ran.stdout.decode())


@pytest.mark.server
def test_its_requests_get_the_answers_it_shows(tmp_path: Path) -> None:
    with serving(tmp_path / "a.db", "--load", str(SAMPLE)) as service:
        for example in block("console").strip().split("\n\n"):
            # given
            line, shown = example.split("\n", 1)
            words = shlex.split(line.removeprefix("$ "))
            body = json.loads(words[words.index("-d") + 1]) if "-d" in words else None
            [url] = [urlsplit(word) for word in words if word.startswith("http://127.0.0.1:8080/")]
            # when
            _, answer = service.call("POST" if body or "-X" in words else "GET", url.path, body)
            # then
            assert answer == json.loads(shown), line


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the examples' files as programs of their own, in a folder that has nothing else."""
    for number, code in enumerate(PYTHON):
        (folder / f"example_{number}.py").write_text(code)
    return subprocess.run(
        [sys.executable, "-W", "error", *arguments],
        cwd=folder,
        env={**environment(), "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def test_the_library_in_ten_lines_works_as_it_stands(tmp_path: Path) -> None:
    ran = run(tmp_path, "example_0.py")
    assert ran.stderr == ""
    assert ran.stdout.splitlines()[0].startswith("success - You have the shift: RN Mon Sep 9 7am-3pm.")
    assert ran.stdout.splitlines()[1:] == ["claimed by cg-marta"]
    assert len([line for line in PYTHON[0].splitlines() if line and "import" not in line]) <= 10


def test_row_47_the_api_mounts_in_another_flask_application_as_it_stands(tmp_path: Path) -> None:
    ask = """
from example_1 import application, desk
from werkzeug.test import Client
client = Client(application)
print(client.get("/firstyes/health").json, client.get("/firstyes/shifts").status_code, client.get("/").status_code)
print(client.get("/firstyes/shifts", headers={"Authorization": "Bearer a-token-of-your-own"}).json)
print(client.get("/firstyes/openapi.json").json["servers"])
desk.close()
"""
    ran = run(tmp_path, "-c", ask)
    assert ran.stderr == ""
    assert ran.stdout == (
        "{'status': 'ok'} 401 404\n{'items': [], 'next_cursor': None}\n[{'url': '/firstyes'}]\n"
    )


def test_the_test_it_shows_passes_and_can_fail(tmp_path: Path) -> None:
    ran = run(
        tmp_path,
        "-P",
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:schemathesis",
        "example_2.py",
    )
    assert ran.returncode == 0, ran.stdout
    assert "1 passed" in ran.stdout
    # and
    scope: dict[str, Any] = {}
    exec(
        PYTHON[2].replace("clock.advance(600)", "clock.advance(599)").replace("timeout=60", "timeout=0.2"),
        scope,
    )
    with pytest.raises(NoAnswer):
        scope["test_a_phone_that_was_silent_rings_and_wins"]()


def test_there_is_no_other_example(tmp_path: Path) -> None:
    assert len(PYTHON) == 3
    assert len(re.findall(r"```(\w+)", README)) == len(PYTHON) + len(["text", "console", "mermaid"])
