"""Routing: which shift, or which conversation, an inbound message is for, and what it asks of it.

Pure: what was looked up may be stale by the time the actor has the command; the actor decides on its own state.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .answer import Choice
from .contact import Contact, OfferView, Person
from .conversation import (
    QUESTION_STANDS,
    AnyConversationCommand,
    AskAgain,
    AskWhich,
    GiveHelp,
    Note,
    OptIn,
    OptOut,
    TellNothingOpen,
)
from .reading import Intent, Reading
from .shift_commands import AcceptOffer, AnyShiftCommand, DeclineOffer, ReportLateness

RECENTLY = timedelta(minutes=10)
"""An offer that closed this long ago, without its person having been told, may still be what a bare yes means."""
ECHO = timedelta(minutes=2)
"""A handset may send a yes twice: this long after a claim a bare yes may still mean the shift just won."""


@dataclass(frozen=True, slots=True)
class ToShift:
    """Goes to the actor of that shift."""

    shift_id: str
    command: AnyShiftCommand


@dataclass(frozen=True, slots=True)
class ToConversation:
    """Goes to the conversation of that phone."""

    contact_id: int
    command: AnyConversationCommand


Destination = ToShift | ToConversation


def route(contact: Contact, reading: Reading, message_id: str, at: datetime) -> Destination:
    """Find what a reply is for. `contact` has at least one person; one message has exactly one destination."""
    return _Routing(contact.within(contact.dialled), reading, message_id, at).destination()


@dataclass(frozen=True, slots=True)
class _Routing:
    contact: Contact
    reading: Reading
    message_id: str
    at: datetime

    def destination(self) -> Destination:
        intent = self._intent()
        match intent:
            case Intent.OPT_OUT:
                return self._opt_out()
            case Intent.OPT_IN:
                return self._opt_in()
            case Intent.HELP:
                return self._converse(GiveHelp, sender=self._speaker().sender)
            case Intent.ACCEPT if self._opted_out():
                # A yes after STOP is an opt-in for carriers; it never takes a shift that was offered before.
                return self._opt_in()
            case Intent.ACCEPT:
                return self._accept()
            case Intent.DECLINE:
                return self._decline()
            case Intent.CALL_OFF | Intent.RUNNING_LATE:
                return self._winner_writes(intent)
            case _:
                return self._ask_again(intent)

    def _intent(self) -> Intent:
        """Read a bare code as the answer to the question that we asked."""
        question = self.contact.question
        if (
            question is not None
            and self.reading.intent is Intent.UNCLEAR
            and self.at - question.asked_at <= QUESTION_STANDS
            and len(self.reading.codes) == 1
            and self.reading.codes[0] in question.codes
            and all(word in self.reading.codes for word in self.reading.words)
        ):
            return question.intent
        return self.reading.intent

    def _accept(self) -> Destination:
        if self.reading.codes:
            meant = self._by_code()
            return self._yes(meant[0]) if len(meant) == 1 else self._which(Intent.ACCEPT, self._open())
        live, missed = self._open(), self._missed()
        if len(live) + len(missed) == 1:
            return self._yes((live or missed)[0])
        if live:
            return self._which(Intent.ACCEPT, live)
        declined = [one for one in self.contact.offers if one.live]
        if declined:
            return self._yes(declined[0]) if len(declined) == 1 else self._which(Intent.ACCEPT, declined)
        # Every answer names its shift, so that the latest one is true of itself whichever was meant.
        closed = missed or [one for one in self.contact.offers if one.mine] or list(self.contact.offers)
        if closed:
            return self._yes(max(closed, key=lambda one: (one.closed_at or self.at, one.starts_at)))
        return self._converse(TellNothingOpen)

    def _decline(self) -> Destination:
        if self.reading.codes:
            meant = self._by_code()
            return self._no(meant[0]) if len(meant) == 1 else self._which(Intent.DECLINE, self._open())
        live = self._open()
        if len(live) == 1:
            return self._no(live[0])
        if live:
            return self._which(Intent.DECLINE, live)
        mine = [one for one in self.contact.offers if one.mine]
        if len(mine) == 1:
            return self._no(mine[0])
        return self._converse(Note, intent=Intent.CALL_OFF if mine else Intent.DECLINE)

    def _winner_writes(self, intent: Intent) -> Destination:
        mine = [one for one in self._by_code() or self.contact.offers if one.mine and one.ends_at > self.at]
        if not mine:
            return self._converse(Note, intent=intent)
        next_one = min(mine, key=lambda one: one.starts_at)
        if intent is Intent.CALL_OFF:
            return self._no(next_one) if len(mine) == 1 else self._converse(Note, intent=intent)
        return ToShift(
            next_one.shift_id,
            ReportLateness(
                at=self.at, by=_by(next_one), caregiver_id=next_one.caregiver_id, message_id=self.message_id
            ),
        )

    def _ask_again(self, intent: Intent) -> Destination:
        live = self._open()
        if intent is Intent.WRONG_NUMBER or not live:
            return self._converse(Note, intent=intent)
        if len(live) > 1:
            return self._which(Intent.ACCEPT, live)
        return self._converse(AskAgain, about=live[0], intent=intent, choice=self._choice(live[0]))

    def _open(self) -> list[OfferView]:
        """The offers "which one?" is about: live, and not declined."""
        return [
            one for one in self.contact.offers if one.live and not one.declined and one.starts_at > self.at
        ]

    def _missed(self) -> list[OfferView]:
        """Offers closed a moment ago that a bare yes may still mean."""
        return [
            one
            for one in self.contact.offers
            if one.closed_at is not None
            and not one.told
            and self.at - one.closed_at <= (ECHO if one.mine else RECENTLY)
        ]

    def _by_code(self) -> list[OfferView]:
        return [one for one in self.contact.offers if one.code in self.reading.codes]

    def _yes(self, offer: OfferView) -> ToShift:
        command = AcceptOffer(
            at=self.at, by=_by(offer), caregiver_id=offer.caregiver_id, message_id=self.message_id
        )
        return ToShift(offer.shift_id, command)

    def _no(self, offer: OfferView) -> ToShift:
        command = DeclineOffer(
            at=self.at, by=_by(offer), caregiver_id=offer.caregiver_id, message_id=self.message_id
        )
        return ToShift(offer.shift_id, command)

    def _which(self, intent: Intent, offers: list[OfferView]) -> Destination:
        if not offers:
            return (
                self._converse(TellNothingOpen)
                if intent is Intent.ACCEPT
                else self._converse(Note, intent=intent)
            )
        choices = tuple(self._choice(one) for one in sorted(offers, key=lambda one: one.starts_at))
        return self._converse(AskWhich, about=offers[0], intent=intent, choices=choices)

    def _choice(self, offer: OfferView) -> Choice:
        names = {one.caregiver_id: one.name for one in self.contact.people}
        shared = len(names) > 1
        return offer.choice(self._speaker(offer).language, names.get(offer.caregiver_id) if shared else None)

    def _opt_out(self) -> Destination:
        return self._converse(OptOut, organization_ids=self._organizations())

    def _opt_in(self) -> Destination:
        still_open = tuple(self._choice(one) for one in self._open())
        return self._converse(OptIn, organization_ids=self._organizations(), still_open=still_open)

    def _opted_out(self) -> bool:
        return all(one.opted_out for one in self.contact.people)

    def _organizations(self) -> tuple[str, ...]:
        return tuple(sorted({one.organization_id for one in self.contact.people}))

    def _speaker(self, about: OfferView | None = None) -> Person:
        if about is not None:
            for one in self.contact.people:
                if one.caregiver_id == about.caregiver_id:
                    return one
        return self.contact.people[0]

    def _converse(
        self, kind: type[AnyConversationCommand], about: OfferView | None = None, **details: object
    ) -> ToConversation:
        speaker = self._speaker(about)
        command = kind.model_validate(
            {
                "at": self.at,
                "by": f"caregiver:{speaker.caregiver_id}",
                "message_id": self.message_id,
                "contact_id": self.contact.contact_id,
                "caregiver_id": speaker.caregiver_id,
                "organization_id": speaker.organization_id,
                "language": speaker.language,
                **details,
            }
        )
        return ToConversation(self.contact.contact_id, command)


def _by(offer: OfferView) -> str:
    return f"caregiver:{offer.caregiver_id}"
