"""One phone's conversation with us, as far as it belongs to no shift: its state and its commands."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, assert_never

from pydantic import AwareDatetime

from ..alert import AlertKind
from ..answer import Answer, Choice
from ..consent import Consent
from ..frozen import Frozen
from ..organization import Organization
from ..own_texts import OwnText
from ..policy import PHONES, Channel
from ..replies.reading import Intent
from . import events
from .events import AnyConversationEvent, Whose

QUESTION_STANDS = timedelta(minutes=30)
"""How long a bare code still answers "which one?"; after that the person is asked again."""

AN_HOUR = timedelta(hours=1)
ANSWERS = 5
"""So many texts within an hour answer what was no clear yes or no in one matter; then we fall silent and call a person.
An auto-responder answers each of our answers, and would go on for ever."""
MOST_ANSWERS = 20
"""So many within an hour go to one phone, whatever it is about."""
OPTING = "opting"
"""The matter of opt-outs and opt-ins: their answers count for the phone, and for no offer."""
KEYS = 20
"""So many keys of direct messages are remembered for a phone, so that a repeated order sends nothing."""
EVER = datetime.min.replace(tzinfo=UTC)
A_DAY = timedelta(days=1)
"""A phone that nobody has any more calls a person at most once in this time."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A "which one?" that waits for its answer: a bare code then means `intent`."""

    intent: Intent
    codes: tuple[str, ...]
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class ConversationState:
    """Everything `decide` needs to know of a conversation. `version` counts its events.

    `answers` are our last answers, each with its matter. `unread` is the matter of the last text that could not be read.
    `opted_at` is when the last opt-out or opt-in was written, `stranger_at` when a person was last called because nobody
    has this phone. `keys` are those of the last direct messages. `doubted_at` is set while the number is in doubt. `busy_until` is
    when the person is free, as they said last, `landline_at` when the carrier said that the number takes no texts. `no_calls`
    says from which organizations calls are not wanted, and since when; `consents` who agreed to which channel, and when.
    `welcomed` were told who writes to them.
    """

    version: int = 0
    opted_out: frozenset[str] = frozenset()
    question: OpenQuestion | None = None
    answers: tuple[tuple[datetime, str], ...] = ()
    unread: str | None = None
    opted_at: datetime | None = None
    stranger_at: datetime | None = None
    doubted_at: datetime | None = None
    busy_until: datetime | None = None
    landline_at: datetime | None = None
    keys: tuple[str, ...] = ()
    no_calls: Mapping[str, datetime] = field(default_factory=dict)
    consents: Mapping[tuple[Whose, Channel], datetime] = field(default_factory=dict)
    welcomed: frozenset[str] = frozenset()

    def said_enough(self, matter: str, at: datetime) -> bool:
        """Whether so much was answered in this matter, or to this phone, that we fall silent for now."""
        recent = [about for when, about in self.answers if at - when < AN_HOUR]
        return len(recent) >= MOST_ANSWERS or (matter != OPTING and recent.count(matter) >= ANSWERS)

    def answered(self, at: datetime, matter: str) -> "ConversationState":
        """Give the state after one more answer."""
        return replace(self, answers=(*self.answers, (at, matter))[-MOST_ANSWERS:])

    def lacks_consent(self, one: Whose) -> bool:
        """Whether somebody has not agreed to both texts and calls."""
        return any((one, channel) not in self.consents for channel in PHONES)

    def without_consent(
        self, organization_ids: tuple[str, ...], *channels: Channel
    ) -> Mapping[tuple[Whose, Channel], datetime]:
        """Give the consents that are left when that to these channels of these organizations is gone."""
        return {
            (whose, channel): at
            for (whose, channel), at in self.consents.items()
            if whose.organization_id not in organization_ids or channel not in channels
        }


def evolve(state: ConversationState, event: AnyConversationEvent) -> ConversationState:
    """Give the state after `event`."""
    return replace(_evolve(state, event), version=state.version + 1)


