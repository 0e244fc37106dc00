"""Routing: which shift, or which conversation, an inbound message is for, and what it asks of it.

Pure: what was looked up may be stale by the time the actor has the command; the actor decides on its own state.
The rules in one table: docs/silence.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..answer import Choice
from ..conversation.state import (
    AnswerEach,
    AskAgain,
    AskWhich,
    ConversationCommand,
    DoubtNumber,
    GiveHelp,
    Note,
    OptIn,
    OptOut,
    RefuseCalls,
    TellNothingOpen,
)
from ..replies.reading import Intent, Reading
from ..shift.commands import AcceptOffer, DeclineOffer, ReportLateness
from .contact import Contact, OfferView, Person
from .destination import Destination, ToConversation, ToEach, ToShift
from .several import Meant, each_meant, of_codes, of_codes_or_outdated, standing_question
from .standing import Standing

MOST_CHOICES = 9
"""A question lists the next so many, about three segments. The code of any other offer is still understood."""

SAID_TO_A_PERSON = frozenset(Intent) - {
    Intent.OPT_OUT,
    Intent.OPT_IN,
    Intent.HELP,
    Intent.WRONG_NUMBER,
    Intent.NO_CALLS,
    Intent.CALL_OFF,
    Intent.RUNNING_LATE,
}
"""What is for a person to read, without a code, where a person wrote last."""

PLAIN_NO = frozenset("no nope nah pass paso thanks thank you gracias sorry".split())
"""A no made of nothing but these says nothing of being unable to come."""


def route(
    contact: Contact,
    reading: Reading,
    message_id: str,
    at: datetime,
    written_at: datetime | None = None,
    text: str = "",
) -> Destination:
    """Find what a reply is for. `contact` has at least one person; one message has exactly one destination.

    `written_at` is when it was written, where that is known. The order in which `contact` lists offers does not matter.
    """
    contact = contact.within(contact.dialled)
    written_at = min(written_at or at, at)
    return _Routing(contact, Standing(contact, at), reading, message_id, at, written_at, text).destination()


@dataclass(slots=True)
class _Routing:
    """One message on its way."""

    contact: Contact
    standing: Standing
    reading: Reading
    message_id: str
    at: datetime
    written_at: datetime
    text: str

    def destination(self) -> Destination:
        if self.reading.automatic:
            # A liking asks nothing of anybody, but where something was asked it is no answer.
            thanks = self.reading.thanks and not self.standing.answers_a_question
            return self._converse(Note, intent=Intent.UNCLEAR, automatic=True, thanks=thanks)
        if meant := self._each_meant():
            return self._to_each(meant)
        intent = self._intent()
        if self.standing.answers_a_person and intent in SAID_TO_A_PERSON and not self.reading.codes:
            if intent is Intent.ACCEPT and self.standing.open:
                return self._which(intent, self.standing.open)
            return self._converse(Note, intent=intent)
        match intent:
            case Intent.ACCEPT:
                return self._accept()
            case Intent.DECLINE:
                return self._decline()
            case Intent.OPT_OUT:
                return self._converse(OptOut, organization_ids=self._organizations())
            case Intent.OPT_IN:
                return self._opt_in(self._organizations())
            case Intent.HELP:
                return self._converse(GiveHelp, sender=self._speaker().sender)
            case Intent.CALL_OFF | Intent.RUNNING_LATE:
                return self._holder_cannot_come(intent)
            case Intent.WRONG_NUMBER:
                return self._converse(DoubtNumber, organization_ids=self._organizations())
            case Intent.NO_CALLS:
                return self._converse(RefuseCalls)
            case _:
                return self._neither_yes_nor_no(intent)

    def _each_meant(self) -> tuple[Meant, ...]:
        opts_in = self.reading.intent is Intent.ACCEPT and self._opted_out()
        return () if opts_in else each_meant(self.contact, self.reading, self.standing)

    def _to_each(self, meant: Sequence[Meant]) -> Destination:
        known = [(one, one.offer) for one in meant if one.offer is not None]
        offers = [offer for _, offer in known]
        parts = tuple(
            self._yes(offer, beside=offers) if one.intent is Intent.ACCEPT else self._no(offer)
            for one, offer in known
        )
        if len(meant) == 1:
            return parts[0]
        answer = self._converse(
            AnswerEach,
            offers[0],
            intent=self.reading.intent,
            codes=tuple(one.code for one, _ in known),
            unknown=tuple(one.code for one in meant if one.offer is None),
        )
        return ToEach(parts, answer)

    def _intent(self) -> Intent:
        """Read a code and nothing else as the answer to the question that we asked. "Both" is no yes to one offer, and a yes
        and a no in one text are neither where it is not certain what they are said of."""
        reading, question = self.reading, standing_question(self.contact, self.at)
        if (
            question is not None
            and reading.intent is Intent.UNCLEAR
            and len(reading.codes) == 1
            and reading.words == reading.codes
            and reading.codes[0] in question.codes
        ):
            return question.intent
        if reading.every is not None and reading.intent is Intent.ACCEPT and not reading.explicit:
            return Intent.UNCLEAR
        if len({one.intent for one in reading.each}) > 1 and not self._opted_out():
            return Intent.UNCLEAR
        return reading.intent

    # Yes.

    def _accept(self) -> Destination:
        """A bare yes answers the last thing we told this phone. It takes a shift only if that offered it, asked about
        it or named it open, and if it can mean nothing else."""
        standing = self.standing
        if self._opted_out():
            # A yes after STOP is an opt-in for carriers, an "ok" is none; neither takes a shift offered before.
            if not (self.reading.explicit or self.reading.codes):
                return self._neither_yes_nor_no(Intent.UNCLEAR)
            return self._opt_in(self._organizations())
        if self.reading.codes:
            return self._accept_by_code()
        live, won = standing.open, standing.just_won
        if won is not None:
            return self._yes_to_what_was_won(won)
        if (missed := standing.missed()) and (not live or not any(one.mine for one in missed)):
            return self._yes(max(missed, key=_closed))
        if live:
            return self._yes_while_open(missed)
        if standing.passed:
            named = standing.named(standing.passed)
            sure = len(standing.passed) == len(named) == 1 and self.reading.explicit
            return self._yes(named[0]) if sure else self._which(Intent.ACCEPT, standing.passed)
        return self._yes_to_nothing_open()

    def _yes_to_what_was_won(self, won: OfferView) -> Destination:
        if self.standing.open and self.reading.explicit:
            return self._which(Intent.ACCEPT, self.standing.open, yours=self._choice(won))
        return self._yes(won)

    def _yes_while_open(self, missed: Sequence[OfferView]) -> Destination:
        standing, live = self.standing, self.standing.open
        named = standing.named(live)
        if len(live) == len(named) == 1 and not (missed or standing.may_be_another_s(live[0])):
            if self.reading.explicit or standing.answers_a_question:
                return self._yes(live[0])
        elif not named and not missed:
            # They answer an offer that is gone: they are told so, and what is open.
            gone = [one for one in standing.named(standing.heard) if not (one.live or one.told or one.mine)]
            if len(gone) == 1:
                return self._yes(gone[0])
        return self._which(Intent.ACCEPT, [*live, *standing.named(standing.passed)])

    def _yes_to_nothing_open(self) -> Destination:
        """It goes where it is told the truth, and to a person where the shift stands empty. Thanks are no yes."""
        standing = self.standing
        about, empty = standing.told_of(), standing.empty()
        if not self.reading.explicit and self.reading.thanks and not standing.answers_a_question:
            return self._converse(Note, intent=Intent.ACCEPT)
        if about is not None and (about in empty or not about.told):
            return self._yes(about)
        mine = [one for one in standing.heard if one.mine]
        if closed := empty or mine or standing.heard:
            return self._yes(max(closed, key=lambda one: (one.closed_at or self.at, *_order(one))))
        return self._converse(TellNothingOpen)

    def _accept_by_code(self) -> Destination:
        standing = self.standing
        meant = of_codes_or_outdated(standing.all, self.reading.codes)
        if len(meant) == 1:
            if meant[0].caregiver_id in standing.deaf:
                return self._opt_in((meant[0].organization_id,))
            return self._yes(meant[0])
        named = [one for one in meant if one in standing.open]
        if choices := named or standing.open or standing.passed:
            return self._which(Intent.ACCEPT, choices)
        if closed := [one for one in meant if one in standing.heard] or standing.empty():
            return self._yes(max(closed, key=_closed))
        return self._converse(TellNothingOpen, yours=self._choices(standing.held))

    # No.

    def _decline(self) -> Destination:
        """A bare no is about the outreach under way, never about an unfilled shift; one of somebody who has a shift
        may be about that."""
        standing = self.standing
        if self.reading.codes:
            meant = self._by_code()
            if len(meant) == 1:
                return self._no(meant[0])
            choices = [one for one in meant if one in standing.open] or [*standing.held, *standing.open]
            return self._which(Intent.DECLINE, choices)
        asked, held = standing.asked, standing.held
        named = standing.named(asked)
        if held:
            if asked and len(named) == len(standing.opens) == 1 and self._is_plain_no():
                return self._no(named[0])
            if len(held) == 1 and not asked:
                return self._no(held[0])
            return self._which(Intent.DECLINE, [*held, *asked])
        if len(asked) == 1 and (named or not standing.opens):
            return self._no(asked[0])
        if len(asked) > 1:
            return self._which(Intent.DECLINE, asked)
        return self._converse(Note, intent=Intent.DECLINE)

    def _is_plain_no(self) -> bool:
        words = self.text or " ".join(self.reading.words)
        return all(word.strip(".,!") in PLAIN_NO for word in words.casefold().split())

    def _holder_cannot_come(self, intent: Intent) -> Destination:
        held = self._held_meant()
        if not held:
            if intent is Intent.RUNNING_LATE and self.standing.open:
                # Whoever would come late to a shift on offer says on which condition they would take it.
                return self._neither_yes_nor_no(Intent.CONDITION)
            return self._converse(Note, intent=intent)
        if intent is Intent.CALL_OFF:
            return self._no(held[0], calls_off=True) if len(held) == 1 else self._which(Intent.DECLINE, held)
        next_one = min(held, key=_order)
        return ToShift(next_one.shift_id, ReportLateness(**self._about(next_one)))

    # Neither.

    def _neither_yes_nor_no(self, intent: Intent) -> Destination:
        """Ask back while something is open; whatever somebody writes who has a shift, a person reads."""
        standing, live = self.standing, self.standing.open
        named = standing.named(live)
        if self.reading.thanks and (standing.held or not named):
            return self._converse(Note, intent=intent, thanks=True)
        if standing.held and (intent is Intent.UNCLEAR or len(named) != 1):
            return self._converse(Note, intent=intent)
        if not live:
            return self._converse(Note, intent=intent)
        about = [one for one in live if one.code in self.reading.codes] or named or live
        if len(about) > 1:
            return self._which(intent, live if about is named else about)
        return self._converse(AskAgain, about[0], intent=intent, choice=self._choice(about[0]))

    def _held_meant(self) -> list[OfferView]:
        return [one for one in self._by_code() if one in self.standing.held] or self.standing.held

    # Where it goes.

    def _by_code(self) -> list[OfferView]:
        return of_codes(self.standing.all, self.reading.codes)

    def _yes(self, offer: OfferView, beside: Sequence[OfferView] = ()) -> ToShift:
        """`beside` are offers that are answered by the same text."""
        others = [one for one in self.standing.open if one is not offer and one not in beside]
        command = AcceptOffer(
            **self._about(offer),
            written_at=self.written_at,
            explicit=self.reading.explicit or bool(self.reading.codes),
            obstacle=offer.obstacle,
            open=self._choices(others),
            asks=self.reading.asks,
        )
        return ToShift(offer.shift_id, command)

    def _no(self, offer: OfferView, *, calls_off: bool = False) -> ToShift:
        about = self._about(offer)
        command = DeclineOffer(**about, written_at=self.written_at, calls_off=calls_off)
        return ToShift(offer.shift_id, command)

    def _about(self, offer: OfferView) -> dict[str, Any]:
        whose = offer.caregiver_id
        return {
            "at": self.at,
            "by": f"caregiver:{whose}",
            "caregiver_id": whose,
            "message_id": self.message_id,
        }

    def _which(
        self,
        intent: Intent,
        offers: Sequence[OfferView],
        *,
        yours: Choice | None = None,
    ) -> Destination:
        if not offers:
            return self._converse(Note, intent=intent)
        choices = self._choices(offers)
        first = min(offers, key=_order)
        return self._converse(
            AskWhich, first, intent=intent, choices=choices, yours=yours, asks=self.reading.asks
        )

    def _choices(self, offers: Sequence[OfferView]) -> tuple[Choice, ...]:
        return tuple(self._choice(one) for one in sorted(offers, key=_order)[:MOST_CHOICES])

    def _choice(self, offer: OfferView) -> Choice:
        return offer.choice(self._speaker(offer).language, self.contact.whose(offer))

    def _opt_in(self, organization_ids: tuple[str, ...]) -> Destination:
        """Start texts again. Their open offers are listed; none is taken, whatever the message said."""
        still_open = [
            one
            for one in self.standing.all
            if one.live and not one.declined and one.organization_id in organization_ids
        ]
        return self._converse(OptIn, organization_ids=organization_ids, still_open=self._choices(still_open))

    def _opted_out(self) -> bool:
        deaf = self.standing.deaf
        return bool(deaf) and all(one.opted_out for one in self.contact.people if one.active)

    def _organizations(self) -> tuple[str, ...]:
        return tuple(sorted({one.organization_id for one in self.contact.people}))

    def _speaker(self, about: OfferView | None = None) -> Person:
        """Who is answered: the one an offer was made to, else the first who may work."""
        people = sorted(self.contact.people, key=lambda one: not one.active)
        return next((one for one in people if about and one.caregiver_id == about.caregiver_id), people[0])

    def _matter(self) -> str:
        """Name the newest offer: each one grants answers anew."""
        newest = max(self.contact.offers, key=lambda one: (one.offered_at, *_order(one)), default=None)
        return "" if newest is None else f"{newest.shift_id}/{newest.code}"

    def _converse(
        self, kind: type[ConversationCommand], about: OfferView | None = None, **details: object
    ) -> ToConversation:
        about = about or min(self._held_meant(), key=_order, default=self.standing.told_of())
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
                "shift_id": about.shift_id if about else None,
                "written_at": self.written_at,
                "matter": self._matter(),
                "held": self.standing.holdings(),
                "answers_a_person": self.standing.answers_a_person,
                **details,
            }
        )
        return ToConversation(self.contact.contact_id, command)


def _order(offer: OfferView) -> tuple[datetime, str, str]:
    return offer.starts_at, offer.shift_id, offer.code


def _closed(offer: OfferView) -> tuple[datetime, datetime, str, str]:
    return offer.closed_at or offer.starts_at, *_order(offer)
