"""Rival (c): the classic design, as a competent team writes it first. FastAPI, all in memory, a lock per shift.

Caregivers, shifts and offers are dictionaries by identifier; who a phone belongs to, and what is on offer to that
person, is found by looking through them. It keeps nothing on disk and a restart loses everything.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from fastapi import FastAPI, HTTPException

from .wire import Answer, InboundMessage

YES = re.compile(r"\s*(?:yes|y|ok|accept)\b\s*(\d+)?\s*[.!]*\s*", re.IGNORECASE)
NO = re.compile(r"\s*(?:no|n|decline)\b.*", re.IGNORECASE | re.DOTALL)


class ShiftStatus(Enum):
    """Where a shift stands."""

    PENDING = "pending"
    OFFERING = "offering"
    CLAIMED = "claimed"


@dataclass(slots=True)
class Caregiver:
    """A person with a role and a phone."""

    id: str
    role: str
    phone: str


@dataclass(slots=True)
class Shift:
    """A stretch of work for one caregiver."""

    id: str
    role_required: str
    status: ShiftStatus = ShiftStatus.PENDING
    claimed_by: str | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(slots=True)
class Offer:
    """A shift offered to a caregiver; `open` until that person has said no."""

    id: int
    shift_id: str
    caregiver_id: str
    open: bool = True


class SmsCarrier:
    """A carrier that takes every text at once and counts them."""

    def __init__(self) -> None:
        self.sent = 0

    async def send(self, phone: str, text: str) -> None:
        """Take one text."""
        del phone, text
        self.sent += 1


class ClassicService:
    """The whole service, in dictionaries."""

    def __init__(self) -> None:
        self.caregivers: dict[str, Caregiver] = {}
        self.shifts: dict[str, Shift] = {}
        self.offers: dict[int, Offer] = {}
        self.answers: dict[str, Answer] = {}
        self.carrier = SmsCarrier()

    def add_caregiver(self, caregiver: Caregiver) -> None:
        """Keep a caregiver."""
        self.caregivers[caregiver.id] = caregiver

    def add_shift(self, shift: Shift) -> None:
        """Keep a shift."""
        self.shifts[shift.id] = shift

    def add_offer(self, shift: Shift, caregiver: Caregiver) -> Offer:
        """Keep an offer."""
        offer = Offer(len(self.offers) + 1, shift.id, caregiver.id)
        self.offers[offer.id] = offer
        return offer

    def caregiver_by_phone(self, phone: str) -> Caregiver | None:
        """Who a phone belongs to, by looking through everybody."""
        return next((each for each in self.caregivers.values() if each.phone == phone), None)

    def caregivers_in(self, role: str) -> Sequence[Caregiver]:
        """Who can do a role, by looking through everybody."""
        return [each for each in self.caregivers.values() if each.role == role]

    def offers_to(self, caregiver: Caregiver) -> Sequence[Offer]:
        """What somebody has on offer, by looking through all offers."""
        return [each for each in self.offers.values() if each.caregiver_id == caregiver.id and each.open]

    async def fan_out(self, shift: Shift) -> Answer:
        """Offer a shift to everyone with its role, once."""
        async with shift.lock:
            if shift.status is ShiftStatus.CLAIMED:
                raise HTTPException(409, "The shift is already claimed.")
            if shift.status is ShiftStatus.OFFERING:
                return Answer(status="success", message="Fan-out was already initiated.")
            qualified = self.caregivers_in(shift.role_required)
            for caregiver in qualified:
                offer = self.add_offer(shift, caregiver)
                await self.carrier.send(caregiver.phone, f"Open shift. Reply YES {offer.id}")
            shift.status = ShiftStatus.OFFERING
        return Answer(status="success", message=f"Fan-out initiated to {len(qualified)} caregivers.")

    async def receive(self, message: InboundMessage) -> Answer:
        """Answer a caregiver's text; the same message id gets the same answer again."""
        if message.message_id is not None and message.message_id in self.answers:
            return self.answers[message.message_id]
        caregiver = self.caregiver_by_phone(message.from_phone)
        if caregiver is None:
            raise HTTPException(404, "Nobody has this phone.")
        answer = await self.read(caregiver, message.body)
        if message.message_id is not None:
            self.answers[message.message_id] = answer
        await self.carrier.send(caregiver.phone, answer.message)
        return answer

    async def read(self, caregiver: Caregiver, body: str) -> Answer:
        """What a text means, and what follows from it."""
        accepted = YES.fullmatch(body)
        if accepted is None:
            if NO.fullmatch(body):
                for offer in self.offers_to(caregiver):
                    offer.open = False
                return Answer(status="acknowledged", message="Thank you for telling us.")
            return Answer(status="clarify", message="Please reply YES or NO.")
        offers = self.offers_to(caregiver)
        if accepted[1] is not None:
            offers = [each for each in offers if each.id == int(accepted[1])]
        if len(offers) > 1:
            live = [each for each in offers if self.shifts[each.shift_id].status is ShiftStatus.OFFERING]
            if len(live) > 1:
                return Answer(
                    status="clarify", message=f"Which one? {', '.join(str(each.id) for each in live)}"
                )
            offers = live or offers[-1:]
        if not offers:
            return Answer(status="no_action", message="You have no open offer.")
        return await self.accept(caregiver, self.shifts[offers[0].shift_id])

    async def accept(self, caregiver: Caregiver, shift: Shift) -> Answer:
        """Give a shift to the first who wants it."""
        async with shift.lock:
            if shift.status is ShiftStatus.OFFERING:
                shift.status = ShiftStatus.CLAIMED
                shift.claimed_by = caregiver.id
            if shift.claimed_by == caregiver.id:
                return Answer(status="success", message="You have the shift.")
            return Answer(status="already_claimed", message="The shift was taken by somebody else.")


def create_app(service: ClassicService) -> FastAPI:
    """The service over HTTP."""
    app = FastAPI()

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/shifts/{shift_id}/fanout")
    async def fan_out(shift_id: str) -> Answer:
        shift = service.shifts.get(shift_id)
        if shift is None:
            raise HTTPException(404, "There is no such shift.")
        return await service.fan_out(shift)

    @app.post("/messages/inbound")
    async def inbound(message: InboundMessage) -> Answer:
        return await service.receive(message)

    return app
