"""Whoever is asked later than the others does not keep their phones from ringing."""

from support.world import World


def test_who_joins_shares_the_present_round(world: World) -> None:
    # given
    world.asked("Alma", "Ben")
    world.later(540)
    world.caregivers("Cyd")
    world.desk.settle()
    # when
    world.later(60)
    # then
    assert world.purposes("Cyd") == ["offer", "offer"]
    assert [one.channel for one in world.sent("Alma")] == ["sms", "voice"]


def test_who_has_another_phone_shares_the_present_round(world: World) -> None:
    world.asked("Alma", "Ben")
    world.later(590)
    world.caregivers("Ben", phone="+13125559911")
    world.desk.settle()
    world.later(10)
    assert world.record().round == 1


def test_who_was_busy_shares_the_present_round(world: World) -> None:
    # given: an offer that waits until nine minutes after it was made
    world.asked("Alma", "Ben")
    world.says("Alma", "busy till 5:10am")
    world.later(60)
    world.offered("late", starts_in=4)
    # when
    world.later(540)
    assert "late" in [one.shift_id for one in world.sent("Alma")]
    world.later(60)
    # then
    assert world.record("late").round == 1


def test_who_wants_to_be_asked_last_does_not_put_off_that_it_is_unfilled(world: World) -> None:
    # given
    world.asked("Alma", "Ben")
    world.says("Alma", "maybe")
    # when: Alma is called in the middle of the second round
    for seconds in (600, 300, 300):
        world.later(seconds)
    # then
    assert [one.channel for one in world.sent("Alma")][-1] == "voice"
    assert world.record().status == "unfilled"
