"""Rival (d): the classic design with its scans replaced by indexes, so that the comparison flatters nobody."""

from collections import defaultdict
from collections.abc import Sequence

from .classic import Caregiver, ClassicService, Offer, Shift


class IndexedService(ClassicService):
    """The same service; a phone, a role and a person's offers are each one look-up."""

    def __init__(self) -> None:
        super().__init__()
        self._by_phone: dict[str, Caregiver] = {}
        self._by_role: dict[str, list[Caregiver]] = defaultdict(list)
        self._by_caregiver: dict[str, list[Offer]] = defaultdict(list)

    def add_caregiver(self, caregiver: Caregiver) -> None:
        """Keep a caregiver and index it."""
        super().add_caregiver(caregiver)
        self._by_phone[caregiver.phone] = caregiver
        self._by_role[caregiver.role].append(caregiver)

    def add_offer(self, shift: Shift, caregiver: Caregiver) -> Offer:
        """Keep an offer and index it."""
        offer = super().add_offer(shift, caregiver)
        self._by_caregiver[caregiver.id].append(offer)
        return offer

    def caregiver_by_phone(self, phone: str) -> Caregiver | None:
        """Who a phone belongs to."""
        return self._by_phone.get(phone)

    def caregivers_in(self, role: str) -> Sequence[Caregiver]:
        """Who can do a role."""
        return self._by_role.get(role, ())

    def offers_to(self, caregiver: Caregiver) -> Sequence[Offer]:
        """What somebody has on offer."""
        return [each for each in self._by_caregiver.get(caregiver.id, ()) if each.open]
