"""What a page of the console costs the server with many shifts open: made by the app itself, without a socket."""

import gzip
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from flask.testing import FlaskClient

from firstyes.actors.desk.desk import ShiftDesk
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.organization import Organization
from firstyes.domain.shift.shift import Shift
from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings

OPEN = 10_000
ON_OFFER = 40
"""Of them, so many are being offered; the others wait."""
PEOPLE = 30
TIMES = 25
PAGES = (
    ("board", "/"),
    ("board, 500 rows", "/?limit=500"),
    ("board, searched", "/?q=lakeview"),
    ("a shift", "/console/shifts/s0"),
    ("before a shift is posted", "/console/post?role=RN&day=2030-07-17&starts=07:00&ends=15:00"),
    ("inbox", "/console/inbox"),
    ("caregivers", "/console/caregivers"),
    ("numbers", "/console/numbers"),
)
NOW = datetime(2030, 7, 16, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PageCost:
    """The processor's milliseconds for one page, the median and the least, and its bytes, packed."""

    page: str
    median_ms: float
    least_ms: float
    packed: int


class _Still:
    def now(self) -> datetime:
        return NOW


@contextmanager
def filled(shifts: int = OPEN) -> Iterator[ShiftDesk]:
    """Open a desk with so many open shifts of one organization."""
    with ShiftDesk("sqlite://", clock=_Still()) as desk:
        desk.put_organizations([Organization(id="o", name="Harbor Home Care", time_zone="America/Chicago")])
        desk.put_caregivers(
            [
                Caregiver(
                    id=f"c{n}",
                    organization_id="o",
                    name=f"Name {n}",
                    roles=("RN",),
                    phone=f"+1312555{100 + n:04}",
                )
                for n in range(PEOPLE)
            ]
        )
        desk.post_shifts([_shift(number) for number in range(shifts)])
        for number in range(min(ON_OFFER, shifts)):
            desk.fan_out(f"s{number}")
        desk.settle(120)
        yield desk


def measure_pages(shifts: int = OPEN, times: int = TIMES) -> list[PageCost]:
    """Say what each page costs, and what a look at the board does while nothing has changed."""
    with filled(shifts) as desk:
        client = create_app(desk, WebSettings(open=True)).test_client()
        costs = [_cost(client, page, path, {}, times) for page, path in PAGES]
        tag = client.get("/").headers["ETag"]
        return [*costs, _cost(client, "board, unchanged", "/", {"If-None-Match": tag}, times)]


def _cost(client: FlaskClient, page: str, path: str, headers: dict[str, str], times: int) -> PageCost:
    took, body = [], b""
    for _ in range(times):
        began = time.process_time()
        body = client.get(path, headers=headers).data
        took.append((time.process_time() - began) * 1e3)
    return PageCost(page, median(took), min(took), len(gzip.compress(body, 5)))


def _shift(number: int) -> Shift:
    start = NOW + timedelta(hours=3 + number % 700)
    return Shift(
        id=f"s{number}",
        organization_id="o",
        role_required="RN" if number < ON_OFFER else "CNA",
        start_time=start,
        end_time=start + timedelta(hours=8),
        area="Lakeview",
    )
