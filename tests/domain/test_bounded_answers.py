"""What bounds our answers: a matter, an hour, a phone."""

from functools import reduce

import pytest

from firstyes.domain.answer import Status
from firstyes.domain.conversation.decide import decide
from firstyes.domain.conversation.state import (
    ANSWERS,
    MOST_ANSWERS,
    AskAgain,
    ConversationCommand,
    ConversationState,
    GiveHelp,
    Note,
    RefuseCalls,
    TellNothingOpen,
    evolve,
)
from firstyes.domain.replies.reading import Intent
from support.builders import NOW, minutes
from support.conversations import START, STOP, TUESDAY, WHO, after, needed, texts, types


def asked_again(minutes_later: float, matter: str = "s1/27") -> AskAgain:
    who = {**WHO, "at": NOW + minutes(minutes_later), "matter": matter}
    return AskAgain(**who, intent=Intent.ACCEPT, choice=TUESDAY)


@pytest.mark.fault(50)
def test_after_five_answers_within_the_hour_it_falls_silent_and_a_person_reads_on():
    # given
    state = after(*(asked_again(number) for number in range(ANSWERS)))
    # when
    sixth = decide(state, asked_again(5))
    # then
    assert texts(sixth) == []
    assert types(sixth) == ["message_noted", "person_needed"]
    assert sixth.answer.status is Status.ACKNOWLEDGED


@pytest.mark.fault(50)
def test_it_answers_again_when_the_first_of_its_answers_is_an_hour_old():
    state = after(*(asked_again(number) for number in range(ANSWERS + 3)))
    assert texts(decide(state, asked_again(59.9))) == []
    assert texts(decide(state, asked_again(60))) != []


def test_row_20_a_new_offer_grants_answers_anew_under_a_ceiling():
    """Row 20: the limit belongs to a matter; what goes to one phone within an hour is bounded all the same."""
    # given
    state = after(*(asked_again(number) for number in range(ANSWERS + 1)))
    # then
    assert texts(decide(state, asked_again(6))) == []
    assert texts(decide(state, asked_again(6, "s2/31"))) != []
    # when
    state = after(*(asked_again(number / 10, f"s{number // 4}") for number in range(MOST_ANSWERS)))
    # then
    assert texts(decide(state, asked_again(6, "s9"))) == []


@pytest.mark.fault(50)
@pytest.mark.parametrize("command", [STOP, START], ids=["stop", "start"])
def test_a_stop_and_the_start_after_it_are_answered_though_enough_was_said(command: ConversationCommand):
    state = after(*(asked_again(number) for number in range(ANSWERS)))
    if command is START:
        state = after(*(asked_again(number) for number in range(ANSWERS)), STOP)
    assert texts(decide(state, command)) != []


@pytest.mark.parametrize(
    "pair",
    [
        (START,),
        (STOP, START),
        (GiveHelp(**WHO),),
        (TellNothingOpen(**WHO),),
        (RefuseCalls(**WHO, organization_ids=("lakeside",)),),
    ],
    ids=["start", "stop and start", "help", "yes to nothing", "no calls"],
)
def test_row_62_forty_times_the_same_are_answered_a_bounded_number_of_times(pair):
    """Row 62: and each of them still has its effect."""
    # given
    state, told = ConversationState(), 0
    # when
    for command in pair * 40:
        decision = decide(state, command)
        told += len(decision.messages)
        state = reduce(evolve, decision.events, state)
    # then
    assert told <= MOST_ANSWERS
    assert STOP not in pair or state.opted_out == {"riverside"}


def test_what_had_no_answer_does_not_count():
    thanks = Note(**WHO, intent=Intent.UNCLEAR, thanks=True)
    assert texts(decide(after(*[thanks] * 9), asked_again(1, ""))) != []


def test_what_is_held_back_still_calls_whom_it_would_have_called():
    state = after(*(asked_again(number) for number in range(ANSWERS)))
    question = asked_again(5).model_copy(update={"intent": Intent.QUESTION})
    [needed_for_it] = needed(decide(state, question))
    assert needed_for_it.message.startswith("A caregiver has a question")
    assert needed_for_it.message.endswith("please read what it says.")
