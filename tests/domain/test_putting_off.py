"""Maybe, and not before seven: the offer stands, and whoever put it off is asked once more."""

from dataclasses import replace

import pytest

from firstyes.domain.answer import Status
from firstyes.domain.conversation.decide import decide
from firstyes.domain.conversation.state import AskAgain, AskWhich, BeBusy, ConversationState, Note
from firstyes.domain.inbound.destination import ToEach, ToShift
from firstyes.domain.inbound.routing import route
from firstyes.domain.message import Purpose
from firstyes.domain.policy import Channel
from firstyes.domain.replies.reading import ClockTime, Intent, Reading
from firstyes.domain.shift.commands import PutOffOffer, ReportLateness
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import (
    NOW,
    Life,
    a_contact,
    a_person,
    a_reading,
    a_shift,
    an_offer_view,
    claimed,
    hours,
    minutes,
    offered,
)
from support.conversations import HELD, TUESDAY, WHO, needed, texts, types
from support.routed import routed, said

MAYBE = a_reading(Intent.MAYBE)


def wishes(intent: Intent, **more: object) -> Reading:
    return a_reading(intent).model_copy(update=more)


def put_off(life: Life, name: str, until=None):
    return life.do(
        PutOffOffer(at=life.now, by=f"caregiver:{name}", caregiver_id=name, message_id="m", until=until)
    )


# The shift.


def test_who_says_maybe_is_told_that_the_offer_stands_and_takes_nothing():
    # given
    life = offered("alma", "ben")
    # when
    decision = put_off(life, "alma")
    # then
    [message] = decision.messages
    assert (decision.answer.status, message.purpose, message.opens) == (
        Status.ACKNOWLEDGED,
        Purpose.NOTICE,
        ("28",),
    )
    assert "ask you last" in message.body
    assert life.state.claimed_by is None
    assert life.state.offers["alma"].last and not life.state.offers["ben"].last
    assert life.state.undecided == 2
    # and then
    assert put_off(life, "alma").messages == ()
    assert life.yes("alma").answer.status is Status.SUCCESS


def test_they_are_asked_once_more_by_text_and_called_after_all_others():
    # given
    life = offered("alma", "ben")
    put_off(life, "alma")
    life.wait(minutes(10))
    # when
    decision = life.deadline()
    # then
    told = [(one.caregiver_id, one.purpose, one.channel, one.due_at) for one in decision.messages]
    assert told == [
        ("ben", Purpose.OFFER, Channel.VOICE, None),
        ("alma", Purpose.OFFER_AGAIN, Channel.SMS, None),
        ("alma", Purpose.OFFER, Channel.VOICE, life.now + minutes(5)),
    ]
    assert "is still open. Reply YES 28" in decision.messages[1].body


def test_a_no_after_a_maybe_is_the_last_word():
    life = offered("alma", "ben")
    put_off(life, "alma")
    life.no("alma")
    life.wait(minutes(10))
    assert [one.caregiver_id for one in life.deadline().messages] == ["ben"]


def test_who_is_busy_is_asked_again_when_they_are_free():
    # given
    life = offered("alma", "ben")
    # when
    decision = put_off(life, "alma", NOW + hours(1))
    # then
    [message] = decision.messages
    assert (message.purpose, message.due_at, message.fanout) == (Purpose.OFFER_AGAIN, NOW + hours(1), 1)
    assert not life.state.offers["alma"].last
    assert life.types == ["offer_put_off"]


def test_who_is_free_only_after_the_shift_begins_is_not_asked_again():
    assert put_off(offered("alma"), "alma", NOW + hours(3)).messages == ()


def test_a_maybe_to_what_is_gone_is_told_the_truth():
    # given
    life = offered("alma", "ben")
    life.yes("ben")
    # when
    maybe = put_off(life, "alma")
    # then
    assert maybe.answer.status is Status.NO_ACTION
    assert [one.purpose for one in maybe.messages] == [Purpose.TOO_LATE]
    # and then
    assert put_off(life, "alma", NOW + hours(1)).messages == ()
    assert put_off(life, "nobody").events == ()


# Whom it is for.


