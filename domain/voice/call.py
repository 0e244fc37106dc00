"""Calls: what is said when somebody picks up, and after a key. Decided on how what they are about stands at that moment."""

from dataclasses import dataclass
from datetime import datetime

from ..answer import Answer, Status
from ..inbound.contact import Contact, OfferView
from ..shift.shift import ShiftStatus
from . import script

TAKE, PASS = "1", "2"
SEE_TO = "1"


@dataclass(frozen=True, slots=True)
class Turn:
    """What is said next. With `asks` a key is waited for after each sentence; at the end, or without, the call ends."""

    language: str
    said: tuple[str, ...]
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """Whom a call is with and what it is about: `offer` is None when there is nothing to be said to this person.

    `phone` is theirs, `number` is ours; `texted`: theirs takes texts.
    """

    language: str
    phone: str
    number: str | None = None
    sender: str | None = None
    offer: OfferView | None = None
    texted: bool = True

    def word(self, key: str) -> str | None:
        """Give what a key stands for, as a text would say it; None where it stands for nothing."""
        words = {TAKE: "YES", PASS: "NO"}
        return None if self.offer is None or key not in words else f"{words[key]} {self.offer.code}"

    def pick_up(self, at: datetime) -> Turn:
        """Offer the shift where it can be taken; else say the truth about it, and no more."""
        offer = self.offer
        if offer is None:
            return self.end()
        if not offer.live or offer.declined:
            return self._end(self._why_not(offer, at))
        told = script.offer(
            offer.role, offer.starts_at, offer.ends_at, offer.zone, self.sender, self.language, at=at
        )
        left = script.left_message(offer.code, self.number, self.language)
        return Turn(self.language, (told, left, left), asks=True)

    def answered(self, key: str, answer: Answer, at: datetime) -> Turn:
        """Say what came of a key, from the answer that was committed; the offer is as it stands after it."""
        offer, language = self.offer, self.language
        if answer.status is Status.SUCCESS and offer is not None:
            return self._end(script.yours(self._terms(offer, at), language, texted=self.texted))
        if answer.status is Status.ALREADY_CLAIMED:
            return self._end(script.taken(language))
        if key == PASS and answer.status is Status.ACKNOWLEDGED:
            return self._end(script.passed(language))
        if offer is None or offer.live or answer.status is not Status.NO_ACTION:
            return self._end(script.see_text(language, texted=self.texted))
        return self._end(self._why_not(offer, at))

    def end(self) -> Turn:
        """Say nothing more."""
        return self._end(script.goodbye(self.language))

    def undecided(self) -> Turn:
        """Say that what came of a key is not known."""
        return self._end(script.not_known_yet(self.language, texted=self.texted))

    def _why_not(self, offer: OfferView, at: datetime) -> str:
        if offer.mine:
            return script.yours(self._terms(offer, at), self.language, already=True)
        if offer.taken:
            return script.taken(self.language)
        if offer.status is ShiftStatus.CANCELLED:
            return script.called_off(self.language)
        if offer.live and offer.declined:
            return script.passed(self.language)
        return script.not_offered(self.language)

    def _terms(self, offer: OfferView, at: datetime) -> str:
        return script.terms(offer.starts_at, offer.ends_at, offer.zone, self.language, at)

    def _end(self, said: str) -> Turn:
        return Turn(self.language, (said,))


@dataclass(frozen=True, slots=True)
class AlertCall:
    """A call to whoever is on call. `said` is what they are told, `code` that of the alert, None of what asks nothing of them;
    `open`: nobody sees to it yet."""

    phone: str
    number: str | None
    said: str
    code: str | None = None
    open: bool = True
    language: str = "en"

    def word(self, key: str) -> str | None:
        """Give what a key stands for, as a text would say it; None where it stands for nothing."""
        return f"OK {self.code}" if key == SEE_TO and self.code is not None else None

    def pick_up(self, _: datetime) -> Turn:
        """Tell it, twice, unless somebody sees to it already."""
        if self.code is None:
            return Turn(self.language, (self.said, self.said, script.goodbye(self.language)))
        if not self.open:
            return Turn(self.language, (script.seen_to(self.language),))
        return Turn(self.language, (self.said, self.said), asks=True)

    def answered(self, _key: str, answer: Answer, _: datetime) -> Turn:
        """Say what came of a key, from the answer that was committed."""
        seen_to = answer.status is Status.ACKNOWLEDGED
        said = script.thanks_for_seeing_to_it if seen_to else script.goodbye
        return Turn(self.language, (said(self.language),))

    def end(self) -> Turn:
        """Say nothing more."""
        return Turn(self.language, (script.goodbye(self.language),))

    def undecided(self) -> Turn:
        """Admit that it was not noted who sees to it."""
        return Turn(self.language, (script.not_noted(self.language),))


def call_about(
    contact: Contact | None, phone: str, number: str | None, caregiver_id: str | None, shift_id: str | None
) -> Call:
    """Give the call to one person about one shift, as their phone is known now.

    Nothing is said to whoever does not work here any more, opted out, or may be a stranger.
    """
    person = next(
        (one for one in contact.people if one.caregiver_id == caregiver_id)
        if contact is not None
        else iter(()),
        None,
    )
    if contact is None or person is None:
        return Call("en", phone, number)
    offer = next(
        (one for one in contact.offers if one.shift_id == shift_id and one.caregiver_id == caregiver_id), None
    )
    silent = contact.doubted or person.opted_out or not person.active
    offer = None if silent else offer
    return Call(person.language, phone, number, person.sender, offer, texted=not contact.landline)


def call_for_code(contact: Contact, phone: str, number: str | None, code: str) -> Call:
    """Give the call of somebody who entered the code of an offer; about nothing where no offer of theirs has it."""
    contact = contact.within(contact.dialled)
    offer = next((one for one in contact.offers if code in one.codes), None)
    if offer is not None:
        return call_about(contact, phone, number, offer.caregiver_id, offer.shift_id)
    first = min(contact.people, key=lambda one: not one.active)
    return Call(first.language, phone, number, first.sender)
