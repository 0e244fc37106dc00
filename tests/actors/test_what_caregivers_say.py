"""What caregivers really say, and what becomes of it: rows of the field cases that a conversation decides."""

import pytest

from firstyes.domain.answer import Answer, Status
from support.world import World


def says(world: World, name: str, words: str) -> Answer:
    """Have somebody text us, and let everything due go out."""
    answer = world.says(name, words)
    world.desk.settle()
    return answer


def texts(world: World, name: str) -> list[str]:
    return [one.body for one in world.sent(name)]


@pytest.mark.parametrize("words", ["call me", "ring me when you can", "llámame por favor"])
def test_row_11_who_wants_to_be_called_alerts_at_once(world: World, words: str) -> None:
    """Row 11."""
    world.asked("Ana")
    assert says(world, "Ana", words).status is Status.CLARIFY
    assert world.alerts() == ["needs_reading"]


def test_row_11_a_second_text_that_cannot_be_read_alerts(world: World) -> None:
    """Row 11: in one alert, which collects the third and names every message."""
    world.asked("Ana")
    says(world, "Ana", "je ne peux pas")
    assert world.alerts() == []
    says(world, "Ana", "mwen pa kapab")
    says(world, "Ana", "blorp")
    [alert] = world.desk.alerts().items
    assert (alert.kind, alert.shift_id, alert.caregiver_id, alert.count) == (
        "needs_reading",
        "early",
        "Ana",
        2,
    )
    assert len(alert.message_ids) == 2


@pytest.mark.parametrize(
    "words",
    [
        "I need someone to cover", "it's an emergency", "call me", "my car won't start", "where do I park?",
        "only until noon", "HELP", "necesito que alguien me cubra", "yes, where do I park", "ok who do I report to",
        "sí, ¿cuál es la dirección?",
    ],
)  # fmt: skip
def test_row_12_whatever_the_holder_writes_reaches_a_person_at_once(world: World, words: str) -> None:
    """Row 12."""
    world.asked("Ana", "Ben")
    says(world, "Ana", "yes")
    says(world, "Ana", words)
    [alert] = world.desk.alerts().items
    assert (alert.shift_id, alert.caregiver_id) == ("early", "Ana")
    assert len(texts(world, "Ana")) == 3


@pytest.mark.parametrize("words", ["yes what's the address", "10 yes, where do I park", "sí, ¿dónde es?"])
def test_row_12_a_question_beside_a_yes_that_wins_reaches_a_person(world: World, words: str) -> None:
    """Row 12: it takes the shift all the same."""
    world.asked("Ana", "Ben")
    assert says(world, "Ana", words).status is Status.SUCCESS
    assert world.alerts() == ["holder_wrote"]


def test_row_12_a_question_beside_a_yes_that_may_mean_two_reaches_a_person(world: World) -> None:
    """Row 12: she is asked which one, and a person reads the rest."""
    world.asked("Ana")
    world.offered("late", starts_in=26)
    assert says(world, "Ana", "yes where do I park").status is Status.CLARIFY
    assert world.alerts() == ["needs_reading"]


@pytest.mark.parametrize("words", ["thanks", "ok", "👍", "gracias!", "yes", "see you then"])
def test_row_12_thanks_of_the_holder_call_nobody(world: World, words: str) -> None:
    """Row 12."""
    world.asked("Ana")
    says(world, "Ana", "yes")
    says(world, "Ana", words)
    assert world.alerts() == []
    assert world.record().claimed_by == "Ana"


@pytest.mark.parametrize("words", ["CANCEL", "END", "QUIT", "STOP"])
def test_row_13_a_holder_who_opts_out_is_mute_and_alerts(world: World, words: str) -> None:
    """Row 13: until they come back."""
    world.asked("Ana")
    says(world, "Ana", "yes")
    says(world, "Ana", words)
    [alert] = world.desk.alerts().items
    assert (alert.kind, alert.shift_id, alert.caregiver_id) == ("holder_mute", "early", "Ana")
    says(world, "Ana", "START")
    assert world.desk.alerts(open=True).items == ()


