"""People change while a shift is offered or held."""

from firstyes.domain.answer import Refusal, Status
from firstyes.domain.policy import Channel
from firstyes.domain.shift.commands import PauseFanOut, UpdateOffers
from firstyes.domain.shift.decide import decide
from firstyes.domain.shift.state import ShiftState
from support.builders import NOW, Life, a_shift, an_offer, claimed, minutes, offered

ZOE = an_offer("zoe", "60", contact_id=60)
MOVED = an_offer("alma", "61", contact_id=61)


def test_row_34_whoever_qualifies_during_a_fan_out_is_offered_it_too():
    # given
    life = offered("alma")
    # when
    decision = life.update(joining=(ZOE,))
    # then
    assert life.types == ["offers_added"]
    [message] = decision.messages
    assert (message.caregiver_id, message.channel, message.fanout) == ("zoe", Channel.SMS, 1)
    assert message.opens == ("60",)
    assert life.state.undecided == 2
    assert life.yes("zoe").answer.status is Status.SUCCESS


def test_row_34_who_joins_while_phones_ring_is_called():
    # given
    life = offered("alma")
    life.deadline(after=minutes(10))
    # when
    [message] = life.update(joining=(ZOE,)).messages
    # then
    assert message.channel is Channel.VOICE


def test_row_34_nobody_is_offered_the_shift_twice_in_a_fan_out():
    # given
    life = offered("alma")
    life.update(joining=(ZOE,))
    # then
    assert life.update(joining=(ZOE, an_offer("alma", "62"))).events == ()


def test_row_34_whoever_gave_it_back_does_not_join():
    # given
    life = claimed("alma", "ben")
    life.release_to("ben")
    # then
    assert life.update(joining=(MOVED,)).events == ()


def test_row_34_nobody_joins_what_is_not_being_offered():
    life = Life()
    assert life.update(joining=(ZOE,)).events == ()
    life.offer_to("alma")
    life.now = life.shift.start_time
    assert life.update(joining=(ZOE,)).events == ()
    life.now = NOW
    life.yes("alma")
    assert life.update(joining=(ZOE,)).events == ()


def test_row_24_an_offer_follows_its_person_to_another_phone():
    # given
    life = offered("alma", "ben")
    # when
    decision = life.update(moved=(MOVED,))
    # then
    assert life.types == ["offer_moved"]
    [message] = decision.messages
    assert (message.purpose, message.contact_id, message.opens) == ("offer", 61, ("61",))
    assert "YES 61" in message.body
    assert life.update(moved=(MOVED,)).events == ()
    # when
    life.deadline(after=minutes(10))
    # then
    assert {one.contact_id for one in life.last.messages if one.caregiver_id == "alma"} == {61}


def test_row_24_what_the_former_phone_was_told_is_told_again_at_the_new_one():
    # given
    life = offered("alma", "ben")
    held = a_shift("other")
    assert life.yes("alma", held=held).messages
    # when
    life.update(moved=(MOVED,))
    # then
    [message] = life.yes("alma", held=held).messages
    assert (message.purpose, message.contact_id) == ("overlap", 61)


def test_row_24_an_offer_whose_outreach_is_over_follows_too():
    # given
    life = offered("alma", "ben")
    life.no("ben")
    life.remain_unfilled()
    # when
    [message] = life.update(moved=(MOVED,)).messages
    # then
    assert (message.purpose, message.contact_id, message.opens) == ("notice", 61, ("61",))
    assert life.yes("alma").messages[0].contact_id == 61


def test_row_24_the_winner_is_confirmed_again_at_the_new_phone():
    # given
    life = claimed("alma", "ben")
    # when
    [message] = life.update(moved=(MOVED,)).messages
    # then
    assert (message.purpose, message.contact_id) == ("confirmation", 61)
    # when
    life.cancel(confirm=True)
    # then
    assert [one.contact_id for one in life.last.messages] == [61]


def test_row_24_nothing_is_told_anew_that_does_not_hold_any_more():
    # given
    life = offered("alma", "ben")
    assert life.update(moved=(ZOE,)).events == ()
    life.yes("ben")
    # then
    assert life.update(moved=(MOVED,)).events == ()
    life.now = life.shift.end_time
    assert life.update(moved=(an_offer("ben", "62", contact_id=62),)).events == ()


def test_who_was_passed_over_by_the_round_is_told_by_it_once_they_qualify_again():
    # given
    life = offered("alma", "ben")
    life.deadline(after=minutes(10), unavailable={"alma"})
    # when
    [message] = life.update(missed=("alma",)).messages
    # then
    assert life.types == ["reached_ahead"]
    assert (message.caregiver_id, message.channel, message.opens) == ("alma", Channel.VOICE, ("28",))
    assert life.update(missed=("alma",)).events == ()


def test_who_is_passed_over_and_has_another_phone_is_told_once():
    life = offered("alma", "ben")
    life.deadline(after=minutes(10), unavailable={"alma"})
    assert len(life.update(moved=(MOVED,), missed=("alma",)).messages) == 1


def test_nobody_is_told_again_by_the_first_round_or_after_a_no_or_while_nobody_is_asked():
    life = offered("alma", "ben")
    assert life.update(missed=("alma",)).events == ()
    life.deadline(after=minutes(10))
    life.no("alma")
    assert life.update(missed=("alma", "zoe")).events == ()
    life.do(PauseFanOut(at=life.now, by="coordinator"))
    assert life.update(missed=("ben",)).events == ()
    life.yes("alma")
    assert life.update(missed=("ben",)).events == ()


def test_people_of_a_shift_that_does_not_exist_do_not_change():
    command = UpdateOffers(at=NOW, by="service", joining=(ZOE,))
    assert decide(ShiftState(), command).answer.refusal is Refusal.UNKNOWN
