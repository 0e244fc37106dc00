"""What a coordinator orders: from a page and by the API alike, and recorded with who did it."""

from collections.abc import Callable

import pytest

from firstyes.actors.carriers.simulator import Simulator
from firstyes.domain.policy import Channel
from support.world import World, a_world


def calls(world: World, name: str) -> int:
    simulator = world.desk.carrier
    assert isinstance(simulator, Simulator)
    return len(simulator.phone(world.phones[name]).calls)


def test_a_fan_out_that_is_held_calls_nobody_until_it_is_resumed(world: World) -> None:
    # given
    world.asked("alma", "bea")
    world.later(300)
    # when
    world.desk.pause("early", by="dana")
    world.later(1200)
    # then
    assert calls(world, "alma") == 0
    assert world.record().paused
    assert world.desk.timeline("early")[-1].by == "dana"
    # when
    world.desk.resume("early")
    world.later(301)
    # then
    assert calls(world, "alma") == 1
    assert not world.record().paused


def test_whoever_qualifies_while_a_fan_out_is_held_is_asked_when_it_goes_on(world: World) -> None:
    world.asked("alma")
    world.desk.pause("early")
    world.caregivers("bea")
    world.desk.settle()
    assert world.sent("bea") == []
    world.desk.resume("early")
    assert world.purposes("bea") == ["offer"]


def test_a_fan_out_that_was_held_before_a_crash_is_held_after_it(tmp_path) -> None:
    store = f"sqlite:///{tmp_path}/j.db"
    with a_world(store) as world:
        world.asked("alma")
        world.desk.pause("early")
        at = world.clock.now()
    with a_world(store, at=at) as world:
        world.later(1200)
        assert world.record().paused
        assert world.record().round == 0


def test_calling_now_does_not_wait_for_the_texts(world: World) -> None:
    world.asked("alma", "bea")
    world.says("bea", "no")
    world.desk.next_round("early")
    world.desk.settle()
    assert (calls(world, "alma"), calls(world, "bea")) == (1, 0)
    assert world.record().round == 1


def test_a_preview_says_whom_a_fan_out_asks_and_then_it_asks_them(world: World) -> None:
    # given
    world.caregivers("alma", "bea", "cleo")
    world.says("cleo", "STOP")
    world.caregivers("dora", role="CNA")
    world.shift()
    # when
    shown = world.desk.preview("early")
    # then
    assert shown is not None
    assert [one.caregiver_id for one in shown.asked] == ["alma", "bea"]
    assert [(one.caregiver_id, one.reason) for one in shown.left_out] == [("cleo", "wants no texts")]
    assert [one.channel for one in shown.plan] == [Channel.SMS, Channel.VOICE]
    assert shown.texts == 2 * shown.parts == 2
    assert world.events() == ["shift_posted"]
    # when
    answer = world.desk.fan_out("early")
    # then
    assert answer.offered == len(shown.asked)
    assert answer.left_out == shown.left_out
    assert world.desk.preview("nothing") is None


@pytest.mark.parametrize(
    ("befalls", "why"),
    [
        (lambda world: world.says("alma", "yes"), "is already claimed."),
        (lambda world: world.desk.cancel("early"), "was cancelled."),
        (lambda world: world.later(24 * 3600), "is over."),
    ],
    ids=["claimed", "cancelled", "over"],
)
def test_where_no_fan_out_can_begin_a_preview_says_why_and_asks_nobody(
    world: World, befalls: Callable[[World], object], why: str
) -> None:
    # given
    world.asked("alma", "bea")
    befalls(world)
    # when
    shown = world.desk.preview("early")
    # then
    assert shown is not None and shown.refused is not None
    assert shown.refused.endswith(why)
    assert (shown.asked, shown.left_out, shown.texts, shown.calls) == ((), (), 0, 0)
    assert world.desk.fan_out("early").message == shown.refused


@pytest.mark.parametrize("order", ["pause", "next-round"])
def test_the_api_gives_the_same_orders(world: World, client, order) -> None:
    world.asked("alma")
    assert client.post(f"/shifts/early/{order}").status_code == 200
    assert client.post(f"/shifts/early/{order}", json={"version": 1}).status_code == 409
    if order == "pause":
        assert client.get("/shifts/early").get_json()["paused"]
        assert client.post("/shifts/early/resume").status_code == 200


def test_the_api_previews(world: World, client) -> None:
    world.caregivers("alma")
    world.shift()
    assert client.get("/shifts/early/preview").get_json()["asked"] == [
        {"caregiver_id": "alma", "name": "alma"}
    ]
    assert client.get("/shifts/none/preview").status_code == 404
