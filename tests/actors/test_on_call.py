"""Whoever is on call is told of what needs a person, one after the other, until somebody sees to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.errors import UnknownPhone
from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.files.diagnosis import diagnose
from firstyes.actors.records import AlertRecord
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.answer import Status
from firstyes.domain.message import InboundMessage
from firstyes.domain.on_call import OnCall
from firstyes.domain.organization import Organization
from firstyes.domain.policy import Channel
from support.patience import PATIENCE
from support.world import FIVE_AM, World, a_world

MIA, NED = "+13125550901", "+13125550902"


def on_call(world: World, *contacts: tuple[str, str, int]) -> None:
    told = tuple(OnCall(channel=Channel(channel), to=to, wait=wait) for channel, to, wait in contacts)
    world.lakeside(on_call=told)


@pytest.fixture
def world() -> Iterator[World]:
    with a_world() as world:
        on_call(world, ("sms", MIA, 300), ("voice", NED, 300))
        world.phones |= {"mia": MIA, "ned": NED}
        yield world


def needs_a_person(world: World) -> AlertRecord:
    """A shift that nobody qualifies for."""
    return needs_a_person_with(world)


def needs_a_person_with(world: World, role: str = "RN") -> AlertRecord:
    world.shift(role=role)
    world.desk.fan_out("early")
    world.later(1)
    [alert] = world.desk.alerts().items
    return alert


def heard(world: World, name: str) -> list[tuple[str, str]]:
    return [(str(one.channel), one.body) for one in world.sent(name) if one.state == "sent"]


def test_an_alert_is_texted_to_the_first_on_call_with_the_word_that_acknowledges_it(world):
    # when
    alert = needs_a_person(world)
    # then
    [(channel, text)] = heard(world, "mia")
    assert channel == "sms"
    assert text.startswith("Lakeside: ")
    assert text.endswith(f"Reply OK A{alert.id} if you see to it.")
    assert heard(world, "ned") == []


def test_the_next_is_told_when_nobody_acknowledges_in_time(world):
    # given
    needs_a_person(world)
    # when
    world.later(299)
    before = heard(world, "ned")
    world.later(2)
    # then
    assert before == []
    [(channel, speech)] = heard(world, "ned")
    assert channel == "voice"
    assert speech.endswith("Press 1 if you see to it.")


def test_everybody_is_told_three_times_and_then_nobody_any_more(world):
    # given
    needs_a_person(world)
    # when
    for _ in range(20):
        world.later(301)
    # then
    assert (len(heard(world, "mia")), len(heard(world, "ned"))) == (3, 3)
    assert world.desk.alerts(open=True).items[0].next_call_at is None


@pytest.mark.parametrize("text", ["OK A{}", "a{}", "ok", "Got it"])
def test_a_reply_acknowledges_and_nobody_else_is_told(world, text):
    # given
    alert = needs_a_person(world)
    # when
    answer = world.says("mia", text.format(alert.id))
    # then
    assert answer.status is Status.ACKNOWLEDGED
    world.later(3600)
    assert heard(world, "ned") == []
    [after] = world.desk.alerts().items
    assert (after.acknowledged_by, after.closed_at) == ("on_call:**********01", None)


def test_the_key_1_acknowledges_in_a_call(world):
    # given
    carrier = world.desk.carrier
    assert isinstance(carrier, Simulator)
    carrier.phone(NED).presses("1")
    needs_a_person(world)
    # when
    world.later(301)
    assert carrier.settle(timeout=PATIENCE)
    # then
    [alert] = world.desk.alerts().items
    assert alert.acknowledged_by == "on_call:**********02"


def test_a_word_that_names_an_alert_told_to_somebody_else_is_read_as_any_text(world):
    # given
    alert = needs_a_person(world)
    world.caregivers("alma", role="LPN")
    # when
    world.says("alma", f"OK A{alert.id}")
    # then
    assert [one.acknowledged_at for one in world.desk.alerts().items if one.id == alert.id] == [None]
    assert world.purposes("alma") == ["notice"]
    assert "needs_reading" in world.alerts()


@pytest.mark.parametrize("words", ["Sí a {}", "yes a {}"])
def test_a_yes_to_an_offer_is_no_word_about_an_alert_that_was_never_told(world, words):
    # given
    world.asked("alma")
    # when
    answer = world.says("alma", words.format(world.code("alma")))
    # then
    assert answer.status in {Status.SUCCESS, Status.CLARIFY}
    assert world.purposes("alma")[1:] in (["confirmation"], ["question"])


@pytest.mark.parametrize("text", ["ok", "OK A{}"])
def test_a_word_that_is_delivered_again_acknowledges_nothing_that_was_told_since(world, text):
    # given
    world.asked("alma")
    world.says("alma", "yes")
    world.says("alma", "please call me, it is about the dog")
    world.later(1)
    [alert] = world.desk.alerts(open=True).items
    first = world.says("mia", text.format(alert.id), message_id="SM1")
    world.says("alma", "please call me, it is about the door")
    world.later(1)
    # when
    again = world.says("mia", text.format(alert.id), message_id="SM1")
    # then
    assert again == first
    assert world.desk.alerts(open=True).items[0].acknowledged_at is None


def test_a_bare_word_that_was_written_before_the_alert_was_told_does_not_mean_it(world):
    # given
    written = world.clock.now()
    world.later(60)
    needs_a_person(world)
    # when
    with pytest.raises(UnknownPhone):
        world.desk.receive(InboundMessage(from_phone=MIA, body="ok", timestamp=written))
    # then
    assert {one.acknowledged_at for one in world.desk.alerts().items} == {None}


def test_a_bare_yes_of_whoever_is_on_call_and_is_offered_a_shift_too_is_asked_about(world):
    # given
    world.asked("alma")
    on_call(world, ("sms", world.phones["alma"], 300))
    world.shift("other", role="LPN", starts_in=20)
    world.desk.fan_out("other")
    world.later(1)
    # when
    answer = world.says("alma", "yes")
    # then
    assert answer.status is Status.CLARIFY
    assert world.record().claimed_by is None
    assert world.desk.alerts().items[0].acknowledged_at is None


def test_an_acknowledgement_is_kept_among_the_messages(world):
    # given
    alert = needs_a_person(world)
    # when
    world.says("mia", f"OK A{alert.id}")
    # then
    [kept] = [one for one in world.desk.messages(phone=MIA).items if one.direction == "in"]
    assert (kept.body, kept.reading["reason"]) == (f"OK A{alert.id}", "They see to an alert.")


def test_who_acknowledges_first_is_kept(world):
    # given
    alert = needs_a_person(world)
    # when
    first = world.desk.acknowledge_alert(alert.id, by="Pat")
    second = world.says("mia", f"OK A{alert.id}")
    # then
    assert first is not None and first.acknowledged_by == "Pat"
    assert second.message == f"A{alert.id} is seen to already."
    assert world.desk.alerts().items[0].acknowledged_by == "Pat"
    assert world.desk.acknowledge_alert(999) is None


def test_what_waits_to_be_said_is_not_said_once_somebody_sees_to_it():
    # given
    clock = ManualClock(FIVE_AM)
    carrier = Simulator(clock, faults=FaultPlan(refuse=1.0))
    with a_world(carrier=carrier) as world:
        on_call(world, ("sms", MIA, 300))
        world.phones |= {"mia": MIA}
        alert = needs_a_person(world)
        # when
        world.desk.acknowledge_alert(alert.id)
        world.later(60)
        # then
        assert [one.state for one in world.sent("mia")] == ["dropped"]


def test_what_somebody_writes_after_it_was_acknowledged_is_told_anew(world):
    # given
    world.asked("alma")
    world.says("alma", "yes")
    world.says("alma", "please call me, it is about the dog")
    world.later(1)
    [alert] = [one for one in world.desk.alerts().items if one.caregiver_id == "alma"]
    world.desk.acknowledge_alert(alert.id)
    before = len(heard(world, "mia"))
    # when
    world.says("alma", "please call me, it is about the door")
    world.later(1)
    # then
    again = world.desk.alerts().items[0]
    assert (again.id, again.count, again.acknowledged_at) == (alert.id, 2, None)
    assert len(heard(world, "mia")) == before + 1
    assert world.says("mia", "ok").status is Status.ACKNOWLEDGED


@pytest.mark.fault(29)
def test_whoever_opted_out_is_told_nothing_and_the_next_is_told_at_once(world):
    # given
    needs_a_person(world)
    with pytest.raises(UnknownPhone):
        world.says("mia", "STOP")
    world.later(1)
    for alert in world.desk.alerts().items:
        world.desk.acknowledge_alert(alert.id)
    before = len(heard(world, "ned"))
    # when
    world.shift("late", starts_in=20)
    world.desk.fan_out("late")
    world.later(1)
    world.later(1)
    # then
    assert len(heard(world, "mia")) == 1
    assert len(heard(world, "ned")) == before + 1


def test_a_shift_that_a_caregiver_took_is_told_to_the_first_on_call_and_asks_nothing(world):
    # given
    world.asked("alma")
    # when
    world.says("alma", "yes")
    # then
    assert heard(world, "mia") == [("sms", "Lakeside: Filled: alma has RN Tue Jul 16 7am-3pm.")]
    assert world.desk.alerts().items == ()


def test_a_shift_that_the_coordinator_gave_to_somebody_is_no_news(world):
    # given
    world.asked("alma")
    # when
    world.desk.assign("early", "alma")
    # then
    assert heard(world, "mia") == []


def test_a_caregiver_can_be_on_call_and_still_answers_offers_by_their_codes(world):
    # given
    world.caregivers("alma")
    on_call(world, ("sms", world.phones["alma"], 300))
    alert = needs_a_person_with(world, role="LPN")
    world.offered("late", starts_in=20)
    # when
    seen = world.says("alma", f"OK A{alert.id}")
    taken = world.says("alma", f"yes {world.code('alma', 'late')}")
    # then
    assert (seen.status, taken.status) == (Status.ACKNOWLEDGED, Status.SUCCESS)


def test_a_phone_that_nobody_has_is_told_where_there_is_one_organization(world):
    # when
    with pytest.raises(UnknownPhone):
        world.desk.receive(InboundMessage(from_phone="+13125550777", body="hello"))
    world.later(1)
    # then
    [(_, text)] = heard(world, "mia")
    assert text.startswith("Lakeside: Somebody wrote from")


def test_a_phone_that_nobody_has_is_told_to_nobody_where_it_may_be_another_organization_s(world):
    # given
    world.desk.put_organizations([Organization(id="harbor")])
    # when
    with pytest.raises(UnknownPhone):
        world.desk.receive(InboundMessage(from_phone="+13125550777", body="hello"))
    world.later(1)
    # then
    assert heard(world, "mia") == []


def test_a_restart_goes_on_where_it_was(tmp_path: Path):
    # given
    store = f"sqlite:///{tmp_path}/firstyes.db"
    with a_world(store) as world:
        on_call(world, ("sms", MIA, 300), ("voice", NED, 300))
        needs_a_person(world)
    # when
    with a_world(store, at=FIVE_AM) as world:
        on_call(world, ("sms", MIA, 300), ("voice", NED, 300))
        world.phones |= {"mia": MIA, "ned": NED}
        world.later(300)
        early = len(heard(world, "ned"))
        world.later(2)
        # then
        assert (early, len(heard(world, "mia")), len(heard(world, "ned"))) == (0, 1, 1)


def test_who_acknowledged_is_kept_when_the_tables_are_made_anew(tmp_path: Path):
    # given
    store = f"sqlite:///{tmp_path}/firstyes.db"
    with a_world(store) as world:
        on_call(world, ("sms", MIA, 300))
        world.phones |= {"mia": MIA}
        needs_a_person(world)
        world.says("mia", "ok")
    # when
    found = diagnose(DatabaseFile.at(store))
    # then
    assert found.sound, found.faults
