"""What a coordinator orders for one shift from a page: each a form, answered in a sentence."""

from flask import request

from ...domain.answer import Answer, Status
from ..http.problems import refuse_unknown
from .console import Console
from .forms import Said
from .viewer import Viewer


def add_orders(console: Console) -> None:
    """Add the orders to a shift. Each says which version its sender saw, and does nothing when that is no longer so."""
    desk = console.desk

    def seen(viewer: Viewer, shift_id: str) -> None:
        record = desk.shift(shift_id)
        if record is None or not viewer.sees(record.organization_id):
            raise refuse_unknown("shift", shift_id)

    @console.action("/console/shifts/<parameter(shift_id):shift_id>/offer")
    def offer(viewer: Viewer, shift_id: str) -> Said:
        seen(viewer, shift_id)
        return told(desk.fan_out(shift_id, by=viewer.name, version=version_seen()))

    @console.action("/console/shifts/<parameter(shift_id):shift_id>/pause")
    def pause(viewer: Viewer, shift_id: str) -> Said:
        seen(viewer, shift_id)
        return told(desk.pause(shift_id, by=viewer.name, version=version_seen()))

    @console.action("/console/shifts/<parameter(shift_id):shift_id>/resume")
    def resume(viewer: Viewer, shift_id: str) -> Said:
        seen(viewer, shift_id)
        return told(desk.resume(shift_id, by=viewer.name, version=version_seen()))

    @console.action("/console/shifts/<parameter(shift_id):shift_id>/next-round")
    def next_round(viewer: Viewer, shift_id: str) -> Said:
        seen(viewer, shift_id)
        return told(desk.next_round(shift_id, by=viewer.name, version=version_seen()))

    @console.action("/console/shifts/<parameter(shift_id):shift_id>/release")
    def release(viewer: Viewer, shift_id: str) -> Said:
        seen(viewer, shift_id)
        return told(desk.release(shift_id, by=viewer.name, version=version_seen()))

    @console.action("/console/shifts/<parameter(shift_id):shift_id>/cancel")
    def cancel(viewer: Viewer, shift_id: str) -> Said:
        seen(viewer, shift_id)
        return told(desk.cancel(shift_id, confirm=True, by=viewer.name, version=version_seen()))

    @console.action("/console/shifts/<parameter(shift_id):shift_id>/assign")
    def assign(viewer: Viewer, shift_id: str) -> Said:
        seen(viewer, shift_id)
        given = request.form
        reason = given.get("override", "").strip()[:200] or None
        who = given.get("caregiver_id", "").strip()[:128]
        return told(desk.assign(shift_id, who, by=viewer.name, override=reason, version=version_seen()))


def version_seen() -> int | None:
    """Give the version of the shift that the form's sender saw."""
    given = request.form.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def told(answer: Answer) -> Said:
    """Give an answer of the desk as a page tells it."""
    return Said(answer.message, answer.status is not Status.REFUSED)
