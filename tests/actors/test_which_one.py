"""What people write who have two open offers or two shifts: "the first one", "either", "today's", "can't do today"."""

from collections.abc import Iterator

import pytest

from firstyes.domain.answer import Status
from firstyes.domain.message import DirectMessage
from support.world import World, a_world

SHIFTS = ("tue", "wed")


@pytest.fixture
def world() -> Iterator[World]:
    """Ana was offered a morning today, a Tuesday, and tomorrow's night."""
    with a_world() as world:
        world.caregivers("Ana")
        world.offered("tue")
        world.offered("wed", starts_in=38)
        yield world


def says(world: World, words: str) -> Status:
    codes = [world.code("Ana", one) for one in SHIFTS]
    answer = world.says("Ana", words.format(*codes))
    world.desk.settle()
    return answer.status


def has(world: World) -> list[str]:
    return [one for one in SHIFTS if world.record(one).claimed_by == "Ana"]


def passed(world: World) -> list[str]:
    return [one for one in SHIFTS if "offer_declined" in world.events(one)]


@pytest.mark.parametrize(
    "words",
    [
        "the first", "the first one", "first one please", "1st", "just the first one thanks", "yes the first one",
        "I'll take the first one", "the earlier one", "la primera", "el primero por favor", "sí, la primera", "today's",
        "todays shift", "yes the morning one", "only today not both", "number {0}", "#{0}", "código {0}",
    ],
)  # fmt: skip
def test_the_first_of_our_list_or_today_s_takes_the_first(world: World, words: str) -> None:
    says(world, "yes")
    assert says(world, words) is Status.SUCCESS
    assert has(world) == ["tue"]


@pytest.mark.parametrize(
    "words",
    [
        "the second", "second one", "2nd one", "the later one", "the latter", "the last one", "el segundo", "la última",
        "not both, just tomorrow", "solo mañana, no los dos", "tomorrow's",
    ],
)  # fmt: skip
def test_the_second_of_our_list_or_tomorrow_s_takes_the_second(world: World, words: str) -> None:
    says(world, "yes")
    assert says(world, words) is Status.SUCCESS
    assert has(world) == ["wed"]


