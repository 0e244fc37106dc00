"""Shifts: posting them, filling them, and how they stand."""

from typing import Annotated

from flask import Response
from pydantic import Field, StringConstraints

from ...actors.desk import ShiftDesk
from ...actors.journal.port import ShiftFilter
from ...actors.records import Page, ShiftRecord, TimelineEntry
from ...domain.answer import Refusal
from ...domain.frozen import Frozen
from ...domain.identifier import Identifier
from ...domain.shift.label import ONE_LINE, Label, Role
from ...domain.shift.shift import Shift, ShiftStatus
from ..http.body import read_body, read_rows
from ..http.operation import Operation, Operations
from ..http.problems import RequestRefused, refuse
from ..http.query import PageQuery, read_query
from ..http.responses import WireAnswer, answered, rows_answered, shown
from ..service.web_settings import WebSettings


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


def shift_operations(desk: ShiftDesk, by: str, settings: WebSettings) -> tuple[Operation, ...]:
    """Give the operations on shifts; `by` is whose orders they are, in the shifts' histories."""
    api = Operations()

    @api.post(
        "/shifts", "Create or replace shifts", body=Shift, many=True, answer=WireAnswer, problems=(409,)
    )
    def post_shifts() -> Response:
        """Creates a shift or a list of shifts, or replaces their data; the same data again change nothing.

        One shift that is refused (it is being offered, belongs to another organization) is a problem; in a list, each
        row has its own answer.
        """
        shifts, many = read_rows(Shift, settings.bulk_limit)
        answers = desk.post_shifts(shifts, by)
        return rows_answered([one.id for one in shifts], answers) if many else answered(answers[0])

    @api.get("/shifts", "List shifts", query=ShiftsQuery, answer=Page[ShiftRecord])
    def list_shifts() -> Response:
        """Lists shifts in the order they were first posted, without their offers."""
        query = read_query(ShiftsQuery)
        which = ShiftFilter(query.status, query.role, query.organization_id)
        return shown(desk.shifts(which, query.cursor, query.limit))

    @api.get("/shifts/{shift_id}", "Show a shift", answer=ShiftRecord)
    def show_shift(shift_id: str) -> Response:
        """Shows how a shift stands: state, fan-out, round, next deadline, each offer with its delivery, the winner."""
        record = desk.shift(shift_id)
        if record is None:
            raise _unknown(shift_id)
        return shown(record)

    @api.get("/shifts/{shift_id}/timeline", "Show what happened to a shift", answer=Timeline)
    def show_timeline(shift_id: str) -> Response:
        """Shows every event of a shift, in order, with how the message behind it was read."""
        entries = desk.timeline(shift_id)
        if not entries:
            raise _unknown(shift_id)
        return shown(Timeline(items=tuple(entries)))

    @api.post(
        "/shifts/{shift_id}/fanout",
        "Offer a shift to everybody who qualifies",
        body=OrderBody,
        answer=WireAnswer,
        problems=(409,),
    )
    def fan_out(shift_id: str) -> Response:
        """Offers a shift to everybody who qualifies.

        While that is under way, asking again changes nothing and nobody is texted twice. When nobody qualifies the
        coordinator is alerted. Until the shift's end: one that has begun says so. Near the start the rounds shrink, and
        the answer tells the plan.
        """
        body = read_body(OrderBody, settings.body_limit)
        return answered(desk.fan_out(shift_id, by=by, holder=body.holder, version=body.version))

    @api.post(
        "/shifts/{shift_id}/cancel", "Call a shift off", body=CancelBody, answer=WireAnswer, problems=(409,)
    )
    def cancel_shift(shift_id: str) -> Response:
        """Calls a shift off; those who were offered it and might still come are told."""
        body = read_body(CancelBody, settings.body_limit)
        answer = desk.cancel(shift_id, confirm=body.confirm, by=by, holder=body.holder, version=body.version)
        return answered(answer)

    @api.post(
        "/shifts/{shift_id}/release",
        "Take the winner off a shift",
        body=OrderBody,
        answer=WireAnswer,
        problems=(409,),
    )
    def release_shift(shift_id: str) -> Response:
        """Takes the winner off a shift and offers it anew to everybody else; until its end."""
        body = read_body(OrderBody, settings.body_limit)
        return answered(desk.release(shift_id, by=by, holder=body.holder, version=body.version))

    @api.post(
        "/shifts/{shift_id}/assign",
        "Give a shift to somebody by hand",
        body=AssignBody,
        answer=WireAnswer,
        problems=(409,),
    )
    def assign_shift(shift_id: str) -> Response:
        """Gives a shift that nobody has to somebody by hand, until its end; it holds as a yes does.

        One holder, with the role, free at that time unless `override` says why not. It undoes a release by mistake.
        """
        body = read_body(AssignBody, settings.body_limit)
        answer = desk.assign(
            shift_id,
            body.caregiver_id,
            by=body.by or by,
            override=body.override,
            holder=body.holder,
            version=body.version,
        )
        return answered(answer)

    return api.operations


def _unknown(shift_id: str) -> RequestRefused:
    return refuse(Refusal.UNKNOWN, 404, f"There is no shift {shift_id}.")
