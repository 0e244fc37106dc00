"""Phones: unknown ones, wrong ones, those that somebody had before, and those that several have."""

from datetime import timedelta

import pytest

from firstyes.actors.errors import UnknownPhone
from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Refusal, Status
from firstyes.domain.message import InboundMessage
from support.world import World


def writes(world: World, phone: str, body: str = "yes") -> None:
    with pytest.raises(UnknownPhone):
        world.desk.receive(InboundMessage(from_phone=phone, body=body))
    world.desk.settle()


def test_an_unknown_phone_is_told_nothing_and_alerts_once_a_day(world: World) -> None:
    for _ in range(3):
        writes(world, "+13125559999")
    assert world.alerts() == ["unknown_phone"]
    assert world.desk.messages().items == ()
    world.later(24 * 3600)
    writes(world, "+13125559999")
    [alert] = world.desk.alerts().items
    assert alert.count == 2


def test_a_thousand_unknown_phones_fill_no_list(world: World) -> None:
    for number in range(120):
        writes(world, f"+1312555{number:04}")
    assert len(world.desk.alerts(limit=500).items) == 100


def test_row_24_the_yes_of_a_phone_that_somebody_had_before_only_alerts(world: World) -> None:
    """Row 24: the old number is told nothing more, and a person hears whose it was."""
    world.asked("Ana")
    before = world.phones["Ana"]
    world.caregivers("Ana", phone="+13125558888")
    world.desk.settle()
    told = len(world.desk.messages(phone=before).items)
    writes(world, before)
    assert world.record().claimed_by is None
    [alert] = world.desk.alerts(kind=AlertKind.UNKNOWN_PHONE).items
    assert (alert.caregiver_id, alert.organization_id) == ("Ana", "lakeside")
    assert [one.direction for one in world.desk.messages(phone=before).items][:1] == ["in"]
    assert len(world.desk.messages(phone=before).items) == told + 1


def test_somebody_who_was_switched_off_is_as_unknown_and_a_person_hears(world: World) -> None:
    world.asked("Ana")
    world.caregivers("Ana", phone=world.phones["Ana"], active=False)
    writes(world, world.phones["Ana"], "I can still do it, call me")
    [alert] = world.desk.alerts(kind=AlertKind.UNKNOWN_PHONE).items
    assert (alert.caregiver_id, len(alert.message_ids)) == ("Ana", 1)


def test_row_25_a_wrong_number_is_not_used_until_it_is_confirmed(world: World) -> None:
    """Row 25: whoever has it cannot take a shift of hers either."""
    world.asked("Ana")
    assert world.says("Ana", "wrong number").status is Status.ACKNOWLEDGED
    assert world.alerts() == ["wrong_number"]
    assert world.purposes("Ana") == ["offer"]
    [ana] = world.desk.caregivers().items
    assert ana.in_doubt
    # when
    assert world.desk.confirm_phone("Ana").status is Status.SUCCESS
    # then
    assert not world.desk.caregivers().items[0].in_doubt
    assert world.desk.alerts(kind=AlertKind.WRONG_NUMBER, open=True).items == ()
    assert world.says("Ana", "yes").status is Status.SUCCESS
    assert world.desk.confirm_phone("nobody").refusal is Refusal.UNKNOWN


def test_row_27_the_same_message_is_the_same_phone_id_and_text(world: World) -> None:
    """Row 27: two phones may number alike, and one may begin again."""
    world.asked("Ana", "Ben")
    assert world.says("Ana", "no", message_id="17").status is Status.ACKNOWLEDGED
    assert world.says("Ben", "yes", message_id="17").status is Status.SUCCESS
    assert world.says("Ben", "yes", message_id="17").status is Status.SUCCESS
    assert world.says("Ana", "call me", message_id="17").message != "Thank you, noted."
    bodies = [one.body for one in world.desk.messages().items if one.direction == "in"]
    assert bodies == ["call me", "yes", "no"]


def test_row_22_on_a_shared_phone_what_was_just_won_is_whose_it_is(world: World) -> None:
    """Row 22: whoever else behind the phone was offered the shift, the winner's thanks are the winner's."""
    world.caregivers("Ana", "Ben", phone="+13125550777")
    world.offered()
    assert world.says("Ana", f"yes {world.code('Ana')}").status is Status.SUCCESS
    world.desk.settle()
    for words in ("yes thank you I'll be there", "yes"):
        answer = world.says("Ben", words)
        assert (answer.status, "already yours" in answer.message) == (Status.SUCCESS, True)
    told = [one.body for one in world.desk.messages().items if one.purpose == "confirmation"]
    assert [one.startswith("A") and ": You have the shift" in one for one in told] == [True]
    world.later(600)
    assert world.says("Ana", "yes see you").status is Status.SUCCESS


def test_row_22_on_a_phone_of_two_organizations_too(world: World) -> None:
    """Row 22."""
    world.desk.put_organizations([])
    world.caregivers("Ana", phone="+13125550777")
    world.offered()
    world.offered("late", starts_in=20)
    assert world.says("Ana", f"yes {world.code('Ana')}").status is Status.SUCCESS
    world.desk.settle()
    answer = world.says("Ana", "yes thank you")
    assert answer.status is Status.CLARIFY
    assert "already yours" in answer.message
    assert f"YES {world.code('Ana', 'late')}" in answer.message
    world.desk.settle()
    assert world.says("Ana", "yes").shift_id == "late"


def test_row_60_a_yes_counts_from_when_it_was_written_and_none_from_the_future(world: World) -> None:
    """Row 60: a time of writing in the future counts as the arrival."""
    world.asked("Ana")
    ahead = InboundMessage(
        from_phone=world.phones["Ana"], body="yes", timestamp=world.clock.now() + timedelta(hours=5)
    )
    assert world.desk.receive(ahead).status is Status.SUCCESS


def test_opt_outs_are_listed(world: World) -> None:
    world.caregivers("Ana", "Ben")
    world.says("Ben", "STOP")
    assert [one.id for one in world.desk.caregivers(opted_out=True).items] == ["Ben"]
    assert [one.id for one in world.desk.caregivers(opted_out=False).items] == ["Ana"]
    assert [one.opted_out for one in world.desk.caregivers().items] == [False, True]


def test_row_6_a_wish_not_to_be_called_is_shown(world: World) -> None:
    """Row 6."""
    world.asked("Ana")
    world.says("Ana", "do not call me, text is fine")
    assert world.desk.caregivers().items[0].no_calls
    assert world.says("Ana", "yes").status is not Status.SUCCESS
    world.desk.settle()
    assert world.says("Ana", "yes").status is Status.SUCCESS