def test_row_13_a_holder_who_is_told_at_a_new_number_is_mute_no_more(world: World) -> None:
    """Row 13: a new number hears."""
    world.asked("Ana")
    says(world, "Ana", "yes")
    says(world, "Ana", "STOP")
    world.caregivers("Ana", phone="+13125558888")
    assert world.purposes("Ana") == ["confirmation"]
    assert world.desk.alerts(open=True).items == ()


def test_row_13_a_holder_whose_new_number_wants_no_texts_either_still_has_a_person_call(world: World) -> None:
    """Row 13: a neighbour."""
    world.asked("Ana", "Ben")
    says(world, "Ana", "yes")
    says(world, "Ana", "STOP")
    says(world, "Ben", "STOP")
    world.caregivers("Ana", phone=world.phones["Ben"])
    world.desk.settle()
    assert [one.kind for one in world.desk.alerts(open=True).items] == ["not_told"]


def test_row_16_a_plain_yes_after_a_no_counts_and_an_ok_does_not(world: World) -> None:
    """Row 16."""
    world.asked("Ana")
    says(world, "Ana", "no")
    assert says(world, "Ana", "ok").status is Status.CLARIFY
    assert world.record().claimed_by is None
    assert says(world, "Ana", "yes").status is Status.SUCCESS


def test_an_ok_yes_after_a_question_takes_the_shift_and_a_yeah_ok_does_not(world: World) -> None:
    world.asked("Ana", "Ben")
    says(world, "Ana", "where is it?")
    assert says(world, "Ana", "yeah ok").status is Status.CLARIFY
    assert says(world, "Ana", "ok yes").status is Status.SUCCESS


def test_a_no_said_to_the_coordinator_by_name_keeps_the_number(world: World) -> None:
    world.asked("Ana", "Ben")
    assert says(world, "Ana", "I can't Brenda").status is Status.ACKNOWLEDGED
    assert world.alerts() == []
    world.offered("late", starts_in=26)
    assert says(world, "Ana", "yes").status is Status.SUCCESS


def test_row_17_a_yes_after_the_start_is_told_so_and_alerts(world: World) -> None:
    """Row 17."""
    world.asked("Ana")
    world.later(2 * 3600 + 60)
    answer = says(world, "Ana", "yes")
    assert (answer.status, "has already begun" in answer.message) == (Status.NO_ACTION, True)
    assert "willing" in world.alerts()


def test_row_19_the_yes_after_the_answer_takes_what_is_open(world: World) -> None:
    """Row 19."""
    world.asked("Ana", "Ben", shift_id="a")
    world.offered("b", starts_in=26)
    says(world, "Ben", f"YES {world.code('Ben', 'a')}")
    first = says(world, "Ana", "yes")
    assert "taken by someone else" in first.message
    assert f"YES {world.code('Ana', 'b')}" in texts(world, "Ana")[-1]
    assert says(world, "Ana", "yes").shift_id == "b"
    assert world.record("b").claimed_by == "Ana"


def test_row_20_a_new_offer_is_answered_again(world: World) -> None:
    """Row 20."""
    world.asked("Ana", shift_id="a")
    for _ in range(7):
        says(world, "Ana", "blorp")
    before = len(texts(world, "Ana"))
    says(world, "Ana", "blorp")
    assert len(texts(world, "Ana")) == before
    world.offered("b", starts_in=26)
    says(world, "Ana", "what does it pay?")
    assert texts(world, "Ana")[-1].startswith("We passed your question")


@pytest.mark.parametrize("words", ["ok", "👍", "k", "ok thanks"])
@pytest.mark.parametrize("ended", ["cancelled", "released"])
def test_an_ok_to_please_do_not_come_takes_nothing(world: World, words: str, ended: str) -> None:
    """It answers the last thing we told them, and that offered nothing."""
    world.asked("Ana", "Ben", shift_id="a")
    says(world, "Ana", f"YES {world.code('Ana', 'a')}")
    world.offered("b", starts_in=26)
    if ended == "cancelled":
        world.desk.cancel("a", confirm=True)
    else:
        world.desk.release("a")
    world.desk.settle()
    answer = says(world, "Ana", words)
    assert world.record("b").claimed_by is None
    assert world.record("a").claimed_by is None
    assert answer.status in (Status.CLARIFY, Status.ACKNOWLEDGED)


