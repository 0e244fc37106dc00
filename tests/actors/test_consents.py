"""What somebody said about texts and calls is kept with its words and its instant."""

from support.world import World


def test_each_stop_and_start_is_there_with_its_words_newest_first(world: World) -> None:
    # given
    world.caregivers("Ana", "Ben")
    world.says("Ana", "please stop texting me")
    world.later(60)
    world.says("Ana", "START")
    world.says("Ana", "do not call me, text is fine")
    world.desk.settle()
    # when
    found = world.desk.consents("Ana")
    # then
    assert [(one.what, one.words) for one in found] == [
        ("calls_refused", "do not call me, text is fine"),
        ("opted_in", "START"),
        ("opted_out", "please stop texting me"),
    ]
    assert {one.by for one in found} == {"caregiver:Ana"}
    assert found[0].at == world.clock.now()
    assert world.desk.consents("Ben") == ()
