"""Who plays in the story, where and when."""

from datetime import UTC, datetime

from ...domain.caregiver import Caregiver
from ...domain.organization import Organization, OwnNumber
from ...domain.shift.shift import Shift

FIVE_AM = datetime(2030, 7, 16, 10, 0, tzinfo=UTC)
"""A Tuesday, 5 a.m. in Chicago."""

LAKESIDE = Organization(
    id="lakeside",
    name="Lakeside Home Care",
    time_zone="America/Chicago",
    phones=(OwnNumber(number="+13125550100"),),
)


def _caregiver(name: str, role: str, phone: str) -> Caregiver:
    first = name.split(maxsplit=1)[0].lower()
    return Caregiver(id=first, organization_id=LAKESIDE.id, name=name, roles=(role,), phone=phone)


ALMA = _caregiver("Alma Reyes", "RN", "+13125550141")
BEN = _caregiver("Ben Ortiz", "RN", "+13125550142")
OMAR = _caregiver("Omar Velez", "RN", "+13125550143")
DANA = _caregiver("Dana Lind", "RN", "+13125550144")
EVE = _caregiver("Eve Tran", "CNA", "+13125550145")
FARID = _caregiver("Farid Haddad", "CNA", "+13125550146")
GRACE = _caregiver("Grace Amadi", "CNA", "+13125550147")

NURSES = (ALMA, BEN, OMAR, DANA)
AIDES = (EVE, FARID, GRACE)


def _shift(shift_id: str, role: str, start: str, end: str) -> Shift:
    return Shift.model_validate(
        {
            "id": shift_id,
            "organization_id": LAKESIDE.id,
            "role_required": role,
            "start_time": start,
            "end_time": end,
        }
    )


MORNING = _shift("rn-morning", "RN", "2030-07-16T07:00:00-05:00", "2030-07-16T15:00:00-05:00")
EVENING = _shift("cna-evening", "CNA", "2030-07-16T15:00:00-05:00", "2030-07-16T23:00:00-05:00")
NIGHT = _shift("lpn-night", "LPN", "2030-07-16T23:00:00-05:00", "2030-07-17T07:00:00-05:00")
