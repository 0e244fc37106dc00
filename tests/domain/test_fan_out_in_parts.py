"""A fan-out that asks so many people at a time, and goes on by itself until everybody was asked."""

from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Outcome, Status
from firstyes.domain.decision import Decision
from firstyes.domain.policy import DEFAULT_ROUNDS, GOES_ON_WITHIN
from firstyes.domain.shift.commands import MeetDeadline, Outreach, Part, StartFanOut
from firstyes.domain.shift.events import AnyShiftEvent, Omission, WhyLeftOut
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import NOW, Life, an_offer, minutes


def begun(*names: str, wanted: int = 5) -> Life:
    """A fan-out that has asked these, and goes on behind the second of five who qualify."""
    life = Life()
    outreach = Outreach(
        offers=tuple(an_offer(name) for name in names),
        rounds=DEFAULT_ROUNDS,
        sender="Lakeside",
        wanted=wanted,
        goes_on_after=2,
    )
    life.do(StartFanOut(at=life.now, by="coordinator", outreach=outreach))
    return life


def go_on(life: Life, *names: str, behind: int | None = None) -> Decision[AnyShiftEvent]:
    part = Part(offers=tuple(an_offer(name) for name in names), goes_on_after=behind)
    return life.do(MeetDeadline(at=life.now, by="timer", part=part))


def test_it_begins_with_some_and_says_how_many_will_be_asked():
    life = begun("alma", "ben")
    assert (life.last.answer.outcome, life.last.answer.offered) == (Outcome.STARTED, 5)
    assert "offered to 5 caregivers" in life.last.answer.message
    assert [one.caregiver_id for one in life.last.messages] == ["alma", "ben"]
    assert life.state.goes_on
    assert life.state.next_deadline == NOW + GOES_ON_WITHIN


def test_it_goes_on_until_all_are_asked_and_the_round_lasts_from_then():
    # given
    life = begun("alma", "ben")
    life.wait(minutes(1))
    # when
    first = go_on(life, "cora", "dario", behind=4)
    # then
    assert [one.caregiver_id for one in first.messages] == ["cora", "dario"]
    assert first.messages[0].body.startswith("Lakeside: Open shift RN")
    assert (life.state.goes_on, life.state.goes_on_after) == (True, 4)
    # when
    go_on(life, "eve")
    # then
    assert life.types == ["offers_added"]
    assert not life.state.goes_on
    assert life.state.next_deadline == NOW + minutes(1) + minutes(10)
    assert life.state.undecided == len(life.state.present()) == 5


def test_nobody_who_joined_meanwhile_or_gave_the_shift_back_is_asked_by_it():
    # given
    life = Life()
    life.offer_to("gone")
    life.yes("gone")
    life.release_to()
    life.do(StartFanOut(at=NOW, by="c", outreach=Outreach(offers=(), rounds=DEFAULT_ROUNDS, goes_on_after=2)))
    life.update(joining=(an_offer("eve"),))
    assert life.state.goes_on
    # when
    go_on(life, "gone", "eve", "ben")
    # then
    assert [one.caregiver_id for one in life.last.messages] == ["ben"]


def test_asked_again_while_it_goes_on_it_is_already_initiated_for_all():
    life = begun("alma", "ben")
    decision = life.offer_to("alma", "ben", "cora")
    assert (decision.answer.outcome, decision.answer.offered) == (Outcome.ALREADY_INITIATED, 5)
    assert decision.events == ()


def test_a_yes_ends_the_rest():
    life = begun("alma", "ben")
    assert life.yes("ben").answer.status is Status.SUCCESS
    assert go_on(life, "cora").events == ()
    assert set(life.state.offers) == {"alma", "ben"}


def test_a_cancellation_ends_the_rest():
    life = begun("alma", "ben")
    assert [one.caregiver_id for one in life.cancel().messages] == ["alma", "ben"]
    assert go_on(life, "cora").events == ()


def test_an_assignment_ends_the_rest():
    life = begun("alma", "ben")
    assert life.assign("zoe").answer.status is Status.SUCCESS
    assert go_on(life, "cora").events == ()


def test_a_shift_that_begins_before_all_were_asked_expires():
    life = begun("alma", "ben")
    life.now = life.shift.start_time
    go_on(life, "cora")
    assert life.types == ["shift_expired", "coordinator_alerted"]


def test_it_is_not_over_while_somebody_is_still_to_be_asked():
    life = begun("alma", "ben")
    life.no("alma")
    life.no("ben")
    assert life.state.status is ShiftStatus.OFFERING
    life.wait(minutes(60))
    assert life.deadline(unreachable=(1, 0)).events == ()


