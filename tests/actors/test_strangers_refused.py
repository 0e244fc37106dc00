"""Whoever has a phone that nobody here has is heard, and a person called, also where that could not be kept the first time."""

from collections.abc import Iterator
from typing import Any

import pytest

from firstyes.actors.errors import UnknownPhone
from firstyes.actors.journal.port import JournalUnavailable
from firstyes.actors.runtime.envelope import Envelope
from firstyes.actors.runtime.promise import Promise
from firstyes.actors.tasks import Write
from firstyes.domain.message import CarrierText, InboundMessage
from firstyes.domain.notice import Notice
from support.journals import FailingJournal
from support.patience import PATIENCE
from support.world import DIALLED, World, a_world

STRANGER = "+13125559999"
TO_US = CarrierText(from_phone=STRANGER, to_phone=DIALLED, body="Are you hiring?", message_id="SM1")
TO_NOBODY = InboundMessage(from_phone=STRANGER, body="Are you hiring?")


@pytest.fixture
def told() -> list[Notice]:
    return []


@pytest.fixture
def world(journal: FailingJournal, told: list[Notice]) -> Iterator[World]:
    with a_world(journal, notifiers=[told.append]) as world:
        yield world


def writes(world: World) -> None:
    with pytest.raises(UnknownPhone):
        world.desk.receive(TO_NOBODY)


def test_a_stranger_s_text_that_was_refused_is_heard_when_it_comes_again(
    world: World, journal: FailingJournal
) -> None:
    # given
    journal.refuses = 1
    with pytest.raises(JournalUnavailable):
        world.desk.receive(TO_US)
    # when
    with pytest.raises(UnknownPhone):
        world.desk.receive(TO_US)
    # then
    assert [one.body for one in world.desk.messages().items if one.direction == "in"] == [TO_US.body]
    assert world.alerts() == ["unknown_phone"]


def test_an_alert_that_cannot_be_recorded_is_told_once_and_recorded_when_it_can(
    world: World, journal: FailingJournal, told: list[Notice]
) -> None:
    # given
    with world.busy():
        journal.refuses = 3
        writes(world)
        writes(world)
    # when
    for _ in range(4):
        world.later(1)
    # then
    [alert] = world.desk.alerts().items
    assert (alert.count, journal.refuses) == (1, 0)
    assert [one.alert_id for one in told] == [None, alert.id]


def test_texts_of_one_stranger_that_come_at_once_are_one_alert(world: World) -> None:
    with world.busy():
        writes(world)
        writes(world)
    world.desk.settle()
    [alert] = world.desk.alerts().items
    assert alert.count == 1


def test_an_alert_of_a_batch_that_is_taken_back_is_recorded_when_its_text_is_decided_anew(
    world: World,
) -> None:
    # given
    wrote: Promise[Any] = Promise()
    world.desk._working.post(Envelope(Write(lambda transaction: transaction.make_contact(STRANGER)), wrote))
    wrote.wait(PATIENCE)
    # when
    with world.busy():
        answer = world.desk.inbound.put(TO_NOBODY.model_copy(update={"body": "OK A27"}))
        world.desk._working.post(Envelope(Write(lambda _: 1 / 0)))
    with pytest.raises(UnknownPhone):
        answer.wait(PATIENCE)
    world.desk.settle()
    # then
    [alert] = world.desk.alerts().items
    assert alert.count == 1
