"""How many caregivers and open shifts a run has, and who they are."""

from collections.abc import Iterator
from dataclasses import dataclass

ORGANIZATION = "org-bench"
DIALLED = "+13125550000"


@dataclass(frozen=True, slots=True)
class Size:
    """A number of caregivers spread evenly over a number of open shifts.

    Each shift asks for a role of its own, so every caregiver is offered exactly one shift and a bare YES
    can mean only that one.
    """

    caregivers: int
    shifts: int

    def __str__(self) -> str:
        return f"{self.caregivers:,}/{self.shifts:,}"

    def shift_of(self, caregiver: int) -> int:
        """The number of the one shift that caregiver number `caregiver` is offered."""
        return caregiver % self.shifts


SIZES = (Size(1_000, 100), Size(10_000, 1_000), Size(50_000, 10_000))


def phone(caregiver: int) -> str:
    """A phone number of its own for each caregiver, in the shape of a valid North American one."""
    return f"+1312{2_000_000 + caregiver:07d}"


def role(shift: int) -> str:
    """The role that only shift number `shift` asks for."""
    return f"role-{shift:05d}"


def shift_id(shift: int) -> str:
    """The identifier of shift number `shift`."""
    return f"shift-{shift:06d}"


def caregiver_rows(size: Size) -> Iterator[dict[str, str]]:
    """The caregivers, in the shape of the sample data."""
    for number in range(size.caregivers):
        yield {
            "id": f"caregiver-{number:06d}",
            "organization_id": ORGANIZATION,
            "name": f"Caregiver {number}",
            "role": role(size.shift_of(number)),
            "phone": phone(number),
        }


def shift_rows(size: Size) -> Iterator[dict[str, str]]:
    """The shifts, in the shape of the sample data; all lie far in the future."""
    for number in range(size.shifts):
        yield {
            "id": shift_id(number),
            "organization_id": ORGANIZATION,
            "role_required": role(number),
            "start_time": f"2040-07-{1 + number % 28:02d}T07:00:00-05:00",
            "end_time": f"2040-07-{1 + number % 28:02d}T15:00:00-05:00",
        }
