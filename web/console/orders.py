"""What a coordinator orders for one shift from a page: each a form, answered in a sentence."""

from collections.abc import Callable
from functools import partial

from flask import request

from ...domain.answer import Answer
from ...domain.text import number_of
from .console import Console
from .forms import Said, told
from .viewer import Viewer


def add_orders(console: Console) -> None:
    """Add the orders to a shift. Each says which version its sender saw, and does nothing when that is no longer so."""
    desk = console.desk

    def add(name: str, order: Callable[..., Answer]) -> None:
        def carry_out(viewer: Viewer, shift_id: str) -> Said:
            console.shift(viewer, shift_id)
            return told(
                order(shift_id, by=viewer.name, version=number_of(request.form.get("version", ""), 9))
            )

        carry_out.__name__ = name.replace("-", "_")
        console.action(f"/console/shifts/<parameter(shift_id):shift_id>/{name}")(carry_out)

    def assign(shift_id: str, *, by: str, version: int | None) -> Answer:
        reason = request.form.get("override", "").strip()[:200] or None
        who = next(filter(None, map(str.strip, request.form.getlist("caregiver_id"))), "")[:128]
        return desk.assign(shift_id, who, by=by, override=reason, version=version)

    add("offer", desk.fan_out)
    add("pause", desk.pause)
    add("resume", desk.resume)
    add("next-round", desk.next_round)
    add("release", desk.release)
    add("cancel", partial(desk.cancel, confirm=True))
    add("assign", assign)