def _evolve(state: ConversationState, event: AnyConversationEvent) -> ConversationState:
    match event:
        case events.OptedOut():
            out = state.opted_out | set(event.organization_ids)
            written_at = event.written_at or event.at
            return replace(
                state if out == state.opted_out else state.answered(event.at, OPTING),
                opted_out=out,
                # One that is heard of late makes no later word an earlier one.
                opted_at=max(written_at, state.opted_at or written_at),
                question=None,
                consents=state.without_consent(event.organization_ids, *PHONES),
            )
        case events.OptedIn():
            out = state.opted_out - set(event.organization_ids)
            return replace(
                state.answered(event.at, OPTING),
                opted_out=out,
                opted_at=event.written_at or event.at,
                no_calls=_without(state.no_calls, event.organization_ids),
                consents={
                    **state.consents,
                    **{(whose, channel): event.at for whose in event.consents for channel in PHONES},
                },
                busy_until=None,
                landline_at=None,
            )
        case events.ConsentGiven():
            return _consented(state, event)
        case events.QuestionAsked():
            # Asked again, because the answer could not be read, it is the same question.
            kept = state.question
            again = (
                kept is not None
                and event.intent is Intent.UNCLEAR
                and kept.intent is Intent.ACCEPT
                and kept.codes == event.codes
                and event.at - kept.asked_at <= QUESTION_STANDS
            )
            intent = Intent.ACCEPT if again else event.intent
            asked = replace(state, question=OpenQuestion(intent, event.codes, event.at))
            return _read(asked, event.intent, event.matter).answered(event.at, event.matter)
        case events.MessageNoted():
            noted = _read(state, event.intent, event.matter)
            return noted.answered(event.at, event.matter) if event.answer == "text" else noted
        case events.PersonNeeded(kind=AlertKind.UNKNOWN_PHONE):
            return replace(state, stranger_at=event.at)
        case events.NumberDoubted():
            return replace(state, doubted_at=event.at)
        case events.NumberConfirmed():
            return replace(state, doubted_at=None, landline_at=None)
        case events.LandlineMarked():
            return replace(state, landline_at=event.at)
        case events.CallsRefused():
            return replace(
                state.answered(event.at, event.matter),
                no_calls={**state.no_calls, **dict.fromkeys(event.organization_ids, event.at)},
                consents=state.without_consent(event.organization_ids, Channel.VOICE),
            )
        case events.BusyUntil():
            return replace(state.answered(event.at, event.matter), busy_until=event.until)
        case events.DirectMessageWritten():
            return replace(state, keys=(*state.keys, event.key or "")[-KEYS:])
        case events.PersonNeeded():
            return state
        case _:  # pragma: no cover
            assert_never(event)


def _consented(state: ConversationState, event: events.ConsentGiven) -> ConversationState:
    whose = Whose(organization_id=event.organization_id, caregiver_id=event.caregiver_id)
    by_text = event.channel is Channel.SMS
    return replace(
        state,
        opted_out=state.opted_out - {event.organization_id} if by_text else state.opted_out,
        no_calls=state.no_calls if by_text else _without(state.no_calls, (event.organization_id,)),
        # What is not dated is later than nothing.
        consents={**state.consents, (whose, event.channel): event.given_at if event.dated else EVER},
        welcomed=state.welcomed | {event.caregiver_id} if event.welcomed else state.welcomed,
    )


def _without(since: Mapping[str, datetime], organization_ids: tuple[str, ...]) -> Mapping[str, datetime]:
    return {one: at for one, at in since.items() if one not in organization_ids}


def _read(state: ConversationState, intent: Intent, matter: str) -> ConversationState:
    return replace(state, unread=matter) if intent is Intent.UNCLEAR else state


@dataclass(frozen=True, slots=True)
class Holding:
    """A shift that the writer has; `text` is how a coordinator is told it."""

    shift_id: str
    organization_id: str
    caregiver_id: str
    text: str


class ConversationCommand(Frozen):
    """The base of all commands to a conversation. `organization_id` is whose number the answer goes out from.

    `held` are the shifts that the writer has, `shift_id` is the one it seems to be about. `matter` is what the answers are counted by. `written_at` is when the message
    was written, None where nobody wrote one. `answered`: the carrier has answered it.
    `answers_a_person`: a coordinator wrote last, and reads it.
    """

    at: datetime
    by: str
    message_id: str | None = None
    contact_id: int
    caregiver_id: str | None = None
    organization_id: str
    language: str = "en"
    held: tuple[Holding, ...] = ()
    shift_id: str | None = None
    matter: str = ""
    written_at: datetime | None = None
    answered: bool = False
    answers_a_person: bool = False

    @property
    def source(self) -> dict[str, Any]:
        """What each event that follows from it says of where it comes from."""
        return {"at": self.at, "by": self.by, "message_id": self.message_id}


