"""Caregivers: who can take shifts."""

from flask import Response

from ...actors.desk import ShiftDesk
from ...actors.records import CaregiverRecord, Page
from ...domain.caregiver import Caregiver
from ...domain.frozen import Frozen
from ...domain.identifier import Identifier
from ...domain.shift.label import Label
from ..http.body import read_body, read_rows
from ..http.operation import Operation, Operations
from ..http.query import PageQuery, read_query
from ..http.responses import WireAnswer, answered, rows_answered, shown
from ..service.web_settings import WebSettings


class CaregiversQuery(PageQuery):
    """Which caregivers to list."""

    organization_id: Identifier | None = None
    opted_out: bool | None = None


class ConfirmBody(Frozen):
    """Who confirms the number."""

    by: Label | None = None


def caregiver_operations(desk: ShiftDesk, by: str, settings: WebSettings) -> tuple[Operation, ...]:
    """Give the operations on caregivers."""
    api = Operations()

    def countries(names: set[str]) -> dict[str, str]:
        found = (desk.organization(name) for name in names)
        return {one.id: one.country for one in found if one is not None}

    @api.post(
        "/caregivers",
        "Create or replace caregivers",
        body=Caregiver,
        many=True,
        answer=WireAnswer,
        problems=(409,),
    )
    def put_caregivers() -> Response:
        """Creates a caregiver or a list of them, or replaces their data. Two may share a phone.

        A new id with the name and phone of somebody of the organization is one more id of that person, unless the row
        says "distinct": true. Refused when the organization is unknown, when the id belongs to another one, or when two
        people who are there would be one.
        """
        caregivers, many = read_rows(Caregiver, settings.bulk_limit, countries)
        answers = desk.put_caregivers(caregivers)
        return rows_answered([one.id for one in caregivers], answers) if many else answered(answers[0])

    @api.get("/caregivers", "List caregivers", query=CaregiversQuery, answer=Page[CaregiverRecord])
    def list_caregivers() -> Response:
        """Lists caregivers by id, each person once; `aliases` are their other ids. `opted_out=true` lists the opt-outs."""
        query = read_query(CaregiversQuery)
        return shown(
            desk.caregivers(query.organization_id, query.cursor, query.limit, opted_out=query.opted_out)
        )

    @api.post(
        "/caregivers/{caregiver_id}/confirm-phone",
        "Confirm a number that is in doubt",
        body=ConfirmBody,
        answer=WireAnswer,
    )
    def confirm_phone(caregiver_id: str) -> Response:
        """Says that a number which somebody called a wrong one is this caregiver's: it is texted and called again.

        A number that is wrong is corrected by replacing the caregiver's data.
        """
        body = read_body(ConfirmBody, settings.body_limit)
        return answered(desk.confirm_phone(caregiver_id, by=body.by or by))

    return api.operations
