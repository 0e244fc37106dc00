"""What somebody said about texts and calls is kept with its words and its instant."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Status
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.consent import Consent, ConsentWay
from firstyes.domain.organization import Organization
from firstyes.domain.policy import Channel
from support.world import FIVE_AM, LAKESIDE, World, a_world


def test_each_stop_and_start_is_there_with_its_words_newest_first(world: World) -> None:
    # given
    world.caregivers("Ana", "Ben")
    world.says("Ana", "please stop texting me")
    world.later(60)
    world.says("Ana", "START")
    world.says("Ana", "do not call me, text is fine")
    world.desk.settle()
    # when
    found = world.desk.consents("Ana")
    # then
    assert [(one.what, one.words) for one in found] == [
        ("calls_refused", "do not call me, text is fine"),
        ("opted_in", "START"),
        ("opted_out", "please stop texting me"),
    ]
    assert {one.by for one in found} == {"caregiver:Ana"}
    assert found[0].at == world.clock.now()
    assert world.desk.consents("Ben") == ()


def agrees(channel: Channel = Channel.SMS, **more: Any) -> Consent:
    return Consent(channel=channel, how=ConsentWay.SPOKEN, **more)


def why_not(world: World) -> dict[str, str]:
    return {one.caregiver_id: one.reason for one in world.record().left_out or ()}


def test_what_a_coordinator_states_stands_beside_what_the_person_wrote(world: World) -> None:
    # given
    world.caregivers("Ana")
    given_at = world.clock.now() - timedelta(days=3)
    # when
    world.desk.state_consent("Ana", agrees(given_at=given_at, words="Texts are fine"), by="user:cora")
    world.says("Ana", "STOP")
    # then
    stop, stated = world.desk.consents("Ana")
    assert (stop.what, stop.words, stop.how, stop.channel) == ("opted_out", "STOP", None, Channel.SMS)
    assert (stated.what, stated.covers, stated.by) == ("consent_given", (Channel.SMS,), "user:cora")
    assert (stated.how, stated.given_at, stated.words) == (ConsentWay.SPOKEN, given_at, "Texts are fine")


def test_what_a_coordinator_stops_for_somebody_has_the_effect_of_their_own_stop(world: World) -> None:
    # given
    world.asked("Ana", "Ben")
    # when
    world.desk.state_consent("Ana", agrees(gives=False, words="no more, please"), by="user:cora")
    world.later(11 * 60)
    # then: they are not called either, and told nothing
    assert world.purposes("Ana") == ["offer"]
    assert world.purposes("Ben") == ["offer", "offer"]
    assert world.offer("Ana").answer == "opted_out"
    assert [(one.what, one.words, one.how) for one in world.desk.consents("Ana")] == [
        ("opted_out", "no more, please", ConsentWay.SPOKEN)
    ]


@pytest.mark.parametrize("in_a_row", [False, True])
def test_whoever_has_a_shift_and_is_said_to_want_no_texts_is_somebody_to_call(
    world: World, *, in_a_row: bool
) -> None:
    # given
    world.asked("Ana")
    world.says("Ana", "yes")
    # when
    if in_a_row:
        world.caregivers("Ana", phone=world.phones["Ana"], consents=(agrees(gives=False),))
    else:
        world.desk.state_consent("Ana", agrees(gives=False))
    world.desk.settle()
    # then
    assert world.alerts() == [AlertKind.HOLDER_MUTE]


def test_where_consent_is_asked_for_nobody_else_is_asked_and_the_shift_says_why(world: World) -> None:
    # given
    world.lakeside(consent_required=True)
    world.caregivers("Ana", "Ben")
    world.desk.state_consent("Ana", agrees())
    # when
    world.offered()
    # then
    assert [one.caregiver_id for one in world.record().offers or ()] == ["Ana"]
    assert why_not(world) == {"Ben": "is not known to have agreed to texts or calls"}
    assert world.sent("Ben") == []
    preview = world.desk.preview("early")
    assert preview is not None
    assert [one.caregiver_id for one in preview.asked] == ["Ana"]
    # when: they agree while it is being offered
    world.desk.state_consent("Ben", agrees())
    world.desk.settle()
    # then
    assert world.purposes("Ben") == ["offer"]


def test_who_agreed_to_calls_alone_is_called_at_once(world: World) -> None:
    world.lakeside(consent_required=True)
    world.caregivers("Ana", "Ben")
    world.desk.state_consent("Ana", agrees(Channel.VOICE))
    world.desk.state_consent("Ben", agrees())
    world.offered()
    assert [(one.channel, one.state) for one in world.sent("Ana")] == [
        (Channel.SMS, "failed"),
        (Channel.VOICE, "sent"),
    ]


def test_who_agreed_to_texts_alone_is_not_called(world: World) -> None:
    world.lakeside(consent_required=True)
    world.caregivers("Ana")
    world.desk.state_consent("Ana", agrees())
    world.offered()
    world.later(11 * 60)
    assert [one.channel for one in world.sent("Ana") if one.state == "sent"] == [Channel.SMS]
    assert world.offer("Ana").reason == "They are not known to have agreed to calls."


def test_start_from_their_phone_is_consent(world: World) -> None:
    world.lakeside(consent_required=True)
    world.caregivers("Ana")
    world.says("Ana", "START")
    world.offered()
    assert world.purposes("Ana")[-1] == "offer"
    assert [(one.what, one.covers) for one in world.desk.consents("Ana")] == [
        ("opted_in", (Channel.SMS, Channel.VOICE))
    ]


def test_consent_is_for_the_number_that_they_had(world: World) -> None:
    world.lakeside(consent_required=True)
    world.caregivers("Ana")
    world.desk.state_consent("Ana", agrees())
    world.caregivers("Ana", phone="+13125550999")
    world.offered()
    assert list(why_not(world)) == ["Ana"]


def test_one_organization_states_nothing_for_another(world: World) -> None:
    # given
    world.desk.put_organizations([Organization(id="riverside", name="Riverside")])
    world.caregivers("Ana")
    world.caregivers("Rea", organization="riverside", phone=world.phones["Ana"])
    world.says("Ana", "STOP")
    world.later(60)
    # when
    world.desk.state_consent("Rea", agrees())
    world.desk.state_consent("Rea", agrees(Channel.VOICE, gives=False))
    # then
    ana, rea = world.desk.caregivers().items
    assert (ana.opted_out, ana.no_calls, ana.consents) == (True, False, ())
    assert (rea.opted_out, rea.no_calls) == (False, True)
    assert [one.what for one in world.desk.consents("Ana")] == ["opted_out"]


def test_consent_comes_with_the_row_of_a_person_and_what_is_undated_restores_nothing(world: World) -> None:
    # given
    world.lakeside(consent_required=True)
    world.caregivers("Ana", consents=(agrees(),))
    world.caregivers("Ben", consents=(agrees(gives=False),))
    # then
    ana, ben = world.desk.caregivers().items
    assert [(one.channel, one.how) for one in ana.consents] == [(Channel.SMS, ConsentWay.SPOKEN)]
    assert ben.opted_out
    # when
    world.says("Ana", "STOP")
    row = Caregiver(
        id="Ana",
        organization_id=LAKESIDE,
        name="Ana",
        roles=("RN",),
        phone=world.phones["Ana"],
        consents=(agrees(),),
    )
    [answer] = world.desk.put_caregivers([row])
    # then
    assert answer.status is Status.SUCCESS
    assert "They stopped this themselves" in answer.message
    assert world.desk.caregivers().items[0].opted_out


def test_a_person_and_what_is_stated_of_them_are_in_one_commit(world: World) -> None:
    """Otherwise who wants no texts could be texted in between."""
    world.offered()
    world.caregivers("Ben", consents=(agrees(gives=False),))
    world.desk.settle()
    assert world.sent("Ben") == []


def test_consent_outlives_a_restart(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/journal.db"
    with a_world(store) as world:
        world.caregivers("Ana")
        world.says("Ana", "STOP")
        world.later(60)
        world.desk.state_consent("Ana", agrees())
    with a_world(store, at=FIVE_AM + timedelta(hours=1)) as world:
        person = world.desk.caregivers().items[0]
        assert (person.opted_out, [one.channel for one in person.consents]) == (False, [Channel.SMS])
        kept = world.desk.state_consent("Ana", agrees(given_at=FIVE_AM + timedelta(seconds=30)))
        assert kept.message == "Their consent is kept already."


def test_programs_that_follow_events_read_no_words(world: World) -> None:
    world.caregivers("Ana")
    world.desk.state_consent("Ana", agrees(words="Texts are fine"))
    [event] = world.desk.events().items
    assert (event.type, event.details["how"]) == ("consent_given", "spoken")
    assert "words" not in event.details


def test_whoever_agrees_is_welcomed_once_in_the_morning(world: World) -> None:
    # given: it is five in the morning
    world.lakeside(welcomes=True)
    world.caregivers("Ana", consents=(agrees(),))
    assert world.purposes("Ana") == []
    # when
    world.later(3 * 3600)
    # then
    [text] = world.sent("Ana")
    assert text.body.startswith("Lakeside: open shifts by text")
    # when
    world.says("Ana", "STOP")
    world.later(60)
    world.desk.state_consent("Ana", agrees())
    world.later(24 * 3600)
    # then
    assert world.purposes("Ana") == ["welcome", "opt_out"]


def test_a_restart_at_night_sends_no_welcome(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'journal.db'}"
    with a_world(store) as world:
        world.lakeside(welcomes=True)
        world.caregivers("Ana", consents=(agrees(),))
        phones = world.phones
    with a_world(store) as world:
        world.phones = phones
        assert world.purposes("Ana") == []
        world.later(3 * 3600)
        assert world.purposes("Ana") == ["welcome"]


def test_a_welcome_that_was_planned_by_a_clock_which_ran_ahead_does_not_wait_for_it(world: World) -> None:
    world.lakeside(welcomes=True)
    world.later(30 * 24 * 3600)
    world.caregivers("Ana", consents=(agrees(),))
    # when: by the right clock it is ten in the morning
    world.later(-30 * 24 * 3600 + 5 * 3600)
    # then
    assert world.purposes("Ana") == ["welcome"]


def test_a_welcome_holds_up_no_offer_and_waits_a_day_while_one_is_open(world: World) -> None:
    """Else a bare "ok" to the welcome would take the shift."""
    # given
    world.lakeside(welcomes=True)
    world.caregivers("Ana", consents=(agrees(),))
    world.offered(starts_in=6)
    # when
    world.later(3 * 3600)
    # then
    assert world.purposes("Ana") == ["offer", "offer"]
    assert world.says("Ana", "ok").status is Status.SUCCESS
    # when
    world.later(24 * 3600)
    # then
    assert "welcome" in world.purposes("Ana")


def test_nobody_is_welcomed_who_has_stopped_moved_or_left_before_the_morning(world: World) -> None:
    # given
    world.lakeside(welcomes=True)
    world.caregivers("Ana", "Ben", "Cleo", "Dora", consents=(agrees(),))
    # when
    world.says("Ana", "STOP")
    former = world.phones["Ben"]
    world.caregivers("Ben", phone="+13125550999")
    world.caregivers("Cleo", phone=world.phones["Cleo"], active=False)
    world.says("Dora", "wrong number")
    world.later(4 * 3600)
    # then
    world.phones["former"] = former
    for name in ("Ana", "former", "Cleo", "Dora"):
        assert "welcome" not in world.purposes(name)
    assert {one.purpose: one.state for one in world.sent("former")} == {"welcome": "dropped"}
