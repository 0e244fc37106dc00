"""Row 4: a text that speaks of several shifts says what it says of each, in one commit."""

from collections.abc import Iterator

import pytest

from firstyes.actors.errors import HandlerFailed, Parked
from firstyes.actors.shift_actor import ShiftActor
from firstyes.actors.tasks import ShiftTask
from firstyes.domain.answer import Answer, Status
from support.patience import PATIENCE
from support.world import World, a_world


@pytest.fixture
def world() -> Iterator[World]:
    """Ana and Ben were offered two shifts that do not overlap: one today, a Tuesday, one tomorrow."""
    with a_world() as world:
        world.caregivers("Ana", "Ben")
        world.offered("tue")
        world.offered("wed", starts_in=26)
        yield world


def says(world: World, name: str, words: str, *shifts: str, message_id: str | None = None) -> Answer:
    """Have somebody text us; {0}, {1} are the codes they have for `shifts`."""
    codes = [world.code(name, one) for one in shifts or ("tue", "wed")]
    answer = world.says(name, words.format(*codes), message_id=message_id)
    world.desk.settle()
    return answer


def results(answer: Answer) -> dict[str, Status]:
    return {one.shift_id: one.status for one in answer.results}


def holder(world: World, shift_id: str) -> str | None:
    return world.record(shift_id).claimed_by


def test_row_4_each_of_the_shifts_shows_the_text_and_how_it_was_read(world: World) -> None:
    """Row 4. Another phone's message under the same id stands with the shift it is about."""
    says(world, "Ben", "is there parking?", message_id="SM1")
    says(world, "Ana", "YES {0}, NO {1}", message_id="SM1")
    for shift_id, writers in (("tue", ["Ana"]), ("wed", ["Ana", "Ben"])):
        shown = world.desk.messages(shift_id=shift_id).items
        assert [one.phone for one in shown if one.direction == "in"] == [world.phones[who] for who in writers]
        events = world.desk.timeline(shift_id)
        read = [one.reading for one in events if one.by == "caregiver:Ana"]
        assert [one and one["intent"] for one in read] == ["accept"]


@pytest.mark.parametrize(
    "words",
    [
        "YES {0}, NO {1}", "yes {0} no {1}", "NO {1}, YES {0}", "{0} yes {1} no", "si {0} no {1}", "YES {0} but not {1}",
        "Yes tuesday, no wednesday",
    ],
)  # fmt: skip
def test_row_4_a_yes_and_a_no_in_one_text(world: World, words: str) -> None:
    """Row 4."""
    answer = says(world, "Ana", words)
    assert answer.status is Status.SUCCESS
    assert results(answer) == {"tue": Status.SUCCESS, "wed": Status.ACKNOWLEDGED}
    assert (holder(world, "tue"), holder(world, "wed")) == ("Ana", None)
    assert world.offer("Ana", "wed").answer == "declined"


@pytest.mark.parametrize(
    "words",
    [
        "YES {0} and {1}", "YES {0}, {1}", "YES {0} YES {1}", "sí {0} y {1}", "both", "yes both", "I'll take both", "los dos",
        "all of them",
    ],
)  # fmt: skip
def test_row_4_a_yes_to_both(world: World, words: str) -> None:
    """Row 4: both are won, and a text for each says so."""
    answer = says(world, "Ana", words)
    assert answer.status is Status.SUCCESS
    assert results(answer) == {"tue": Status.SUCCESS, "wed": Status.SUCCESS}
    assert (holder(world, "tue"), holder(world, "wed")) == ("Ana", "Ana")
    assert sum(one.body.startswith("You have the shift") for one in world.sent("Ana")) == 2


@pytest.mark.parametrize(
    "words", ["neither", "NO {0} and {1}", "no to both", "ninguno", "none of them", "can't do either"]
)
def test_row_4_a_no_to_both(world: World, words: str) -> None:
    """Row 4: both are passed on, and nobody is asked again."""
    answer = says(world, "Ana", words)
    assert answer.status is Status.ACKNOWLEDGED
    assert results(answer) == {"tue": Status.ACKNOWLEDGED, "wed": Status.ACKNOWLEDGED}
    assert [world.offer("Ana", one).answer for one in ("tue", "wed")] == ["declined", "declined"]


