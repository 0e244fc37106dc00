"""The one decision function of a conversation: `decide(state, command)`. Its rules in one table: docs/silence.md."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from .. import wording
from ..alert import AlertKind
from ..answer import Answer, Choice, Refusal, Status, of_each, refuse
from ..decision import Decision
from ..message import Purpose
from ..replies.reading import Intent
from . import events
from .consenting import state_consent
from .events import AnyConversationEvent
from .numbers import CARRIER, confirm_number, doubt_number, hear_stranger, mark_landline
from .saying import Said, holder_wrote, holders_mute, noted, opted_out, pairs, person_needed, say, text_to
from .state import (
    OPTING,
    AnswerEach,
    AskAgain,
    AskWhich,
    BeBusy,
    ConfirmNumber,
    ConversationCommand,
    ConversationState,
    DoubtNumber,
    GiveHelp,
    HearStranger,
    MarkLandline,
    Note,
    OptIn,
    OptOut,
    RefuseCalls,
    SeeToAlert,
    StateConsent,
    TellNothingOpen,
    WriteDirectly,
)

WHY = {
    Intent.QUESTION: "A caregiver has a question, or wants to be called.",
    Intent.CONDITION: "A caregiver would take the shift on a condition.",
    Intent.PARTIAL: "A caregiver can do a part of a shift.",
    Intent.MAYBE: "A caregiver would come if nobody else does.",
    Intent.BUSY: "A caregiver is busy until a time.",
    Intent.DECLINE: "A caregiver says no, and asks or offers something besides.",
    Intent.CALL_OFF: "A caregiver calls off, but no shift of theirs is known here.",
    Intent.HELP: "A caregiver who opted out asks for help.",
    Intent.RUNNING_LATE: "A caregiver is running late, but no shift of theirs is known here.",
}
ANSWERED = "A caregiver answers what you wrote."
AUTOMATIC = "A caregiver's phone answered by itself, or somebody reacted to a text of ours."
UNREAD = "A caregiver wrote something that could not be read."
AT_ONCE = frozenset({Intent.QUESTION, Intent.CONDITION, Intent.PARTIAL})
"""What is asked back about and calls a person as well; what could not be read does so the second time."""

NOTED = Answer(status=Status.ACKNOWLEDGED, message="Thank you, noted.")
ENOUGH_SAID = "This phone writes again and again and gets no more answers for now; please read what it says."


def _opt_out(state: ConversationState, command: OptOut) -> Said:
    text = wording.opted_out(command.language)
    new = tuple(one for one in command.organization_ids if one not in state.opted_out)
    if not new:
        # A carrier that refuses one more text says nothing new of them.
        again = () if command.by == CARRIER else (opted_out(command, command.organization_ids),)
        return Decision(Answer(status=Status.ACKNOWLEDGED, message=text), again)
    mute = holders_mute(command, new)
    return say(command, Status.ACKNOWLEDGED, Purpose.OPT_OUT, text, opted_out(command, new), *mute)


def _opt_in(state: ConversationState, command: OptIn) -> Said:
    written_at = command.written_at or command.at
    if state.opted_at is not None and written_at < state.opted_at <= command.at:
        # Written before the opt-out that it would undo. One still to come is of a clock that ran ahead, and says nothing.
        return Decision(NOTED, (noted(command, Intent.OPT_IN, "none"),))
    stopped = state.opted_out | state.no_calls.keys()
    new = tuple(one for one in command.organization_ids if one in stopped)
    agree = tuple(one for one in command.consents if one.organization_id in new or state.lacks_consent(one))
    again = not state.opted_out.isdisjoint(new)
    text = wording.opted_in(command.language) if again else wording.already_opted_in(command.language)
    status, still_open = Status.ACKNOWLEDGED, command.still_open
    if still_open:
        status, text = Status.CLARIFY, f"{text} {wording.still_open(pairs(still_open), command.language)}"
    event: AnyConversationEvent = noted(command, Intent.OPT_IN)
    if new or agree:
        event = events.OptedIn(
            **command.source, organization_ids=new, written_at=command.written_at, consents=agree
        )
    return say(command, status, Purpose.OPT_IN, text, event, choices=still_open)


def _ask_which(state: ConversationState, command: AskWhich) -> Said:
    yes = "SI" if command.language == "es" else "YES"
    word = "NO" if command.intent is Intent.DECLINE else yes
    [first, *others] = command.choices
    if others or command.intent is not Intent.ACCEPT:
        text = wording.which_one(pairs(command.choices), command.language, word)
    else:
        text = wording.do_you_mean(first.text, first.code, command.language)
    if command.yours is not None:
        text = f"{wording.already_yours(command.yours.text, command.language)} {text}"
    event = events.QuestionAsked(
        **command.source,
        intent=command.intent,
        codes=tuple(choice.code for choice in command.choices),
        matter=command.matter,
    )
    about = Intent.QUESTION if command.asks else command.intent
    beside = _beside_a_question(state, command, about, None)
    return say(command, Status.CLARIFY, Purpose.QUESTION, text, event, *beside, choices=command.choices)


def _ask_again(state: ConversationState, command: AskAgain) -> Said:
    choice = command.choice
    if command.intent is Intent.PARTIAL:
        return _part_offered(state, command, choice)
    ask = {
        Intent.CONDITION: wording.whole_shift_only,
        Intent.QUESTION: wording.question_passed_on,
    }.get(command.intent, wording.yes_or_no)
    return say(
        command,
        Status.CLARIFY,
        # "Ok" to the news that a person was told takes no shift.
        Purpose.NOTICE if command.intent in AT_ONCE else Purpose.QUESTION,
        ask(choice.text, choice.code, command.language),
        noted(command, command.intent),
        *_beside_a_question(state, command, command.intent, choice.shift_id),
        choices=(choice,),
        shift_id=choice.shift_id,
    )


def _part_offered(state: ConversationState, command: AskAgain, choice: Choice) -> Said:
    said = f"A caregiver can do a part of the shift: {command.hours or 'which one they did not say'}."
    alert = person_needed(command, AlertKind.PARTIAL_OFFER, said, choice.shift_id)
    return say(
        command,
        Status.CLARIFY,
        Purpose.NOTICE,
        wording.part_noted(choice.text, command.hours, choice.code, command.language),
        noted(command, command.intent),
        *(_beside_a_question(state, command, command.intent, choice.shift_id) if command.held else (alert,)),
        choices=(choice,),
        shift_id=choice.shift_id,
    )


def _be_busy(state: ConversationState, command: BeBusy) -> Said:
    """Whoever wants to be called besides is heard by a person."""
    event = events.BusyUntil(**command.source, until=command.until, matter=command.matter)
    about = command.choices[0].shift_id if command.choices else None
    called = (
        (person_needed(command, AlertKind.NEEDS_READING, WHY[Intent.QUESTION], about),)
        if command.asks
        else ()
    )
    text = wording.left_alone(
        command.told, pairs(command.choices), command.language, asked_again=command.asked_again
    )
    said = say(
        command,
        Status.ACKNOWLEDGED,
        Purpose.NOTICE,
        text,
        event,
        *called,
        choices=command.choices,
        shift_id=about,
    )
    return said if state.busy_until != command.until else replace(said, messages=())


def _answer_each(_: ConversationState, command: AnswerEach) -> Said:
    """The shifts have sent their texts; only codes that are nobody's are told of here."""
    unknown = [
        Answer(status=Status.NO_ACTION, message=wording.no_such_code([code], command.language))
        for code in command.unknown
    ]
    answer = of_each((*command.codes, *command.unknown), (*command.answers, *unknown))
    if not unknown:
        return Decision(answer, (noted(command, command.intent, "none"),))
    text = wording.no_such_code(command.unknown, command.language)
    return Decision(answer, (noted(command, command.intent),), (text_to(command, Purpose.NOTICE, text),))


