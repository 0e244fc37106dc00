"""What the auditor knows of messages that came in: whether each was heard."""

from collections.abc import Iterable

from firstyes.domain.conversation.events import AnyConversationEvent
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift.events import AnyShiftEvent

from .message_book import MessageBook
from .people_book import PeopleBook
from .script import MAY_CLAIM, MERE_OK, NOES, THANKS
from .violation import Report, Rule

CALLS_A_PERSON = frozenset({"coordinator_alerted", "person_needed"})
IN_ONE_COMMIT = 3
"""Events at the most that one message leads to."""


class HearingBook:
    """Holds each message that came in against what followed from it, in the same commit or before."""

    def __init__(self, people: PeopleBook, messages: MessageBook, report: Report) -> None:
        self._people = people
        self._messages = messages
        self._report = report
        self._effects: dict[str, list[tuple[int, int, str]]] = {}
        self._texts: set[tuple[int, int]] = set()
        self._answers: set[int] = set()

    def take_event(self, stream: int, version: int, event: AnyShiftEvent | AnyConversationEvent) -> None:
        """Take in what a message led to."""
        message_id = getattr(event, "message_id", None)
        if message_id is not None:
            self._effects.setdefault(message_id, []).append((stream, version, event.type))

    def take_text(self, stream: int, cause: int) -> None:
        """Take in a text and what it was caused by."""
        if cause < 0:
            self._answers.add(-cause)
        else:
            self._texts.add((stream, cause))

    def hear(self, heard: Iterable[tuple[int, str, int, str | None]]) -> None:
        """See that each of these messages (number, id, contact, shift) was heard; what is committed is known."""
        for number, message_id, contact, shift_id in heard:
            if message_id not in self._people.said:
                continue
            effects = self._effects.get(message_id, [])
            kinds = {kind for _, _, kind in effects}
            told = number in self._answers or any(
                (stream, cause) in self._texts
                for stream, version, _ in effects
                for cause in range(version, version + IN_ONE_COMMIT)
            )
            if told or kinds & CALLS_A_PERSON or self._may_be_silent(message_id, contact, shift_id, kinds):
                continue
            self._report(Rule.HEARD, f"{message_id}: {self._people.said[message_id]}, {sorted(kinds)}")
        self._effects.clear()
        self._texts.clear()
        self._answers.clear()

    def _may_be_silent(self, message_id: str, contact: int, shift_id: str | None, kinds: set[str]) -> bool:
        """Whether it was plain thanks, a no, or a repeat of what is settled."""
        people, template = self._people, self._people.said[message_id][0]
        phone, organization = people.wrote[message_id]
        theirs = people.behind(phone, organization)
        if not any(people.active[one] for one in theirs) or contact in people.doubted:
            # A phone that nobody who works here has is told nothing, and calls a person once a day.
            return True
        if template == THANKS or (template == MERE_OK and "message_noted" in kinds):
            return True
        # The code alone is a no where a no was asked back with codes.
        if (
            template in NOES
            or template.startswith("NO ")
            or (template == "{code}" and people.asked.get(contact) is Intent.DECLINE)
        ):
            held = [book for one in theirs if people.active[one] for book in people.holds(one)]
            return shift_id is not None or not held
        if template in MAY_CLAIM:
            return shift_id is not None and (shift_id, contact) in self._messages.answered
        # Once is enough, and a clock that was set makes them older than what they would undo.
        return template == "STOP" or (template == "START" and "message_noted" in kinds)
