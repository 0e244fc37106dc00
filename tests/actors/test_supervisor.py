"""The supervisor: what fails is blamed on whoever failed, and nobody waits for what is not done any more."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from firstyes.actors.errors import HandlerFailed, ShuttingDown
from firstyes.actors.journal.alert_port import NewAlert
from firstyes.actors.journal.port import Append, JournalUnavailable
from firstyes.actors.runtime.dead_letter import DeadLetter
from firstyes.actors.runtime.envelope import Envelope
from firstyes.actors.runtime.promise import Promise
from firstyes.actors.shift_actor import ShiftActor
from firstyes.actors.supervisor import Supervisor
from firstyes.actors.tasks import KeepTime, ShiftTask, Write
from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Status
from firstyes.domain.consent import Consent
from firstyes.domain.policy import Channel
from support.journals import FailingJournal, unavailable
from support.patience import PATIENCE
from support.world import World, a_world


@pytest.fixture
def world(journal: FailingJournal) -> Iterator[World]:
    with a_world(journal) as world:
        world.caregivers("Ana")
        world.offered("tue")
        world.offered("wed", starts_in=26)
        yield world


def supervisor(world: World) -> Supervisor:
    actor = world.desk._working._supervisor._actor_weakref()
    assert isinstance(actor, Supervisor)
    return actor


def test_whoever_decided_on_a_part_while_the_disk_was_full_is_not_blamed_for_what_fails_later(
    world: World, journal: FailingJournal
) -> None:
    # given
    journal.before = unavailable
    with pytest.raises(JournalUnavailable):
        world.says("Ana", f"YES {world.code('Ana', 'tue')}, NO {world.code('Ana', 'wed')}")
    shift = supervisor(world)._live.awake("shift/tue")
    assert shift is not None
    # when
    failed: Promise[None] = Promise()
    world.desk._working.post(Envelope(Write(lambda _: 1 / 0), failed))
    with pytest.raises(HandlerFailed):
        failed.wait(PATIENCE)
    # then
    assert shift.is_alive()


def test_a_consent_that_came_with_a_person_while_the_disk_was_full_is_not_taken_for_kept(
    world: World, journal: FailingJournal
) -> None:
    # given
    agrees = Consent(channel=Channel.SMS)
    journal.before = unavailable
    with pytest.raises(JournalUnavailable):
        world.caregivers("Ana", phone=world.phones["Ana"], consents=(agrees,))
    # when
    journal.before = lambda _: None
    world.caregivers("Ana", phone=world.phones["Ana"], consents=(agrees,))
    # then
    assert [one.channel for one in world.desk.caregivers(text="Ana").items[0].consents] == [Channel.SMS]
    assert [one.what for one in world.desk.consents("Ana")] == ["consent_given"]


def test_a_conversation_that_fails_on_a_consent_costs_that_order_and_the_next_is_kept(
    world: World, journal: FailingJournal
) -> None:
    # given
    def fails(_: Append) -> None:
        raise ZeroDivisionError

    ana: dict[str, Any] = {
        "phone": world.phones["Ana"],
        "consents": (Consent(channel=Channel.SMS, gives=False),),
    }
    journal.before = fails
    with pytest.raises(HandlerFailed):
        world.caregivers("Ana", **ana)
    assert not world.desk.caregivers(text="Ana").items[0].opted_out
    # when
    journal.before = lambda _: None
    world.caregivers("Ana", **ana)
    # then
    assert world.desk.caregivers(text="Ana").items[0].opted_out


def test_what_comes_back_from_an_actor_that_stopped_is_answered_also_while_all_are_stopping(
    world: World,
) -> None:
    # given
    asked: Promise[None] = Promise()
    with world.busy():
        letter = Envelope(ShiftTask("thu", KeepTime()), asked)
        world.desk._working.post(DeadLetter(ShiftActor, "urn", letter))
        # when
        world.desk._working.loop._closed = True
    # then
    with pytest.raises(ShuttingDown):
        asked.wait(PATIENCE)


def test_the_supervisor_outlives_whoever_cannot_be_told_of_an_alert_that_is_not_recorded(
    world: World, journal: FailingJournal, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # given
    def refuse(_: object) -> None:
        raise RuntimeError

    root = supervisor(world)
    monkeypatch.setattr(root, "_context", replace(root._context, unrecorded=refuse))
    journal.refuses = 1
    # when
    world.desk._working.record_alert(NewAlert(AlertKind.UNKNOWN_PHONE, "x", world.clock.now(), about="x"))
    world.desk.settle()
    # then
    assert world.says("Ana", f"YES {world.code('Ana', 'tue')}").status is Status.SUCCESS
    assert "The supervisor could not handle a refusal: RuntimeError" in caplog.text