def test_a_maybe_to_data_that_were_replaced_is_told_that_they_were():
    # given
    life = offered("alma")
    life.no("alma")
    life.post(a_shift(starts=NOW + hours(3)))
    # when
    [message] = put_off(life, "alma").messages
    # then
    assert message.body.endswith("RN Sun Jul 14 8am-4pm was changed to this since our offer.")


def test_a_maybe_goes_to_the_one_open_offer_and_else_is_asked_about():
    # when
    destination = routed(a_contact(an_offer_view("s1", "27")), MAYBE)
    # then
    assert isinstance(destination, ToShift)
    assert isinstance(destination.command, PutOffOffer)
    assert destination.command.until is None
    # and then
    two = a_contact(an_offer_view("s1", "27"), an_offer_view("s2", "31"))
    assert isinstance(said(two, MAYBE), AskWhich)
    one = routed(two, a_reading(Intent.MAYBE, "31"))
    assert (one.shift_id, type(one.command)) == ("s2", PutOffOffer)
    assert isinstance(said(a_contact(), MAYBE), Note)


def test_who_is_busy_is_left_alone_and_each_open_offer_is_asked_about_then():
    # given
    contact = a_contact(
        an_offer_view("s1", "27"), an_offer_view("s2", "31"), an_offer_view("s3", declined=True)
    )
    # when
    destination = routed(contact, wishes(Intent.BUSY, until=ClockTime(hour=7)))
    # then
    assert isinstance(destination, ToEach)
    # In Chicago it is five.
    assert [(one.shift_id, one.command.until) for one in destination.parts] == [
        ("s1", NOW + hours(2)),
        ("s2", NOW + hours(2)),
    ]
    command = destination.command
    assert isinstance(command, BeBusy)
    assert (command.until, command.told) == (NOW + hours(2), "7am")
    assert [one.code for one in command.choices] == ["27", "31"]


@pytest.mark.parametrize(("ends", "again"), [(hours(1), False), (hours(2), True)])
def test_who_is_busy_for_longer_than_an_offer_stands_is_not_told_that_they_are_asked_again(ends, again):
    # given
    contact = a_contact(replace(an_offer_view("s1", "27"), open_until=NOW + ends))
    # when
    command = routed(contact, wishes(Intent.BUSY, minutes=90)).command
    # then
    assert isinstance(command, BeBusy)
    assert (command.until, command.told, command.asked_again) == (NOW + minutes(91), "6:31am", again)


def test_a_length_of_time_counts_from_when_it_was_written():
    contact = a_contact(an_offer_view("s1", "27"))
    busy = wishes(Intent.BUSY, minutes=30)
    soon = route(contact, busy, "m1", NOW, NOW - minutes(29)).command
    assert isinstance(soon, BeBusy)
    assert soon.until == NOW + minutes(2)
    # and then
    assert isinstance(route(contact, busy, "m1", NOW, NOW - minutes(30)).command, AskAgain)


@pytest.mark.parametrize(
    ("language", "told"), [("en", "By then it has begun."), ("es", "Para entonces ya empezo.")]
)
def test_who_is_busy_until_it_has_begun_is_told_so(language: str, told: str):
    who = {**WHO, "language": language}
    command = BeBusy(**who, until=NOW + hours(3), told="8am", choices=(TUESDAY,), asked_again=False)
    [text] = texts(decide(ConversationState(), command))
    assert told in text
    assert "YES 27" in text or "SI 27" in text


def test_who_is_busy_with_nothing_open_is_left_alone_all_the_same():
    closed = an_offer_view("s1", status=ShiftStatus.CLAIMED, closed=minutes(1))
    command = said(a_contact(closed), wishes(Intent.BUSY, until=ClockTime(hour=7)))
    assert isinstance(command, BeBusy)
    assert command.choices == ()


@pytest.mark.parametrize(
    "contact",
    [
        a_contact(),
        a_contact(an_offer_view("s1", mine=True, status=ShiftStatus.CLAIMED)),
        a_contact(an_offer_view("s1"), people=(a_person(opted_out=True),)),
    ],
    ids=["knows of nothing", "has a shift", "opted out"],
)
def test_of_whom_else_a_person_hears_that_they_are_busy(contact):
    command = said(contact, wishes(Intent.BUSY, until=ClockTime(hour=7)))
    assert isinstance(command, Note)


