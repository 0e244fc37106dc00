"""Organizations and caregivers, for people."""

from ....domain.organization import Organization
from ...records import CaregiverRecord, Page
from .cursors import text_position
from .read_connections import ReadConnections
from .rows import narrowed, one_record, page

# ruff: noqa: S608 - what is put into queries are parts of ours
ORGANIZATION = """id, name, time_zone, country, rounds, releases_call_offs, on_call, (
    SELECT json_group_array(json_object('number', phone, 'account', account, 'channels', json(channels)))
    FROM (SELECT * FROM organization_phones WHERE organization_id = organizations.id ORDER BY rowid)) AS phones"""
ORGANIZATIONS = {"after": "id > :after", "organization_id": "id = :organization_id"}
OPTED_OUT = """EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.contact_id = caregivers.contact_id
  AND opt_outs.organization_id = caregivers.organization_id)"""
CAREGIVER = f"""
caregivers.id, caregivers.organization_id, caregivers.name, caregivers.roles, contacts.phone, caregivers.language,
  caregivers.active, caregivers.is_distinct AS "distinct", {OPTED_OUT} AS opted_out,
  contacts.doubted_at IS NOT NULL AS in_doubt, contacts.no_calls_at IS NOT NULL AS no_calls,
  (SELECT json_group_array(id) FROM (SELECT id FROM caregiver_aliases WHERE caregiver = caregivers.key ORDER BY id))
    AS aliases
FROM caregivers CROSS JOIN contacts ON contacts.id = caregivers.contact_id"""
CAREGIVERS = {
    "after": "caregivers.id > :after",
    "organization_id": "caregivers.organization_id = :organization_id",
    "opted_out": f"{OPTED_OUT} = :opted_out",
}
BY_ID = """caregivers.key = coalesce((SELECT key FROM caregivers WHERE id = :id),
  (SELECT caregiver FROM caregiver_aliases WHERE id = :id))"""


class PeopleLists:
    """Organizations and caregivers, one and many."""

    _reads: ReadConnections

    def own_numbers(self) -> list[tuple[str, str | None]]:
        """Give every number of every organization, with the account that it names."""
        return self._reads.all("SELECT phone, account FROM organization_phones ORDER BY phone")

    def own_number(self, number: str) -> tuple[str, str | None] | None:
        """Give the same of one; None when it is no number of ours."""
        found: tuple[str, str | None] | None = self._reads.one(
            "SELECT phone, account FROM organization_phones WHERE phone = ?", (number,)
        )
        return found

    def organizations(
        self, cursor: str | None, limit: int, organization_id: str | None = None
    ) -> Page[Organization]:
        """List organizations by id, or only one of them."""
        values = {"after": text_position("organizations", cursor), "organization_id": organization_id}
        query = narrowed(f"{ORGANIZATION} FROM organizations", ORGANIZATIONS, values, "id")
        return page(self._reads, "organizations", query, values, limit, Organization)

    def caregivers(
        self,
        organization_id: str | None,
        cursor: str | None,
        limit: int,
        opted_out: bool | None = None,
    ) -> Page[CaregiverRecord]:
        """List caregivers by id, each person once; `opted_out` narrows to those who are, or are not."""
        after = text_position("caregivers", cursor)
        values = {"after": after, "organization_id": organization_id, "opted_out": opted_out}
        query = narrowed(CAREGIVER, CAREGIVERS, values, "caregivers.id")
        return page(self._reads, "caregivers", query, values, limit, CaregiverRecord)

    def caregiver(self, caregiver_id: str) -> CaregiverRecord | None:
        """Give one person, by their id or an alias of it."""
        return one_record(
            self._reads, f"SELECT {CAREGIVER} WHERE {BY_ID}", {"id": caregiver_id}, CaregiverRecord
        )
