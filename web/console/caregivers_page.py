"""Caregivers: found, looked at, added, changed, suspended."""

from functools import partial
from secrets import token_hex
from typing import Any

from flask import Response, request
from pydantic import ValidationError

from ...actors.records import CaregiverRecord, ChangeRecord
from ...domain.answer import taken
from ...domain.caregiver import Caregiver
from ...domain.data.register import SAVED
from ...domain.message import DirectMessage
from ..http.problems import refuse_unknown
from .consent_form import STATES, WAYS, filled_in, told_consent
from .console import Console
from .forms import Said, told, wrong
from .viewer import Viewer

STEP = 100
MOST_OFFERS = 50
MOST_MESSAGES = 60
MOST_CHANGES = 50
FIELDS = {
    "name": "name", "phone": "phone", "language": "language", "roles": "roles", "ids": "ids",
    "active": "whether they are offered shifts", "distinct": "whether they are told apart from others",
}  # fmt: skip
"""What a field that was changed is called."""
LONGEST = 80
LANGUAGES = {"en": "English", "es": "Spanish"}
ROLES_APART = ","


def add_caregivers(console: Console) -> None:
    """Add the caregivers' pages."""
    desk = console.desk
    console.link("Caregivers", "/console/caregivers")

    def seen(viewer: Viewer, caregiver_id: str) -> CaregiverRecord:
        person = desk.caregiver(caregiver_id)
        if person is None or not viewer.sees(person.organization_id):
            raise refuse_unknown("caregiver", caregiver_id)
        return person

    @console.page("/console/caregivers")
    def caregivers(viewer: Viewer) -> Response:
        owners = console.organizations(viewer)
        text = request.args.get("q", "").strip()[:LONGEST]
        whose = console.whose(viewer, request.args.get("organization", ""))
        found = (
            desk.caregivers(whose, request.args.get("cursor") or None, STEP, text=text or None)
            if owners
            else None
        )
        return console.render(
            "caregivers.html",
            viewer,
            people=found.items if found else (),
            next_cursor=found.next_cursor if found else None,
            text=text,
            whose=whose,
            organizations={one.id: one.name or one.id for one in owners},
            state_of=state_of,
        )

    @console.page("/console/caregivers/<parameter(caregiver_id):caregiver_id>")
    def caregiver(viewer: Viewer, caregiver_id: str) -> Response:
        person = seen(viewer, caregiver_id)
        owners = {one.id: one for one in console.organizations(viewer)}
        owner = owners.get(person.organization_id)
        return console.render(
            "caregiver.html",
            viewer,
            person=person,
            owner=owner,
            zone=owner.time_zone if owner else None,
            offers=desk.offers_to(person.id, MOST_OFFERS),
            changes=[
                (one, told_change(one))
                for one in desk.changes(caregiver_id=person.id, limit=MOST_CHANGES).items
            ],
            messages=desk.messages(
                phone=person.phone,
                limit=MOST_MESSAGES,
                # Their phone may be somebody's of another organization too.
                organization_id=None if viewer.sees_all else person.organization_id,
            ).items[::-1],
            languages=LANGUAGES,
            state_of=partial(state_of, asks_consent=owner is not None and owner.consent_required),
            consents=[(one, told_consent(one)) for one in desk.consents(person.id)],
            states=STATES,
            ways=WAYS,
        )

    @console.action("/console/caregivers/<parameter(caregiver_id):caregiver_id>/save")
    def save(viewer: Viewer, caregiver_id: str) -> Said:
        person = seen(viewer, caregiver_id)
        return put(viewer, person.id, person.organization_id, active=person.active, distinct=person.distinct)

    @console.action("/console/caregivers/add")
    def add(viewer: Viewer) -> Said:
        owners = {one.id for one in console.organizations(viewer)}
        owner = request.form.get("organization_id", "")
        if owner not in owners:
            return Said("Choose the organization they work for.", done=False)
        given = request.form.get("id", "").strip()
        if given and desk.caregiver(given) is not None:
            return told(taken(given))
        new = given or f"cg-{token_hex(4)}"
        done = put(viewer, new, owner, active=True, distinct=False)
        return (
            Said(done.text, done.done, f"/console/caregivers/{new}")
            if done.done and desk.caregiver(new)
            else done
        )

    @console.action("/console/caregivers/<parameter(caregiver_id):caregiver_id>/suspend")
    def suspend(viewer: Viewer, caregiver_id: str) -> Said:
        return switch(viewer, seen(viewer, caregiver_id), active=False)

    @console.action("/console/caregivers/<parameter(caregiver_id):caregiver_id>/activate")
    def activate(viewer: Viewer, caregiver_id: str) -> Said:
        return switch(viewer, seen(viewer, caregiver_id), active=True)

    @console.action("/console/caregivers/<parameter(caregiver_id):caregiver_id>/confirm-phone")
    def confirm_phone(viewer: Viewer, caregiver_id: str) -> Said:
        return told(desk.confirm_phone(seen(viewer, caregiver_id).id, by=viewer.name))

    @console.action("/console/caregivers/<parameter(caregiver_id):caregiver_id>/write")
    def write(viewer: Viewer, caregiver_id: str) -> Said:
        person = seen(viewer, caregiver_id)
        try:
            message = DirectMessage(
                caregiver_id=person.id, body=request.form.get("text", ""), key=request.form.get("key") or None
            )
        except ValidationError as error:
            return wrong(error, body="Text")
        return told(desk.write_to(message, by=viewer.name))

    @console.action("/console/caregivers/<parameter(caregiver_id):caregiver_id>/consent")
    def consent(viewer: Viewer, caregiver_id: str) -> Said:
        person = seen(viewer, caregiver_id)
        owner = desk.organization(person.organization_id)
        try:
            stated = filled_in(request.form, owner.time_zone if owner else None)
        except ValidationError as error:
            return wrong(error)
        except ValueError as error:
            return Said(str(error), done=False)
        return told(desk.state_consent(person.id, stated, by=viewer.name))

    def put(viewer: Viewer, caregiver_id: str, owner: str, *, active: bool, distinct: bool) -> Said:
        form = request.form
        countries = {one.id: one.country for one in console.organizations(viewer)}
        row: dict[str, Any] = {
            "id": caregiver_id,
            "organization_id": owner,
            "name": form.get("name", ""),
            "roles": [one.strip() for one in form.get("roles", "").split(ROLES_APART) if one.strip()],
            "phone": form.get("phone", ""),
            "language": form.get("language", "en"),
            "active": active,
            "distinct": distinct,
        }
        try:
            person = Caregiver.model_validate(row, context=countries)
        except ValidationError as error:
            return wrong(error)
        [answer] = desk.put_caregivers([person], viewer.name)
        return told(answer)

    def switch(viewer: Viewer, person: CaregiverRecord, *, active: bool) -> Said:
        kept = {name: getattr(person, name) for name in Caregiver.model_fields if name != "consents"}
        [answer] = desk.put_caregivers([Caregiver.model_validate({**kept, "active": active})], viewer.name)
        if answer.refusal is not None:
            return told(answer)
        said = f"{person.name} {'is offered shifts again' if active else 'is offered no more shifts'}."
        return Said(f"{said}{answer.message.removeprefix(SAVED.message)}")


def told_change(change: ChangeRecord) -> str:
    """Give what somebody changed about a caregiver in a sentence."""
    if change.what == ("added",):
        return "Added."
    return f"Changed: {', '.join(FIELDS.get(one, one) for one in change.what)}."


def state_of(person: CaregiverRecord, *, asks_consent: bool = False) -> tuple[str, str]:
    """Say how somebody can be reached: the tone, and the words; `asks_consent`: only by what they have agreed to."""
    if not person.active:
        return "idle", "Suspended"
    if person.opted_out:
        return "danger", "Wants no texts"
    if person.in_doubt:
        return "danger", "Number in doubt"
    if asks_consent and not person.consents:
        return "danger", "Has not agreed to texts or calls"
    if person.landline:
        return ("danger", "Landline, and no calls") if person.no_calls else ("warn", "Landline: is called")
    return ("warn", "Texts only") if person.no_calls else ("good", "Can be reached")
