"""What every carrier does, whoever is behind it: tests to inherit."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from ..actors.carriers.fault_plan import NO_FAULTS, FaultPlan
from ..actors.carriers.port import (
    Carrier,
    OutboundMessage,
    OutcomeUnknown,
    PermanentFailure,
    Recovery,
    SendFailed,
    TransientFailure,
)
from ..actors.desk.arguments import read_carrier
from ..domain.policy import Channel


def send(carrier: Carrier, outbound: OutboundMessage) -> str:
    """Send a outbound as its channel wants."""
    return carrier.place_call(outbound) if outbound.channel is Channel.VOICE else carrier.send_text(outbound)


def a_parcel(
    key: str = "1",
    channel: Channel = Channel.SMS,
    *,
    to: str = "+13125550104",
    body: str = "Open shift. Reply YES 27 to take it, NO 27 to pass.",
) -> OutboundMessage:
    """Give a outbound."""
    return OutboundMessage(key=key, channel=channel, to_phone=to, from_phone="+13125550000", body=body)


class CarrierContract:
    """Inherit from it in a class whose name begins with `Test`, say how your carrier is made and what arrived, and let
    pytest run it.

    A carrier that speaks to a server is tried against a fake one. If that can fail on purpose, override `fail` too;
    without it the tests of failures are skipped. What a carrier does not promise is skipped: a channel it has not, a
    look-up where it recovers otherwise.
    """

    takes_a_key_once = True
    """Say False of a carrier that takes the same message again: then only a look-up keeps it from being sent twice."""

    def make_carrier(self) -> Carrier:
        """Make a carrier to be tried; each test has its own."""
        raise NotImplementedError("say how your carrier is made")

    def arrived(self, phone: str, channel: Channel) -> list[str]:
        """Give the bodies of the texts or calls that arrived at a phone, oldest first."""
        raise NotImplementedError("say what arrived at a phone")

    def fail(self, plan: FaultPlan) -> None:
        """Have everything that is sent from now on go as the plan says."""
        pytest.skip("nothing makes this carrier fail")

    @pytest.fixture
    def carrier(self) -> Iterator[Carrier]:
        """Give the carrier of one test."""
        carrier = self.make_carrier()
        yield carrier
        carrier.close()

    @pytest.fixture(params=[Channel.SMS, Channel.VOICE])
    def channel(self, request: pytest.FixtureRequest, carrier: Carrier) -> Channel:
        """Give each channel the carrier has."""
        channel: Channel = request.param
        _needs(carrier, channel)
        return channel

    def test_it_is_what_a_desk_takes(self, carrier: Carrier) -> None:
        """It has every method, and says what it can do."""
        assert read_carrier(carrier) is carrier
        assert carrier.capabilities.channels <= set(Channel)

    def test_a_message_arrives_and_has_an_id(self, carrier: Carrier, channel: Channel) -> None:
        """On every channel."""
        outbound = a_parcel(channel=channel)
        assert send(carrier, outbound)
        assert self.arrived(outbound.to_phone, channel) == [outbound.body]

    def test_two_messages_have_two_ids(self, carrier: Carrier, channel: Channel) -> None:
        """By which a call is ended and a delivery is known."""
        assert send(carrier, a_parcel("1", channel)) != send(carrier, a_parcel("2", channel))

    def test_a_text_and_a_call_are_two_things(self, carrier: Carrier) -> None:
        """A text does not ring, and a call is not read."""
        _needs(carrier, Channel.SMS, Channel.VOICE)
        # given
        text, call = a_parcel("1", Channel.SMS), a_parcel("2", Channel.VOICE)
        # when
        ids = {send(carrier, text), send(carrier, call)}
        # then
        assert len(ids) == 2
        assert len(self.arrived(text.to_phone, Channel.SMS)) == 1
        assert len(self.arrived(text.to_phone, Channel.VOICE)) == 1

    def test_the_same_key_again_is_the_same_message(self, carrier: Carrier, channel: Channel) -> None:
        """For carriers whose messages are sent again in doubt."""
        self._takes_a_key_once(carrier)
        # given
        outbound = a_parcel(channel=channel)
        first = send(carrier, outbound)
        # when
        again = send(carrier, outbound)
        # then
        assert again == first
        assert len(self.arrived(outbound.to_phone, channel)) == 1

    def test_being_busy_is_a_transient_failure_and_nothing_was_taken(
        self, carrier: Carrier, channel: Channel
    ) -> None:
        """What is sent again then arrives once."""
        # given
        outbound = a_parcel(channel=channel)
        self.fail(FaultPlan(refuse_first=1))
        # when
        with pytest.raises(TransientFailure):
            send(carrier, outbound)
        # then
        assert self.arrived(outbound.to_phone, channel) == []
        assert send(carrier, outbound)
        assert len(self.arrived(outbound.to_phone, channel)) == 1

    def test_a_number_that_cannot_be_reached_is_a_permanent_failure(
        self, carrier: Carrier, channel: Channel
    ) -> None:
        """It is not tried again."""
        # given
        outbound = a_parcel(channel=channel)
        self.fail(FaultPlan(dead_numbers=frozenset({outbound.to_phone})))
        # then
        with pytest.raises(PermanentFailure):
            send(carrier, outbound)
        assert self.arrived(outbound.to_phone, channel) == []

    def test_a_lost_answer_leaves_it_open_and_the_message_can_be_found(
        self, carrier: Carrier, channel: Channel
    ) -> None:
        """It was taken, and nobody heard so."""
        # given
        outbound = a_parcel(channel=channel)
        self.fail(FaultPlan(lose_after=1.0))
        # when
        with pytest.raises(OutcomeUnknown):
            send(carrier, outbound)
        # then
        self.fail(NO_FAULTS)
        if carrier.capabilities.recovery is Recovery.LOOK_UP:
            assert carrier.look_up(outbound) is not None
        assert len(self.arrived(outbound.to_phone, channel)) == 1

    def test_a_lost_message_leaves_it_open_and_is_not_found(self, carrier: Carrier, channel: Channel) -> None:
        """It was not taken, and nobody heard so."""
        # given
        outbound = a_parcel(channel=channel)
        self.fail(FaultPlan(lose_before=1.0))
        # when
        with pytest.raises(OutcomeUnknown):
            send(carrier, outbound)
        # then
        self.fail(NO_FAULTS)
        if carrier.capabilities.recovery is Recovery.LOOK_UP:
            assert carrier.look_up(outbound) is None
        assert self.arrived(outbound.to_phone, channel) == []

    def test_looking_up_gives_the_id_that_sending_gave(self, carrier: Carrier, channel: Channel) -> None:
        """And None for a key that was never sent."""
        _looks_up(carrier)
        outbound = a_parcel(channel=channel)
        assert carrier.look_up(outbound) is None
        carrier_id = send(carrier, outbound)
        assert carrier.look_up(outbound) == carrier_id
        assert carrier.look_up(a_parcel("another", channel)) is None

    def test_a_carrier_that_is_down_does_not_say_that_it_has_nothing(self, carrier: Carrier) -> None:
        """That would have the message sent twice."""
        _looks_up(carrier)
        outbound = a_parcel(channel=next(iter(sorted(carrier.capabilities.channels))))
        send(carrier, outbound)
        self.fail(FaultPlan(down=True))
        with pytest.raises(SendFailed):
            carrier.look_up(outbound)

    def test_a_call_that_rings_can_be_ended_once(self, carrier: Carrier) -> None:
        """The second time it is too late."""
        _needs(carrier, Channel.VOICE)
        carrier_id = send(carrier, a_parcel(channel=Channel.VOICE))
        assert carrier.cancel(carrier_id)
        assert not carrier.cancel(carrier_id)

    def test_what_nobody_sent_cannot_be_ended(self, carrier: Carrier) -> None:
        """It is too late for it, and no error."""
        assert not carrier.cancel("nobody-sent-this")

    def test_many_threads_may_send_at_once(self, carrier: Carrier, channel: Channel) -> None:
        """As the sender threads do."""
        # given
        outbound = [a_parcel(str(number), channel, to=f"+1312555{number:04}") for number in range(200)]
        # when
        with ThreadPoolExecutor(16) as threads:
            ids = list(threads.map(lambda outbound: send(carrier, outbound), outbound))
        # then
        assert len(set(ids)) == 200
        assert all(len(self.arrived(outbound.to_phone, channel)) == 1 for outbound in outbound)

    def test_many_threads_that_send_one_key_send_one_message(
        self, carrier: Carrier, channel: Channel
    ) -> None:
        """Whoever is first."""
        self._takes_a_key_once(carrier)
        outbound = a_parcel(channel=channel)
        with ThreadPoolExecutor(16) as threads:
            ids = set(threads.map(lambda _: send(carrier, outbound), range(64)))
        assert len(ids) == 1
        assert len(self.arrived(outbound.to_phone, channel)) == 1

    def test_a_message_of_many_characters_arrives_as_it_was(self, carrier: Carrier) -> None:
        """In several segments, and outside of ASCII."""
        _needs(carrier, Channel.SMS)
        outbound = replace(a_parcel(), body="¿Señor? " * 60)
        send(carrier, outbound)
        assert self.arrived(outbound.to_phone, Channel.SMS) == [outbound.body]

    def _takes_a_key_once(self, carrier: Carrier) -> None:
        if carrier.capabilities.recovery is Recovery.LEAVE or not self.takes_a_key_once:
            pytest.skip("this carrier makes no such promise")

    def test_closing_twice_is_harmless(self, carrier: Carrier) -> None:
        """The fixture closes it a third time."""
        carrier.close()
        carrier.close()


def _needs(carrier: Carrier, *channels: Channel) -> None:
    if not carrier.capabilities.channels.issuperset(channels):
        pytest.skip(f"this carrier has no {' and '.join(channels)}")


def _looks_up(carrier: Carrier) -> None:
    if carrier.capabilities.recovery is not Recovery.LOOK_UP:
        pytest.skip("this carrier cannot be asked")