@pytest.mark.parametrize(
    "words",
    [
        "the first one?", "the first or the second", "the first if I can leave early", "first let me check",
        "at first I thought yes", "I worked the last one", "the second I get home", "later", "last", "the third one",
        "first shift", "the first of the month", "not the first one", "la tercera", "primero déjeme ver", "el primer turno",
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_place_in_our_list_takes_nothing(world: World, words: str) -> None:
    says(world, "yes")
    says(world, words)
    assert has(world) == []


@pytest.mark.parametrize("words", ["yes to the first, no to the second", "sí a la primera, no a la segunda"])
def test_each_place_in_our_list_can_be_answered_by_itself(world: World, words: str) -> None:
    says(world, "yes")
    assert says(world, words) is Status.SUCCESS
    assert (has(world), passed(world)) == (["tue"], ["wed"])


@pytest.mark.parametrize("words", ["the first one", "la primera", "today's"])
def test_a_place_in_our_list_answers_which_one_is_refused(world: World, words: str) -> None:
    says(world, "can't make it")
    says(world, words)
    assert (has(world), passed(world)) == ([], ["tue"])


@pytest.mark.parametrize(
    "words", ["the first one", "I'll take the first one", "either", "whichever", "cualquiera"]
)
def test_without_our_list_nothing_is_first_and_either_says_no_yes(world: World, words: str) -> None:
    assert says(world, words) is Status.CLARIFY
    assert has(world) == []


def test_a_text_behind_our_list_makes_nobody_s_place_certain(world: World) -> None:
    says(world, "yes")
    world.offered("thu", starts_in=50)
    says(world, "the last one")
    assert has(world) == []
    assert world.record("thu").claimed_by is None


def test_of_three_nobody_knows_which_is_the_later_but_the_last_is_plain(world: World) -> None:
    world.offered("thu", starts_in=60)
    says(world, "yes")
    assert says(world, "the later one") is Status.CLARIFY
    assert says(world, "the third one") is Status.SUCCESS
    assert world.record("thu").claimed_by == "Ana"


def test_what_we_do_not_list_has_no_place(world: World) -> None:
    """What was passed on is open, and stands in no list of ours."""
    world.offered("thu", starts_in=60)
    says(world, "no {0}")
    says(world, "yes")
    assert says(world, "the first one") is Status.SUCCESS
    assert has(world) == ["wed"]


@pytest.mark.parametrize(("seconds", "taken"), [(0, []), (20, ["wed"])])
def test_whoever_answers_at_once_may_mean_the_order_in_which_we_wrote(seconds: int, taken: list[str]) -> None:
    with a_world() as world:
        world.caregivers("Ana")
        world.offered("tue", starts_in=50)
        world.later(60)
        world.offered("wed", starts_in=38)
        world.later(60)
        says(world, "yes")
        world.later(seconds)
        says(world, "the first one")
        assert has(world) == taken


@pytest.mark.parametrize("words", ["the first one", "either", "cualquiera"])
def test_of_two_that_start_at_once_none_is_the_first(words: str) -> None:
    with a_world() as world:
        world.caregivers("Ana")
        for one in SHIFTS:
            world.offered(one)
        says(world, "yes")
        assert says(world, words) is Status.CLARIFY
        assert has(world) == []


@pytest.mark.parametrize(
    "words",
    [
        "either", "either one", "Either is fine", "either works for me", "whichever", "whichever you need", "any",
        "any of those please", "I don't care, either one", "doesn't matter", "either but not both", "no preference", "cualquiera",
        "cualquiera de los dos", "cualquiera está bien", "el que sea", "me da igual",
    ],
)  # fmt: skip
def test_whoever_does_not_mind_which_gets_the_one_that_starts_first_and_is_told_so(
    world: World, words: str
) -> None:
    says(world, "yes")
    assert says(world, words) is Status.SUCCESS
    assert has(world) == ["tue"]
    assert world.sent("Ana")[-1].body.startswith("You have the shift: RN Tue Jul 16 7am-3pm")


@pytest.mark.parametrize(
    "words", ["I'll take either", "I can do either one", "yes to either", "yes either", "sí a cualquiera"]
)
def test_a_plain_yes_to_either_needs_no_question(world: World, words: str) -> None:
    assert says(world, words) is Status.SUCCESS
    assert has(world) == ["tue"]


@pytest.mark.parametrize(
    "words",
    [
        "either?", "either but not past 3", "either my sister or me", "any update", "yes any time off", "any good ones", "not either",
        "either if I can leave early", "can't do either", "dont want either", "cualquiera pero sin fin de semana",
        "me either", "do you mind either one", "no, me da igual", "either doesn't work for me", "cualquiera no",
    ],
)  # fmt: skip
def test_what_only_sounds_like_either_takes_nothing(world: World, words: str) -> None:
    says(world, "yes")
    says(world, words)
    assert has(world) == []


def test_either_takes_what_is_left_of_our_list(world: World) -> None:
    says(world, "yes")
    world.desk.cancel("tue")
    world.desk.settle()
    assert says(world, "either") is Status.SUCCESS
    assert has(world) == ["wed"]


def test_either_is_no_answer_to_which_one_they_cannot_do_nor_to_a_coordinator(world: World) -> None:
    says(world, "can't make it")
    assert says(world, "either") is Status.CLARIFY
    says(world, "yes")
    world.desk.write_to(DirectMessage(caregiver_id="Ana", body="Are you well?"))
    world.desk.settle()
    says(world, "either")
    assert (has(world), passed(world)) == ([], [])


@pytest.mark.parametrize("words", ["both work", "both are fine with me", "los dos están bien"])
def test_both_work_is_as_good_as_both(world: World, words: str) -> None:
    says(world, "yes")
    assert says(world, words) is Status.SUCCESS
    assert has(world) == ["tue", "wed"]


@pytest.mark.parametrize(
    "words", ["and {1} too", "{1} too", "also {1}", "y {1} también", "and {1} please", "plus #{1}"]
)
def test_a_code_as_well_behind_the_news_of_one_shift_takes_the_other(world: World, words: str) -> None:
    says(world, "YES {0}")
    assert says(world, words) is Status.SUCCESS
    assert has(world) == ["tue", "wed"]


@pytest.mark.parametrize(
    "words", ["{1}?", "{1}", "{1} please", "not {1}", "and 99 too", "and tomorrow", "and {1} for my sister"]
)
def test_what_does_not_say_as_well_is_for_a_person(world: World, words: str) -> None:
    says(world, "YES {0}")
    says(world, words)
    assert has(world) == ["tue"]
    assert "holder_wrote" in world.alerts()


def test_a_code_as_well_behind_a_no_takes_nothing(world: World) -> None:
    says(world, "NO {0}")
    says(world, "and {1} too")
    assert has(world) == []


@pytest.mark.parametrize(
    ("words", "dropped"),
    [
        ("can't do today after all", ["tue"]), ("I can't come in today", ["tue"]), ("calling out today", ["tue"]),
        ("no puedo hoy", ["tue"]), ("sorry can't do wednesday", ["wed"]), ("no puedo ir mañana", ["wed"]),
        ("can't do the morning one", ["tue"]), ("can't do either", ["tue", "wed"]), ("no puedo ninguno", ["tue", "wed"]),
        ("can't make it", []), ("can't do friday", []), ("I'm not calling out today", []),
        ("calling out today and tomorrow", []),
    ],
)  # fmt: skip
def test_the_holder_of_two_who_names_the_day_is_not_asked_which(
    world: World, words: str, dropped: list[str]
) -> None:
    says(world, "YES {0} AND {1}")
    says(world, words)
    alerts = world.desk.alerts(open=True).items
    assert sorted(one.shift_id or "" for one in alerts if one.kind == "drop_requested") == dropped
    assert dropped or "holder_wrote" in world.alerts()
    assert has(world) == ["tue", "wed"]


@pytest.mark.parametrize("words", ["can't do today", "neither"])
def test_a_no_of_the_holder_of_two_to_a_coordinator_is_for_that_person(world: World, words: str) -> None:
    says(world, "YES {0} AND {1}")
    world.desk.write_to(DirectMessage(caregiver_id="Ana", body="Which day can you do?"))
    world.desk.settle()
    says(world, words)
    assert "holder_wrote" in world.alerts()
    assert has(world) == ["tue", "wed"]


def test_calling_off_the_day_of_one_of_two_frees_that_one_alone_where_the_organization_wants_that(
    world: World,
) -> None:
    world.lakeside(releases_call_offs=True)
    says(world, "YES {0} AND {1}")
    says(world, "calling out today")
    assert has(world) == ["wed"]


@pytest.mark.parametrize("words", ["either", "whichever", "cualquiera"])
def test_either_is_asked_which_one_and_said_again_takes_the_first(world: World, words: str) -> None:
    assert says(world, words) is Status.CLARIFY
    assert says(world, words) is Status.SUCCESS
    assert has(world) == ["tue"]


def test_a_question_asked_again_is_the_same_question(world: World) -> None:
    says(world, "yes")
    assert says(world, "hmm") is Status.CLARIFY
    assert says(world, "the first one") is Status.SUCCESS
    assert has(world) == ["tue"]
