"""The people of a story: an agency of two hundred caregivers, and a smaller one that shares some of its phones."""

from dataclasses import dataclass
from random import Random
from typing import Literal

from firstyes.domain.caregiver import Caregiver
from firstyes.domain.on_call import OnCall
from firstyes.domain.organization import Organization, OwnNumber
from firstyes.domain.policy import Channel, parse_rounds

ROLES = ("RN", "LPN", "CNA", "HHA", "PT", "OT")
FIRST_NAMES = ("Alma", "Ben", "Cora", "Dario", "Eve", "Farid", "Grace", "Hugo", "Ines", "Jon", "Kim", "Luz")
LAST_NAMES = ("Reyes", "Ode", "Velez", "Tran", "Haddad", "Novak", "Silva", "Okafor", "Lind", "Costa")

LAKESIDE = Organization(
    id="lakeside",
    name="Lakeside",
    time_zone="America/Chicago",
    phones=(OwnNumber(number="+13125550100"),),
    # Nobody sends e-mail here: that one is passed over.
    on_call=(
        OnCall(channel=Channel.SMS, to="+13125559001", wait=300),
        OnCall(channel=Channel.EMAIL, to="desk@lakeside.example", wait=300),
        OnCall(channel=Channel.SMS, to="+13125559002", wait=600),
        OnCall(channel=Channel.VOICE, to="+13125559001", wait=300),
    ),
)
NORTHSIDE = Organization(
    id="northside",
    name="Northside Home Care",
    time_zone="America/New_York",
    phones=(OwnNumber(number="+12125550100"),),
    rounds=parse_rounds("sms:300,sms:420,voice:600"),
    on_call=(OnCall(channel=Channel.SMS, to="+12125559001", wait=120),),
)


@dataclass(frozen=True, slots=True)
class Agency:
    """Everybody there is. `phones` are by caregiver, `by_role` by organization and role."""

    caregivers: tuple[Caregiver, ...]

    @property
    def organizations(self) -> tuple[Organization, ...]:
        """The two organizations."""
        return (LAKESIDE, NORTHSIDE)

    def with_role(self, organization_id: str, role: str) -> list[Caregiver]:
        """Give those who can be offered a shift."""
        return [
            one for one in self.caregivers if one.organization_id == organization_id and role in one.roles
        ]


def found(seed: int, size: int = 200) -> Agency:
    """Found the agencies of a story: `size` caregivers in the large one, a seventh of that in the small one.

    One in six has two roles, one in five is written to in Spanish; one pair in thirty shares a phone, and a third of
    the small agency's caregivers works for the large one as well.
    """
    dice = Random(f"{seed}/people")
    people: list[Caregiver] = []
    for number in range(size):
        shared = number > 0 and dice.random() < 1 / 30
        phone = people[-1].phone if shared else f"+1312555{1000 + number:04}"
        people.append(_hire(dice, f"l{number:03}", LAKESIDE.id, phone))
    for number in range(size // 7):
        moonlights = dice.random() < 1 / 3
        phone = dice.choice(people[:size]).phone if moonlights else f"+1212555{1000 + number:04}"
        people.append(_hire(dice, f"n{number:03}", NORTHSIDE.id, phone))
    return Agency(tuple(people))


def _hire(dice: Random, caregiver_id: str, organization_id: str, phone: str) -> Caregiver:
    roles = dice.sample(ROLES, 2 if dice.random() < 1 / 6 else 1)
    language: Literal["en", "es"] = "es" if dice.random() < 0.2 else "en"
    return Caregiver(
        id=caregiver_id,
        organization_id=organization_id,
        name=f"{dice.choice(FIRST_NAMES)} {dice.choice(LAST_NAMES)}",
        roles=tuple(roles),
        phone=phone,
        language=language,
        distinct=True,
    )
