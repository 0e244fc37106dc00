"""Routing: which shift, or which conversation, an inbound message is for, and what it asks of it.

Pure: what was looked up may be stale by the time the actor has the command; the actor decides on its own state.
The rules in one table: docs/silence.md.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ..conversation.state import (
    AnswerEach,
    AskAgain,
    BeBusy,
    DoubtNumber,
    GiveHelp,
    Note,
    OptOut,
    RefuseCalls,
    TellNothingOpen,
)
from ..replies.reading import ClockTime, Every, Intent, Reading
from ..shift.commands import PutOffOffer, ReportLateness
from ..when import hour, local
from .contact import Contact, OfferView
from .destination import Destination, ToEach, ToShift
from .heard import Heard, order
from .hours import SOON, next_at, part_of
from .several import Meant, each_meant, of_codes_or_outdated, standing_question
from .standing import Standing

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

A_MINUTE = timedelta(minutes=1)

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


class _Routing(Heard):
    """One message on its way."""

    __slots__ = ()

    def destination(self) -> Destination:
        if self.reading.automatic:
            # A liking asks nothing of anybody, but where something was asked it is no answer.
            thanks = self.reading.thanks and not self.standing.answers_a_question
            return self.converse(Note, intent=Intent.UNCLEAR, automatic=True, thanks=thanks)
        if meant := self._each_meant():
            return self._to_each(meant)
        intent = self._intent()
        if self.standing.answers_a_person and intent in SAID_TO_A_PERSON and not self.reading.codes:
            if intent is Intent.ACCEPT and self.standing.open:
                return self.which(intent, self.standing.open)
            return self.converse(Note, intent=intent)
        match intent:
            case Intent.ACCEPT:
                return self._accept()
            case Intent.DECLINE:
                return self._decline()
            case Intent.OPT_OUT:
                return self.converse(OptOut, organization_ids=self.organizations())
            case Intent.OPT_IN:
                return self.opt_in(self.organizations())
            case Intent.HELP:
                return self.converse(GiveHelp, sender=self.speaker().sender)
            case Intent.CALL_OFF | Intent.RUNNING_LATE:
                return self._holder_cannot_come(intent)
            case Intent.WRONG_NUMBER:
                return self.converse(DoubtNumber, organization_ids=self.organizations())
            case Intent.NO_CALLS:
                return self.converse(RefuseCalls, organization_ids=self.organizations())
            case Intent.BUSY if (until := self._free_at()) is not None and not self.standing.held:
                return self._put_off(until)
            case _:
                return self._neither_yes_nor_no(intent)

    def _each_meant(self) -> tuple[Meant, ...]:
        opts_in = self.reading.intent is Intent.ACCEPT and self.opted_out()
        return () if opts_in else each_meant(self.contact, self.reading, self.standing)

    def _to_each(self, meant: Sequence[Meant]) -> Destination:
        known = [(one, one.offer) for one in meant if one.offer is not None]
        offers = [offer for _, offer in known]
        parts = tuple(
            self.yes(offer, beside=offers) if one.intent is Intent.ACCEPT else self.no(offer)
            for one, offer in known
        )
        if len(meant) == 1:
            return parts[0]
        answer = self.converse(
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
        vague = reading.every is Every.ANY or (reading.every is not None and not reading.explicit)
        if vague and reading.intent is Intent.ACCEPT:
            return Intent.UNCLEAR
        if len({one.intent for one in reading.each}) > 1 and not self.opted_out():
            return Intent.UNCLEAR
        return reading.intent

    # Yes.

    def _accept(self) -> Destination:
        """A bare yes answers the last thing we told this phone. It takes a shift only if that offered it, asked about
        it or named it open, and if it can mean nothing else."""
        standing = self.standing
        if self.opted_out():
            # A yes after STOP is an opt-in for carriers, an "ok" is none; neither takes a shift offered before.
            if not (self.reading.explicit or self.reading.codes):
                return self._neither_yes_nor_no(Intent.UNCLEAR)
            return self.opt_in(self.organizations())
        if self.reading.codes:
            return self._accept_by_code()
        live, won = standing.open, standing.just_won
        if won is not None:
            return self._yes_to_what_was_won(won)
        if (missed := standing.missed()) and (not live or not any(one.mine for one in missed)):
            return self.yes(max(missed, key=_closed))
        if live:
            return self._yes_while_open(missed)
        if standing.passed:
            named = standing.named(standing.passed)
            sure = len(standing.passed) == len(named) == 1 and self.reading.explicit
            return self.yes(named[0]) if sure else self.which(Intent.ACCEPT, standing.passed)
        return self._yes_to_nothing_open()

    def _yes_to_what_was_won(self, won: OfferView) -> Destination:
        if self.standing.open and self.reading.explicit:
            return self.which(Intent.ACCEPT, self.standing.open, yours=self.choice(won))
        return self.yes(won)

    def _yes_while_open(self, missed: Sequence[OfferView]) -> Destination:
        standing, live = self.standing, self.standing.open
        named = standing.named(live)
        if len(live) == len(named) == 1 and not (missed or standing.may_be_another_s(live[0])):
            if self.reading.explicit or standing.answers_about(live[0]):
                return self.yes(live[0])
        elif not named and not missed:
            # They answer an offer that is gone: they are told so, and what is open.
            gone = [one for one in standing.named(standing.heard) if not (one.live or one.told or one.mine)]
            if len(gone) == 1:
                return self.yes(gone[0])
        return self.which(Intent.ACCEPT, [*live, *standing.named(standing.passed)])

    def _yes_to_nothing_open(self) -> Destination:
        """It goes where it is told the truth, and to a person where the shift stands empty. Thanks are no yes."""
        standing = self.standing
        about, empty = standing.told_of(), standing.empty()
        if not self.reading.explicit and self.reading.thanks and not standing.answers_a_question:
            return self.converse(Note, intent=Intent.ACCEPT)
        if about is not None and (about in empty or not about.told):
            return self.yes(about)
        mine = [one for one in standing.heard if one.mine]
        if closed := empty or mine or standing.heard:
            return self.yes(max(closed, key=lambda one: (one.closed_at or self.at, *order(one))))
        return self.converse(TellNothingOpen)

    def _accept_by_code(self) -> Destination:
        standing = self.standing
        meant = of_codes_or_outdated(standing.all, self.reading.codes)
        if len(meant) == 1:
            if meant[0].caregiver_id in standing.deaf:
                return self.opt_in((meant[0].organization_id,))
            return self.yes(meant[0])
        named = [one for one in meant if one in standing.open]
        if choices := named or standing.open or standing.passed:
            return self.which(Intent.ACCEPT, choices)
        if closed := [one for one in meant if one in standing.heard] or standing.empty():
            return self.yes(max(closed, key=_closed))
        return self.converse(TellNothingOpen, yours=self.choices(standing.held))

    # No.

    def _decline(self) -> Destination:
        """A bare no is about the outreach under way, never about an unfilled shift; one of somebody who has a shift
        may be about that."""
        standing = self.standing
        if self.reading.codes:
            meant = self.by_code()
            if len(meant) == 1:
                return self.passes(meant[0])
            choices = [one for one in meant if one in standing.open] or [*standing.held, *standing.open]
            return self.which(Intent.DECLINE, choices)
        asked, held = standing.asked, standing.held
        named = standing.named(asked)
        if held:
            if asked and len(named) == len(standing.opens) == 1 and self._is_plain_no():
                return self.passes(named[0])
            if len(held) == 1 and not asked:
                return self.passes(held[0])
            return self.which(Intent.DECLINE, [*held, *asked])
        if len(asked) == 1 and (named or not standing.opens):
            return self.passes(asked[0])
        if len(asked) > 1:
            return self.which(Intent.DECLINE, asked)
        about = standing.told_of()
        if not self._is_plain_no() and (about is None or about.ends_at <= self.at):
            # A no to nothing of ours: they may have a shift that is not known here.
            return self.converse(Note, intent=Intent.CALL_OFF)
        return self.converse(Note, intent=Intent.DECLINE, asks=self.reading.asks)

    def _is_plain_no(self) -> bool:
        words = self.text or " ".join(self.reading.words)
        return all(word.strip(".,!") in PLAIN_NO for word in words.casefold().split())

    def _holder_cannot_come(self, intent: Intent) -> Destination:
        held = self.held_meant()
        if not held:
            if intent is Intent.RUNNING_LATE and self.standing.open:
                # Whoever would come late to a shift on offer says on which condition they would take it.
                return self._neither_yes_nor_no(Intent.CONDITION)
            return self.converse(Note, intent=intent)
        if intent is Intent.CALL_OFF:
            return self.no(held[0], calls_off=True) if len(held) == 1 else self.which(Intent.DECLINE, held)
        next_one = min(held, key=order)
        return ToShift(next_one.shift_id, ReportLateness(**self.about(next_one)))

    # Neither.

    def _neither_yes_nor_no(self, intent: Intent) -> Destination:
        """Ask back while something is open; whatever somebody writes who has a shift, a person reads."""
        standing, live = self.standing, self.standing.open
        named = standing.named(live)
        if intent is Intent.PARTIAL and any(self._comes_late(one) for one in standing.held):
            return self._holder_cannot_come(Intent.RUNNING_LATE)
        if self.reading.thanks and (standing.held or not (named and standing.answers_a_question)):
            return self.converse(Note, intent=intent, thanks=True)
        if standing.held and (intent is Intent.UNCLEAR or len(named) != 1):
            return self.converse(Note, intent=intent)
        if not live:
            last = standing.told_of()
            unknown = last is not None and last.taken and not (last.told or last.mine)
            return self.converse(Note, intent=intent, taken=self.choice(last) if last and unknown else None)
        # Of several offers the last to arrive is not meant any more than the others; a question is passed on in any case.
        any_of_them = standing.answers_an_offer and intent is not Intent.QUESTION
        told = live if any_of_them else named or live
        about = [one for one in live if one.code in self.reading.codes] or told
        if len(about) > 1 and intent is Intent.PARTIAL:
            # A YES to one of them, which a question would ask for, would take all of it.
            return self.converse(Note, intent=intent)
        if len(about) > 1:
            # "Either" is willing to take one of them.
            asked = Intent.ACCEPT if self.reading.every is Every.ANY else intent
            return self.which(asked, live if about is named else about)
        [offer] = about
        if intent is Intent.MAYBE:
            return ToShift(offer.shift_id, PutOffOffer(**self.about(offer)))
        hours = part_of(offer, self.reading) if intent is Intent.PARTIAL else None
        if intent is Intent.PARTIAL and hours is None:
            since = self.reading.since
            if since is not None and self.reading.until is None and self._next(since) - self.at <= SOON:
                return self._put_off(self._next(since))
            intent = Intent.CONDITION
        return self.converse(AskAgain, offer, intent=intent, choice=self.choice(offer), hours=hours or "")

    def _put_off(self, until: datetime) -> Destination:
        """They are busy until then: each open offer that ends later is told again then, and nothing is offered before."""
        if self.opted_out():
            return self.converse(Note, intent=Intent.BUSY)
        offers = sorted(self.standing.open, key=order)
        parts = tuple(ToShift(one.shift_id, PutOffOffer(**self.about(one), until=until)) for one in offers)
        answer = self.converse(
            BeBusy,
            offers[0] if offers else None,
            until=until,
            told=hour(until),
            choices=self.choices(offers),
            asked_again=any(one.open_until is None or until < one.open_until for one in offers),
            asks=self.reading.asks,
        )
        return ToEach(parts, answer) if parts else answer

    def _free_at(self) -> datetime | None:
        """Give until when they say that they are busy."""
        reading = self.reading
        if not self.standing.all:
            return None
        if reading.until is not None:
            return self._next(reading.until)
        if reading.minutes is None:
            return None
        free = self.written_at + timedelta(minutes=reading.minutes)
        # A text that came late may name a time that has passed.
        shown = local(free + A_MINUTE, self.standing.all[0].zone).replace(second=0, microsecond=0)
        return shown if free > self.at else None

    def _next(self, time: ClockTime) -> datetime:
        """Give when clocks show that next where their newest offer is told."""
        return next_at(time, self.at, self.standing.all[0].zone)

    def _comes_late(self, held: OfferView) -> bool:
        """Whether a part that they name begins in the shift that they have, and ends with it."""
        return self.reading.until is None and bool(self.reading.since and part_of(held, self.reading))


def _closed(offer: OfferView) -> tuple[datetime, datetime, str, str]:
    return offer.closed_at or offer.starts_at, *order(offer)
