"""Maybe, busy until, a part: on a desk, with its timers and its outbox."""

from pathlib import Path

import pytest

from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Status
from support.world import HOUR, World, a_world


def test_who_is_busy_is_neither_texted_nor_called_for_any_shift_before_they_are_free(world: World) -> None:
    # given
    world.asked("Ana", "Ben")
    assert world.says("Ana", "busy till 6").status is Status.ACKNOWLEDGED
    # when: texts of another shift, and calls of both
    world.offered("late", starts_in=4)
    world.later(1_150)
    # then
    assert world.purposes("Ana") == ["offer", "notice"]
    assert world.desk.caregivers().items[0].busy_until is not None
    assert world.alerts() == []
    # and then
    world.later(HOUR - 1_150 + 60)
    assert world.purposes("Ana").count("offer_again") == 1


def test_a_yes_takes_the_shift_before_they_are_free(world: World) -> None:
    world.asked("Ana", "Ben")
    world.says("Ana", "in surgery until 6")
    world.desk.settle()
    assert world.says("Ana", "yes").status is Status.SUCCESS
    world.later(2 * HOUR)
    assert "offer_again" not in world.purposes("Ana")


def test_who_is_busy_for_a_time_is_asked_when_that_is_over(world: World) -> None:
    world.asked("Ana", "Ben")
    world.says("Ana", "give me half an hour")
    world.later(HOUR / 2 - 60)
    assert world.purposes("Ana") == ["offer", "notice"]
    world.later(180)
    assert world.purposes("Ana").count("offer_again") == 1


@pytest.mark.parametrize(
    ("first", "then", "until"), [("6", "5:30", HOUR / 2), ("5:30", "6", HOUR)], ids=["shorter", "longer"]
)
def test_who_is_busy_until_another_time_is_asked_once_and_then(
    world: World, first: str, then: str, until: float
) -> None:
    # given
    world.asked("Ana", "Ben")
    world.says("Ana", f"busy till {first}")
    world.says("Ana", f"busy till {then}")
    # when
    world.later(until - 60)
    assert "offer_again" not in world.purposes("Ana")
    world.later(120)
    assert world.purposes("Ana").count("offer_again") == 1
    # then
    world.later(HOUR)
    assert world.purposes("Ana").count("offer_again") == 1


@pytest.mark.parametrize(
    "words", ["only until noon", "what does it pay?", "yes if my sitter can", "busy till 6", "maybe"]
)
@pytest.mark.parametrize("receipt", ["ok", "👍", "ok thanks"])
def test_an_ok_to_the_news_that_somebody_was_told_takes_nothing(
    world: World, words: str, receipt: str
) -> None:
    """A plain yes does."""
    world.asked("Ana", "Ben")
    world.says("Ana", words)
    world.desk.settle()
    world.says("Ana", receipt)
    assert world.record().claimed_by is None
    world.desk.settle()
    assert world.says("Ana", "yes").status is Status.SUCCESS


def test_who_is_busy_until_the_shift_has_begun_is_told_so_and_asked_nothing_then(world: World) -> None:
    world.asked("Ana", "Ben")
    world.says("Ana", "busy for the next 3 hours")
    assert "By then it has begun. Still open: reply YES 10" in world.sent("Ana")[-1].body
    world.later(4 * HOUR)
    assert "offer_again" not in world.purposes("Ana")


def test_what_is_taken_meanwhile_is_not_asked_about(world: World) -> None:
    world.asked("Ana", "Ben")
    world.says("Ana", "busy till 6")
    world.says("Ben", "yes")
    world.later(2 * HOUR)
    assert world.purposes("Ana") == ["offer", "notice"]


def test_the_offer_that_waits_is_not_what_a_bare_yes_answers(world: World) -> None:
    """They have never seen it."""
    # given
    world.asked("Ana", "Ben")
    world.says("Ana", "busy till 6")
    world.desk.cancel("early", confirm=True)
    world.offered("late", starts_in=4)
    # when
    answer = world.says("Ana", "yes")
    # then
    assert answer.status is not Status.SUCCESS
    assert world.record("late").claimed_by is None


def test_a_restart_does_not_bring_forward_what_waits(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/journal.db"
    with a_world(store=store) as world:
        world.asked("Ana", "Ben")
        world.says("Ana", "busy till 6:50")
    with a_world(store=store) as again:
        again.desk.settle()
        texts = [one for one in again.desk.messages().items if one.purpose == "offer_again"]
        assert [one.state for one in texts] == ["planned"]
        # Nor does it look like a carrier that takes nothing.
        again.later(300)
        assert again.alerts() == []


def test_a_part_of_a_shift_is_an_alert_that_closes_when_the_shift_is_filled(world: World) -> None:
    # given
    world.asked("Ana", "Ben")
    # when
    assert world.says("Ana", "I can do 7 to 11").status is Status.CLARIFY
    # then
    [alert] = world.desk.alerts(kind=AlertKind.PARTIAL_OFFER, open=True).items
    assert (alert.caregiver_id, alert.shift_id) == ("Ana", "early")
    assert "7am-11am" in alert.message
    assert world.offer("Ana").answer == "partial"
    # and then
    world.says("Ben", "yes")
    assert world.desk.alerts(kind=AlertKind.PARTIAL_OFFER, open=True).items == ()


def test_who_says_maybe_is_asked_once_more_before_they_are_called(world: World) -> None:
    # given
    world.asked("Ana", "Ben")
    world.says("Ana", "maybe")
    # when
    world.later(601)
    # then
    assert world.purposes("Ana").count("offer_again") == 1
    assert world.purposes("Ben") == ["offer", "offer"]
    world.later(301)
    assert world.purposes("Ana") == ["offer", "notice", "offer_again", "offer"]
