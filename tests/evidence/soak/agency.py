"""The agency that a soak serves: who works there, what comes up in ten minutes, and what people say to it."""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from ..evidence import ROOT

AGENCY = "lakeside"
ROLES = 20
PEOPLE_A_ROLE = 20
"""400 caregivers, 20 to each role: a fan-out is 20 texts."""

SHIFTS_A_TURN = 20
"""Shifts that come up in each ten minutes. With what is said, some 800 messages."""

TEN_MINUTES = 600


@dataclass(frozen=True, slots=True)
class Saying:
    """Somebody texts; `times` is how often the carrier delivers it."""

    phone: str
    body: str
    message_id: str
    times: int = 1


@cache
def replies() -> tuple[str, ...]:
    """What people say who do not take the shift: every tenth of the repository's labelled
    replies that are no acceptance, so that what readers remember is soon full."""
    with (ROOT / "tests" / "replies" / "replies.csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        # Whoever opts out is texted no more: after an hour nobody would be left.
        fit = [row["text"] for row in rows if row["label"] not in {"ACCEPT", "OPT_OUT", "WRONG_NUMBER"}]
        return tuple(fit[::10])


def phone(person: int) -> str:
    """The phone of somebody."""
    return f"+1312{2_000_000 + person}"


def organization() -> dict[str, Any]:
    """The agency."""
    return {"id": AGENCY, "name": "Lakeside", "time_zone": "America/Chicago"}


def caregivers() -> list[dict[str, Any]]:
    """Everybody who works there."""
    return [
        {
            "id": f"person-{person}",
            "organization_id": AGENCY,
            "name": f"Person {person}",
            "roles": [f"role-{person % ROLES}"],
            "phone": phone(person),
            "language": "es" if person % 7 == 0 else "en",
        }
        for person in range(ROLES * PEOPLE_A_ROLE)
    ]


class Turn:
    """Ten minutes at the agency: shifts that come up at `now`, and what is said and ordered about them."""

    def __init__(self, number: int, now: datetime) -> None:
        self._number = number
        self._now = now
        self._dice = random.Random(number)
        self.shift_ids = [f"shift-{number}-{at}" for at in range(SHIFTS_A_TURN)]

    def shifts(self) -> list[dict[str, Any]]:
        """The shifts, half an hour long, so that people can take many; every sixth begins before all rounds are over."""
        rows = []
        for at, shift_id in enumerate(self.shift_ids):
            start = self._now + timedelta(minutes=15 if at % 6 == 0 else 60 + at)
            rows.append(
                {
                    "id": shift_id,
                    "organization_id": AGENCY,
                    "role_required": f"role-{at % ROLES}",
                    "start_time": start.isoformat(),
                    "end_time": (start + timedelta(minutes=30)).isoformat(),
                }
            )
        return rows

    def sayings(self, codes: dict[tuple[str, str], str]) -> Iterator[Saying]:
        """What people say: mostly no and nothing clear, then two yeses, some of it delivered twice.

        `codes` gives the reply code by shift and caregiver. Nobody takes every fifth shift.
        """
        for at, shift_id in enumerate(self.shift_ids):
            people = [at % ROLES + ROLES * one for one in self._dice.sample(range(PEOPLE_A_ROLE), 7)]
            for place, person in enumerate(people):
                message_id = f"m-{self._number}-{at}-{place}"
                if place < 5:
                    body = self._dice.choice(replies())
                    yield Saying(phone(person), body, message_id, 2 if place == 0 else 1)
                elif at % 5:
                    code = codes.get((shift_id, f"person-{person}"), "")
                    yield Saying(phone(person), f"YES {code}", message_id, 2 if place == 5 else 1)

    def cancelled(self) -> list[str]:
        """The shifts that are called off afterwards."""
        return self.shift_ids[3::7]

    def released(self) -> list[str]:
        """The shifts whose winner is taken off again, so that they are offered anew."""
        return self.shift_ids[4::9]
