"""What the asker is told: the answer to a command or an inbound message. A refusal is an answer too."""

from enum import StrEnum

from .frozen import Frozen


class Status(StrEnum):
    """The `status` of the wire contract; `REFUSED` goes out as a problem document instead."""

    SUCCESS = "success"
    ALREADY_CLAIMED = "already_claimed"
    NO_ACTION = "no_action"
    ACKNOWLEDGED = "acknowledged"
    CLARIFY = "clarify"
    REFUSED = "refused"


class Refusal(StrEnum):
    """Why a command was refused. Nothing was changed."""

    UNKNOWN = "unknown"
    ALREADY_CLAIMED = "already_claimed"
    ALREADY_BEGUN = "already_begun"
    BEING_OFFERED = "being_offered"
    NEEDS_CONFIRMATION = "needs_confirmation"
    CLOSED = "closed"
    NOT_CLAIMED = "not_claimed"
    OTHER_OWNER = "other_owner"


class Choice(Frozen):
    """One offer somebody may mean: its reply code and how the person is told it."""

    code: str
    shift_id: str
    text: str


class Answer(Frozen):
    """One answer. `message` is for people; `shift_id` names the shift it is about, where there is one."""

    status: Status
    message: str
    refusal: Refusal | None = None
    shift_id: str | None = None
    choices: tuple[Choice, ...] = ()


def refused(why: Refusal, message: str, shift_id: str | None = None) -> Answer:
    """Give the answer to a command that changes nothing."""
    return Answer(status=Status.REFUSED, message=message, refusal=why, shift_id=shift_id)


UNKNOWN_SHIFT = refused(Refusal.UNKNOWN, "There is no shift with this id.")
