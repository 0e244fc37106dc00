"""Notes what a part found, for the table of promises (`python -m evidence.tables --take`)."""

import subprocess

from .evidence import ROOT, last_parts, note_part
from .part import Finding

FULL = "full run"


def note(module: str, finding: Finding, share: float) -> None:
    """Note the finding of the part in `module`. A sample that holds does not take the place of a full run."""
    known = last_parts().get(module)
    if share < 1 and finding.holds and known and known.told.startswith(FULL):
        return
    note_part(module, share, finding.holds, finding.summary, _commit())


def _commit() -> str:
    """Name the commit, and say so when the files are not as they were then; nothing outside a clone."""
    commit = _git("rev-parse", "--short=12", "HEAD")
    return (
        f"{commit} and changes that were not committed"
        if commit and _git("status", "--porcelain")
        else commit
    )


def _git(*arguments: str) -> str:
    try:
        asked = subprocess.run(
            ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=True, timeout=20
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.strip()