def test_row_59_a_sick_holder_with_another_offer_is_asked_which_and_alerts(world: World) -> None:
    """Row 59."""
    world.asked("Ana", "Ben", shift_id="a")
    says(world, "Ana", "yes")
    world.offered("b", starts_in=26)
    answer = says(world, "Ana", "I'm sick, can't make it")
    assert answer.status is Status.CLARIFY
    assert [one.shift_id for one in answer.choices] == ["a", "b"]
    assert world.alerts() == ["holder_wrote"]
    assert world.offer("Ana", "b").answer is None
    # when
    says(world, "Ana", f"NO {world.code('Ana', 'a')}")
    # then
    assert "drop_requested" in world.alerts()


@pytest.mark.parametrize("words", ["START", "HELP", "running late", "blorp", "call me", "no", "yes"])
def test_row_62_forty_times_the_same_are_bounded_texts_and_one_alert(world: World, words: str) -> None:
    """Row 62."""
    world.asked("Ana", "Ben")
    says(world, "Ana", "yes")
    for _ in range(40):
        world.says("Ana", words)
    world.desk.settle()
    assert len(texts(world, "Ana")) <= 2 + 6
    assert len(world.desk.alerts().items) <= 2


def test_a_no_that_asks_something_passes_and_reaches_a_person(world: World) -> None:
    """Row 12: a neighbour."""
    world.asked("Ana", "Ben")
    says(world, "Ana", "No, but I can do tomorrow")
    assert world.offer("Ana").answer == "declined"
    assert world.alerts() == ["needs_reading"]
    assert "will see this" in texts(world, "Ana")[-1]


def test_a_no_by_a_code_that_asks_something_reaches_a_person(world: World) -> None:
    """Row 12: a neighbour."""
    world.asked("Ana", "Ben")
    says(world, "Ana", f"NO {world.code('Ana')}, do you have anything friday?")
    assert (world.offer("Ana").answer, world.alerts()) == ("declined", ["needs_reading"])


@pytest.mark.parametrize(
    "words", ["I can't come in today", "I'm sick", "no puedo ir mañana", "can't work friday"]
)
def test_a_no_to_nothing_of_ours_may_be_a_call_off_and_reaches_a_person(world: World, words: str) -> None:
    """Row 12: a neighbour; they may have a shift that is not known here."""
    world.caregivers("Ana")
    says(world, "Ana", words)
    assert world.alerts() == ["needs_reading"]
    assert len(texts(world, "Ana")) == 1


@pytest.mark.parametrize("words", ["no", "no thanks", "pass"])
def test_a_plain_no_to_nothing_of_ours_calls_nobody(world: World, words: str) -> None:
    world.caregivers("Ana")
    says(world, "Ana", words)
    assert world.alerts() == []


@pytest.mark.parametrize(
    "words", ["I'm already on my way!!", "do I come in?", "who do I report to", "yes if I can leave at 2"]
)
def test_who_asks_about_a_shift_that_was_taken_meanwhile_is_told_so(world: World, words: str) -> None:
    """Row 12: a neighbour; they may think that it is theirs."""
    world.asked("Ana", "Ben")
    says(world, "Ben", "yes")
    says(world, "Ana", words)
    assert "has been taken by someone else" in texts(world, "Ana")[-1]
    assert world.alerts() == ["needs_reading"]


def test_an_ok_behind_a_no_takes_no_unfilled_shift_either(world: World) -> None:
    """Row 16: a neighbour."""
    world.asked("Ana", starts_in=30)
    for _ in range(2):
        world.later(601)
    says(world, "Ana", "no")
    assert says(world, "Ana", "ok").status is Status.CLARIFY
    assert world.record().claimed_by is None
    assert says(world, "Ana", "ok").status is Status.SUCCESS


def test_who_corrects_a_no_has_the_shift(world: World) -> None:
    """Row 16: a neighbour."""
    world.asked("Ana", "Ben")
    says(world, "Ana", "no")
    assert says(world, "Ana", "sorry hit the wrong button I meant yes").status is Status.SUCCESS
