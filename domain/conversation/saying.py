"""What the decisions of a conversation are made of: answers, texts, events that say what was read, and calls for a person."""

from collections.abc import Collection, Iterator
from typing import Literal

from ..alert import AlertKind
from ..answer import Answer, Choice, Status
from ..decision import Decision
from ..message import Message, Purpose
from ..policy import Channel
from ..replies.reading import Intent
from . import events
from .events import AnyConversationEvent
from .state import ConversationCommand, Holding

Said = Decision[AnyConversationEvent]


def say(
    command: ConversationCommand,
    status: Status,
    purpose: Purpose,
    text: str,
    *happened: AnyConversationEvent,
    choices: tuple[Choice, ...] = (),
    shift_id: str | None = None,
) -> Said:
    """Answer with a text; `choices` are what it names."""
    answer = Answer(status=status, message=text, shift_id=shift_id, choices=choices)
    return Decision(answer, happened, (text_to(command, purpose, text, choices),))


def noted(
    command: ConversationCommand, intent: Intent, answer: Literal["text", "none", "withheld"] = "text"
) -> events.MessageNoted:
    """Note how a message was read, and whether a text answered it."""
    return events.MessageNoted(**command.source, intent=intent, answer=answer, matter=command.matter)


def holder_wrote(command: ConversationCommand, held: Holding) -> events.PersonNeeded:
    """Call a person because somebody wrote who has a shift."""
    return needed(command, AlertKind.HOLDER_WROTE, f"Whoever has {held.text} wrote; please read it.", held)


def needed(command: ConversationCommand, kind: AlertKind, why: str, held: Holding) -> events.PersonNeeded:
    """Call a person about a shift that the writer has."""
    return person_needed(command, kind, why, held.shift_id, held.organization_id, held.caregiver_id)


def holders_mute(
    command: ConversationCommand, organization_ids: Collection[str]
) -> Iterator[events.PersonNeeded]:
    """Call a person about each shift that the writer has at organizations that can reach them no more."""
    for one in command.held:
        if one.organization_id in organization_ids:
            said = f"Whoever has {one.text} wants no more texts or calls."
            yield needed(command, AlertKind.HOLDER_MUTE, said, one)


def person_needed(
    command: ConversationCommand,
    kind: AlertKind,
    why: str,
    shift_id: str | None,
    organization_id: str | None = None,
    caregiver_id: str | None = None,
) -> events.PersonNeeded:
    """Call a person, about the writer unless another is named."""
    return events.PersonNeeded(
        **command.source,
        organization_id=organization_id or command.organization_id,
        kind=kind,
        message=why,
        shift_id=shift_id,
        caregiver_id=caregiver_id or command.caregiver_id,
    )


def pairs(choices: tuple[Choice, ...]) -> list[tuple[str, str]]:
    """Give choices as code and shift."""
    return [(choice.code, choice.text) for choice in choices]


def text_to(
    command: ConversationCommand, purpose: Purpose, body: str, opens: tuple[Choice, ...] = ()
) -> Message:
    """Give a text to the writer; `opens` are the offers that it names open."""
    return Message(
        contact_id=command.contact_id,
        caregiver_id=command.caregiver_id,
        organization_id=command.organization_id,
        channel=Channel.SMS,
        purpose=purpose,
        body=body,
        opens=tuple(choice.code for choice in opens),
    )


def opted_out(command: ConversationCommand, organization_ids: tuple[str, ...]) -> events.OptedOut:
    """Say that they want nothing more from these organizations; said again, no consent of before restores anything."""
    return events.OptedOut(
        **command.source,
        organization_ids=organization_ids,
        written_at=command.written_at,
    )