def _beside_a_question(
    state: ConversationState, command: ConversationCommand, intent: Intent, shift_id: str | None
) -> Iterable[events.PersonNeeded]:
    """Call a person as well: whenever somebody writes who has a shift or answers a coordinator, for what only a person can
    answer, and for a second text that could not be read."""
    if command.held and intent is not Intent.ACCEPT:
        yield holder_wrote(command, command.held[0])
    elif command.answers_a_person:
        yield person_needed(command, AlertKind.NEEDS_READING, ANSWERED, shift_id)
    elif intent in AT_ONCE or (intent is Intent.UNCLEAR and state.unread == command.matter):
        why = WHY.get(intent, UNREAD)
        yield person_needed(command, AlertKind.NEEDS_READING, why, shift_id)


def _note(_: ConversationState, command: Note) -> Said:
    silent = noted(command, command.intent, "none")
    settled = command.thanks or (command.intent in {Intent.ACCEPT, Intent.DECLINE} and not command.asks)
    if settled and not command.answers_a_person:
        return Decision(NOTED, (silent,))
    if command.held:
        alert = holder_wrote(command, command.held[0])
    else:
        why = AUTOMATIC if command.automatic else WHY.get(command.intent, UNREAD)
        why = ANSWERED if command.answers_a_person else why
        alert = person_needed(command, AlertKind.NEEDS_READING, why, command.shift_id)
    if command.answers_a_person or command.automatic:
        return Decision(NOTED, (silent, alert))
    return say(
        command,
        Status.ACKNOWLEDGED,
        Purpose.NOTICE,
        wording.passed_on(command.language, command.taken.text if command.taken else None),
        noted(command, command.intent),
        alert,
        shift_id=alert.shift_id,
    )


