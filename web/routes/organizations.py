"""Organizations: who owns shifts, caregivers, phone numbers and policy."""

from flask import Response

from ...actors.desk import ShiftDesk
from ...actors.records import Page
from ...domain.answer import Refusal
from ...domain.organization import Organization
from ..http.body import read_rows
from ..http.operation import Operation, Operations
from ..http.problems import refuse
from ..http.query import PageQuery, read_query
from ..http.responses import WireAnswer, answered, rows_answered, shown
from ..service.web_settings import WebSettings


def organization_operations(desk: ShiftDesk, settings: WebSettings) -> tuple[Operation, ...]:
    """Give the operations on organizations."""
    api = Operations()

    @api.post(
        "/organizations",
        "Create or replace organizations",
        body=Organization,
        many=True,
        answer=WireAnswer,
        problems=(409,),
    )
    def put_organizations() -> Response:
        """Creates an organization or a list of them, or replaces their data.

        Refused when one of its phone numbers belongs to another organization.
        """
        organizations, many = read_rows(Organization, settings.bulk_limit)
        answers = desk.put_organizations(organizations)
        return rows_answered([one.id for one in organizations], answers) if many else answered(answers[0])

    @api.get("/organizations", "List organizations", query=PageQuery, answer=Page[Organization])
    def list_organizations() -> Response:
        """Lists organizations by id."""
        query = read_query(PageQuery)
        return shown(desk.organizations(query.cursor, query.limit))

    @api.get("/organizations/{organization_id}", "Show an organization", answer=Organization)
    def show_organization(organization_id: str) -> Response:
        """Shows an organization."""
        organization = desk.organization(organization_id)
        if organization is None:
            raise refuse(Refusal.UNKNOWN, 404, f"There is no organization {organization_id}.")
        return shown(organization)

    @api.delete(
        "/organizations/{organization_id}",
        "Delete an organization that nothing belongs to",
        answer=WireAnswer,
        problems=(409,),
    )
    def delete_organization(organization_id: str) -> Response:
        """Deletes an organization that has no caregivers and no shifts: one that was made by mistake.

        Caregivers and shifts are kept for what was answered to people: switch a caregiver off (`active`: false), cancel a
        shift.
        """
        return answered(desk.delete_organization(organization_id))

    return api.operations
