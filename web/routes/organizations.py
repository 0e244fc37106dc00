"""Organizations: who owns shifts, caregivers, phone numbers and policy."""

from flask import Response

from ...actors.desk import ShiftDesk
from ...actors.records import Page
from ...domain.answer import Refusal
from ...domain.organization import Organization
from ..http.body import read_rows
from ..http.operation import Operation
from ..http.problems import refuse
from ..http.query import PageQuery, read_query
from ..http.responses import RowAnswers, WireAnswer, answered, rows_answered, shown
from ..service.web_settings import WebSettings


def organization_operations(desk: ShiftDesk, settings: WebSettings) -> tuple[Operation, ...]:
    """Give the operations on organizations."""

    def put_organizations() -> Response:
        """Creates an organization or a list of them, or replaces their data.

        Refused when one of its phone numbers belongs to another organization.
        """
        organizations, many = read_rows(Organization, settings.bulk_limit)
        answers = desk.put_organizations(organizations)
        return rows_answered([one.id for one in organizations], answers) if many else answered(answers[0])

    def list_organizations() -> Response:
        """Lists organizations by id."""
        query = read_query(PageQuery)
        return shown(desk.organizations(query.cursor, query.limit))

    def show_organization(organization_id: str) -> Response:
        """Shows an organization."""
        organization = desk.organization(organization_id)
        if organization is None:
            raise refuse(Refusal.UNKNOWN, 404, f"There is no organization {organization_id}.")
        return shown(organization)

    def delete_organization(organization_id: str) -> Response:
        """Deletes an organization that has no caregivers and no shifts: one that was made by mistake.

        Caregivers and shifts are kept for what was answered to people: switch a caregiver off (`active`: false), cancel a
        shift.
        """
        return answered(desk.delete_organization(organization_id))

    return (
        Operation(
            method="POST",
            path="/organizations",
            name="put_organizations",
            summary="Create or replace organizations",
            tag="organizations",
            view=put_organizations,
            body=Organization,
            many=True,
            answer=WireAnswer,
            many_answer=RowAnswers,
            problems=(400, 404, 409, 413, 415, 422, 503),
        ),
        Operation(
            method="GET",
            path="/organizations",
            name="list_organizations",
            summary="List organizations",
            tag="organizations",
            view=list_organizations,
            query=PageQuery,
            answer=Page[Organization],
            problems=(400, 422, 503),
        ),
        Operation(
            method="GET",
            path="/organizations/{organization_id}",
            name="show_organization",
            summary="Show an organization",
            tag="organizations",
            view=show_organization,
            answer=Organization,
            problems=(404, 422, 503),
        ),
        Operation(
            method="DELETE",
            path="/organizations/{organization_id}",
            name="delete_organization",
            summary="Delete an organization that nothing belongs to",
            tag="organizations",
            view=delete_organization,
            answer=WireAnswer,
            problems=(404, 409, 422, 503),
        ),
    )
