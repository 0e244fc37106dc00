"""`python -m evidence.tables`: writes docs/faults.md and docs/promises.md anew from the tests that there are.

`--take` first takes in the results that `make test` and `make prove` left in var/evidence/.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from . import faults, promises
from .evidence import LAST_TESTS, ROOT, Evidence, NoRecord, Trial, last_parts

FAULTS_PAGE = ROOT / "docs" / "faults.md"
PROMISES_PAGE = ROOT / "docs" / "promises.md"


def collected() -> dict[str, Trial]:
    """Ask pytest which tests there are."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "tests.json"
        command = [
            sys.executable,
            "-P",
            "-m",
            "pytest",
            "tests",
            "--collect-only",
            "-qq",
            "-p",
            "no:cacheprovider",
        ]
        asked = subprocess.run(
            [*command, "--record", str(file)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        if asked.returncode:
            raise NoRecord(f"the tests could not be collected:\n{asked.stdout[-3000:]}")
        return trials(json.loads(file.read_text("utf-8"))["tests"])


def trials(recorded: Mapping[str, Any]) -> dict[str, Trial]:
    """Read the tests of a record."""
    return {name: Trial(tuple(one["tries"]), tuple(one["meets"])) for name, one in sorted(recorded.items())}


def pages(today: Mapping[str, Trial], evidence: Evidence) -> dict[Path, str]:
    """Write both pages, and give them by the file they belong in."""
    return {
        FAULTS_PAGE: faults.page(faults.Fault.all(), today, evidence),
        PROMISES_PAGE: promises.page(promises.Promise.all(), today, evidence),
    }


def asked_for(today: Mapping[str, Trial]) -> dict[str, Trial]:
    """The tests whose results the pages show."""
    named = {name for one in promises.Promise.all() for name in one.tests}
    return {name: one for name, one in today.items() if one.tries or one.meets or name in named}


@click.command()
@click.option("--take", is_flag=True, help="First take in the results in var/evidence/.")
def main(take: bool) -> None:
    """Write docs/faults.md and docs/promises.md."""
    try:
        today, evidence = collected(), Evidence.read()
        if take:
            if LAST_TESTS.exists():
                evidence = evidence.with_tests(json.loads(LAST_TESTS.read_text("utf-8")))
            evidence = evidence.with_parts(last_parts())
    except NoRecord as error:
        raise click.ClickException(str(error)) from error
    evidence.write(asked_for(today))
    for file, text in pages(today, evidence).items():
        file.write_text(text, "utf-8")
        click.echo(f"wrote {file.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
