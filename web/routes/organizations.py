"""Organizations: who owns shifts, caregivers, phone numbers and policy."""

from ...actors.desk.desk import ShiftDesk
from ...actors.records import Page
from ...domain.answer import Answer
from ...domain.identifier import Identifier
from ...domain.organization import Organization
from ..http.operation import Operations
from ..http.query import PageQuery


class OrganizationsQuery(PageQuery):
    """Which organizations to list."""

    organization_id: Identifier | None = None


def add_organization_operations(api: Operations, desk: ShiftDesk) -> None:
    """Add the operations on organizations."""

    @api.post("/organizations", "Create or replace organizations", problems=(409,), everywhere=True)
    def put_organizations(rows: list[Organization]) -> list[Answer]:
        """Creates an organization or a list of them, or replaces their data.

        Refused when one of its phone numbers belongs to another organization.
        """
        return desk.put_organizations(rows, api.by)

    @api.get("/organizations", "List organizations")
    def list_organizations(query: OrganizationsQuery) -> Page[Organization]:
        """Lists organizations by id."""
        return desk.organizations(query.cursor, query.limit, organization_id=query.organization_id)

    @api.get("/organizations/{organization_id}", "Show an organization")
    def show_organization(organization_id: str) -> Organization | None:
        """Shows an organization."""
        return desk.organization(organization_id)

    @api.delete(
        "/organizations/{organization_id}",
        "Delete an organization that nothing belongs to",
        problems=(409,),
        everywhere=True,
    )
    def delete_organization(organization_id: str) -> Answer:
        """Deletes an organization that has no caregivers and no shifts: one that was made by mistake.

        Caregivers and shifts are kept for what was answered to people: switch a caregiver off (`active`: false), cancel a
        shift.
        """
        return desk.delete_organization(organization_id, api.by)
