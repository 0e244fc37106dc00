"""What the asker is told: the answer to a command or an inbound message. A refusal is an answer too."""

from collections.abc import Sequence
from enum import StrEnum

from .frozen import Frozen
from .policy import Rounds


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
    BEING_OFFERED = "being_offered"
    NEEDS_CONFIRMATION = "needs_confirmation"
    CLOSED = "closed"
    NOT_CLAIMED = "not_claimed"
    NOT_OFFERED = "not_offered"
    OTHER_OWNER = "other_owner"
    TAKEN = "taken"
    """Something else has the id. Whose it is, is not told: those who may not see it ask as well."""
    IN_USE = "in_use"
    OVERLAP = "overlap"
    NOT_QUALIFIED = "not_qualified"
    MOVED_ON = "moved_on"
    """The order named a holder or a version, and it is no longer that one."""
    NOT_A_PHONE = "not_a_phone"
    NOT_TEXTED = "not_texted"
    """Nothing is sent to the person: they opted out, or their number is in doubt."""
    STOPPED = "stopped"
    """The person has stopped it themselves, and no later word restores it."""
    SAME_PERSON = "same_person"
    GIVEN_TWICE = "given_twice"


class Choice(Frozen):
    """One offer somebody may mean: its reply code and how the person is told it."""

    code: str
    shift_id: str
    text: str


class Result(Frozen):
    """What came of one part of a text that spoke of several shifts. `shift_id` is empty where no offer has the code."""

    shift_id: str
    code: str
    status: Status
    message: str


class Outcome(StrEnum):
    """What a fan-out order led to."""

    STARTED = "started"
    ALREADY_INITIATED = "already_initiated"
    NOBODY_TO_OFFER = "nobody_to_offer"


class LeftOut(Frozen):
    """Somebody with the role who was not offered the shift, and why, in words for a coordinator."""

    caregiver_id: str
    name: str
    reason: str


class Answer(Frozen):
    """One answer. `message` is for people; `shift_id` names the shift it is about, where there is one.

    The answer to a fan-out also says its `outcome`, how many were `offered` the shift, the `plan` (each round with its
    wait in seconds), and who with the role was `left_out`. The answer to a text about several shifts has the `results`,
    one for each, in the order of the text.
    """

    status: Status
    message: str
    refusal: Refusal | None = None
    shift_id: str | None = None
    choices: tuple[Choice, ...] = ()
    outcome: Outcome | None = None
    offered: int | None = None
    plan: Rounds | None = None
    left_out: tuple[LeftOut, ...] = ()
    results: tuple[Result, ...] = ()


def refuse(why: Refusal, message: str, shift_id: str | None = None) -> Answer:
    """Give the answer to a command that changes nothing."""
    return Answer(status=Status.REFUSED, message=message, refusal=why, shift_id=shift_id)


def taken(name: str, shift_id: str | None = None) -> Answer:
    """Give the answer to whoever chose an id that is not theirs to use."""
    return refuse(Refusal.TAKEN, f"The id {name} is taken: choose another.", shift_id)


WEIGHT = (Status.SUCCESS, Status.CLARIFY, Status.ALREADY_CLAIMED, Status.NO_ACTION, Status.ACKNOWLEDGED)
"""What the whole of a text is, of which each part has its answer: the first of these that any part is."""


def of_each(codes: Sequence[str], answers: Sequence[Answer]) -> Answer:
    """Give the answer to a text that spoke of several shifts, one under each code."""
    first = min(answers, key=lambda one: WEIGHT.index(one.status))
    return Answer(
        status=first.status,
        message=" ".join(dict.fromkeys(one.message for one in answers)),
        shift_id=first.shift_id,
        choices=tuple(dict.fromkeys(choice for one in answers for choice in one.choices)),
        results=tuple(
            Result(shift_id=one.shift_id or "", code=code, status=one.status, message=one.message)
            for code, one in zip(codes, answers, strict=True)
        ),
    )


UNKNOWN_SHIFT = refuse(Refusal.UNKNOWN, "There is no shift with this id.")
