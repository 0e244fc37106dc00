"""Conversations told in a few words."""

from functools import reduce
from typing import Any

from firstyes.domain.answer import Choice
from firstyes.domain.conversation.decide import decide
from firstyes.domain.conversation.events import AnyConversationEvent, PersonNeeded
from firstyes.domain.conversation.state import (
    ConversationCommand,
    ConversationState,
    DoubtNumber,
    Holding,
    OptIn,
    OptOut,
    evolve,
)
from firstyes.domain.decision import Decision
from support.builders import NOW

WHO: dict[str, Any] = {
    "at": NOW,
    "by": "caregiver:alma",
    "message_id": "m1",
    "contact_id": 7,
    "caregiver_id": "alma",
    "organization_id": "lakeside",
}
SPANISH = {**WHO, "language": "es"}
TUESDAY = Choice(code="27", shift_id="s1", text="RN Tue Jul 16 7am-3pm")
WEDNESDAY = Choice(code="31", shift_id="s2", text="RN Wed Jul 17 2pm-10pm")
HELD = Holding("s3", "lakeside", "alma", "RN Mon Jul 15 7am-3pm")


def after(*commands: ConversationCommand) -> ConversationState:
    state = ConversationState()
    for command in commands:
        state = reduce(evolve, decide(state, command).events, state)
    return state


def texts(decision: Decision[AnyConversationEvent]) -> list[str]:
    return [message.body for message in decision.messages]


def needed(decision: Decision[AnyConversationEvent]) -> list[PersonNeeded]:
    return [event for event in decision.events if isinstance(event, PersonNeeded)]


def types(decision: Decision[AnyConversationEvent]) -> list[str]:
    return [event.type for event in decision.events]


STOP = OptOut(**WHO, organization_ids=("lakeside", "riverside"))
START = OptIn(**WHO, organization_ids=("lakeside",))

WRONG = DoubtNumber(**WHO, organization_ids=("lakeside", "riverside"), held=(HELD,))
