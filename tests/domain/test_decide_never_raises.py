"""`decide` gives an answer in every state and to every command; nothing a caller does can make it raise."""

from functools import reduce

import pytest
from pydantic import ValidationError

from firstyes.domain.answer import Status
from firstyes.domain.conversation import decide as conversation_decide
from firstyes.domain.conversation.state import ConversationCommand
from firstyes.domain.shift import decide as shift_decide
from firstyes.domain.shift.commands import (
    AcceptOffer,
    AssignShift,
    CancelShift,
    DeclineOffer,
    DisownClaim,
    MeetDeadline,
    NextRound,
    Outreach,
    PauseFanOut,
    PostShift,
    ReleaseShift,
    ReportLateness,
    ResumeFanOut,
    ShiftCommand,
    StartFanOut,
    UpdateOffers,
)
from firstyes.domain.shift.decide import decide
from firstyes.domain.shift.events import SHIFT_EVENT
from firstyes.domain.shift.state import ShiftState, evolve
from support.builders import NOW, Life, a_shift, an_assignee, an_offer, an_outreach, hours


def lives() -> dict[str, ShiftState]:
    """A state of every kind, by name."""
    found = {"unknown": ShiftState()}

    def keep(name: str, *steps: str) -> None:
        life = Life()
        for step in steps:
            match step.split():
                case ["offer", *names]:
                    life.offer_to(*names)
                case ["yes", name_]:
                    life.yes(name_)
                case ["call", name_]:
                    yes = AcceptOffer(at=life.now, by="x", caregiver_id=name_, called_in=True)
                    life.do(yes)
                case ["no", name_]:
                    life.no(name_)
                case ["release", *names]:
                    life.release_to(*names)
                case ["cancel"]:
                    life.cancel(confirm=True)
                case ["pause"]:
                    life.do(PauseFanOut(at=life.now, by="coordinator"))
                case ["expire"]:
                    life.now = life.shift.start_time
                    life.deadline()
                case other:
                    raise AssertionError(other)
        found[name] = life.state

    keep("pending")
    keep("nobody qualified", "offer")
    keep("offering", "offer alma ben")
    keep("declined", "offer alma ben", "no alma")
    keep("claimed", "offer alma ben", "yes alma")
    keep("called in", "offer alma ben", "call alma")
    keep("told", "offer alma ben", "yes alma", "yes alma", "yes ben")
    keep("dropping", "offer alma ben", "yes alma", "no alma")
    keep("released", "offer alma ben", "yes alma", "release ben carla")
    keep("released to nobody", "offer alma", "yes alma", "release")
    keep("paused", "offer alma ben", "pause")
    keep("unfilled", "offer alma", "no alma")
    keep("cancelled", "offer alma ben", "cancel")
    keep("cancelled from claimed", "offer alma ben", "yes alma", "cancel")
    keep("expired", "offer alma ben", "expire")
    return found


