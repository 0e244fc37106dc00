"""The phone wall: simulated phones to answer by hand, so that a newcomer fills a shift within a minute."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, request

from ...actors.board import BoardFilter, Part
from ...actors.carriers.phone import KEYS, Received
from ...actors.carriers.simulator import Simulator
from ...actors.records import CaregiverRecord, MessageRecord
from ...actors.runtime.clock import ManualClock, MovableClock
from ...domain.caregiver import Caregiver, role_key
from ...domain.message import LONGEST_TEXT, InboundMessage
from ...domain.organization import Organization
from ...domain.shift.shift import Shift
from ...domain.text import number_of as whole
from ..http.problems import refuse_unknown
from .console import Console
from .forms import Said
from .forms import told as answered
from .rush import ANSWERS, NAMES, ROLE, number_of
from .told import lasting, tell
from .viewer import Viewer

PHONES = 6
SHOWN = 6
"""Messages that a phone shows."""
LOOKED_AT = 200
FARTHEST = 7 * 86_400.0
"""Seconds that time flies at once."""


@dataclass(frozen=True, slots=True)
class WallPhone:
    """One phone on the wall: whose it is, what was written, and the call that makes it ring."""

    person: CaregiverRecord
    messages: list[MessageRecord]
    ringing: Received | None


def add_phones(console: Console) -> None:
    """Add the phone wall of a desk whose carrier is the simulator."""
    desk = console.desk
    console.link("Phones", "/console/phones", lambda viewer: viewer.sees_all)

    def simulator(viewer: Viewer) -> Simulator:
        # Time flies for everybody, and a phone shows what all organizations wrote to it.
        carrier = desk.carrier
        if not isinstance(carrier, Simulator) or not viewer.sees_all:
            raise refuse_unknown("page", request.path)
        return carrier

    @console.page("/console/phones")
    def phones(viewer: Viewer) -> Response:
        carrier, role = simulator(viewer), request.args.get("role", "").strip()[:40]
        everybody = _all()
        board = desk.board(BoardFilter(limit=4))
        return console.render(
            "phones.html",
            viewer,
            phones=[
                WallPhone(
                    one,
                    list(reversed(desk.messages(phone=one.phone, limit=SHOWN).items)),
                    carrier.ringing(one.phone),
                )
                for one in _on_the_wall(everybody, role)
            ],
            told=[tell(one) for one in board.rows],
            role=role,
            roles=sorted({one for person in everybody for one in person.roles}),
            flies=isinstance(desk.clock, MovableClock | ManualClock),
            next_at=_next(),
        )

    @console.action("/console/phones/<parameter(caregiver_id):caregiver_id>/say")
    def say(viewer: Viewer, caregiver_id: str) -> Said:
        carrier, person = simulator(viewer), _person(caregiver_id)
        text = request.form.get("text", "")[:LONGEST_TEXT].replace("\0", "")
        sender = carrier.phone(person.phone).last_sender
        desk.receive(InboundMessage(from_phone=person.phone, to_phone=sender, body=text))
        return Said(f"{person.name} wrote: {text}")

    @console.action("/console/phones/<parameter(caregiver_id):caregiver_id>/press")
    def press(viewer: Viewer, caregiver_id: str) -> Said:
        carrier, person, key = simulator(viewer), _person(caregiver_id), request.form.get("press", "")
        if key not in KEYS or not carrier.press(person.phone, key):
            return Said(f"{person.name}'s phone does not ring any more.", done=False)
        return Said(f"{person.name} pressed {key}.")

    @console.action("/console/phones/fly")
    def fly(viewer: Viewer) -> Said:
        simulator(viewer)
        clock = desk.clock
        if not isinstance(clock, MovableClock | ManualClock):
            return Said("This clock cannot be moved.", done=False)
        given = request.form.get("seconds", "")
        at = _next()
        if given == "next" and at is not None:
            seconds = max(1.0, (at - clock.now()).total_seconds())
        else:
            seconds = min(FARTHEST, whole(given, 8) or 0.0)
        if not seconds:
            return Said("Nothing waits for a time.", done=False)
        clock.advance(seconds)
        return Said(f"{lasting(seconds)} have flown by.")

    @console.action("/console/phones/rush")
    def rush(viewer: Viewer) -> Said:
        carrier, whose = simulator(viewer), next(iter(console.organizations(viewer)), None)
        if whose is None:
            return Said("There is no organization to play it in.", done=False)
        return _rush(carrier, whose, viewer)

    def _rush(carrier: Simulator, whose: Organization, viewer: Viewer) -> Said:
        people = [
            Caregiver(
                id=f"rush-{number + 1:02}",
                organization_id=whose.id,
                name=name,
                roles=(ROLE,),
                phone=number_of(number),
            )
            for number, name in enumerate(NAMES)
        ]
        desk.put_caregivers(people, viewer.name)
        now = desk.clock.now()
        start = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=3)
        shift = Shift(
            id=f"rush-{now:%Y%m%d-%H%M%S}",
            organization_id=whose.id,
            role_required=ROLE,
            start_time=start,
            end_time=start + timedelta(hours=8),
            area="Lakeview",
        )
        [posted] = desk.post_shifts([shift], viewer.name)
        found = desk.preview(shift.id)
        if posted.refusal is not None or found is None:
            return answered(posted)
        playing = [one.caregiver_id for one in found.asked if one.caregiver_id.startswith("rush-")]
        for caregiver_id, (after, text) in zip(playing, ANSWERS, strict=False):
            carrier.phone(number_of(int(caregiver_id[-2:]) - 1)).answers(text, after)
        said = answered(desk.fan_out(shift.id, viewer.name))
        return Said(said.text, said.done, back=f"/console/shifts/{shift.id}")

    def _all() -> list[CaregiverRecord]:
        return [one for one in desk.caregivers(limit=LOOKED_AT).items if one.active]

    def _on_the_wall(everybody: list[CaregiverRecord], role: str) -> list[CaregiverRecord]:
        wanted = role_key(role)
        people = [one for one in everybody if not role or wanted in map(role_key, one.roles)]
        texted = {one.phone for one in desk.messages(limit=LOOKED_AT).items}
        return sorted(people, key=lambda one: one.phone not in texted)[:PHONES]

    def _person(caregiver_id: str) -> CaregiverRecord:
        person = desk.caregiver(caregiver_id)
        if person is None:
            raise refuse_unknown("caregiver", caregiver_id)
        return person

    def _next() -> datetime | None:
        found = desk.board(BoardFilter(part=Part.OFFERING)).rows
        return min((one.next_deadline for one in found if one.next_deadline is not None), default=None)
