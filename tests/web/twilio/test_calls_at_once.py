"""No more phones ring at a time than the settings say."""

from support.twilio_world import a_twilio_world


def test_the_others_wait_until_a_call_is_over() -> None:
    with a_twilio_world(calls_at_once=3) as world:
        # given
        world.caregivers(*(f"C{number}" for number in range(8)))
        for name in world.phones:
            world.phone(name).rings = None
        # when
        world.offered()
        most = 0
        for _ in range(110):
            world.later(1)
            most = max(most, sum(not one.over for one in world.twilio.calls()))
        assert not world.twilio.calls()
        for _ in range(590):
            world.later(1)
            most = max(most, sum(not one.over for one in world.twilio.calls()))
        # then
        assert most == 3
        assert {one.status for one in world.twilio.calls()} == {"no-answer"}
        assert len(world.twilio.calls()) == 8
