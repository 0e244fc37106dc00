"""Who lives where the server is killed: people who answer, people who never do, and shifts that never overlap."""

from datetime import UTC, datetime, timedelta
from typing import Any

LIVELY, SILENT = "lively", "silent"
ROLES = 16
PEOPLE_A_ROLE = 6
SILENT_PEOPLE = 4
SILENT_ROUNDS = ({"channel": "sms", "wait": 2}, {"channel": "voice", "wait": 2})
"""A shift that nobody answers falls due twice within seconds, mostly while its server is dead or starting."""

NUMBER = "+13125550100"
"""From which people are texted, by a carrier that needs one."""

FIRST_START = datetime(2040, 1, 1, tzinfo=UTC)


def organizations() -> list[dict[str, Any]]:
    """One whose people answer, on the default rounds, and one whose people never do."""
    return [{"id": LIVELY, "phones": [NUMBER]}, {"id": SILENT, "rounds": SILENT_ROUNDS}]


def caregivers() -> list[dict[str, Any]]:
    """Everybody."""
    lively = [_caregiver(LIVELY, number, f"role-{number % ROLES}") for number in range(ROLES * PEOPLE_A_ROLE)]
    return lively + [_caregiver(SILENT, 5_000 + number, "silent") for number in range(SILENT_PEOPLE)]


def shift(number: int, organization: str) -> dict[str, Any]:
    """Give shift `number`; each has an hour of its own, so that nobody is refused for an overlap."""
    start = FIRST_START + timedelta(hours=number)
    return {
        "id": f"{organization}-{number}",
        "organization_id": organization,
        "role_required": "silent" if organization == SILENT else f"role-{number % ROLES}",
        "start_time": start.isoformat(),
        "end_time": (start + timedelta(minutes=50)).isoformat(),
    }


def _caregiver(organization: str, number: int, role: str) -> dict[str, Any]:
    return {
        "id": f"{organization}-{number}",
        "organization_id": organization,
        "name": f"Person {number}",
        "roles": [role],
        "phone": f"+1312{2_000_000 + number}",
    }
