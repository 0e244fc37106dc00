"""How a carrier delivers what people write: again and again, until somebody has acknowledged it."""

from collections.abc import Callable
from random import Random
from typing import Any

from firstyes.actors.carriers.port import OutboundMessage
from firstyes.actors.errors import UnknownPhone
from firstyes.actors.journal.port import CommitUnknown, JournalUnavailable
from firstyes.domain.answer import Answer
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.message import InboundMessage
from firstyes.domain.policy import Channel

from .agency import LAKESIDE, NORTHSIDE, Agency
from .answered_at_once import AnsweredAtOnce
from .auditor import Auditor
from .crash import ProcessDied
from .script import WINNER
from .stepped_carrier import Phones
from .stepped_system import Later, SteppedSystem
from .stimulus import Stimulus
from .violation import Rule

ASK_AGAIN = (5.0, 60.0, 600.0, 3_600.0, 7 * 3_600.0)
"""After how many seconds a carrier delivers a message again that was not acknowledged."""

WAITS_FOR = 2.0
"""Seconds a carrier waits for the acknowledgement."""

Guard = Callable[[Callable[[], Any]], Any]
"""Calls a check, and keeps the violation it raises where no handler can swallow it."""


class Webhooks:
    """Delivers. `system` gives those who receive, None while the service is down."""

    def __init__(
        self,
        agency: Agency,
        phones: Phones,
        auditor: Auditor,
        later: Later,
        system: Callable[[], SteppedSystem | None],
        guard: Guard,
    ) -> None:
        self._people = {one.id: one for one in agency.caregivers}
        self._phones = phones
        self._auditor = auditor
        self._later = later
        self._system = system
        self._guard = guard

    def say(self, one: Stimulus) -> None:
        """Let somebody write, if they have what it takes: a code cannot be told by who was never sent one."""
        who = self.winner(one.shift) if one.who == WINNER else one.who
        body = self._phones.body(who, one.shift, one.text) if who else None
        if who is None or body is None:
            return
        person = self.person(who)
        organization = LAKESIDE if person.organization_id == LAKESIDE.id else NORTHSIDE
        message = InboundMessage(
            from_phone=person.phone,
            to_phone=organization.phones[0].number,
            body=body,
            message_id=f"m{one.id}",
        )
        self._deliver(message, person, one.text, 0)
        if one.one:
            self._later(one.one, lambda: self._deliver(message, person, one.text, 0))

    def told_on_call(self, outbound: OutboundMessage) -> None:
        """Have whoever is told of an alert see to it now and then, after a while."""
        alert = self._auditor.on_call.arrived(int(outbound.key))
        dice = Random(f"{alert}/{outbound.key}")
        if alert is not None and outbound.channel is Channel.SMS and dice.random() < 0.4:
            wait = dice.choice((5.0, 200.0, 400.0))
            self._later(wait, lambda: self._see_to(alert, outbound))

    def _see_to(self, alert: int, outbound: OutboundMessage) -> None:
        system = self._system()
        if system is None:
            return
        fate = system.fate

        def told(said: Any) -> None:
            if not fate.dead and isinstance(said, Answer):
                self._guard(lambda: self._auditor.on_call.sees_to(alert, said.message))

        message = InboundMessage(
            from_phone=outbound.to_phone,
            to_phone=outbound.from_phone,
            body=f"OK A{alert}",
            message_id=f"ok{outbound.key}",
        )
        try:
            system.inbound.put(message, promise=AnsweredAtOnce(told))
        except (JournalUnavailable, ProcessDied):
            return

    def person(self, who: str) -> Caregiver:
        """Give somebody as they are now."""
        known = self._auditor.people
        return self._people[who].model_copy(update={"phone": known.phones[who], "active": known.active[who]})

    def winner(self, shift_id: str) -> str | None:
        """Say who has won a shift by now."""
        book = self._auditor.books.get(shift_id)
        return book.winners[-1] if book and book.winners else None

    def _deliver(self, message: InboundMessage, person: Caregiver, template: str, tries: int) -> None:
        system = self._system()

        def again() -> None:
            if tries < len(ASK_AGAIN):
                self._auditor.tally.add("delivered again for want of an acknowledgement")
                self._later(ASK_AGAIN[tries], lambda: self._deliver(message, person, template, tries + 1))

        if system is None:
            again()
            return
        fate, message_id = system.fate, message.message_id or ""

        def told(said: Any) -> None:
            if not fate.dead:
                self._guard(lambda: self._hear(message_id, said))

        try:
            self._guard(
                lambda: self._auditor.writes(
                    message_id, template, message.body, person.phone, person.organization_id
                )
            )
            reply = AnsweredAtOnce(told)
            system.inbound.put(message, promise=reply)
        except UnknownPhone:
            return
        except (JournalUnavailable, ProcessDied):
            again()
            return

        def look() -> None:
            # Nobody waits longer than a carrier does: an answer that has not come by then is asked for again.
            if fate.dead:
                self._auditor.lost(message_id)
            if fate.dead or not reply.is_set() or reply._error:
                again()

        self._later(WAITS_FOR, look)

    def _hear(self, message_id: str, said: Any) -> None:
        if isinstance(said, Answer):
            self._auditor.acknowledged(message_id, said)
        elif not isinstance(said, JournalUnavailable | CommitUnknown):
            self._auditor.report(Rule.NO_FAILURE, f"{said!r} {said.__cause__!r}")
