"""Posting a shift: a form that is read as the clocks there show it, what it would come to, and then the order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from ...domain.access.user import Right
from ...domain.data.rows import said
from ...domain.organization import Organization
from ...domain.policy import describe_plan
from ...domain.shift.shift import Shift
from ...domain.time_zone import TimeZone, instants
from ...domain.when import local, told_span
from .console import Console
from .forms import Said, told
from .viewer import Viewer

FIELDS = (
    "organization_id", "role", "day", "starts", "ends", "until", "area", "time_zone", "starts_at", "ends_at",
)  # fmt: skip
LONGEST = 128
FIRST_YEAR, LAST_YEAR = 1970, 9000
OF_SHIFT = {"role_required": "role", "start_time": "starts", "end_time": "ends"}
"""What a field of a shift is called in the form."""
NEW = "new"
"""The id of a shift that has none yet."""
ZONE: TypeAdapter[str] = TypeAdapter(TimeZone)


@dataclass(slots=True)
class PostForm:
    """The form as it was filled in: `faults` say what is to be mended, by field; `twice` are the instants that an hour can
    mean which the clocks show twice. `shift` is what it comes to, None while there are faults."""

    given: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)
    twice: dict[str, tuple[datetime, ...]] = field(default_factory=dict)
    shift: Shift | None = None

    @property
    def query(self) -> str:
        """Its fields as they stand in an address."""
        return urlencode(self.given)


def add_posting(console: Console) -> None:
    """Add the form, and the order that it ends in."""
    desk = console.desk

    @console.page("/console/post", Right.ACT)
    def post(viewer: Viewer) -> Response:
        owners = {one.id: one for one in console.organizations(viewer)}
        asked = any(request.args.get(one) for one in FIELDS)
        form = read_form(request.args, owners, desk.clock.now()) if asked else PostForm({})
        if request.args.get("edit"):
            form.shift = None
        found = desk.preview(form.shift) if form.shift else None
        owner = owners[form.shift.organization_id] if form.shift else None
        return console.render(
            "post.html",
            viewer,
            form=form,
            owner=owner,
            owners=list(owners.values()),
            preview=found,
            plan=describe_plan(found.plan) if found else "",
            when=_when(form.shift, owner),
            roles=() if found else _roles(viewer),
            today=f"{local(desk.clock.now(), console.zone(viewer)):%Y-%m-%d}",
        )

    @console.action("/console/post/carry-out")
    def carry_out(viewer: Viewer) -> Said:
        owners = {one.id: one for one in console.organizations(viewer)}
        form = read_form(request.form, owners, desk.clock.now())
        if form.shift is None:
            return Said(next(iter(form.faults.values())), done=False)
        # Made of the form's key: sent again after an answer that was lost, it is the same shift.
        key = re.sub(r"[^0-9a-z]", "", request.form.get("key", ""))[:8]
        shift = form.shift.model_copy(
            update={"id": f"{_slug(form.shift.role_required)}-{form.given['day']}-{key}"}
        )
        [posted] = desk.post_shifts([shift], viewer.name)
        if posted.refusal is not None:
            return told(posted)
        page = f"/console/shifts/{shift.id}"
        if not request.form.get("offer"):
            return Said("Posted. Nobody has been asked yet.", back=page)
        answer = told(desk.fan_out(shift.id, viewer.name))
        return Said(answer.text, answer.done, page)

    def _roles(viewer: Viewer) -> list[str]:
        found = desk.caregivers(
            console.whose(viewer, request.args.get("organization_id", "")), limit=500
        ).items
        return sorted({role for one in found for role in one.roles})


def read_form(given: Mapping[str, str], owners: Mapping[str, Organization], now: datetime) -> PostForm:
    """Read the form of somebody who may post for these organizations. Nothing is raised: what is wrong is in its faults."""
    form = PostForm(
        {one: given.get(one, "").strip()[:LONGEST] for one in FIELDS if given.get(one, "").strip()}
    )
    if len(owners) == 1:
        form.given.setdefault("organization_id", next(iter(owners)))
    owner = owners.get(form.given.get("organization_id", ""))
    if owner is None:
        form.faults["organization_id"] = "Choose whose shift it is."
        return form
    if not form.given.get("role"):
        form.faults["role"] = "Say which role is needed."
    zone, times = _zone(form, owner), _times(form)
    if times is not None and times[1] <= times[0]:
        form.faults["until"] = "It would end before it begins."
    if zone is None or times is None or form.faults:
        return form
    try:
        row: dict[str, Any] = {
            "id": NEW,
            "organization_id": owner.id,
            "role_required": form.given.get("role", "?"),
            "start_time": _instant(form, "starts", times[0], zone),
            "end_time": _instant(form, "ends", times[1], zone),
            "area": form.given.get("area"),
            "time_zone": form.given.get("time_zone"),
        }
        shift = Shift.model_validate(row)
    except ValidationError as error:
        for one in error.errors():
            name = str(one["loc"][0])
            form.faults.setdefault(OF_SHIFT.get(name, name), _sentence(one))
        return form
    if shift.end_time <= now:
        form.faults.setdefault("day", "This shift would be over already: look at the day.")
    if not form.faults:
        form.shift = shift
    return form


def _zone(form: PostForm, owner: Organization) -> str | None:
    zone = form.given.get("time_zone") or owner.time_zone
    if zone is None:
        form.faults["time_zone"] = (
            "The organization has none: write the place whose clocks count, as America/Chicago."
        )
        return None
    try:
        return ZONE.validate_python(zone)
    except ValidationError as error:
        form.faults["time_zone"] = _sentence(error.errors()[0])
        return None


def _times(form: PostForm) -> tuple[datetime, datetime] | None:
    """Give both times as the clocks show them, None where one is none."""
    day, until = _date(form, "day", form.given.get("day", "")), form.given.get("until", "")
    last = _date(form, "until", until) if until else None
    clocks = {name: _clock(form, name) for name in ("starts", "ends")}
    starts, ends = clocks["starts"], clocks["ends"]
    if day is None or starts is None or ends is None or (until and last is None):
        return None
    start, end = day + starts, (last or day) + ends
    return start, end + timedelta(days=1) if end <= start and not until else end


def _date(form: PostForm, name: str, text: str) -> datetime | None:
    try:
        found = datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007 - a day on the wall, without a zone
    except ValueError:
        found = datetime.min  # noqa: DTZ901 - no day at all
    # Beyond these a time in a zone, or the day after, may be none.
    if FIRST_YEAR <= found.year <= LAST_YEAR:
        return found
    form.faults[name] = "Say which day, as 2030-07-14."
    return None


def _clock(form: PostForm, name: str) -> timedelta | None:
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)(?::\d\d)?", form.given.get(name, ""), re.ASCII)
    if found is None:
        form.faults[name] = f"Say when it {name}, as {'07:00' if name == 'starts' else '15:00'}."
        return None
    return timedelta(hours=int(found[1]), minutes=int(found[2]))


def _instant(form: PostForm, name: str, wall: datetime, zone: str) -> datetime | None:
    """Say which instant a time on the wall is; a fault stands in the form where it is none, or may be two."""
    found = instants(wall, zone)
    if len(found) == 1:
        return found[0]
    if not found:
        form.faults[name] = f"The clocks go forward: there is no {wall:%H:%M} that day."
        return None
    form.twice[name] = found
    chosen = next((one for one in found if one.isoformat() == form.given.get(f"{name}_at")), None)
    if chosen is None:
        form.faults[name] = f"The clocks go back: there are two {wall:%H:%M} that day. Choose which."
    return chosen


def _sentence(error: ErrorDetails) -> str:
    text = said(error)
    return f"{text[:1].upper()}{text[1:]}."


def _when(shift: Shift | None, owner: Organization | None) -> str:
    if shift is None or owner is None:
        return ""
    return told_span(shift.start_time, shift.end_time, shift.time_zone or owner.time_zone, "en")


def _slug(role: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", role.lower()).strip("-")[:40] or "shift"
