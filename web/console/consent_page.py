"""Consent on a caregiver's page: what they said of texts and calls, and what a coordinator states of it."""

from flask import request
from pydantic import ValidationError

from ...actors.records import ConsentRecord
from ...domain.consent import Consent
from ...domain.data.rows import said
from ...domain.policy import Channel
from ...domain.time_zone import with_offset
from ..http.problems import refuse_unknown
from .console import Console
from .forms import Said
from .orders import told
from .viewer import Viewer

STATES = {
    "sms-yes": "agrees to texts",
    "voice-yes": "agrees to calls",
    "sms-no": "wants no texts and no calls",
    "voice-no": "wants no calls",
}
"""What can be stated of somebody, by what the form calls it."""
WAYS = {
    "spoken": "said so",
    "form": "signed a form",
    "written": "wrote so",
    "imported": "was so in another system",
}
TOLD = {
    "opted_in": "Wants to hear from you",
    "opted_out": "Wants no texts and no calls",
    "calls_refused": "Wants no calls",
}
WHAT = {Channel.SMS: "texts", Channel.VOICE: "calls"}


def add_consent(console: Console) -> None:
    """Add the form on a caregiver's page."""
    desk = console.desk

    @console.action("/console/caregivers/<parameter(caregiver_id):caregiver_id>/consent")
    def consent(viewer: Viewer, caregiver_id: str) -> Said:
        person = desk.caregiver(caregiver_id)
        if person is None or not viewer.sees(person.organization_id):
            raise refuse_unknown("caregiver", caregiver_id)
        owner = desk.organization(person.organization_id)
        channel, _, gives = request.form.get("states", "").partition("-")
        given: dict[str, object] = {
            "channel": channel,
            "gives": gives == "yes",
            "how": request.form.get("how", ""),
            "words": request.form.get("words", "").strip() or None,
        }
        try:
            given["given_at"] = _begins(request.form.get("day", ""), owner.time_zone if owner else None)
            stated = Consent.model_validate(given)
        except ValidationError as error:
            first = error.errors()[0]
            return Said(f"{first['loc'][0] if first['loc'] else 'consent'}: {said(first)}", done=False)
        except ValueError as error:
            return Said(str(error), done=False)
        return told(desk.state_consent(person.id, stated, by=viewer.name))


def _begins(day: str, zone: str | None) -> str | None:
    """Give when a day begins there; None where none is given: they say so now. Raises `ValueError`."""
    return with_offset(f"{day} 00:00", zone or "UTC") if day.strip() else None


def told_consent(record: ConsentRecord) -> str:
    """Give in a sentence what somebody said of texts and calls, and how."""
    what = TOLD.get(record.what) or f"Agrees to {' and '.join(WHAT[one] for one in record.covers)}"
    how = "" if record.how is None else f" ({WAYS.get(record.how, record.how)})"
    return f"{what}{how}."
