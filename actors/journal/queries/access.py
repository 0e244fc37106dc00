"""Who may come in: all of it, for the memory of it."""

from ..access_port import AccessTables, ApiToken, Owned, Session
from ..access_rows import LINK, USER, read_link, read_user
from ..instants import from_micros, instant_or_none
from .rows import Lists

# ruff: noqa: S608 - what is put into queries are parts of ours
USERS = f"SELECT {USER} FROM users ORDER BY name"
SESSIONS = "SELECT digest, user, browser, made_at, used_at, ended_at FROM sessions"
LINKS = f"SELECT {LINK} FROM links ORDER BY key"
TOKENS = (
    "SELECT key, digest, name, organization_id, made_at, made_by, revoked_at, revoked_by FROM api_tokens "
    "ORDER BY key"
)

DIALLED_OR_MEANT = """coalesce((SELECT organization_id FROM shifts WHERE key = inbox.shift),
  (SELECT organization_id FROM organization_phones WHERE phone = inbox.to_phone),
  (SELECT organization_id FROM caregivers WHERE id = inbox.caregiver_id))"""
"""Whose a message in is, where its shift, the number it came to, or who is taken to have written tells."""
THE_ONLY_ONE = "(SELECT iif(count(*) = 1, min(id), NULL) FROM organizations)"
OWNERS = {
    Owned.ORGANIZATION: "SELECT id FROM organizations WHERE id = ?1",
    Owned.SHIFT: "SELECT organization_id FROM shifts WHERE shift_id = ?1",
    Owned.CAREGIVER: """SELECT organization_id FROM caregivers WHERE key = coalesce(
      (SELECT key FROM caregivers WHERE id = ?1), (SELECT caregiver FROM caregiver_aliases WHERE id = ?1))""",
    Owned.ALERT: f"SELECT coalesce(organization_id, {THE_ONLY_ONE}) FROM alerts WHERE id = CAST(?1 AS INTEGER)",
    Owned.MESSAGE: f"""
      SELECT organization_id FROM outbox WHERE 'out-' || seq = ?1 AND seq = CAST(substr(?1, 5) AS INTEGER)
      UNION ALL SELECT coalesce({DIALLED_OR_MEANT}, caregivers.organization_id)
      FROM inbox LEFT JOIN caregivers ON caregivers.contact_id = inbox.contact_id
      WHERE 'in-' || inbox.id = ?1 AND inbox.id = CAST(substr(?1, 4) AS INTEGER)""",
}


class AccessLists(Lists):
    """Who may come in, and whose a thing is."""

    def owners(self, kind: Owned, name: str) -> frozenset[str]:
        return frozenset(owner for (owner,) in self._reads.all(OWNERS[kind], (name,)) if owner is not None)

    def access(self) -> AccessTables:
        with self._reads.one_state() as connection:
            users = [read_user(row) for row in connection.execute(USERS)]
            sessions = [
                Session(digest, user, browser, from_micros(made), from_micros(used), instant_or_none(ended))
                for digest, user, browser, made, used, ended in connection.execute(SESSIONS)
            ]
            links = [read_link(row) for row in connection.execute(LINKS)]
            tokens = [
                ApiToken(key, digest, name, organization, from_micros(at), by, instant_or_none(revoked), who)
                for key, digest, name, organization, at, by, revoked, who in connection.execute(TOKENS)
            ]
        return AccessTables(
            {one.key: one for one in users},
            {one.digest: one for one in sessions},
            {one.key: one for one in links},
            {one.digest: one for one in tokens},
        )
