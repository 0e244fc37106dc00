"""The life of a shift, on the real actors, journal and simulated carrier."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from firstyes.domain.answer import Refusal, Status
from firstyes.domain.shift.shift import ShiftStatus
from support.world import HOUR, a_world


def test_the_first_yes_wins_and_the_second_hears_the_truth() -> None:
    with a_world() as world:
        world.caregivers("Ana", "Ben")
        world.offered()

        assert world.says("Ana", "yes").status is Status.SUCCESS
        assert world.says("Ben", "yes").status is Status.ALREADY_CLAIMED

        assert world.record().claimed_by == "Ana"
        assert world.purposes("Ana") == ["offer", "confirmation"]
        assert world.purposes("Ben") == ["offer", "too_late"]


@pytest.mark.fault(11)
def test_of_many_yeses_at_once_exactly_one_wins() -> None:
    with a_world() as world:
        names = [f"N{number}" for number in range(40)]
        world.caregivers(*names)
        world.offered()

        with ThreadPoolExecutor(40) as threads:
            answers = list(threads.map(lambda name: world.says(name, "yes"), names))

        statuses = [answer.status for answer in answers]
        assert statuses.count(Status.SUCCESS) == 1
        assert statuses.count(Status.ALREADY_CLAIMED) == 39
        assert world.events().count("shift_claimed") == 1


def test_fifty_posts_of_the_same_fan_out_text_nobody_twice() -> None:
    with a_world() as world:
        world.caregivers("Ana", "Ben", "Cleo")
        world.shift()

        with ThreadPoolExecutor(50) as threads:
            answers = list(threads.map(lambda _: world.desk.fan_out("early"), range(50)))

        assert all(answer.status is Status.SUCCESS for answer in answers)
        assert sum("already initiated" in answer.message for answer in answers) == 49
        assert world.events().count("fan_out_started") == 1
        assert [world.purposes(name) for name in ("Ana", "Ben", "Cleo")] == [["offer"]] * 3


@pytest.mark.fault(9)
def test_a_redelivered_message_gets_its_first_answer_and_changes_nothing() -> None:
    with a_world() as world:
        world.caregivers("Ana", "Ben")
        world.offered()
        first = world.says("Ana", "yes", message_id="SM1")
        events = world.events()

        again = world.says("Ana", "yes", message_id="SM1")

        assert again == first
        assert world.events() == events
        assert world.purposes("Ana") == ["offer", "confirmation"]


@pytest.mark.fault(10)
def test_the_winners_second_yes_is_friendly_and_takes_nothing() -> None:
    with a_world() as world:
        world.caregivers("Ana")
        world.offered()
        world.says("Ana", "yes", message_id="SM1")

        again = world.says("Ana", "YES!!", message_id="SM2")

        assert again.status is Status.SUCCESS
        assert "already yours" in again.message
        assert world.events().count("shift_claimed") == 1


def test_phones_ring_after_ten_minutes_but_not_of_those_who_said_no() -> None:
    with a_world() as world:
        world.caregivers("Ana", "Ben", "Cleo")
        world.offered()
        world.says("Ana", "no")
        world.says("Cleo", "STOP")

        world.later(599)
        assert [one.channel for one in world.sent("Ben")] == ["sms"]
        world.later(1)

        assert [one.channel for one in world.sent("Ben")] == ["sms", "voice"]
        assert [one.channel for one in world.sent("Ana")] == ["sms"]
        assert "voice" not in [one.channel for one in world.sent("Cleo")]


def test_when_nobody_has_said_yes_the_coordinator_is_alerted() -> None:
    with a_world() as world:
        world.caregivers("Ana")
        world.offered()

        world.later(600)
        world.later(600)

        assert world.record().status is ShiftStatus.UNFILLED
        assert world.alerts() == ["unfilled"]


def test_a_fan_out_for_nobody_is_unfilled_at_once_and_alerts() -> None:
    with a_world() as world:
        world.caregivers("Ana", role="LPN")
        world.offered()

        assert world.record().status is ShiftStatus.UNFILLED
        assert world.alerts() == ["nobody_qualifies"]


def test_roles_are_compared_without_case_and_blanks() -> None:
    with a_world() as world:
        world.caregivers("Ana", role=" rn ")
        world.offered()

        assert world.purposes("Ana") == ["offer"]


@pytest.mark.fault(19)
def test_a_yes_after_the_start_is_refused_with_the_reason() -> None:
    with a_world() as world:
        world.caregivers("Ana")
        world.offered(starts_in=0.1)

        world.later(HOUR)
        answer = world.says("Ana", "yes")

        assert world.record().status is ShiftStatus.EXPIRED
        assert answer.status is Status.NO_ACTION
        assert "has already begun" in answer.message


@pytest.mark.fault(15)
def test_a_yes_after_the_coordinator_cancelled_is_told_so() -> None:
    with a_world() as world:
        world.caregivers("Ana", "Ben")
        world.offered()
        world.says("Ben", "no")
        world.desk.settle()
        world.desk.cancel("early")

        answer = world.says("Ana", "yes")

        assert answer.status is Status.NO_ACTION
        assert "called off" in answer.message
        assert world.purposes("Ana") == ["offer", "withdrawal", "too_late"]
        assert world.purposes("Ben") == ["offer"]


@pytest.mark.fault(16)
def test_cancelling_a_claimed_shift_needs_to_be_confirmed() -> None:
    with a_world() as world:
        world.caregivers("Ana")
        world.offered()
        world.says("Ana", "yes")

        assert world.desk.cancel("early").refusal is Refusal.NEEDS_CONFIRMATION
        assert world.record().status is ShiftStatus.CLAIMED
        assert world.desk.cancel("early", confirm=True).status is Status.SUCCESS
        assert world.purposes("Ana") == ["offer", "confirmation", "withdrawal"]


def test_a_released_shift_is_offered_to_everybody_else() -> None:
    with a_world() as world:
        world.caregivers("Ana", "Ben")
        world.offered()
        world.says("Ana", "yes")

        world.desk.release("early")

        assert world.says("Ana", "yes").status is Status.NO_ACTION
        assert world.purposes("Ben") == ["offer", "offer"]
        assert world.says("Ben", "yes").status is Status.SUCCESS
        assert world.record().claimed_by == "Ben"


@pytest.mark.fault(23)
def test_one_caregiver_cannot_hold_two_overlapping_shifts() -> None:
    with a_world() as world:
        world.caregivers("Ana", "Ben")
        world.offered("early")
        world.offered("late", starts_in=6)
        codes = [world.code("Ana", "early"), world.code("Ana", "late")]

        with ThreadPoolExecutor(2) as threads:
            answers = list(threads.map(lambda code: world.says("Ana", f"yes {code}"), codes))

        assert sorted(answer.status for answer in answers) == [Status.NO_ACTION, Status.SUCCESS]
        refused = next(answer for answer in answers if answer.status is Status.NO_ACTION)
        assert "overlaps" in refused.message


@pytest.mark.fault(21)
def test_a_bare_yes_with_two_open_offers_is_asked_which_one() -> None:
    with a_world() as world:
        world.caregivers("Ana")
        world.offered("early")
        world.offered("late", starts_in=20)

        asked = world.says("Ana", "yes")
        settled = world.says("Ana", f"yes {world.code('Ana', 'late')}")

        assert asked.status is Status.CLARIFY
        assert {choice.shift_id for choice in asked.choices} == {"early", "late"}
        assert (settled.status, settled.shift_id) == (Status.SUCCESS, "late")


def test_a_bare_code_answers_the_question_which_one() -> None:
    with a_world() as world:
        world.caregivers("Ana")
        world.offered("early")
        world.offered("late", starts_in=20)
        world.says("Ana", "yes")

        settled = world.says("Ana", world.code("Ana", "early"))

        assert (settled.status, settled.shift_id) == (Status.SUCCESS, "early")


@pytest.mark.fault(22)
def test_two_people_on_one_phone_are_told_apart_by_code() -> None:
    with a_world() as world:
        world.caregivers("Ana")
        world.caregivers("Ben", phone=world.phones["Ana"])
        world.offered()

        asked = world.says("Ana", "yes")
        settled = world.says("Ana", f"yes {world.code('Ben')}")

        assert asked.status is Status.CLARIFY
        assert "Ana" in asked.message
        assert "Ben" in asked.message
        assert settled.status is Status.SUCCESS
        assert world.record().claimed_by == "Ben"


@pytest.mark.fault(18)
def test_a_no_may_become_a_yes_and_the_winners_no_calls_the_coordinator() -> None:
    with a_world() as world:
        world.caregivers("Ana", "Ben")
        world.offered()

        assert world.says("Ana", "no").status is Status.ACKNOWLEDGED
        assert world.says("Ana", "yes").status is Status.SUCCESS
        assert world.says("Ana", "no").status is Status.ACKNOWLEDGED

        assert world.record().claimed_by == "Ana"
        assert world.alerts() == ["drop_requested"]


@pytest.mark.fault(17)
def test_who_comes_too_late_is_told_once() -> None:
    with a_world() as world:
        world.caregivers("Ana", "Ben")
        world.offered()
        world.says("Ana", "yes")

        answers = [world.says("Ben", "yes") for _ in range(3)]

        assert {answer.status for answer in answers} == {Status.ALREADY_CLAIMED}
        assert world.purposes("Ben") == ["offer", "too_late"]


@pytest.mark.fault(20)
def test_a_yes_with_a_condition_wins_nothing() -> None:
    with a_world() as world:
        world.caregivers("Ana")
        world.offered()

        for maybe in ("yes but only till 3", "can't say yes", "Yes I got your message but I can't"):
            world.says("Ana", maybe)

        assert world.record().claimed_by is None


def test_an_opted_out_persons_yes_opts_in_and_takes_nothing() -> None:
    with a_world() as world:
        world.caregivers("Ana", "Ben")
        world.offered()
        world.says("Ana", "STOP")

        answer = world.says("Ana", "yes")

        assert answer.status is Status.CLARIFY
        assert world.record().claimed_by is None
        assert world.says("Ana", f"yes {world.code('Ana')}").status is Status.SUCCESS


def test_a_shift_that_is_being_offered_cannot_be_replaced() -> None:
    with a_world() as world:
        world.caregivers("Ana")
        world.offered()
        shift = world.desk.journal.shift_events("early")[0].shift

        (same,) = world.desk.post_shifts([shift])
        (other,) = world.desk.post_shifts([shift.model_copy(update={"area": "North wing"})])

        assert same.status is Status.SUCCESS
        assert other.refusal is Refusal.BEING_OFFERED
