"""A coordinator writes to a caregiver themselves, and hears what comes back."""

import pytest

from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Refusal, Status
from firstyes.domain.message import DirectMessage
from support.world import World


@pytest.fixture
def offered(world: World) -> World:
    world.asked("Ana", "Ben")
    return world


def write(world: World, body: str, key: str | None = None, who: str = "Ana") -> Status | Refusal:
    answer = world.desk.write_to(DirectMessage(caregiver_id=who, body=body, key=key))
    world.desk.settle()
    return answer.refusal or answer.status


def open_alerts(world: World) -> list[AlertKind]:
    return [one.kind for one in world.desk.alerts(open=True).items]


def test_it_goes_out_and_stands_in_the_conversation(offered: World) -> None:
    assert write(offered, "Could you come at six?") is Status.SUCCESS
    last = offered.sent("Ana")[-1]
    assert (last.body, last.purpose, last.caregiver_id) == ("Could you come at six?", "direct", "Ana")


def test_the_same_order_again_is_sent_once(offered: World) -> None:
    for _ in range(2):
        assert write(offered, "Could you come at six?", key="k1") is Status.SUCCESS
    assert offered.purposes("Ana").count("direct") == 1


def test_what_comes_back_is_for_a_person_who_then_answers(offered: World) -> None:
    write(offered, "Could you come at six?")
    offered.says("Ana", "no")
    assert open_alerts(offered) == [AlertKind.NEEDS_READING]
    assert offered.offer("Ana").answer is None
    write(offered, "All right.")
    assert open_alerts(offered) == []


def test_a_bare_yes_to_it_takes_no_shift_and_one_with_the_code_does(offered: World) -> None:
    write(offered, "Could you come at six?")
    assert offered.says("Ana", "yes").status is Status.CLARIFY
    assert offered.record().claimed_by is None
    assert offered.says("Ana", f"YES {offered.code('Ana')}").status is Status.SUCCESS


def test_nobody_is_written_to_who_is_not_known_or_wants_no_texts(offered: World) -> None:
    offered.says("Ben", "STOP")
    assert write(offered, "Hello", who="Ben") is Refusal.NOT_TEXTED
    assert write(offered, "Hello", who="nobody") is Refusal.UNKNOWN
