"""What a coordinator writes to a caregiver themselves, and what is answered to that."""

import pytest

from firstyes.domain.answer import Refusal, Status
from firstyes.domain.conversation.decide import decide
from firstyes.domain.conversation.events import DirectMessageWritten
from firstyes.domain.conversation.state import (
    KEYS,
    AskWhich,
    ConversationState,
    DoubtNumber,
    Note,
    WriteDirectly,
)
from firstyes.domain.message import Purpose
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift.commands import AcceptOffer
from support.builders import a_contact, a_reading, an_offer_view, last_told
from support.conversations import HELD, STOP, TUESDAY, WHO, after, texts, types
from support.routed import NO, YES, asked, routed, said

OPEN = an_offer_view("s1", "27")
WRITTEN = last_told(purpose=Purpose.DIRECT)
OK = a_reading(Intent.ACCEPT, explicit=False, thanks=True)


def written(key: str | None = None) -> WriteDirectly:
    return WriteDirectly(**{**WHO, "caregiver_id": "alma"}, body="Can you come at six?", key=key)


def test_it_is_sent_as_it_was_written():
    decision = decide(ConversationState(), written())
    assert decision.answer.status is Status.SUCCESS
    assert texts(decision) == ["Can you come at six?"]
    [message] = decision.messages
    assert (message.purpose, message.opens) == (Purpose.DIRECT, ())


def test_it_is_sent_though_the_phone_has_had_its_answers_for_now():
    state = after(*[Note(**WHO, intent=Intent.QUESTION)] * 20)
    assert texts(decide(state, written())) == ["Can you come at six?"]


def test_a_key_that_was_used_sends_nothing_and_the_answer_says_so():
    again = decide(after(written("k1"), written("k2")), written("k1"))
    assert (again.answer.status, again.events, again.messages) == (Status.SUCCESS, (), ())
    assert again.answer.message.endswith("Nothing is sent now.")


def test_without_a_key_each_is_one_of_its_own():
    assert texts(decide(after(written()), written())) == ["Can you come at six?"]


def test_so_many_keys_are_remembered_for_a_phone():
    state = after(*[written(f"k{number}") for number in range(KEYS + 1)])
    assert (len(state.keys), state.keys[-1]) == (KEYS, f"k{KEYS}")


@pytest.mark.parametrize(
    "before", [STOP, DoubtNumber(**WHO, organization_ids=("lakeside",))], ids=["opted out", "in doubt"]
)
def test_whoever_is_not_texted_is_not_texted_by_a_person_either(before):
    decision = decide(after(before), written())
    assert (decision.answer.refusal, decision.messages) == (Refusal.NOT_TEXTED, ())


@pytest.mark.parametrize("reading", [OK, NO, a_reading(Intent.UNCLEAR), a_reading(Intent.QUESTION), YES])
def test_what_is_answered_to_a_person_is_for_that_person(reading):
    command = said(a_contact(told=WRITTEN), reading)
    assert isinstance(command, Note)
    decision = decide(ConversationState(), command)
    assert types(decision) == ["message_noted", "person_needed"]
    assert (texts(decision), decision.events[1].kind) == ([], "needs_reading")


def test_a_no_to_a_person_passes_on_no_offer():
    assert isinstance(said(a_contact(OPEN, told=WRITTEN), NO), Note)


@pytest.mark.parametrize("reading", [OK, YES])
def test_a_yes_to_a_person_while_a_shift_is_open_is_asked_about_and_heard(reading):
    contact = a_contact(OPEN, told=WRITTEN)
    assert asked(contact, reading) == ("27",)
    command = said(contact, reading)
    assert isinstance(command, AskWhich)
    assert types(decide(ConversationState(), command)) == ["question_asked", "person_needed"]


def test_a_yes_with_its_code_takes_the_shift_whoever_wrote_last():
    destination = routed(a_contact(OPEN, told=WRITTEN), a_reading(Intent.ACCEPT, "27"))
    assert isinstance(destination.command, AcceptOffer)


def test_stop_counts_whoever_wrote_last():
    assert type(said(a_contact(OPEN, told=WRITTEN), a_reading(Intent.OPT_OUT))) is type(STOP)


def test_of_whoever_has_a_shift_the_alert_names_it():
    command = Note(**{**WHO, "held": (HELD,)}, intent=Intent.ACCEPT, answers_a_person=True)
    needed = decide(ConversationState(), command).events[1]
    assert (needed.kind, needed.shift_id) == ("holder_wrote", "s3")


def test_a_question_back_to_a_person_s_text_alerts_once():
    command = AskWhich(**WHO, intent=Intent.ACCEPT, choices=(TUESDAY,), answers_a_person=True)
    assert types(decide(ConversationState(), command)) == ["question_asked", "person_needed"]


def test_it_changes_nothing_else_of_the_conversation():
    assert after(STOP, written()).opted_out == after(STOP).opted_out
    assert DirectMessageWritten.model_fields.keys().isdisjoint({"body"})