def test_a_reader_that_names_no_time_has_it_asked_about():
    assert isinstance(said(a_contact(an_offer_view("s1")), wishes(Intent.BUSY)), AskAgain)


@pytest.mark.parametrize(
    ("since", "until", "intent", "hours_told"),
    [
        (None, ClockTime(hour=11), Intent.PARTIAL, "7am-11am"),
        (ClockTime(hour=9), ClockTime(hour=5), Intent.PARTIAL, "9am-3pm"),
        (ClockTime(hour=9), None, Intent.PARTIAL, "9am-3pm"),
        (None, None, Intent.PARTIAL, ""),
        # All of it, and none of it.
        (None, ClockTime(hour=3), Intent.CONDITION, ""),
        (ClockTime(hour=3), ClockTime(hour=11), Intent.CONDITION, ""),
    ],
)
def test_a_part_of_a_shift_is_told_with_its_hours(since, until, intent: Intent, hours_told: str):
    command = said(a_contact(an_offer_view("s1")), wishes(Intent.PARTIAL, since=since, until=until))
    assert isinstance(command, AskAgain)
    assert (command.intent, command.hours) == (intent, hours_told)


def test_who_is_free_only_after_the_shift_is_asked_then_where_that_is_soon():
    # given
    view = an_offer_view("s1", lasts=hours(4))
    # then
    soon = routed(a_contact(view), wishes(Intent.PARTIAL, since=ClockTime(hour=4))).command
    assert isinstance(soon, BeBusy)
    assert soon.until == NOW + hours(11)
    late = said(a_contact(view), wishes(Intent.PARTIAL, since=ClockTime(hour=6, half="pm")))
    assert isinstance(late, AskAgain)
    assert late.intent is Intent.CONDITION


def test_who_has_the_shift_and_names_a_later_start_comes_late():
    mine = an_offer_view("s1", mine=True, status=ShiftStatus.CLAIMED)
    destination = routed(a_contact(mine), wishes(Intent.PARTIAL, since=ClockTime(hour=7, minute=30)))
    assert isinstance(destination.command, ReportLateness)
    assert isinstance(said(a_contact(mine), wishes(Intent.PARTIAL, until=ClockTime(hour=11))), Note)
    assert isinstance(said(a_contact(mine), wishes(Intent.PARTIAL)), Note)


# What they are told.


def test_a_part_calls_a_person_and_leaves_the_shift_open():
    # when
    decision = decide(
        ConversationState(), AskAgain(**WHO, intent=Intent.PARTIAL, choice=TUESDAY, hours="7am-11am")
    )
    # then
    [alert] = needed(decision)
    assert (alert.kind, alert.shift_id) == ("partial_offer", "s1")
    assert alert.message.endswith("7am-11am.")
    assert decision.answer.status is Status.CLARIFY
    assert decision.messages[0].opens == ("27",)
    # and then
    unsaid = decide(ConversationState(), AskAgain(**WHO, intent=Intent.PARTIAL, choice=TUESDAY, held=(HELD,)))
    assert [one.kind for one in needed(unsaid)] == ["holder_wrote"]


def test_who_is_busy_is_told_until_when_they_are_left_alone():
    busy = BeBusy(**WHO, until=NOW + hours(2), told="7am", choices=(TUESDAY,))
    # when
    decision = decide(ConversationState(), busy)
    # then
    assert types(decision) == ["busy_until"]
    assert texts(decision)[0].startswith("Fine, we offer you nothing before 7am. We ask then")
    # and then
    told = replace(ConversationState(), busy_until=busy.until)
    assert decide(told, busy).messages == ()


def test_who_wants_to_be_called_then_is_heard_by_a_person():
    decision = decide(ConversationState(), BeBusy(**WHO, until=NOW + hours(2), told="7am", asks=True))
    assert [one.kind for one in needed(decision)] == ["needs_reading"]
    assert texts(decision) == ["Fine, we offer you nothing before 7am."]


def test_the_winner_who_says_maybe_keeps_the_shift():
    life = claimed("alma", "ben")
    assert put_off(life, "alma").answer.status is Status.NO_ACTION
    assert life.state.claimed_by == "alma"