def test_when_nobody_was_left_to_ask_after_all_it_is_over_by_what_the_others_said():
    # given
    life = begun("alma", "ben")
    life.no("alma")
    life.no("ben")
    # when
    go_on(life)
    # then
    assert life.types == ["offers_added", "shift_unfilled", "coordinator_alerted"]
    assert life.events[-1].kind is AlertKind.EVERYBODY_DECLINED


def test_when_nobody_could_be_asked_at_all_it_says_that_nobody_is_reachable():
    life = begun()
    go_on(life)
    assert life.events[-1].kind is AlertKind.NOBODY_REACHABLE


def test_when_nobody_was_left_to_ask_and_somebody_has_not_answered_the_round_lasts():
    life = begun("alma")
    go_on(life)
    assert life.types == ["offers_added"]
    assert life.state.next_deadline == NOW + minutes(10)


def test_who_could_not_be_asked_after_all_is_kept():
    life = begun("alma")
    left_out = (Omission(caregiver_id="ben", why=WhyLeftOut.NO_FREE_CODE),)
    life.do(MeetDeadline(at=NOW, by="timer", part=Part(offers=(), left_out=left_out)))
    assert life.last.events[0].left_out == left_out


def ringing(*names: str, most: int = 2) -> Life:
    """A fan-out whose second round has begun with so many."""
    life = Life()
    life.offer_to(*names)
    life.wait(minutes(10))
    life.do(MeetDeadline(at=life.now, by="timer", most=most))
    return life


def call_on(life: Life, most: int = 2) -> list[str | None]:
    life.do(MeetDeadline(at=life.now, by="timer", most=most))
    return [one.caregiver_id for one in life.last.messages]


def test_a_later_round_goes_on_until_it_has_reached_everybody_and_lasts_from_then():
    # given
    life = ringing("alma", "ben", "cora", "dario", "eve")
    assert life.last.events[0].reached == 5
    assert [one.caregiver_id for one in life.last.messages] == ["alma", "ben"]
    assert life.state.next_deadline == life.now + GOES_ON_WITHIN
    # when
    life.no("dario")
    # then
    assert call_on(life, most=1) == ["cora"]
    assert call_on(life) == ["eve"]
    assert life.types == ["more_told"]
    assert not life.state.goes_on
    assert life.state.next_deadline == life.now + minutes(10)


def test_all_behind_one_phone_are_reached_together():
    # given
    life = Life()
    offers = tuple(an_offer(name, contact_id=1 + (name == "cora")) for name in ("alma", "ben", "cora"))
    life.do(StartFanOut(at=NOW, by="c", outreach=Outreach(offers=offers, rounds=DEFAULT_ROUNDS)))
    life.wait(minutes(10))
    # then
    assert call_on(life, most=1) == ["alma", "ben"]
    assert call_on(life, most=1) == ["cora"]


def test_a_round_whose_last_phone_has_several_is_over_with_it():
    life = Life()
    offers = tuple(an_offer(name) for name in ("alma", "ben"))
    life.do(StartFanOut(at=NOW, by="c", outreach=Outreach(offers=offers, rounds=DEFAULT_ROUNDS)))
    life.wait(minutes(10))
    assert call_on(life, most=1) == ["alma", "ben"]
    assert not life.state.goes_on


def test_when_all_said_no_before_a_round_had_reached_everybody_it_is_over():
    # given
    life = ringing("alma", "ben", "cora")
    for name in ("alma", "ben", "cora"):
        life.no(name)
    assert life.state.status is ShiftStatus.OFFERING
    # when
    assert call_on(life) == []
    # then
    assert life.types == ["more_told", "shift_unfilled", "coordinator_alerted"]
    assert life.events[-1].kind is AlertKind.EVERYBODY_DECLINED


def test_whoever_might_still_come_to_a_shift_called_off_is_told_so_many_at_a_time():
    # given
    life = Life()
    life.offer_to("gone", "alma", "ben", "cora", "dario", "eve")
    life.yes("gone")
    life.release_to("alma", "ben", "cora", "dario", "eve")
    life.no("dario")
    # when
    life.cancel(most=2)
    # then
    assert [one.caregiver_id for one in life.last.messages] == ["alma", "ben"]
    assert life.state.next_deadline == NOW + GOES_ON_WITHIN
    # when
    life.wait(minutes(300))
    told = call_on(life)
    # then
    assert told == ["cora", "eve"]
    assert life.types == ["more_told"]
    assert not life.state.goes_on
    assert life.deadline().events == ()


def test_nobody_is_told_that_a_shift_is_called_off_whose_offer_had_ended_before():
    # given
    life = Life()
    life.offer_to("alma", "ben")
    life.now = life.shift.start_time
    life.offer_to("cora", "dario", "eve")
    # when
    life.cancel(most=1)
    # then
    assert [one.caregiver_id for one in life.last.messages] == ["cora"]
    assert call_on(life, most=1) == ["dario"]
    assert call_on(life, most=1) == ["eve"]
    assert not life.state.goes_on
