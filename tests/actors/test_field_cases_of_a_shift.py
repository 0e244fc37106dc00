"""The life of a shift in the real world, on the real actors, journal and simulated carrier."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from firstyes.actors.system import ActorSystem
from firstyes.domain.answer import Outcome, Refusal, Status
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.policy import Channel, parse_rounds
from firstyes.domain.shift.shift import Shift, ShiftStatus
from support.world import HOUR, LAKESIDE, World, a_world


def test_row_15_both_rounds_over_and_the_shift_a_day_away_a_yes_has_it(world: World) -> None:
    world.asked("Ana", "Ben", starts_in=26)
    world.later(600)
    world.later(600)
    assert world.record().status is ShiftStatus.UNFILLED

    assert world.says("Ana", f"YES {world.code('Ana')}").status is Status.SUCCESS

    assert world.record().claimed_by == "Ana"
    assert [one.closed_at is None for one in world.desk.alerts().items] == [False]
    assert world.says("Ben", "yes").status is Status.ALREADY_CLAIMED


def test_row_36_a_shift_never_offered_is_told_in_its_organization_s_zone(world: World) -> None:
    world.asked("Ana")
    start = datetime(2031, 7, 16, 12, 0, tzinfo=UTC)
    posted = Shift(
        id="later",
        organization_id=world.record().organization_id,
        role_required="RN",
        start_time=start,
        end_time=start + timedelta(hours=8),
    )
    world.desk.post_shifts([posted])

    answer = world.desk.cancel("later")

    assert answer.message == "RN Wed Jul 16 7am-3pm is cancelled."


def test_row_24_an_offer_and_a_confirmation_follow_the_person_to_another_phone(world: World) -> None:
    world.asked("Ana", "Ben")
    former = world.phones["Ana"]

    world.caregivers("Ana", phone="+13125559901")
    assert world.purposes("Ana") == ["offer"]
    assert world.says("Ana", f"yes {world.code('Ana')}").status is Status.SUCCESS
    assert world.purposes("Ana") == ["offer", "confirmation"]

    world.caregivers("Ana", phone="+13125559902")
    assert world.purposes("Ana") == ["confirmation"]
    world.desk.cancel("early", confirm=True)
    assert world.purposes("Ana") == ["confirmation", "withdrawal"]
    world.phones["former"] = former
    assert world.purposes("former") == ["offer"]


def test_row_28_whoever_has_a_shift_at_that_time_is_left_out_with_the_reason(world: World) -> None:
    world.asked("Ana", "Ben", shift_id="early")
    world.says("Ana", "yes")
    world.shift("also")

    answer = world.desk.fan_out("also")

    assert answer.offered == 1
    [left_out] = answer.left_out
    assert (left_out.caregiver_id, left_out.name) == ("Ana", "Ana")
    assert left_out.reason == "has RN Tue Jul 16 7am-3pm at that time"
    assert world.record("also").left_out == answer.left_out


def test_row_29_a_no_show_is_released_and_the_next_one_has_it_until_the_end(world: World) -> None:
    world.asked("Ana", "Ben", starts_in=1)
    world.says("Ana", "yes")
    world.later(HOUR + 900)

    answer = world.desk.release("early")

    assert answer.outcome is Outcome.STARTED
    assert "has begun" in world.sent("Ben")[-1].body
    world.later(240)
    world.later(2 * HOUR)
    assert world.says("Ben", f"yes {world.code('Ben')}").status is Status.SUCCESS


def test_row_30_eight_minutes_before_the_start_phones_ring_in_time(world: World) -> None:
    world.caregivers("Ana")
    world.shift(starts_in=8 / 60)

    answer = world.desk.fan_out("early")
    world.later(240)

    assert answer.plan == parse_rounds("sms:240,voice:240")
    assert "phones ring after 4 min" in answer.message
    assert [one.channel for one in world.sent("Ana")] == ["sms", "voice"]


def test_row_31_a_release_by_mistake_is_put_back_by_hand(world: World) -> None:
    world.asked("Ana", "Ben")
    world.says("Ana", "yes")
    world.desk.release("early")
    assert [one.reason for one in world.record().left_out or ()] == ["had this shift and was taken off it"]

    # A release that is put back before its text went out is never told of.
    assert world.purposes("Ana") == ["offer", "confirmation", "release"]

    assert world.desk.assign("early", "Ana", by="dispatch").status is Status.SUCCESS

    assert world.record().claimed_by == "Ana"
    assert world.purposes("Ana") == ["offer", "confirmation", "release", "confirmation"]
    assert world.desk.timeline("early")[-1].by == "dispatch"
    assert world.desk.assign("early", "Ben").refusal is Refusal.ALREADY_CLAIMED
    assert world.says("Ben", "yes").status is Status.ALREADY_CLAIMED


def test_somebody_who_was_never_asked_is_assigned_and_answers_like_a_winner(world: World) -> None:
    world.caregivers("Ana")
    world.shift()

    assert world.desk.assign("early", "Ana").status is Status.SUCCESS

    assert world.purposes("Ana") == ["confirmation"]
    world.says("Ana", "I'm sick, can't make it")
    assert "drop_requested" in world.alerts()


def test_an_overlap_is_assigned_with_a_reason_only(world: World) -> None:
    world.caregivers("Ana")
    world.shift("early")
    world.shift("late", starts_in=6)
    world.desk.assign("early", "Ana")

    refused = world.desk.assign("late", "Ana")
    assigned = world.desk.assign("late", "Ana", override="she goes from one to the other")

    assert refused.refusal is Refusal.OVERLAP
    assert assigned.status is Status.SUCCESS
    assert world.desk.timeline("late")[-1].details["override"] == "she goes from one to the other"


@pytest.mark.parametrize("details", [{"role": "CNA"}, {"active": False}])
def test_whoever_does_not_qualify_is_not_assigned(world: World, details: dict[str, object]) -> None:
    world.caregivers("Ana", **details)  # type: ignore[arg-type]
    world.shift()
    assert world.desk.assign("early", "Ana").refusal is Refusal.NOT_QUALIFIED
    assert world.desk.assign("early", "nobody").refusal is Refusal.UNKNOWN


def test_whoever_opted_out_is_assigned_and_the_coordinator_calls_them(world: World) -> None:
    world.caregivers("Ana")
    world.shift()
    world.says("Ana", "STOP")

    assert "call them yourself" in world.desk.assign("early", "Ana").message

    assert "not_told" in world.alerts()


def joined(world: World, name: str) -> bool:
    return world.purposes(name) == ["offer"] and world.says(name, "yes").status is Status.SUCCESS


def test_row_34_whoever_is_added_during_a_fan_out_is_offered_it_too(world: World) -> None:
    world.asked("Ana")
    world.caregivers("Zoe")
    assert joined(world, "Zoe")


def test_row_34_whoever_is_active_again_or_has_the_role_now_is_offered_it_too(world: World) -> None:
    world.caregivers("Ana")
    world.caregivers("Zoe", active=False)
    world.caregivers("Yan", role="CNA")
    world.offered()

    world.caregivers("Zoe", phone=world.phones["Zoe"])
    world.caregivers("Yan", phone=world.phones["Yan"])

    assert world.purposes("Yan") == ["offer"]
    assert joined(world, "Zoe")


@pytest.mark.parametrize("lost", [{"active": False}, {"role": "CNA"}])
def test_row_34_whoever_was_passed_over_and_qualifies_again_is_called_too(
    world: World, lost: dict[str, Any]
) -> None:
    # given
    world.asked("Ana", "Zoe")
    world.caregivers("Zoe", phone=world.phones["Zoe"], **lost)
    world.later(600)
    assert world.purposes("Zoe") == ["offer"]
    # when
    world.later(5)
    world.caregivers("Zoe", phone=world.phones["Zoe"])
    world.caregivers("Ana", phone=world.phones["Ana"])
    # then
    assert world.purposes("Zoe") == world.purposes("Ana") == ["offer", "offer"]
    assert world.sent("Zoe")[-1].channel is Channel.VOICE


def test_row_34_all_who_were_passed_over_are_called_however_few_are_looked_up_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = ActorSystem._context
    monkeypatch.setattr(ActorSystem, "_context", lambda *one: replace(context(*one), part=1))
    with a_world() as world:
        # given
        world.asked("Ana", "Yan", "Zoe")
        for name in ("Yan", "Zoe"):
            world.caregivers(name, phone=world.phones[name], active=False)
        world.later(600)
        # when
        world.desk.put_caregivers(
            [
                Caregiver(id=one, organization_id=LAKESIDE, name=one, roles=("RN",), phone=world.phones[one])
                for one in ("Yan", "Zoe")
            ]
        )
        # then
        assert world.purposes("Yan") == world.purposes("Zoe") == ["offer", "offer"]


def test_row_34_whoever_wants_texts_again_during_a_fan_out_is_offered_it_too(world: World) -> None:
    world.caregivers("Ana", "Zoe")
    world.says("Zoe", "STOP")
    world.offered()
    assert "offer" not in world.purposes("Zoe")

    world.says("Zoe", "START")

    assert world.purposes("Zoe")[-1] == "offer"


def test_row_34_what_was_put_while_nobody_could_be_told_is_caught_up_with_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = f"sqlite:///{tmp_path}/a.db"
    with a_world(store) as world:
        world.asked("Ana")
        monkeypatch.setattr(world.desk._working, "look_for_news", lambda _: None)
        world.caregivers("Zoe")
        phones = world.phones
    with a_world(store) as world:
        world.phones = phones
        assert joined(world, "Zoe")


def test_row_58_a_release_sent_twice_leaves_the_next_holder_alone(world: World) -> None:
    world.asked("Ana", "Ben", "Cleo")
    world.says("Ana", "yes")
    world.desk.release("early", holder="Ana")
    world.says("Ben", "yes")

    again = world.desk.release("early", holder="Ana")

    assert again.refusal is Refusal.MOVED_ON
    assert world.record().claimed_by == "Ben"
    assert world.desk.cancel("early", version=1, confirm=True).refusal is Refusal.MOVED_ON


def test_row_61_a_shift_that_nobody_fans_out_is_brought_to_mind_in_time(world: World) -> None:
    world.shift(starts_in=26)
    world.later(24 * HOUR)
    assert world.alerts() == ["not_offered"]


def test_row_62_forty_overlapping_yeses_are_one_text(world: World) -> None:
    world.asked("Ana", "Ben", shift_id="early")
    world.offered("also")
    also = world.code("Ana", "also")
    world.says("Ana", f"yes {world.code('Ana', 'early')}")

    for _ in range(40):
        assert world.says("Ana", f"yes {also}").status is Status.NO_ACTION

    assert world.purposes("Ana").count("overlap") == 1


def test_row_70_a_clock_that_jumped_ahead_and_was_corrected(world: World) -> None:
    world.asked("Ana")
    world.later(3 * HOUR)
    assert world.record().status is ShiftStatus.EXPIRED
    world.later(-3 * HOUR)

    assert world.desk.fan_out("early").outcome is Outcome.STARTED
    assert world.says("Ana", f"yes {world.code('Ana')}").status is Status.SUCCESS
