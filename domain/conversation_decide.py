"""The one decision function of a conversation: `decide(state, command)`."""

from typing import Literal, assert_never

from . import wording
from .alert import AlertKind
from .answer import Answer, Choice, Status
from .conversation import (
    AnyConversationCommand,
    AskAgain,
    AskWhich,
    ConversationCommand,
    ConversationState,
    GiveHelp,
    Note,
    OptIn,
    OptOut,
    TellNothingOpen,
)
from .conversation_events import (
    AnyConversationEvent,
    MessageNoted,
    OptedIn,
    OptedOut,
    PersonNeeded,
    QuestionAsked,
)
from .decision import Decision
from .message import Message, Purpose
from .policy import Channel
from .reading import Intent

NEEDS_A_PERSON = {
    Intent.QUESTION: "A caregiver has a question.",
    Intent.CONDITION: "A caregiver would take the shift on a condition.",
    Intent.CALL_OFF: "A caregiver calls off, but no shift of theirs is known here.",
    Intent.RUNNING_LATE: "A caregiver is running late, but no shift of theirs is known here.",
    Intent.WRONG_NUMBER: "This phone may not be the caregiver's any more.",
}


NOTED = Answer(status=Status.ACKNOWLEDGED, message="Thank you, noted.")
ENOUGH_SAID = "This phone writes again and again and gets no more answers for now; please read what it says."


def decide(state: ConversationState, command: AnyConversationCommand) -> Decision[AnyConversationEvent]:
    """Say what follows from `command`. Never raises."""
    decision = _decide(state, command)
    if isinstance(command, OptOut | OptIn) or not decision.messages or not state.said_enough(command.at):
        return decision
    return _keep_silent(state, command, decision)


def _decide(state: ConversationState, command: AnyConversationCommand) -> Decision[AnyConversationEvent]:
    match command:
        case OptOut():
            return _opt_out(state, command)
        case OptIn():
            return _opt_in(state, command)
        case AskWhich():
            return _ask_which(command)
        case AskAgain():
            return _ask_again(command)
        case GiveHelp():
            text = wording.help_text(command.sender, command.language)
            return _answered(command, Status.ACKNOWLEDGED, Intent.HELP, Purpose.HELP, text)
        case TellNothingOpen():
            text = wording.nothing_open(command.language)
            return _answered(command, Status.NO_ACTION, Intent.ACCEPT, Purpose.NOTICE, text)
        case Note():
            return _note(command)
        case _:  # pragma: no cover
            assert_never(command)


def _opt_out(state: ConversationState, command: OptOut) -> Decision[AnyConversationEvent]:
    text = wording.opted_out(command.language)
    answer = Answer(status=Status.ACKNOWLEDGED, message=text)
    new = tuple(one for one in command.organization_ids if one not in state.opted_out)
    if not new:
        return Decision(answer)
    event = OptedOut(at=command.at, by=command.by, message_id=command.message_id, organization_ids=new)
    return Decision(answer, (event,), (_text(command, Purpose.OPT_OUT, text),))


def _opt_in(state: ConversationState, command: OptIn) -> Decision[AnyConversationEvent]:
    new = tuple(one for one in command.organization_ids if one in state.opted_out)
    told = wording.opted_in(command.language) if new else wording.already_opted_in(command.language)
    status, text = Status.ACKNOWLEDGED, told
    if command.still_open:
        status = Status.CLARIFY
        text = f"{told} {wording.still_open(_pairs(command.still_open), command.language)}"
    answer = Answer(status=status, message=text, choices=command.still_open)
    if not new:
        return Decision(answer, (_noted(command, Intent.OPT_IN),), (_text(command, Purpose.OPT_IN, text),))
    event = OptedIn(at=command.at, by=command.by, message_id=command.message_id, organization_ids=new)
    return Decision(answer, (event,), (_text(command, Purpose.OPT_IN, text),))


