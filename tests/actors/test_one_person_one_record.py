"""Row 23, on a desk: who is given twice gets one text, and never two shifts at one time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from firstyes import (
    Caregiver,
    InboundMessage,
    ManualClock,
    Organization,
    Refusal,
    Shift,
    ShiftDesk,
    Simulator,
    Status,
)

NOW = datetime(2030, 7, 15, 10, 0, tzinfo=UTC)
PHONE = "+13125550141"


def a_caregiver(caregiver_id: str, role: str, *, distinct: bool = False) -> Caregiver:
    return Caregiver(
        id=caregiver_id,
        organization_id="lakeside",
        name="Alma Reyes",
        roles=(role,),
        phone=PHONE,
        distinct=distinct,
    )


def a_shift(shift_id: str, role: str) -> Shift:
    starts = NOW + timedelta(hours=26)
    return Shift(
        id=shift_id,
        organization_id="lakeside",
        role_required=role,
        start_time=starts,
        end_time=starts + timedelta(hours=8),
    )


@pytest.fixture
def desk() -> Iterator[ShiftDesk]:
    clock = ManualClock(NOW)
    with ShiftDesk("sqlite://", carrier=Simulator(clock), clock=clock) as desk:
        desk.put_organizations([Organization(id="lakeside", time_zone="America/Chicago")])
        desk.post_shifts([a_shift("s1", "RN"), a_shift("s2", "LPN")])
        yield desk


def texts(desk: ShiftDesk) -> list[str]:
    desk.settle()
    carrier = desk.carrier
    assert isinstance(carrier, Simulator)
    return list(map(str, carrier.phone(PHONE).texts))


def test_row_23_one_person_given_twice_is_texted_once_and_wins_one_of_two_at_one_time(
    desk: ShiftDesk,
) -> None:
    # given
    desk.put_caregivers([a_caregiver("n-1", "RN"), a_caregiver("n-2", "LPN"), a_caregiver("n-3", "RN")])
    # when
    desk.fan_out("s1")
    # then
    assert len(texts(desk)) == 1
    # when
    assert desk.receive(InboundMessage(from_phone=PHONE, body="yes")).status == "success"
    desk.fan_out("s2")
    desk.settle()
    # then
    desk.receive(InboundMessage(from_phone=PHONE, body="yes"))
    second = desk.shift("s2")
    assert second is not None
    assert second.claimed_by is None


def test_row_23_namesakes_who_are_told_apart_are_texted_each(desk: ShiftDesk) -> None:
    desk.put_caregivers([a_caregiver("n-1", "RN"), a_caregiver("n-2", "RN", distinct=True)])
    desk.fan_out("s1")
    assert len(texts(desk)) == 2


def test_an_organization_or_a_shift_given_twice_with_different_data_is_refused_and_fine_with_the_same(
    desk: ShiftDesk,
) -> None:
    # given
    shift, alone = a_shift("s8", "RN"), a_shift("s9", "RN")
    one, renamed = Organization(id="hilltop", name="Hilltop"), Organization(id="hilltop", name="Riverside")
    # when
    shifts = desk.post_shifts([shift, alone, a_shift("s8", "LPN"), alone])
    owners = desk.put_organizations([one, renamed])
    # then
    refusals = [answer.refusal for answer in shifts]
    assert refusals == [Refusal.GIVEN_TWICE, None, Refusal.GIVEN_TWICE, None]
    assert [answer.refusal for answer in owners] == [Refusal.GIVEN_TWICE] * 2
    assert "s8 is given twice" in shifts[2].message
    assert (desk.shift("s8"), desk.organization("hilltop")) == (None, None)


def test_an_order_may_name_whoever_has_the_shift_by_any_id_of_theirs(desk: ShiftDesk):
    # given
    desk.put_caregivers([a_caregiver("alma", "RN"), a_caregiver("alma-2", "RN")])
    assert desk.assign("s1", "alma-2").status is Status.SUCCESS
    # when
    answers = [
        desk.cancel("s1", holder="bea", confirm=True),
        desk.pause("s1", holder="alma-2"),
        desk.release("s1", holder="alma-2"),
        desk.assign("s1", "alma-2", holder="alma-2"),
    ]
    # then
    assert [one.refusal for one in answers] == [
        Refusal.MOVED_ON,
        Refusal.NOT_OFFERED,
        None,
        Refusal.MOVED_ON,
    ]
