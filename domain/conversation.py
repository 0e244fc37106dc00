"""One phone's conversation with us, as far as it belongs to no shift: its state and its commands."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from .answer import Choice
from .conversation_events import (
    AnyConversationEvent,
    MessageNoted,
    OptedIn,
    OptedOut,
    PersonNeeded,
    QuestionAsked,
)
from .frozen import Frozen
from .reading import Intent

QUESTION_STANDS = timedelta(minutes=30)
"""How long a bare code still answers "which one?"; after that the person is asked again."""

ANSWERS = 5
AN_HOUR = timedelta(hours=1)
"""So many texts within this time answer what was no clear yes or no; then we fall silent and call a person. An
auto-responder answers each of our answers, and would go on for ever."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A "which one?" that waits for its answer: a bare code then means `intent`."""

    intent: Intent
    codes: tuple[str, ...]
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class ConversationState:
    """Everything `decide` needs to know of a conversation. `version` counts its events, `answered_at` has the instants
    of our last answers; `silent` says that one was held back since.
    """

    version: int = 0
    opted_out: frozenset[str] = frozenset()
    question: OpenQuestion | None = None
    answered_at: tuple[datetime, ...] = ()
    silent: bool = False

    def said_enough(self, at: datetime) -> bool:
        """Whether so much was answered that we fall silent for now."""
        return len(self.answered_at) == ANSWERS and at - self.answered_at[0] < AN_HOUR

    def answered(self, at: datetime) -> "ConversationState":
        """Give the state after one more answer."""
        return replace(self, answered_at=(*self.answered_at, at)[-ANSWERS:], silent=False)


def evolve(state: ConversationState, event: AnyConversationEvent) -> ConversationState:
    """Give the state after `event`."""
    return replace(_evolve(state, event), version=state.version + 1)


def _evolve(state: ConversationState, event: AnyConversationEvent) -> ConversationState:
    match event:
        case OptedOut():
            return replace(state, opted_out=state.opted_out | set(event.organization_ids), question=None)
        case OptedIn():
            return replace(state, opted_out=state.opted_out - set(event.organization_ids))
        case QuestionAsked():
            return replace(
                state.answered(event.at), question=OpenQuestion(event.intent, event.codes, event.at)
            )
        case MessageNoted(answer="text"):
            return state.answered(event.at)
        case MessageNoted(answer="withheld"):
            return replace(state, silent=True)
        case MessageNoted() | PersonNeeded():
            return state
        case _:  # pragma: no cover
            assert_never(event)


class ConversationCommand(Frozen):
    """The base of all commands to a conversation. `organization_id` is whose number the answer goes out from."""

    at: datetime
    by: str
    message_id: str | None = None
    contact_id: int
    caregiver_id: str | None = None
    organization_id: str
    language: str = "en"


class OptOut(ConversationCommand):
    """Stop all texts and calls of these organizations."""

    organization_ids: tuple[str, ...]


class OptIn(ConversationCommand):
    """Start them again. `still_open` are offers that are live; none is taken by this."""

    organization_ids: tuple[str, ...]
    still_open: tuple[Choice, ...] = ()


class AskWhich(ConversationCommand):
    """Ask which of `choices` a reply meant; `intent` says what it wants, whichever it is."""

    intent: Intent
    choices: tuple[Choice, ...]


class AskAgain(ConversationCommand):
    """Answer what was neither yes nor no while one offer is open; `intent` says what it was instead."""

    intent: Intent
    choice: Choice


class GiveHelp(ConversationCommand):
    """Say who texts and how to answer."""

    sender: str | None = None


class TellNothingOpen(ConversationCommand):
    """Answer a yes that can mean no offer."""


class Note(ConversationCommand):
    """Take note of a message that needs no decision; some need a person (`Intent.CALL_OFF`, a question ...)."""

    intent: Intent


AnyConversationCommand = OptOut | OptIn | AskWhich | AskAgain | GiveHelp | TellNothingOpen | Note
