"""Consent that somebody else states: it is kept, and what a person stopped themselves only a later word restores."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from .. import wording
from ..answer import Answer, Refusal, Status, refuse
from ..consent import Consent
from ..decision import Decision
from ..message import Message, Purpose
from ..policy import Channel
from ..when import local
from . import events
from .saying import Said, holders_mute, text_to
from .state import ConversationState, StateConsent

MORNING, EVENING = 8, 21
"""A welcome, for which nobody waits, comes between these hours."""
A_MOMENT = timedelta(seconds=1)

SINCE = (
    "They stopped this themselves on {:%Y-%m-%d %H:%M} UTC, and this consent is not known to be later: only START from their "
    "phone, or a consent with a later date, counts."
)
ALL_STOPPED = "They want no texts and no calls: state their consent to texts (sms) first."
AGAIN = "They are texted again. Where their carrier still blocks what we send, they have to text START themselves."


def state_consent(state: ConversationState, command: StateConsent) -> Said:
    """Keep a consent, or carry out a withdrawal as if it were the person's own word. Nobody is texted that they get
    no more."""
    return _given(state, command) if command.consent.gives else _withdrawn(state, command)


def _withdrawn(state: ConversationState, command: StateConsent) -> Said:
    consent, organization = command.consent, command.organization_id
    agreed = state.consents.get((command.whose, consent.channel))
    if agreed is not None and consent.given_at is not None and consent.given_at < agreed:
        return Decision(Answer(status=Status.NO_ACTION, message="They have agreed since, and that stays."))
    said: dict[str, Any] = {"organization_ids": (organization,), "how": consent.how, "words": consent.words}
    if consent.channel is Channel.VOICE:
        answer = Answer(status=Status.SUCCESS, message="They are not called any more.")
        again = _is_later(consent, state.no_calls.get(organization))
        return Decision(answer, (events.CallsRefused(**command.source, **said),) if again else ())
    answer = Answer(status=Status.SUCCESS, message="They are not texted and not called any more.")
    said_at = min(consent.given_at or command.at, command.at)
    stopped = events.OptedOut(**command.source, **said, written_at=said_at)
    if organization in state.opted_out:
        return Decision(answer, (stopped,) if _is_later(consent, state.opted_at) else ())
    return Decision(answer, (stopped, *holders_mute(command, (organization,))))


def _is_later(consent: Consent, stopped_at: datetime | None) -> bool:
    """Whether they stopped again; what is not dated may be what is known."""
    return stopped_at is None or (consent.given_at is not None and consent.given_at > stopped_at)


def _given(state: ConversationState, command: StateConsent) -> Said:
    consent, organization = command.consent, command.organization_id
    out = organization in state.opted_out
    if out and consent.channel is Channel.VOICE:
        return Decision(refuse(Refusal.STOPPED, ALL_STOPPED))
    stopped_at = state.opted_at if out else None
    if consent.channel is Channel.VOICE:
        stopped_at = state.no_calls.get(organization)
    # What is dated in the future is not known to be later than anything.
    dated = None if consent.given_at is None or consent.given_at > command.at else consent.given_at
    if stopped_at is not None and (dated is None or dated <= stopped_at):
        return Decision(refuse(Refusal.STOPPED, SINCE.format(stopped_at.astimezone(UTC))))
    agreed = state.consents.get((command.whose, consent.channel))
    if agreed is not None and (dated is None or dated <= agreed):
        return Decision(Answer(status=Status.SUCCESS, message="Their consent is kept already."))
    welcome = _welcome(state, command)
    event = events.ConsentGiven(
        **command.source,
        organization_id=organization,
        caregiver_id=command.caregiver_id,
        channel=consent.channel,
        how=consent.how,
        words=consent.words,
        given_at=dated or command.at,
        dated=dated is not None,
        welcomed=bool(welcome),
    )
    said = f"Their consent is kept. {AGAIN if out else ''}".strip()
    return Decision(Answer(status=Status.SUCCESS, message=said), (event,), welcome)


def _welcome(state: ConversationState, command: StateConsent) -> tuple[Message, ...]:
    """Tell them once who writes: by day, and after all that anybody waits for."""
    owner, known = command.welcomed_by, command.caregiver_id in state.welcomed
    if owner is None or known or state.doubted_at is not None or command.consent.channel is Channel.VOICE:
        return ()
    text = wording.welcome(owner.name, command.language, owner.texts.welcome if owner.texts else None)
    due_at = _by_day(command.at + A_MOMENT, owner.time_zone)
    return (replace(text_to(command, Purpose.WELCOME, text), due_at=due_at),)


def _by_day(at: datetime, zone: str | None) -> datetime:
    """Give `at`, or the morning after it where clocks in `zone` show that it is night; UTC's, where there is none."""
    there = local(at, zone or "UTC")
    if MORNING <= there.hour < EVENING:
        return at
    day = there + timedelta(days=there.hour >= EVENING)
    return day.replace(hour=MORNING, minute=0, second=0, microsecond=0).astimezone(UTC)