def test_row_4_a_yes_to_a_day_takes_the_shift_of_that_day(world: World) -> None:
    """Row 4: one of them is on Tuesday."""
    answer = says(world, "Ana", "yes tuesday")
    assert (answer.status, answer.shift_id, answer.results) == (Status.SUCCESS, "tue", ())
    assert (holder(world, "tue"), holder(world, "wed")) == ("Ana", None)


@pytest.mark.parametrize("words", ["not both", "YES {0} or {1}", "YES {0}, NO {0}", "can't do both"])
def test_row_4_what_does_not_say_which_is_asked_about(world: World, words: str) -> None:
    """Row 4: nothing is taken by it."""
    answer = says(world, "Ana", words)
    assert answer.status is Status.CLARIFY
    assert (holder(world, "tue"), holder(world, "wed")) == (None, None)


@pytest.mark.parametrize("words", ["both", "{0} and {1}", "{0} {1}"])
@pytest.mark.parametrize(("asked", "status"), [("yes", Status.SUCCESS), ("no", Status.ACKNOWLEDGED)])
def test_row_4_both_answers_the_question_which_one(
    world: World, words: str, asked: str, status: Status
) -> None:
    """Row 4: of a yes it is a yes to both, of a no a no."""
    assert says(world, "Ana", asked).status is Status.CLARIFY
    assert results(says(world, "Ana", words)) == {"tue": status, "wed": status}


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("wed", "wed"), ("the wednesday one", "wed"), ("tomorrow please", "wed"), ("el miércoles", "wed"), ("7/17", "wed"),
        ("la de hoy", "tue"), ("only today", "tue"), ("{1} please and thank you", "wed"),
    ],
)  # fmt: skip
def test_row_4_the_question_which_one_is_answered_by_the_day_alone(
    world: World, words: str, taken: str
) -> None:
    assert says(world, "Ana", words).status is Status.CLARIFY
    assert says(world, "Ana", "yes").status is Status.CLARIFY
    assert says(world, "Ana", words).status is Status.SUCCESS
    assert [one for one in ("tue", "wed") if holder(world, one) == "Ana"] == [taken]


@pytest.mark.parametrize(
    "words", ["wed?", "thursday", "not wed", "wed maybe", "tuesday or wednesday", "sorry {1}", "any?"]
)
def test_row_4_what_does_not_name_one_does_not_answer_which_one(world: World, words: str) -> None:
    says(world, "Ana", "yes")
    says(world, "Ana", words)
    assert (holder(world, "tue"), holder(world, "wed")) == (None, None)


def test_row_4_a_day_answers_the_question_which_one_is_refused(world: World) -> None:
    assert says(world, "Ana", "can't make it").status is Status.CLARIFY
    says(world, "Ana", "wednesday")
    assert ["offer_declined" in world.events(one) for one in ("tue", "wed")] == [False, True]


def test_row_4_a_day_of_what_was_taken_meanwhile_takes_nothing(world: World) -> None:
    says(world, "Ana", "yes")
    says(world, "Ben", "yes {1}")
    assert says(world, "Ana", "wednesday").status is not Status.SUCCESS
    assert (holder(world, "tue"), holder(world, "wed")) == (None, "Ben")


def test_row_4_of_two_that_overlap_the_first_code_takes_it(world: World) -> None:
    """Row 4: the other is told why, and stays open to others."""
    world.offered("late", starts_in=3)
    answer = says(world, "Ana", "YES {1} and {0} and {2}", "tue", "late", "wed")
    assert [(one.shift_id, one.status) for one in answer.results] == [
        ("late", Status.SUCCESS),
        ("tue", Status.NO_ACTION),
        ("wed", Status.SUCCESS),
    ]
    assert "overlaps" in answer.results[1].message
    assert holder(world, "tue") is None


