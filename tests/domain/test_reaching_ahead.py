"""Whom a round's channel does not reach is told at once as the next round with another channel tells them."""

from firstyes.domain.alert import AlertKind
from firstyes.domain.policy import Channel, Round
from firstyes.domain.shift.events import ReachedAhead, RoundStarted, ShiftUnfilled
from support.builders import Life, minutes, offered

SMS, VOICE = Round(channel=Channel.SMS, wait=600), Round(channel=Channel.VOICE, wait=600)


def test_whoever_a_text_does_not_reach_is_called_now_and_the_others_keep_their_time() -> None:
    # given
    life = offered("alma", "ben", "cruz")
    ends_at = life.state.round_ends_at
    # when
    decision = life.deadline(not_reached=["ben"])
    # then
    [told] = decision.events
    assert isinstance(told, ReachedAhead)
    assert (told.round, told.caregiver_ids) == (1, ("ben",))
    assert [(one.caregiver_id, one.channel) for one in decision.messages] == [("ben", Channel.VOICE)]
    assert (life.state.round, life.state.round_ends_at) == (0, ends_at)


def test_nobody_is_called_ahead_twice_or_called_again_when_the_round_comes() -> None:
    # given
    life = offered("alma", "ben")
    life.deadline(not_reached=["ben"])
    # then
    assert not life.deadline(not_reached=["ben"]).messages
    # when
    decision = life.deadline(after=minutes(10))
    # then
    [started] = decision.events
    assert isinstance(started, RoundStarted)
    assert started.reached == 2
    assert [one.caregiver_id for one in decision.messages] == ["alma"]


def test_who_said_no_or_opted_out_is_not_called() -> None:
    life = offered("alma", "ben", "cruz")
    life.no("ben")
    decision = life.deadline(not_reached=["ben", "cruz"], unavailable=["cruz"])
    assert (decision.events, decision.messages) == ((), ())


def test_where_no_later_round_has_another_channel_nothing_can_be_done() -> None:
    life = offered("alma", "ben", rounds=(SMS, SMS))
    assert life.deadline(not_reached=["ben"]).events == ()


def test_the_next_other_channel_may_be_two_rounds_away() -> None:
    # given
    life = offered("alma", "ben", rounds=(SMS, SMS, VOICE))
    life.deadline(not_reached=["ben"])
    # when the round of texts comes, it is no use to them
    second = life.deadline(after=minutes(10))
    assert [one.caregiver_id for one in second.messages] == ["alma"]
    # and when calls come, they had theirs
    third = life.deadline(after=minutes(10))
    assert [one.caregiver_id for one in third.messages] == ["alma"]


def test_when_neither_texts_nor_calls_reach_anybody_the_coordinator_is_called_at_once() -> None:
    # given
    life = offered("alma", "ben")
    life.deadline(not_reached=["alma"])
    life.deadline(not_reached=["ben"])
    # when
    decision = life.deadline(unreachable=(1, 0))
    # then
    [ended, _] = decision.events
    assert isinstance(ended, ShiftUnfilled)
    assert ended.reason is AlertKind.NOBODY_REACHABLE


def test_once_the_shift_is_taken_nobody_is_called_any_more() -> None:
    life = offered("alma", "ben")
    life.yes("alma")
    assert life.deadline(not_reached=["ben"]).messages == ()


def test_of_many_so_many_are_told_at_a_time() -> None:
    life: Life = offered("alma", "ben", "cruz")
    decision = life.deadline(not_reached=["alma", "ben", "cruz"], most=2)
    assert len(decision.messages) == 2
    assert len(life.deadline(not_reached=["alma", "ben", "cruz"], most=2).messages) == 1


def test_the_coordinator_is_told_why_nobody_is_reached() -> None:
    # given
    life = offered("alma", "ben", "cruz")
    landline, off = "The number is a landline. (Twilio 30006)", "The phone is off, or out of reach."
    # when
    life.deadline(unreachable=(1, 0))
    life.deadline(unreachable=(1, 1), why_not=((landline, 2), (off, 1)))
    # then
    message = life.events[-1].message
    assert message.endswith(
        "Nobody is left who can be reached. Why: The number is a landline. (Twilio 30006) (2); "
        "The phone is off, or out of reach (1)."
    )


def test_when_nobody_is_left_for_the_next_round_the_coordinator_is_told_why_too() -> None:
    life = offered("alma")
    life.deadline(unreachable=(1, 0), unavailable=["alma"], why_not=(("It said so.", 1),))
    assert life.events[-1].message.endswith("Why: It said so (1).")
