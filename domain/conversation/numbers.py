"""Whose a number is: one that somebody calls wrong, one that nobody has any more, one that is confirmed."""

from dataclasses import replace

from .. import wording
from ..alert import AlertKind
from ..answer import Answer, Refusal, Status, refuse
from ..decision import Decision
from ..message import Purpose
from ..on_call import A_PROGRAM_READS
from ..replies.reading import Intent
from . import events
from .events import AnyConversationEvent
from .saying import Said, needed, noted, opted_out, person_needed, text_to
from .state import A_DAY, ConfirmNumber, ConversationState, DoubtNumber, HearStranger, MarkLandline

NOBODYS_PHONE = "Somebody wrote from a phone that nobody who works here has"
CARRIER = "carrier"
LAST_KNOWN = "; it was the last one known of this person"


def doubt_number(state: ConversationState, command: DoubtNumber) -> Said:
    """A wrong number is not texted again by us, not even to say thanks."""
    answer = Answer(status=Status.ACKNOWLEDGED, message=wording.passed_on(command.language))
    doubted = events.NumberDoubted(**command.source)
    said = (
        "The carrier knows no such number"
        if command.by == CARRIER
        else "Somebody says that this is not the caregiver's number"
    )
    why = f"{said}; nothing is sent to it until you confirm it."
    held = {one.organization_id: one for one in reversed(command.held)}
    alert = (
        needed(command, AlertKind.WRONG_NUMBER, f"{why} It has {held[one].text}.", held[one])
        if one in held
        else person_needed(command, AlertKind.WRONG_NUMBER, why, None, one)
        for one in command.organization_ids
    )
    return Decision(answer, (*(() if state.doubted_at else (doubted,)), *alert))


def mark_landline(state: ConversationState, command: MarkLandline) -> Said:
    """Call this number from now on instead of texting it."""
    answer = Answer(status=Status.ACKNOWLEDGED, message="The number is called instead.")
    return Decision(answer, () if state.landline_at else (events.LandlineMarked(**command.source),))


def confirm_number(state: ConversationState, command: ConfirmNumber) -> Said:
    """A coordinator has found the number to be right."""
    if state.doubted_at is None and state.landline_at is None:
        return Decision(Answer(status=Status.SUCCESS, message="The number was not in doubt."))
    answer = Answer(status=Status.SUCCESS, message="The number is confirmed and used again.")
    return Decision(answer, (events.NumberConfirmed(at=command.at, by=command.by),))


def hear_stranger(state: ConversationState, command: HearStranger) -> Said:
    """Call a person, once a day; whoever may be told is told with that whose number this is."""
    answer = refuse(Refusal.UNKNOWN, "Nobody here has this phone.")
    said_now: list[AnyConversationEvent] = [noted(command, command.intent, "none")]
    if command.intent is Intent.OPT_OUT and command.organization_ids:
        # It binds whoever has, or gets, this phone, though nothing is sent to say so.
        said_now.append(opted_out(command, command.organization_ids))
    if command.held:
        why = "wrote, and was made inactive while having it; please read it"
        wrote = (
            needed(command, AlertKind.HOLDER_WROTE, f"Whoever has {one.text} {why}.", one)
            for one in command.held
        )
        return Decision(answer, (*said_now, *wrote))
    may_be_told = (
        command.greets and command.organization_id not in state.opted_out and state.doubted_at is None
    )
    if may_be_told and command.on_call:
        how = text_to(
            command, Purpose.NOTICE, wording.from_sender(command.sender or "firstyes", A_PROGRAM_READS)
        )
        return Decision(answer, (noted(command, command.intent),), (how,))
    if state.stranger_at is not None and command.at - state.stranger_at < A_DAY:
        return Decision(answer, tuple(said_now))
    whose = LAST_KNOWN if command.caregiver_id else ""
    said = " They say yes." if command.intent is Intent.ACCEPT else ""
    alert = person_needed(command, AlertKind.UNKNOWN_PHONE, f"{NOBODYS_PHONE}{whose}.{said}", None)
    if not may_be_told:
        return Decision(answer, (*said_now, alert))
    # Whoever has the phone now is not the one who had it.
    greeting = replace(text_to(command, Purpose.NOTICE, wording.stranger(command.sender)), caregiver_id=None)
    return Decision(answer, (*said_now, alert), (greeting,))
