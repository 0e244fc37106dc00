"""Loading a file of data into a desk, and saying what came of it."""

import json
from collections import Counter
from pathlib import Path

from ...actors.desk import ShiftDesk
from ...domain.answer import Answer, Status
from ...domain.dataset import BadData, DataSet, read_data

SHOWN = 20
"""Refused rows that are shown; a number stands for the others."""


def read_file(path: Path) -> DataSet:
    """Read a JSON file. Raises `BadData` when it is not one, or does not hold what can be loaded."""
    try:
        return read_data(json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError) as error:
        why = error.strerror if isinstance(error, OSError) else f"it is not JSON ({error})"
        raise BadData(f"{path}: {why}") from error
    except BadData as error:
        raise BadData(f"{path}: {error}") from error


def load_file(desk: ShiftDesk, path: Path) -> tuple[str, list[str]]:
    """Load a file; give one line that sums it up, and one for each row that was refused."""
    data = read_file(path)
    answers = desk.load(data, by="load")
    # Organizations that are only named are answered for when they are new, and such a one is never refused.
    named = len(answers) - len(data.organizations) - len(data.caregivers) - len(data.shifts)
    rows = [
        *(f"organization {one.id}" for one in data.organizations),
        *("a named organization" for _ in range(named)),
        *(f"caregiver {one.id}" for one in data.caregivers),
        *(f"shift {one.id}" for one in data.shifts),
    ]
    return _summed_up(path, data, answers), _refusals(rows, answers)


def _summed_up(path: Path, data: DataSet, answers: list[Answer]) -> str:
    refused = sum(one.status is Status.REFUSED for one in answers)
    counts = Counter(shifts=len(data.shifts), caregivers=len(data.caregivers))
    told = ", ".join(f"{count} {what[:-1] if count == 1 else what}" for what, count in counts.items())
    return f"{path}: {told}; " + (f"{refused} refused" if refused else "all in the journal")


def _refusals(rows: list[str], answers: list[Answer]) -> list[str]:
    pairs = zip(rows, answers, strict=True)
    lines = [f"{row}: {answer.message}" for row, answer in pairs if answer.status is Status.REFUSED]
    return lines[:SHOWN] + ([f"... and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else [])
