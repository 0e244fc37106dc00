"""Today, tomorrow and tonight in a reply, from the message to the shift."""

from datetime import UTC, datetime, timedelta

import pytest

from firstyes.domain.answer import Status
from firstyes.domain.message import InboundMessage
from support.world import FIVE_AM, World, a_world

ELEVEN_PM = datetime(2030, 7, 16, 4, 0, tzinfo=UTC)
"""Monday night in Chicago, already Tuesday in UTC."""


def asked(body: str, *, at: datetime = FIVE_AM, starts_in: float = 2, sent: datetime | None = None) -> Status:
    with a_world(at=at) as world:
        world.asked("Ana", starts_in=starts_in)
        return heard(world, body, sent)


def heard(world: World, body: str, sent: datetime | None) -> Status:
    message = InboundMessage(from_phone=world.phones["Ana"], body=body, timestamp=sent)
    return world.desk.receive(message).status


@pytest.mark.parametrize(
    ("body", "starts_in"),
    [
        ("yes I can work today", 2),
        ("Yes I can work this morning", 2),
        ("si puedo hoy", 2),
        ("yes I can work tomorrow", 26),
        ("yes tonight works", 14),
        ("sí, puedo esta noche", 14),
        ("I'll take it for tomorrow morning", 26),
    ],
)
def test_a_yes_to_the_day_of_the_shift_wins_it(body: str, starts_in: float) -> None:
    assert asked(body, starts_in=starts_in) is Status.SUCCESS


@pytest.mark.fault(20)
@pytest.mark.parametrize(
    ("body", "starts_in"),
    [
        ("yes I can work tomorrow", 2),
        ("yes I can work today", 26),
        ("Yes I can work this morning", 26),
        ("yes tonight works", 2),
        ("yes tonight works", 38),
        ("sí, puedo esta noche", 38),
        ("yes, this tuesday", 7 * 24 + 2),
    ],
)
def test_a_yes_to_another_day_than_the_shift_s_wins_nothing(body: str, starts_in: float) -> None:
    assert asked(body, starts_in=starts_in) is Status.CLARIFY


def test_the_day_is_that_of_the_organization_s_zone() -> None:
    assert asked("yes I can work tomorrow", at=ELEVEN_PM, starts_in=8) is Status.SUCCESS
    assert asked("yes I can work today", at=ELEVEN_PM, starts_in=8) is Status.CLARIFY


def test_after_midnight_nobody_knows_which_day_tomorrow_is() -> None:
    one_am = ELEVEN_PM + timedelta(hours=2)

    assert asked("yes I can work tomorrow", at=one_am, starts_in=6) is Status.CLARIFY
    assert asked("yes I can work tomorrow", at=one_am, starts_in=30) is Status.CLARIFY


@pytest.mark.fault(20)
def test_a_message_that_was_held_up_means_the_day_it_was_written() -> None:
    evening = FIVE_AM - timedelta(hours=12)
    for body, status in (
        ("yes I can work tomorrow", Status.SUCCESS),
        ("yes I can work today", Status.CLARIFY),
    ):
        with a_world(at=evening) as world:
            world.asked("Ana", starts_in=14)
            world.later(12 * 3600)
            assert heard(world, body, evening) is status


def test_row_60_a_yes_that_was_written_the_day_before_its_offer_is_asked_about() -> None:
    assert asked("yes", sent=FIVE_AM - timedelta(hours=12)) is Status.CLARIFY


def test_a_message_from_the_future_was_written_now() -> None:
    assert asked("yes I can work today", sent=FIVE_AM + timedelta(days=3)) is Status.SUCCESS


def test_the_same_words_are_read_anew_on_another_day(world: World) -> None:
    world.asked("Ana", starts_in=26)

    assert heard(world, "yes I can work today", None) is Status.CLARIFY
    world.later(20 * 3600)
    assert heard(world, "yes I can work today", None) is Status.SUCCESS