def test_row_4_what_is_gone_is_told_and_the_rest_is_done(world: World) -> None:
    """Row 4: somebody else has one of them."""
    says(world, "Ben", "YES {0}")
    answer = says(world, "Ana", "YES {0} and {1}")
    assert (answer.status, answer.shift_id) == (Status.SUCCESS, "wed")
    assert results(answer) == {"tue": Status.ALREADY_CLAIMED, "wed": Status.SUCCESS}
    assert any("taken by someone else" in one.body for one in world.sent("Ana"))


def test_row_4_both_means_what_has_just_been_taken_too(world: World) -> None:
    """Row 4: nobody had told them."""
    says(world, "Ben", "YES {0}")
    assert results(says(world, "Ana", "yes both")) == {
        "tue": Status.ALREADY_CLAIMED,
        "wed": Status.SUCCESS,
    }


def test_row_4_a_code_that_is_not_theirs_is_told_and_the_rest_is_done(world: World) -> None:
    """Row 4."""
    answer = says(world, "Ana", "YES {0} and 987")
    assert answer.status is Status.SUCCESS
    assert [(one.code, one.shift_id, one.status) for one in answer.results][1] == (
        "987",
        "",
        Status.NO_ACTION,
    )
    assert "You have no offer with the code 987." in [one.body for one in world.sent("Ana")]
    assert holder(world, "tue") == "Ana"


def test_row_4_three_offers(world: World) -> None:
    """Row 4: "both" of three is asked about, "all of them" is not."""
    world.offered("thu", starts_in=50)
    assert says(world, "Ana", "both").status is Status.CLARIFY
    assert says(world, "Ana", "yes both").status is Status.CLARIFY
    answer = says(world, "Ana", "NO {0}, YES {1} and {2}", "tue", "wed", "thu")
    assert results(answer) == {"tue": Status.ACKNOWLEDGED, "wed": Status.SUCCESS, "thu": Status.SUCCESS}
    # Only one is left to ask about.
    says(world, "Ben", "none of them")
    assert world.offer("Ben", "tue").answer == "declined"


def test_row_4_on_a_shared_phone_the_codes_say_who() -> None:
    """Row 4: "both" of two people is asked about; by code each gets what is said of them."""
    with a_world() as world:
        world.caregivers("Ana", phone="+13125550777")
        world.caregivers("Ben", phone="+13125550777", role="LPN")
        world.offered("tue")
        world.offered("wed", starts_in=26, role="LPN")
        assert world.says("Ana", "both").status is Status.CLARIFY
        answer = world.says("Ana", f"YES {world.code('Ana', 'tue')} and {world.code('Ben', 'wed')}")
        assert results(answer) == {"tue": Status.SUCCESS, "wed": Status.SUCCESS}
        assert (holder(world, "tue"), holder(world, "wed")) == ("Ana", "Ben")


def test_row_4_one_shift_offered_to_two_on_one_phone_goes_to_the_first_code() -> None:
    """Row 4."""
    with a_world() as world:
        world.caregivers("Ana", "Ben", phone="+13125550777")
        world.offered("tue")
        ana, ben = world.code("Ana", "tue"), world.code("Ben", "tue")
        answer = world.says("Ana", f"NO {ana}, YES {ben}")
        assert [one.status for one in answer.results] == [Status.ACKNOWLEDGED, Status.SUCCESS]
        assert holder(world, "tue") == "Ben"


def test_row_4_delivered_twice_it_has_the_same_answer(world: World) -> None:
    """Row 4: and leads to nothing more."""
    first = says(world, "Ana", "YES {0}, NO {1}", message_id="m-1")
    before = len(world.sent("Ana"))
    assert says(world, "Ana", "YES {0}, NO {1}", message_id="m-1") == first
    assert len(world.sent("Ana")) == before


def test_row_4_delivered_twice_in_one_batch_it_has_the_same_answer(world: World) -> None:
    """Row 4."""
    words = f"YES {world.code('Ana', 'tue')} and {world.code('Ana', 'wed')}"
    with world.busy():
        waiting = [world.sends("Ana", words, message_id="m-1") for _ in range(2)]
    first, second = [one.wait(PATIENCE) for one in waiting]
    assert first == second
    assert results(first) == {"tue": Status.SUCCESS, "wed": Status.SUCCESS}