def commands() -> list[ShiftCommand]:
    """A command of every kind, early, at the start, and long after."""
    found: list[ShiftCommand] = []
    nobody = Outreach(offers=(), rounds=an_outreach().rounds)
    strange = an_outreach("alma", "", language="??", zone="Mars/Olympus")
    for at in (NOW - hours(48), NOW, NOW + hours(2), NOW + hours(48)):
        for who in ("alma", "ben", "carla", "zoe", ""):
            found += [
                AcceptOffer(at=at, by="x", caregiver_id=who),
                AcceptOffer(at=at, by="x", caregiver_id=who, held=a_shift("other")),
                DeclineOffer(at=at, by="x", caregiver_id=who),
                AcceptOffer(at=at, by="x", caregiver_id=who, called_in=True),
                DisownClaim(at=at, by="x", caregiver_id=who, outreach=strange),
                ReportLateness(at=at, by="x", caregiver_id=who),
            ]
        for outreach in (an_outreach("alma", "ben", "zoe"), nobody, strange):
            found += [
                StartFanOut(at=at, by="x", outreach=outreach),
                ReleaseShift(at=at, by="x", outreach=outreach),
            ]
        for one in (an_assignee("alma"), an_assignee("zoe", reachable=False), None):
            found += [
                AssignShift(at=at, by="x", caregiver_id="zoe", assignee=one),
                AssignShift(
                    at=at, by="x", caregiver_id="zoe", assignee=one, held=a_shift("other"), override="so"
                ),
                UpdateOffers(
                    at=at,
                    by="x",
                    joining=(an_offer("zoe"),),
                    moved=(an_offer("alma", contact_id=9),),
                    missed=("ben", "zoe"),
                ),
            ]
        found += [
            PostShift(at=at, by="x", shift=a_shift()),
            PostShift(at=at, by="x", shift=a_shift(role="LPN")),
            PauseFanOut(at=at, by="x"),
            ResumeFanOut(at=at, by="x"),
            NextRound(at=at, by="x", unavailable=frozenset({"ben"})),
            CancelShift(at=at, by="x"),
            CancelShift(at=at, by="x", confirm=True),
            MeetDeadline(at=at, by="timer"),
            MeetDeadline(at=at, by="timer", unavailable=frozenset({"ben", "zoe"}), unreachable=(1, 0)),
            MeetDeadline(at=at, by="timer", unreachable=(9, 9)),
        ]
    return found


LIVES = lives()


@pytest.mark.parametrize("name", LIVES)
def test_every_command_is_answered_in_every_state(name: str):
    state = LIVES[name]
    for command in commands():
        decision = decide(state, command)
        assert decision.answer.message
        assert (decision.answer.refusal is not None) is (decision.answer.status is Status.REFUSED)
        if decision.answer.refusal is not None:
            assert (decision.events, decision.messages) == ((), ())


@pytest.mark.parametrize("name", LIVES)
def test_every_answer_about_a_known_shift_names_it(name: str):
    state = LIVES[name]
    for command in commands():
        if state.shift is not None and not isinstance(command, MeetDeadline):
            assert decide(state, command).answer.shift_id == "s1"


@pytest.mark.parametrize("name", LIVES)
def test_every_event_moves_the_version_by_one_and_comes_back_from_json(name: str):
    state = LIVES[name]
    for command in commands():
        events = decide(state, command).events
        read = [SHIFT_EVENT.validate_json(event.model_dump_json()) for event in events]
        assert read == list(events)
        assert reduce(evolve, read, state) == reduce(evolve, events, state)
        assert reduce(evolve, events, state).version == state.version + len(events)


@pytest.mark.parametrize("name", LIVES)
def test_a_decision_depends_on_nothing_but_state_and_command(name: str):
    for command in commands():
        assert decide(LIVES[name], command) == decide(LIVES[name], command)


@pytest.mark.fault(9)
@pytest.mark.parametrize("name", LIVES)
def test_deciding_anew_on_what_was_decided_tells_nobody_twice(name: str):
    """The same command again (a redelivery that was not recognised) sends no message a second time."""
    for command in commands():
        first = decide(LIVES[name], command)
        state = reduce(evolve, first.events, LIVES[name])
        second = decide(state, command)
        repeated = {(one.caregiver_id, one.purpose) for one in first.messages} & {
            (one.caregiver_id, one.purpose) for one in second.messages
        }
        assert repeated == set()


def test_a_command_without_a_zone_of_time_is_refused_before_it_is_decided():
    with pytest.raises(ValidationError):
        AcceptOffer(at=NOW.replace(tzinfo=None), by="x", caregiver_id="alma")


@pytest.mark.parametrize(
    ("base", "deciders"),
    [(ShiftCommand, shift_decide.DECIDERS), (ConversationCommand, conversation_decide.DECIDERS)],
)
def test_every_command_has_its_decision(base: type, deciders: dict[type, object]):
    assert set(deciders) == set(kinds_of(base))


def kinds_of(base: type) -> list[type]:
    return [one for kind in base.__subclasses__() for one in kinds_of(kind) or [kind]]
