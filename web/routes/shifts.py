"""Shifts: posting them, filling them, and how they stand."""

from typing import Annotated

from pydantic import Field, StringConstraints

from ...actors.desk.desk import ShiftDesk
from ...actors.journal.port import ShiftFilter
from ...actors.preview import Preview
from ...actors.records import Page, ShiftRecord, TimelineEntry
from ...domain.answer import Answer
from ...domain.frozen import Frozen
from ...domain.identifier import Identifier
from ...domain.shift.shift import Shift, ShiftStatus
from ...domain.text import ONE_LINE, Label, Role
from ..http.operation import Operations
from ..http.query import PageQuery


class ShiftsQuery(PageQuery):
    """Which shifts to list; what is not given does not narrow."""

    status: ShiftStatus | None = None
    role: Role | None = None
    organization_id: Identifier | None = None


class OrderBody(Frozen):
    """Which state of the shift an order means: whose it is, at which version. If that has changed, it does nothing."""

    holder: Identifier | None = None
    version: Annotated[int, Field(strict=True, ge=1)] | None = None


class CancelBody(OrderBody):
    """How a shift is called off: a claimed one only with `confirm`."""

    confirm: Annotated[bool, Field(strict=True)] = False


class AssignBody(OrderBody):
    """Who is given the shift, and by whom; `override` is the reason why, although it overlaps another one of theirs."""

    caregiver_id: Identifier
    by: Label | None = None
    override: (
        Annotated[
            str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=ONE_LINE)
        ]
        | None
    ) = None


class Timeline(Frozen):
    """Every event of a shift, in order."""

    items: tuple[TimelineEntry, ...]


def add_shift_operations(api: Operations, desk: ShiftDesk) -> None:
    """Add the operations on shifts."""

    @api.post("/shifts", "Create or replace shifts", problems=(409,))
    def post_shifts(rows: list[Shift]) -> list[Answer]:
        """Creates a shift or a list of shifts, or replaces their data; the same data again change nothing.

        One shift that is refused (it is being offered, its id is taken) is a problem; in a list, each
        row has its own answer.
        """
        return desk.post_shifts(rows, api.by)

    @api.get("/shifts", "List shifts")
    def list_shifts(query: ShiftsQuery) -> Page[ShiftRecord]:
        """Lists shifts in the order they were first posted, without their offers."""
        which = ShiftFilter(query.status, query.role, query.organization_id)
        return desk.shifts(which, query.cursor, query.limit)

    @api.get("/shifts/{shift_id}", "Show a shift")
    def show_shift(shift_id: str) -> ShiftRecord | None:
        """Shows how a shift stands: state, fan-out, round, next deadline, each offer with its delivery, the winner."""
        return desk.shift(shift_id)

    @api.get("/shifts/{shift_id}/timeline", "Show what happened to a shift")
    def show_timeline(shift_id: str) -> Timeline | None:
        """Shows every event of a shift, in order, with how the message behind it was read."""
        entries = desk.timeline(shift_id)
        return Timeline(items=tuple(entries)) if entries else None

    @api.post("/shifts/{shift_id}/fanout", "Offer a shift to everybody who qualifies", problems=(409,))
    def fan_out(shift_id: str, body: OrderBody) -> Answer:
        """Offers a shift to everybody who qualifies.

        While that is under way, asking again changes nothing and nobody is texted twice. When nobody qualifies the
        coordinator is alerted. Until the shift's end: one that has begun says so. Near the start the rounds shrink, and
        the answer tells the plan.
        """
        return desk.fan_out(shift_id, by=api.by, **dict(body))

    @api.post("/shifts/{shift_id}/pause", "Hold a fan-out", problems=(409,))
    def pause_fan_out(shift_id: str, body: OrderBody) -> Answer:
        """Holds a fan-out: no further round begins and nobody else is asked.

        What is on its way goes out, and a yes still takes the shift.
        """
        return desk.pause(shift_id, by=api.by, **dict(body))

    @api.post("/shifts/{shift_id}/resume", "Let a held fan-out go on", problems=(409,))
    def resume_fan_out(shift_id: str, body: OrderBody) -> Answer:
        """Lets a fan-out that was held go on, with what was left of its round."""
        return desk.resume(shift_id, by=api.by, **dict(body))

    @api.post("/shifts/{shift_id}/next-round", "Begin the next round now", problems=(409,))
    def begin_next_round(shift_id: str, body: OrderBody) -> Answer:
        """Begins the next round of a fan-out at once: calls now, without waiting for answers to the texts."""
        return desk.next_round(shift_id, by=api.by, **dict(body))

    @api.get("/shifts/{shift_id}/preview", "Show who would be asked")
    def preview_fan_out(shift_id: str) -> Preview | None:
        """Shows what a fan-out that began now would do: who is asked, how, in which words, and who is left out and why.

        Changes nothing. People and what they hold may change until it begins.
        """
        return desk.preview(shift_id)

    @api.post("/shifts/{shift_id}/cancel", "Call a shift off", problems=(409,))
    def cancel_shift(shift_id: str, body: CancelBody) -> Answer:
        """Calls a shift off; those who were offered it and might still come are told."""
        return desk.cancel(shift_id, by=api.by, **dict(body))

    @api.post("/shifts/{shift_id}/release", "Take the winner off a shift", problems=(409,))
    def release_shift(shift_id: str, body: OrderBody) -> Answer:
        """Takes the winner off a shift and offers it anew to everybody else; until its end."""
        return desk.release(shift_id, by=api.by, **dict(body))

    @api.post("/shifts/{shift_id}/assign", "Give a shift to somebody by hand", problems=(409,))
    def assign_shift(shift_id: str, body: AssignBody) -> Answer:
        """Gives a shift that nobody has to somebody by hand, until its end; it holds as a yes does.

        One holder, with the role, free at that time unless `override` says why not. It undoes a release by mistake.
        """
        return desk.assign(shift_id, **{**dict(body), "by": api.named(body.by)})
