"""What to try first on a service that has just started: lines for a shell.

A name, a number or an id of the journal is never told: whoever sees a terminal or its log is not one of its readers. The
people of the sample that ships are invented, so those of it are told where it was loaded.
"""

import json
import shlex
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from ...actors.desk.desk import ShiftDesk
from ...actors.records import ShiftRecord
from ...domain.caregiver import Caregiver, role_key
from ...domain.data.dataset import DataSet, read_data
from ...domain.shift.shift import ShiftStatus
from .data_file import ever_again

SAMPLE = Path(__file__).parents[2] / "sample" / "sample_data.json"

WANTED = 2
"""Caregivers, so that there is a first yes and a second."""


def is_sample(file: Path) -> bool:
    """Whether a file holds what the sample that ships does."""
    try:
        return file.read_bytes() == SAMPLE.read_bytes()
    except OSError:
        return False


def first_steps(desk: ShiftDesk, url: str, *, with_token: bool, sample: bool) -> Iterator[tuple[str, str]]:
    """Give (what it does, the line to type), in the order in which they work. `sample` says that it was loaded."""
    curl = "curl -s" + (' -H "Authorization: Bearer $FIRSTYES_API_TOKEN"' if with_token else "")
    found = _something_to_fill(desk, read_data(json.loads(SAMPLE.read_bytes()))) if sample else None
    if found is None:
        yield "See what there is", f"{curl} {url}/shifts"
        return
    shift, people = found
    yield (
        f"Offer the {shift.role_required} shift to everybody who can take it",
        f"{curl} -X POST {url}/shifts/{shift.id}/fanout",
    )
    for person, said in zip(people, ("The first yes has it", "The next one is told the truth"), strict=False):
        body = json.dumps({"from_phone": person.phone, "body": "yes"})
        yield (
            f"{said} ({person.name})",
            f"{curl} {url}/messages/inbound -H 'Content-Type: application/json' -d {shlex.quote(body)}",
        )
    yield "What happened, event by event", f"{curl} {url}/shifts/{shift.id}/timeline"
    yield "What went to which phone", f"{curl} '{url}/messages?shift_id={shift.id}'"


def _something_to_fill(desk: ShiftDesk, sample: DataSet) -> tuple[ShiftRecord, list[Caregiver]] | None:
    """Give a shift of the sample that is still as it was, and people of the sample for it."""
    for shift in sample.shifts:
        came = (record for _, record in ever_again(shift.id, desk) if record is not None)
        pending = next((one for one in came if one.status is ShiftStatus.PENDING), None)
        if pending is None:
            continue
        wanted = role_key(shift.role_required)
        able = (one for one in sample.caregivers if wanted in map(role_key, one.roles))
        people = list(islice(able, WANTED))
        if people:
            return pending, people
    return None
