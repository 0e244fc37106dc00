"""What a coordinator orders for one shift from a page: each a form, answered in a sentence."""

from collections.abc import Callable
from typing import Any

from flask import request

from ...domain.answer import Answer, Status
from ..http.problems import refuse_unknown
from .console import Console
from .forms import Said
from .viewer import Viewer


def add_orders(console: Console) -> None:
    """Add the orders to a shift. Each says which version its sender saw, and does nothing when that is no longer so."""
    desk = console.desk

    def ordered(
        order: Callable[..., Answer], viewer: Viewer, shift_id: str, *about: str, **more: Any
    ) -> Said:
        record = desk.shift(shift_id)
        if record is None or not viewer.sees(record.organization_id):
            raise refuse_unknown("shift", shift_id)
        return told(order(shift_id, *about, by=viewer.name, version=version_seen(), **more))

    @console.action("/console/shifts/<parameter(shift_id):shift_id>/offer")
    def offer(viewer: Viewer, shift_id: str) -> Said:
        return ordered(desk.fan_out, viewer, shift_id)

    @console.action("/console/shifts/<parameter(shift_id):shift_id>/pause")
    def pause(viewer: Viewer, shift_id: str) -> Said:
        return ordered(desk.pause, viewer, shift_id)

    @console.action("/console/shifts/<parameter(shift_id):shift_id>/resume")
    def resume(viewer: Viewer, shift_id: str) -> Said:
        return ordered(desk.resume, viewer, shift_id)

    @console.action("/console/shifts/<parameter(shift_id):shift_id>/next-round")
    def next_round(viewer: Viewer, shift_id: str) -> Said:
        return ordered(desk.next_round, viewer, shift_id)

    @console.action("/console/shifts/<parameter(shift_id):shift_id>/release")
    def release(viewer: Viewer, shift_id: str) -> Said:
        return ordered(desk.release, viewer, shift_id)

    @console.action("/console/shifts/<parameter(shift_id):shift_id>/cancel")
    def cancel(viewer: Viewer, shift_id: str) -> Said:
        return ordered(desk.cancel, viewer, shift_id, confirm=True)

    @console.action("/console/shifts/<parameter(shift_id):shift_id>/assign")
    def assign(viewer: Viewer, shift_id: str) -> Said:
        given = request.form
        reason = given.get("override", "").strip()[:200] or None
        who = next(filter(None, map(str.strip, given.getlist("caregiver_id"))), "")[:128]
        return ordered(desk.assign, viewer, shift_id, who, override=reason)


def version_seen() -> int | None:
    """Give the version of the shift that the form's sender saw."""
    given = request.form.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def told(answer: Answer) -> Said:
    """Give an answer of the desk as a page tells it."""
    return Said(answer.message, answer.status is not Status.REFUSED)
