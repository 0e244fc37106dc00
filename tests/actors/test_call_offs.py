"""Whoever has a shift says that they cannot come: a coordinator decides, or the organization has decided before."""

import pytest

from firstyes.domain.answer import Status
from firstyes.domain.organization import Organization
from support.world import LAKESIDE, World


@pytest.fixture
def held(world: World) -> World:
    """Ana has the shift; Ben was asked too."""
    world.asked("Ana", "Ben")
    assert world.says("Ana", f"YES {world.code('Ana')}").status is Status.SUCCESS
    return world


@pytest.fixture
def releasing(held: World) -> World:
    held.lakeside(releases_call_offs=True)
    return held


SAID = [
    "I have to call off, my son is sick", "can't make it to my shift anymore", "calling out tonight", "this is Ana calling off",
    "nvm I can't come", "calling out my kid has a fever", "I need someone to cover my shift", "ya no puedo, cancelen mi turno",
]  # fmt: skip


@pytest.mark.parametrize("said", SAID)
def test_who_clearly_calls_off_is_released_and_the_shift_offered_to_the_others(
    releasing: World, said: str
) -> None:
    answer = releasing.says("Ana", said)
    releasing.desk.settle()
    assert answer.status is Status.ACKNOWLEDGED
    assert (releasing.record().claimed_by, releasing.offer("Ana").answer) == (None, "gave_back")
    assert (releasing.purposes("Ana")[-1], releasing.purposes("Ben")[-1]) == ("release", "offer")
    assert releasing.says("Ben", "yes").status is Status.SUCCESS
    released = next(one for one in releasing.desk.timeline("early") if one.type == "shift_released")
    assert released.by == "caregiver:Ana"
    assert released.reading is not None


@pytest.mark.parametrize(
    "said",
    [
        "I'm not calling off", "how do I call out", "who called out", "Kim called out too, it's just me", "I got called off yesterday",
        "I have to cancel my dentist appointment but I'll be there", "never mind, I found the door",
    ],
)  # fmt: skip
def test_what_only_sounds_like_calling_off_takes_nobody_off_and_reaches_a_person(
    releasing: World, said: str
) -> None:
    releasing.says("Ana", said)
    releasing.desk.settle()
    assert releasing.record().claimed_by == "Ana"
    assert len(releasing.alerts()) == 1


def test_a_mere_no_is_for_a_coordinator(releasing: World) -> None:
    releasing.says("Ana", "no")
    assert releasing.record().claimed_by == "Ana"
    assert [one.kind for one in releasing.desk.alerts(open=True).items] == ["drop_requested"]


def test_where_the_organization_has_not_said_so_a_coordinator_decides(held: World) -> None:
    held.says("Ana", SAID[0])
    assert held.record().claimed_by == "Ana"
    assert [one.kind for one in held.desk.alerts(open=True).items] == ["drop_requested"]


def test_with_two_shifts_they_are_asked_which(releasing: World) -> None:
    releasing.offered("late", starts_in=26)
    releasing.says("Ana", f"YES {releasing.code('Ana', 'late')}")
    assert releasing.says("Ana", SAID[0]).status is Status.CLARIFY
    assert {releasing.record(one).claimed_by for one in ("early", "late")} == {"Ana"}


def test_of_a_shift_that_is_over_nobody_is_taken_off(releasing: World) -> None:
    releasing.later(24 * 3600)
    releasing.says("Ana", SAID[0])
    assert releasing.record().claimed_by == "Ana"


def test_the_choice_is_kept_with_the_organization(releasing: World) -> None:
    found = releasing.desk.organization(LAKESIDE)
    assert found is not None
    assert found.releases_call_offs
    assert not Organization(id="other").releases_call_offs
