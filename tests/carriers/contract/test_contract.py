"""What every carrier does, whoever is behind it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.port import (
    OutcomeUnknown,
    PermanentFailure,
    Recovery,
    SendFailed,
    TransientFailure,
)
from firstyes.domain.policy import Channel
from support.carriers_on_trial import NO_FAULTS, OnTrial, a_parcel, send


def test_a_message_arrives_and_has_an_id(trial: OnTrial, channel: Channel) -> None:
    parcel = a_parcel(channel=channel)
    assert send(trial.carrier, parcel)
    assert trial.arrived(parcel.to_phone, channel) == [parcel.body]


def test_two_messages_have_two_ids(trial: OnTrial, channel: Channel) -> None:
    assert send(trial.carrier, a_parcel("1", channel)) != send(trial.carrier, a_parcel("2", channel))


def test_a_text_and_a_call_are_two_things(trial: OnTrial) -> None:
    # given
    text, call = a_parcel("1", Channel.SMS), a_parcel("2", Channel.VOICE)
    # when
    ids = {send(trial.carrier, text), send(trial.carrier, call)}
    # then
    assert len(ids) == 2
    assert (
        len(trial.arrived(text.to_phone, Channel.SMS))
        == len(trial.arrived(text.to_phone, Channel.VOICE))
        == 1
    )


def test_the_same_key_again_is_the_same_message(trial: OnTrial, channel: Channel) -> None:
    """For carriers whose messages are sent again in doubt; one that is looked up may do without."""
    if trial.carrier.capabilities.recovery is Recovery.LEAVE:
        pytest.skip("this carrier makes no such promise")
    # given
    parcel = a_parcel(channel=channel)
    first = send(trial.carrier, parcel)
    # when
    again = send(trial.carrier, parcel)
    # then
    assert again == first
    assert len(trial.arrived(parcel.to_phone, channel)) == 1


@pytest.mark.fault(7)
def test_being_busy_is_a_transient_failure_and_nothing_was_taken(trial: OnTrial, channel: Channel) -> None:
    # given
    parcel = a_parcel(channel=channel)
    trial.fail(FaultPlan(refuse_first=1))
    # when
    with pytest.raises(TransientFailure):
        send(trial.carrier, parcel)
    # then
    assert trial.arrived(parcel.to_phone, channel) == []
    assert send(trial.carrier, parcel)
    assert len(trial.arrived(parcel.to_phone, channel)) == 1


def test_a_number_that_cannot_be_reached_is_a_permanent_failure(trial: OnTrial, channel: Channel) -> None:
    # given
    parcel = a_parcel(channel=channel)
    trial.fail(FaultPlan(dead_numbers=frozenset({parcel.to_phone})))
    # then
    with pytest.raises(PermanentFailure):
        send(trial.carrier, parcel)
    assert trial.arrived(parcel.to_phone, channel) == []


@pytest.mark.fault(5)
def test_a_lost_answer_leaves_it_open_and_the_message_can_be_found(trial: OnTrial, channel: Channel) -> None:
    # given
    parcel = a_parcel(channel=channel)
    trial.fail(FaultPlan(lose_after=1.0))
    # when
    with pytest.raises(OutcomeUnknown):
        send(trial.carrier, parcel)
    # then
    trial.fail(NO_FAULTS)
    if trial.carrier.capabilities.recovery is Recovery.LOOK_UP:
        assert trial.carrier.look_up(parcel) is not None
    assert len(trial.arrived(parcel.to_phone, channel)) == 1


@pytest.mark.fault(6)
def test_a_lost_message_leaves_it_open_and_is_not_found(trial: OnTrial, channel: Channel) -> None:
    # given
    parcel = a_parcel(channel=channel)
    trial.fail(FaultPlan(lose_before=1.0))
    # when
    with pytest.raises(OutcomeUnknown):
        send(trial.carrier, parcel)
    # then
    trial.fail(NO_FAULTS)
    if trial.carrier.capabilities.recovery is Recovery.LOOK_UP:
        assert trial.carrier.look_up(parcel) is None
    assert trial.arrived(parcel.to_phone, channel) == []


@pytest.mark.fault(2)
def test_looking_up_gives_the_id_that_sending_gave(trial: OnTrial, channel: Channel) -> None:
    if trial.carrier.capabilities.recovery is not Recovery.LOOK_UP:
        pytest.skip("this carrier cannot be asked")
    parcel = a_parcel(channel=channel)
    assert trial.carrier.look_up(parcel) is None
    carrier_id = send(trial.carrier, parcel)
    assert trial.carrier.look_up(parcel) == carrier_id
    assert trial.carrier.look_up(a_parcel("another", channel)) is None


def test_a_carrier_that_is_down_does_not_say_that_it_has_nothing(trial: OnTrial) -> None:
    if trial.carrier.capabilities.recovery is not Recovery.LOOK_UP:
        pytest.skip("this carrier cannot be asked")
    parcel = a_parcel()
    send(trial.carrier, parcel)
    trial.fail(FaultPlan(down=True))
    with pytest.raises(SendFailed):
        trial.carrier.look_up(parcel)


def test_a_call_that_rings_can_be_ended_once(trial: OnTrial) -> None:
    carrier_id = send(trial.carrier, a_parcel(channel=Channel.VOICE))
    assert trial.carrier.cancel(carrier_id)
    assert not trial.carrier.cancel(carrier_id)


def test_what_nobody_sent_cannot_be_ended(trial: OnTrial) -> None:
    assert not trial.carrier.cancel("nobody-sent-this")


def test_many_threads_may_send_at_once(trial: OnTrial, channel: Channel) -> None:
    # given
    parcels = [a_parcel(str(number), channel, to=f"+1312555{number:04}") for number in range(200)]
    # when
    with ThreadPoolExecutor(16) as threads:
        ids = list(threads.map(lambda parcel: send(trial.carrier, parcel), parcels))
    # then
    assert len(set(ids)) == 200
    assert all(len(trial.arrived(parcel.to_phone, channel)) == 1 for parcel in parcels)


def test_many_threads_that_send_one_key_send_one_message(trial: OnTrial, channel: Channel) -> None:
    if trial.carrier.capabilities.recovery is Recovery.LEAVE:
        pytest.skip("this carrier makes no such promise")
    parcel = a_parcel(channel=channel)
    with ThreadPoolExecutor(16) as threads:
        ids = set(threads.map(lambda _: send(trial.carrier, parcel), range(64)))
    assert len(ids) == 1
    assert len(trial.arrived(parcel.to_phone, channel)) == 1


def test_a_message_of_many_characters_arrives_as_it_was(trial: OnTrial) -> None:
    parcel = replace(a_parcel(), body="¿Señor? " * 60)
    send(trial.carrier, parcel)
    assert trial.arrived(parcel.to_phone, Channel.SMS) == [parcel.body]


def test_closing_twice_is_harmless(trial: OnTrial) -> None:
    trial.carrier.close()
    trial.carrier.close()
