"""Consent that is stated of somebody: it is kept, and what they stopped themselves only a later word restores."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Refusal, Status
from firstyes.domain.consent import Consent, ConsentWay
from firstyes.domain.conversation.decide import decide
from firstyes.domain.conversation.events import Whose
from firstyes.domain.conversation.state import ConversationState, OptIn, OptOut, RefuseCalls, StateConsent
from firstyes.domain.message import Purpose
from firstyes.domain.organization import Organization
from firstyes.domain.policy import PHONES, Channel
from support.builders import NOW, hours
from support.conversations import HELD, START, STOP, WHO, WRONG, after, needed, texts, types

ALMA = Whose(organization_id="lakeside", caregiver_id="alma")
CORA = {**WHO, "by": "user:cora", "message_id": None}
NO_CALLS = RefuseCalls(**WHO, organization_ids=("lakeside",))
AGREE = START.model_copy(update={"consents": (ALMA,)})
LATER = NOW + hours(1)


def states(channel: Channel = Channel.SMS, *, at: datetime = LATER, **more: Any) -> StateConsent:
    consent: dict[str, Any] = {"how": ConsentWay.FORM, "given_at": at, **more}
    return StateConsent(**{**CORA, "at": LATER}, consent=Consent(channel=channel, **consent))


def stops(channel: Channel = Channel.SMS, **more: Any) -> StateConsent:
    return states(channel, gives=False, **more)


def test_a_consent_is_kept_with_how_when_in_which_words_and_by_whom():
    decision = decide(ConversationState(), states(at=NOW, words="I agree to texts"))
    assert decision.answer.status is Status.SUCCESS
    [event] = decision.events
    assert event.model_dump(
        include={"type", "by", "how", "given_at", "words", "channel", "caregiver_id"}
    ) == {
        "type": "consent_given",
        "by": "user:cora",
        "how": "form",
        "given_at": NOW,
        "words": "I agree to texts",
        "channel": "sms",
        "caregiver_id": "alma",
    }
    assert texts(decision) == []
    assert after(states(at=NOW)).consents == {(ALMA, Channel.SMS): NOW}


def test_the_same_consent_again_changes_nothing_and_a_later_one_is_kept():
    known = after(states(at=NOW))
    for same in (states(at=NOW), states(at=NOW - hours(1)), states(given_at=None)):
        assert decide(known, same).events == ()
    assert types(decide(known, states())) == ["consent_given"]


def test_what_is_not_dated_is_kept_as_of_now_and_outweighs_no_withdrawal_that_is_dated():
    undated = states(given_at=None)
    [kept] = decide(ConversationState(), undated).events
    assert (kept.given_at, kept.dated) == (LATER, False)
    assert types(decide(after(undated), stops(at=NOW))) == ["opted_out"]
    assert types(decide(after(undated), states(at=NOW))) == ["consent_given"]


def test_texts_that_are_withdrawn_stop_as_after_a_stop_and_nobody_is_texted_so():
    decision = decide(after(states()), stops(words="no more, please").model_copy(update={"held": (HELD,)}))
    assert types(decision) == ["opted_out", "person_needed"]
    assert [one.kind for one in needed(decision)] == [AlertKind.HOLDER_MUTE]
    assert (decision.events[0].how, decision.events[0].words) == (ConsentWay.FORM, "no more, please")
    assert texts(decision) == []
    gone = after(states(), states(Channel.VOICE), stops())
    assert gone.opted_out == {"lakeside"}
    assert not gone.consents
    assert decide(gone, stops()).events == ()


def test_a_holding_of_another_organization_is_nobody_s_concern():
    elsewhere = HELD.__class__("s3", "riverside", "alma", "RN Mon")
    assert types(decide(ConversationState(), stops().model_copy(update={"held": (elsewhere,)}))) == [
        "opted_out"
    ]


def test_calls_that_are_withdrawn_leave_texts():
    gone = after(states(), states(Channel.VOICE), stops(Channel.VOICE))
    assert gone.no_calls.keys() == {"lakeside"}
    assert not gone.opted_out
    assert gone.consents.keys() == {(ALMA, Channel.SMS)}
    assert decide(gone, stops(Channel.VOICE)).events == ()


@pytest.mark.parametrize("channel", sorted(PHONES))
def test_a_withdrawal_from_before_a_consent_stops_nothing(channel: Channel):
    decision = decide(after(states(channel)), stops(channel, given_at=NOW))
    assert (decision.answer.status, decision.events) == (Status.NO_ACTION, ())


@pytest.mark.parametrize("given_at", [None, NOW - hours(1), NOW, LATER + hours(1)])
@pytest.mark.parametrize("channel", sorted(PHONES))
def test_what_somebody_stopped_is_not_restored_by_what_is_not_known_to_be_later(
    channel: Channel, given_at: datetime | None
):
    stopped = after(STOP if channel is Channel.SMS else NO_CALLS)
    decision = decide(stopped, states(channel, given_at=given_at))
    assert (decision.answer.refusal, decision.events) == (Refusal.STOPPED, ())


def at(time: datetime, command: Any) -> Any:
    return command.model_copy(update={"at": time})


@pytest.mark.parametrize(
    ("first", "channel"),
    [
        (STOP, Channel.SMS),
        (NO_CALLS, Channel.VOICE),
        (stops(at=NOW), Channel.SMS),
        (stops(Channel.VOICE, at=NOW), Channel.VOICE),
    ],
)
@pytest.mark.parametrize("stated", [False, True])
def test_what_somebody_stops_again_is_restored_by_no_consent_from_between(
    first: Any, channel: Channel, *, stated: bool
):
    # given
    again = STOP if channel is Channel.SMS else NO_CALLS
    second = at(NOW + hours(3), stops(channel, at=NOW + hours(3)) if stated else again)
    known = after(at(NOW, first), second)
    # then
    between = at(NOW + hours(4), states(channel, at=NOW + hours(2)))
    assert decide(known, between).answer.refusal is Refusal.STOPPED
    assert types(decide(known, at(NOW + hours(4), states(channel, at=NOW + hours(4))))) == ["consent_given"]


def test_what_another_organization_learns_late_of_an_earlier_word_makes_a_stop_no_earlier():
    # given
    stop = OptOut(**WHO, organization_ids=("lakeside",))
    elsewhere = stops(at=NOW - hours(48)).model_copy(update={"organization_id": "riverside"})
    # then
    consent = states(at=NOW - hours(24))
    assert decide(after(stop, elsewhere), consent).answer.refusal is Refusal.STOPPED


def test_a_later_consent_restores_texts_for_that_organization_alone():
    decision = decide(after(STOP), states())
    assert "START" in decision.answer.message
    assert after(STOP, states()).opted_out == {"riverside"}
    assert after(STOP, states(), STOP.model_copy(update={"at": LATER + hours(1)})).consents == {}


def test_a_later_consent_restores_calls_for_that_organization_alone():
    both = NO_CALLS.model_copy(update={"organization_ids": ("lakeside", "riverside")})
    assert after(both, states(Channel.VOICE)).no_calls.keys() == {"riverside"}


def test_a_consent_to_calls_opens_nothing_while_all_is_stopped():
    decision = decide(after(STOP), states(Channel.VOICE))
    assert (decision.answer.refusal, decision.events) == (Refusal.STOPPED, ())


def test_a_stop_that_was_written_before_a_consent_and_comes_later_holds():
    written = STOP.model_copy(update={"at": LATER + hours(1), "written_at": NOW})
    assert after(states(), written).opted_out == {"lakeside", "riverside"}


def test_start_agrees_to_texts_and_calls_of_those_behind_the_phone():
    first = decide(ConversationState(), AGREE)
    assert types(first) == ["opted_in"]
    assert texts(first) == ["You already get shift texts."]
    assert after(AGREE).consents.keys() == {(ALMA, channel) for channel in PHONES}
    assert types(decide(after(AGREE), AGREE)) == ["message_noted"]
    assert after(STOP, AGREE).consents.keys() == {(ALMA, channel) for channel in PHONES}


def test_start_restores_calls_of_the_organizations_that_it_is_for():
    both = NO_CALLS.model_copy(update={"organization_ids": ("lakeside", "riverside")})
    assert after(both, START).no_calls.keys() == {"riverside"}
    assert texts(decide(after(NO_CALLS), START)) == ["You already get shift texts."]


def test_an_opt_out_to_one_organization_leaves_the_consent_of_another():
    there = Whose(organization_id="riverside", caregiver_id="alma-2")
    both = OptIn(**WHO, organization_ids=("lakeside", "riverside"), consents=(ALMA, there))
    assert after(both, OptOut(**WHO, organization_ids=("lakeside",))).consents.keys() == {
        (there, channel) for channel in PHONES
    }


def welcomed(at: datetime = NOW, zone: str | None = "America/Chicago", **more: Any) -> StateConsent:
    consent = Consent(channel=Channel.SMS, how=ConsentWay.FORM)
    owner = Organization(id="lakeside", name="Lakeside", time_zone=zone)
    return StateConsent(**{**CORA, "at": at, **more}, welcomed_by=owner, consent=consent)


def test_whoever_first_agrees_to_texts_is_told_once_who_writes_and_how_to_stop_it():
    [text] = decide(ConversationState(), welcomed()).messages
    assert text.purpose is Purpose.WELCOME
    assert text.body == (
        "Lakeside: open shifts by text, as you agreed. Please save this number. Reply HELP for help, STOP to get no more."
    )
    again = NOW + hours(30)
    assert decide(after(welcomed()), welcomed(again)).messages == ()
    assert decide(after(welcomed(), STOP), welcomed(again)).messages == ()
    [spanish] = decide(ConversationState(), welcomed(language="es")).messages
    assert "Guarde este numero" in spanish.body


def test_nobody_is_welcomed_to_calls_or_at_a_number_in_doubt_or_where_it_is_switched_off():
    to_calls = welcomed().model_copy(update={"consent": Consent(channel=Channel.VOICE)})
    assert decide(ConversationState(), to_calls).messages == ()
    assert decide(after(WRONG), welcomed()).messages == ()
    assert decide(ConversationState(), states()).messages == ()


@pytest.mark.parametrize(
    ("hour", "told"),
    [("07:59:58", "08:00:00"), ("08:00:00", "08:00:01"), ("20:59:58", "20:59:59"), ("03:00:00", "08:00:00")],
)
def test_a_welcome_comes_by_day(hour: str, told: str):
    at = datetime.fromisoformat(f"2030-07-16T{hour}-05:00")
    [text] = decide(ConversationState(), welcomed(at)).messages
    assert text.due_at == datetime.fromisoformat(f"2030-07-16T{told}-05:00")


def test_a_welcome_of_the_evening_comes_the_morning_after_also_when_the_clocks_change():
    at = datetime.fromisoformat("2030-11-02T21:30:00-05:00")
    [text] = decide(ConversationState(), welcomed(at)).messages
    assert text.due_at == datetime.fromisoformat("2030-11-03T08:00:00-06:00")
    noon = datetime.fromisoformat("2030-11-02T12:00:00+00:00")
    [text] = decide(ConversationState(), welcomed(noon, None)).messages
    assert text.due_at == noon + timedelta(seconds=1)