def _ask_which(command: AskWhich) -> Decision[AnyConversationEvent]:
    yes = "SI" if command.language == "es" else "YES"
    word = "NO" if command.intent is Intent.DECLINE else yes
    text = wording.which_one(_pairs(command.choices), command.language, word)
    event = QuestionAsked(
        at=command.at,
        by=command.by,
        message_id=command.message_id,
        intent=command.intent,
        codes=tuple(choice.code for choice in command.choices),
    )
    answer = Answer(status=Status.CLARIFY, message=text, choices=command.choices)
    alert = _alert(command, command.intent, None)
    return Decision(answer, (event, *alert), (_text(command, Purpose.QUESTION, text),))


def _ask_again(command: AskAgain) -> Decision[AnyConversationEvent]:
    choice = command.choice
    ask = {
        Intent.CONDITION: wording.whole_shift_only,
        Intent.QUESTION: wording.question_passed_on,
    }.get(command.intent, wording.yes_or_no)
    text = ask(choice.text, choice.code, command.language)
    answer = Answer(status=Status.CLARIFY, message=text, shift_id=choice.shift_id, choices=(choice,))
    events: tuple[AnyConversationEvent, ...] = (
        _noted(command, command.intent),
        *_alert(command, command.intent, choice.shift_id),
    )
    return Decision(answer, events, (_text(command, Purpose.QUESTION, text),))


def _note(command: Note) -> Decision[AnyConversationEvent]:
    alert = _alert(command, command.intent, None)
    if not alert:
        return Decision(NOTED, (_noted(command, command.intent, "none"),))
    text = wording.passed_on(command.language)
    answer = Answer(status=Status.ACKNOWLEDGED, message=text)
    if command.intent is Intent.WRONG_NUMBER:
        # A wrong number is not texted again by us, not even to say thanks.
        return Decision(answer, (_noted(command, command.intent, "none"), *alert))
    return Decision(
        answer, (_noted(command, command.intent), *alert), (_text(command, Purpose.NOTICE, text),)
    )


def _keep_silent(
    state: ConversationState, command: ConversationCommand, said: Decision[AnyConversationEvent]
) -> Decision[AnyConversationEvent]:
    """Record the message without answering it; the first time, call a person."""
    intent = next(one.intent for one in said.events if isinstance(one, MessageNoted | QuestionAsked))
    noted = _noted(command, intent, "withheld")
    return Decision(NOTED, (noted,) if state.silent else (noted, _person_needed(command, ENOUGH_SAID, None)))


def _answered(
    command: ConversationCommand, status: Status, intent: Intent, purpose: Purpose, text: str
) -> Decision[AnyConversationEvent]:
    answer = Answer(status=status, message=text)
    return Decision(answer, (_noted(command, intent),), (_text(command, purpose, text),))


def _noted(
    command: ConversationCommand, intent: Intent, answer: Literal["text", "none", "withheld"] = "text"
) -> MessageNoted:
    return MessageNoted(
        at=command.at, by=command.by, message_id=command.message_id, intent=intent, answer=answer
    )


def _alert(command: ConversationCommand, intent: Intent, shift_id: str | None) -> tuple[PersonNeeded, ...]:
    if intent not in NEEDS_A_PERSON:
        return ()
    return (_person_needed(command, NEEDS_A_PERSON[intent], shift_id),)


def _person_needed(command: ConversationCommand, why: str, shift_id: str | None) -> PersonNeeded:
    return PersonNeeded(
        at=command.at,
        by=command.by,
        message_id=command.message_id,
        organization_id=command.organization_id,
        kind=AlertKind.NEEDS_READING,
        message=why,
        shift_id=shift_id,
        caregiver_id=command.caregiver_id,
    )


def _pairs(choices: tuple[Choice, ...]) -> list[tuple[str, str]]:
    return [(choice.code, choice.text) for choice in choices]


def _text(command: ConversationCommand, purpose: Purpose, body: str) -> Message:
    return Message(
        contact_id=command.contact_id,
        caregiver_id=command.caregiver_id,
        organization_id=command.organization_id,
        channel=Channel.SMS,
        purpose=purpose,
        body=body,
    )