def _write_directly(state: ConversationState, command: WriteDirectly) -> Said:
    if command.key is not None and command.key in state.keys:
        told = "A text with this key was written to them before. Nothing is sent now."
        return Decision(Answer(status=Status.SUCCESS, message=told))
    if command.organization_id in state.opted_out:
        return Decision(refuse(Refusal.NOT_TEXTED, "They want no texts (STOP); call them instead."))
    if state.doubted_at is not None:
        return Decision(refuse(Refusal.NOT_TEXTED, "Their number is in doubt; correct or confirm it first."))
    event = events.DirectMessageWritten(
        at=command.at,
        by=command.by,
        organization_id=command.organization_id,
        caregiver_id=command.caregiver_id,
        key=command.key,
    )
    answer = Answer(status=Status.SUCCESS, message="The text is on its way.")
    return Decision(answer, (event,), (text_to(command, Purpose.DIRECT, command.body),))


def _refuse_calls(_: ConversationState, command: RefuseCalls) -> Said:
    event = events.CallsRefused(
        **command.source, organization_ids=command.organization_ids, matter=command.matter
    )
    return say(command, Status.ACKNOWLEDGED, Purpose.NOTICE, wording.no_calls(command.language), event)


def _matter(decision: Said, command: ConversationCommand) -> str:
    """Give what the answer is counted by: an opt-out or opt-in that changes something counts for the phone only."""
    if any(isinstance(event, events.OptedOut | events.OptedIn) for event in decision.events):
        return OPTING
    return command.matter


def _keep_silent(command: ConversationCommand, said: Said) -> Said:
    """Do what the message asks for without answering it, and call a person."""
    kept: list[AnyConversationEvent] = []
    for event in said.events:
        if isinstance(event, events.MessageNoted | events.QuestionAsked):
            kept.append(noted(command, event.intent, "withheld"))
        elif isinstance(event, events.PersonNeeded):
            kept.append(event.model_copy(update={"message": f"{event.message} {ENOUGH_SAID}"}))
        else:
            kept.append(event)
    if not any(isinstance(event, events.PersonNeeded) for event in kept):
        kept.append(person_needed(command, AlertKind.NEEDS_READING, ENOUGH_SAID, None))
    return Decision(NOTED, tuple(kept))


def _give_help(state: ConversationState, command: GiveHelp) -> Said:
    """Whoever has a shift may need more than a text; whoever opted out does not get it."""
    said_now: list[AnyConversationEvent] = [noted(command, Intent.HELP)]
    if command.held:
        said_now.append(holder_wrote(command, command.held[0]))
    elif command.organization_id in state.opted_out:
        said_now.append(person_needed(command, AlertKind.NEEDS_READING, WHY[Intent.HELP], None))
    text = wording.help_text(command.sender, command.language, command.own)
    return say(command, Status.ACKNOWLEDGED, Purpose.HELP, text, *said_now)


def _tell_nothing_open(_: ConversationState, command: TellNothingOpen) -> Said:
    text = wording.nothing_open([one.text for one in command.yours], command.language)
    return say(command, Status.NO_ACTION, Purpose.NOTICE, text, noted(command, Intent.ACCEPT))


def _see_to_alert(_: ConversationState, command: SeeToAlert) -> Said:
    """It is kept as any message is: sent twice, an "ok" must not mean what was told since."""
    alert = f"A{command.alert_id}"
    said = f"Thank you: {alert} is yours to see to." if command.first else f"{alert} is seen to already."
    return Decision(
        Answer(status=Status.ACKNOWLEDGED, message=said), (noted(command, Intent.ACCEPT, "none"),)
    )


DECIDERS: dict[type[ConversationCommand], Callable[[ConversationState, Any], Said]] = {
    OptOut: _opt_out,
    OptIn: _opt_in,
    AskWhich: _ask_which,
    AskAgain: _ask_again,
    AnswerEach: _answer_each,
    BeBusy: _be_busy,
    GiveHelp: _give_help,
    TellNothingOpen: _tell_nothing_open,
    Note: _note,
    DoubtNumber: doubt_number,
    MarkLandline: mark_landline,
    ConfirmNumber: confirm_number,
    RefuseCalls: _refuse_calls,
    StateConsent: state_consent,
    WriteDirectly: _write_directly,
    SeeToAlert: _see_to_alert,
    HearStranger: hear_stranger,
}


def decide(state: ConversationState, command: ConversationCommand) -> Said:
    """Say what follows from `command`. Never raises."""
    decision = DECIDERS[type(command)](state, command)
    if command.answered and not decision.answer.choices:
        # What the carrier said suffices, unless there is something open to be told.
        return replace(decision, messages=())
    if isinstance(command, WriteDirectly | StateConsent) or not decision.messages:
        return decision
    if not state.said_enough(_matter(decision, command), command.at):
        return decision
    silent = _keep_silent(command, decision)
    return replace(silent, answer=decision.answer) if isinstance(command, AnswerEach) else silent