class OptOut(ConversationCommand):
    """Stop all texts and calls of these organizations."""

    organization_ids: tuple[str, ...]


class OptIn(ConversationCommand):
    """Start them again. `still_open` are live offers; none is taken by this. `consents` are those behind the phone."""

    organization_ids: tuple[str, ...]
    still_open: tuple[Choice, ...] = ()
    consents: tuple[Whose, ...] = ()


class StateConsent(ConversationCommand):
    """Keep what somebody else states of a person's consent; what they stop has the effect of their own word. `welcomed_by`
    tells them who writes."""

    caregiver_id: str
    consent: Consent
    welcomed_by: Organization | None = None

    @property
    def whose(self) -> Whose:
        """Whose consent it is."""
        return Whose(organization_id=self.organization_id, caregiver_id=self.caregiver_id)


class AskWhich(ConversationCommand):
    """Ask which of `choices` a reply meant; `intent` says what it wants, whichever it is.

    `yours` is a shift of theirs that they may have meant to confirm, `asks` says that they ask something besides.
    """

    intent: Intent
    choices: tuple[Choice, ...]
    yours: Choice | None = None
    asks: bool = False


class AskAgain(ConversationCommand):
    """Answer what was neither yes nor no while one offer is open; `intent` says what it was instead, `hours` which part of the
    shift was offered."""

    intent: Intent
    choice: Choice
    hours: str = ""


class BeBusy(ConversationCommand):
    """Offer nothing before `until`, which is `told`; then ask about `choices`, if any of these is open for as long
    (`asked_again`). `asks`: they want to be called.

    `answers` are what the shifts of these say.
    """

    until: AwareDatetime
    told: str
    choices: tuple[Choice, ...] = ()
    asks: bool = False
    asked_again: bool = True
    answers: tuple[Answer, ...] = ()


class AnswerEach(ConversationCommand):
    """Answer a text that spoke of several shifts: `answers` are what each of them said, under `codes`; no offer of theirs
    has one of the `unknown` codes."""

    intent: Intent
    codes: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()


class GiveHelp(ConversationCommand):
    """Say who texts and how to answer, in `own` words where there are some."""

    sender: str | None = None
    own: OwnText | None = None


class TellNothingOpen(ConversationCommand):
    """Answer a yes that can mean no offer; `yours` are the shifts that they have."""

    yours: tuple[Choice, ...] = ()


class Note(ConversationCommand):
    """Take note of a message that changes nothing; unless it is nothing but `thanks`, or a no, a person reads it.

    `asks`: something stands beside the no that a person has to read. `taken` is the shift that it seems to be about, where
    somebody else has it and they do not know. `automatic`: a phone wrote it by itself, and would answer an answer.
    """

    intent: Intent
    thanks: bool = False
    asks: bool = False
    taken: Choice | None = None
    automatic: bool = False


class DoubtNumber(ConversationCommand):
    """Somebody says that this is a wrong number."""

    organization_ids: tuple[str, ...]


class MarkLandline(ConversationCommand):
    """The carrier says that the number takes no texts."""


class ConfirmNumber(ConversationCommand):
    """A coordinator has found out that the number is right."""


class WriteDirectly(ConversationCommand):
    """Text this person what a coordinator wrote; once for one `key`, where there is one."""

    caregiver_id: str
    body: str
    key: str | None = None


class RefuseCalls(ConversationCommand):
    """Text, but do not call any more for these organizations."""

    organization_ids: tuple[str, ...]


class SeeToAlert(ConversationCommand):
    """Whoever was told of an alert says that they see to it; `first`: nobody did before."""

    alert_id: int
    first: bool = False


class HearStranger(ConversationCommand):
    """Somebody writes from a phone that nobody who works here has any more; `caregiver_id` had it last.

    Who still has a shift (`held`) is heard each time, about that shift.

    `organization_ids` are those that an opt-out is for. `greets` says that the writer may be told, in the name of `sender`,
    whose number this is; of whoever is `on_call` that is known.
    """

    intent: Intent
    organization_ids: tuple[str, ...] = ()
    greets: bool = False
    on_call: bool = False
    sender: str | None = None