def test_row_4_two_who_say_it_at_once_each_get_what_is_left(world: World) -> None:
    """Row 4: in one batch, each shift by itself goes to the first yes."""
    ana = f"YES {world.code('Ana', 'tue')}, NO {world.code('Ana', 'wed')}"
    ben = f"YES {world.code('Ben', 'tue')} and {world.code('Ben', 'wed')}"
    with world.busy():
        waiting = [world.sends("Ana", ana), world.sends("Ben", ben)]
    first, second = [one.wait(PATIENCE) for one in waiting]
    assert results(first) == {"tue": Status.SUCCESS, "wed": Status.ACKNOWLEDGED}
    assert results(second) == {"tue": Status.ALREADY_CLAIMED, "wed": Status.SUCCESS}


def test_row_4_when_one_of_them_fails_nothing_is_done_and_it_is_said_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 4: a bug in one of the shifts costs the text, not the other shift; sent again, it counts."""
    # given
    carry_out = ShiftActor.carry_out

    def fails(actor: ShiftActor, task: ShiftTask) -> Answer:
        answer = carry_out(actor, task)
        if task.shift_id == "wed":
            raise ArithmeticError("a bug")
        return answer

    monkeypatch.setattr(ShiftActor, "carry_out", fails)
    # when
    with pytest.raises(HandlerFailed):
        says(world, "Ana", "YES {0}, NO {1}", message_id="m-1")
    # then
    assert (holder(world, "tue"), world.offer("Ana", "wed").answer) == (None, None)
    assert all("You have the shift" not in one.body for one in world.sent("Ana"))
    # when
    monkeypatch.undo()
    answer = says(world, "Ana", "YES {0}, NO {1}", message_id="m-1")
    # then
    assert results(answer) == {"tue": Status.SUCCESS, "wed": Status.ACKNOWLEDGED}
    assert says(world, "Ben", "YES {1}").status is Status.SUCCESS


def test_row_4_a_shift_that_fails_on_its_part_again_and_again_is_set_aside_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 4: a text that speaks of it does nothing and says so; the other shift can be taken by itself."""
    # given
    carry_out = ShiftActor.carry_out

    def fails(actor: ShiftActor, task: ShiftTask) -> Answer:
        if task.shift_id == "wed":
            raise ArithmeticError("a bug")
        return carry_out(actor, task)

    words = f"YES {world.code('Ana', 'tue')}, NO {world.code('Ana', 'wed')}"
    # when
    with monkeypatch.context() as patched:
        patched.setattr(ShiftActor, "carry_out", fails)
        for _ in range(3):
            with pytest.raises(HandlerFailed):
                world.says("Ana", words)
            world.desk.settle()
    # then
    with pytest.raises(Parked):
        world.says("Ana", words)
    assert holder(world, "tue") is None
    assert says(world, "Ana", "YES {0}").status is Status.SUCCESS


def test_row_4_a_holder_s_no_alerts_and_the_rest_is_done(world: World) -> None:
    """Row 4: the alert names the message."""
    says(world, "Ana", "YES {0}")
    answer = says(world, "Ana", "NO {0}, YES {1}")
    assert results(answer) == {"tue": Status.ACKNOWLEDGED, "wed": Status.SUCCESS}
    [alert] = world.desk.alerts(open=True).items
    assert (alert.kind, alert.shift_id) == ("drop_requested", "tue")
    [message_id] = alert.message_ids
    message = world.desk.message(message_id)
    assert message is not None
    assert message.body.startswith("NO ")


def test_row_4_whoever_opted_out_takes_nothing(world: World) -> None:
    """Row 4: as with one code."""
    codes = world.code("Ana", "tue"), world.code("Ana", "wed")
    says(world, "Ana", "STOP")
    assert world.says("Ana", "YES {} and {}".format(*codes)).status is Status.CLARIFY
    assert (holder(world, "tue"), holder(world, "wed")) == (None, None)
