"""A shift that starts now, or has begun, with nobody on it."""

from firstyes.domain.answer import Outcome
from firstyes.domain.policy import Channel, Round
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import Life, hours, minutes


def test_row_29_what_is_offered_to_a_shift_that_has_begun_goes_on_until_the_end():
    # given
    life = Life()
    life.now = life.shift.start_time + minutes(15)
    life.deadline()
    decision = life.offer_to("alma")
    # then
    assert decision.answer.outcome is Outcome.STARTED
    assert [(one.channel.value, one.wait) for one in decision.answer.plan or ()] == [
        ("sms", 120),
        ("voice", 120),
    ]
    assert decision.messages[0].body == (
        "Lakeside: Open shift RN Sun Jul 14 7am-3pm, has begun. Reply YES 28 to take it, NO 28 to pass."
    )
    # when
    for _ in range(2):
        life.deadline(after=minutes(2))
    # then
    assert life.state.status is ShiftStatus.UNFILLED
    assert life.state.next_deadline == life.shift.end_time
    # when
    life.wait(hours(3))
    life.yes("alma")
    # then
    assert life.state.claimed_by == "alma"


def test_row_29_calls_say_that_it_starts_now_or_has_begun():
    # given
    life = Life()
    life.now = life.shift.start_time - minutes(3)
    rounds = (Round(channel=Channel.VOICE, wait=600),)
    first = life.offer_to("alma", rounds=rounds).messages[0].body
    life.now = life.shift.end_time
    life.deadline()
    # then
    assert first == (
        "This is Lakeside, about an open R N shift. Today, Sunday, July 14, from 7 AM to 3 PM. It starts now."
        " Press 1 to take it, 2 to pass, 3 to hear it again."
    )
    assert life.events[-1].message == "RN Sun Jul 14 7am-3pm is over and nobody took it."


def test_row_29_in_spanish():
    # given
    life = Life()
    life.now = life.shift.start_time - minutes(3)
    first = life.offer_to("alma", language="es").messages[0].body
    second = life.deadline(after=minutes(2)).messages[0].body
    life.now = life.shift.start_time + minutes(1)
    life.deadline()
    third = life.offer_to("alma", language="es").messages[0].body
    # then
    assert ", empieza ahora. Responda SI" in first
    assert ". Empieza ahora. Oprima 1" in second
    assert ", ya empezo. Responda SI" in third
