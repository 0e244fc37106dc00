"""What to try first on a service that has just started: lines for a shell, made from the data it really has."""

import json
import shlex
from collections.abc import Iterator
from itertools import islice

from ..actors.desk import ShiftDesk
from ..actors.journal.port import ShiftFilter
from ..actors.records import CaregiverRecord, ShiftRecord
from ..domain.caregiver import role_key
from ..domain.shift import ShiftStatus

LOOKED_AT = 100
"""Shifts, and caregivers, that are looked at; what is behind them is no first step."""

WANTED = 2
"""Caregivers, so that there is a first yes and a second."""


def first_steps(desk: ShiftDesk, url: str, *, with_token: bool) -> Iterator[tuple[str, str]]:
    """Give (what it does, the line to type), in the order in which they work."""
    curl = "curl -s" + (' -H "Authorization: Bearer $FIRSTYES_API_TOKEN"' if with_token else "")
    found = _something_to_fill(desk)
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


def _something_to_fill(desk: ShiftDesk) -> tuple[ShiftRecord, list[CaregiverRecord]] | None:
    for shift in desk.shifts(ShiftFilter(status=ShiftStatus.PENDING), limit=LOOKED_AT).items:
        known = desk.caregivers(shift.organization_id, limit=LOOKED_AT).items
        wanted = role_key(shift.role_required)
        able = (one for one in known if one.active and wanted in map(role_key, one.roles))
        people = list(islice(able, WANTED))
        if people:
            return shift, people
    return None
