"""Breakages of what people are told, of how messages go out, and of the house."""

from dataclasses import replace
from typing import Any

from firstyes.actors.carriers.port import Recovery
from firstyes.actors.carriers.simulator import SIMULATOR
from firstyes.actors.journal import deliveries, transaction
from firstyes.actors.journal.queries import outbox as outbox_readings
from firstyes.actors.journal.queries.actors import QueriesForActors
from firstyes.actors.journal.transaction import Transaction
from firstyes.actors.outbox import due_messages, outbox_actor
from firstyes.actors.outbox import plan as outbox_plan
from firstyes.actors.outbox.hand_over import Job, Outcome, hand_over
from firstyes.actors.runtime.envelope import Envelope
from firstyes.actors.shift_people import ShiftPeople
from firstyes.actors.stream_actor import StreamActor
from firstyes.actors.supervisor import Supervisor
from firstyes.actors.tasks import KeepTime, ShiftTask
from firstyes.domain import sending, wording
from firstyes.domain.answer import Answer, Status
from firstyes.domain.conversation import decide as conversation_decide
from firstyes.domain.conversation.state import Note
from firstyes.domain.decision import Decision
from firstyes.domain.policy import Channel
from firstyes.domain.shift import claiming, fan_out, posting
from firstyes.domain.shift import decide as shift_decide
from firstyes.domain.shift.commands import DeclineOffer, MeetDeadline
from simulation import stepped_carrier
from simulation.violation import Rule

from .breaking import patched, violates


def _wanted(**facts: Any) -> tuple[Any, str, Any]:
    """Let every message that waits look as if these were the facts."""
    honest = sending.why_unwanted

    def why_unwanted(message: Any, *, carrier_confirms: bool) -> Any:
        return honest(replace(message, **facts), carrier_confirms=carrier_confirms)

    return due_messages, "why_unwanted", why_unwanted


def _everybody_available() -> tuple[Any, str, Any]:
    return QueriesForActors, "unavailable", lambda self, shift_id, fanout: frozenset()


@violates(Rule.YOURS)
def everybody_congratulated() -> Any:
    """Who comes too late is told to have the shift."""
    return patched(
        (wording, "too_late", lambda what, outcome, language, **_: wording.confirmation(what, language))
    )


@violates(Rule.TOLD)
def late_yes_unanswered() -> Any:
    """A late yes is noted, and nobody is told anything."""
    honest = claiming._answer_late_yes

    def late(*more: Any) -> Any:
        decision = honest(*more)
        return Decision(decision.answer, decision.events)

    return patched((claiming, "_answer_late_yes", late))


@violates(Rule.TOLD_ONCE)
def told_twice() -> Any:
    """It is not remembered that a late yes was answered."""
    honest = claiming._answer_late_yes

    def late(state: Any, mine: Any, command: Any) -> Any:
        return honest(state, replace(mine, told=None), command)

    return patched((claiming, "_answer_late_yes", late))


@violates(Rule.CALLED_OFF)
def withdrawal_missing() -> Any:
    """Nobody is told that a shift was called off."""
    return patched((posting, "withdrawals", lambda state, at, most: ((), None)))


@violates(Rule.OFFERED_ONCE)
def round_repeated() -> Any:
    """The first round is gone through again and again."""
    honest = fan_out.next_round

    def next_round(state: Any, *more: Any, **named: Any) -> Any:
        return honest(replace(state, round=state.round - 1), *more, **named)

    return patched((fan_out, "next_round", next_round))


@violates(Rule.CLOSED)
def offers_after_the_close() -> Any:
    """Offers planned before a claim go out after it."""
    return patched(_wanted(live=True))


@violates(Rule.BEGUN)
def offers_after_the_beginning() -> Any:
    """Offers that waited while the service was down go out although their shift has begun."""
    due = outbox_readings.DUE.replace(" AND offers.open_until > ?3", "")
    return patched((outbox_readings, "DUE", due))


@violates(Rule.DECLINED)
def declined_are_called() -> Any:
    """Who said no is in the next round all the same."""
    honest = fan_out.meet_deadline

    def meet_deadline(state: Any, command: Any) -> Any:
        offers = state.offers
        for name, one in list(offers.items()):
            offers = offers.insert(name, replace(one, declined_at=None))
        return honest(replace(state, offers=offers), command)

    return patched((shift_decide.DECIDERS, MeetDeadline, meet_deadline))


@violates(Rule.INACTIVE)
def inactive_are_offered() -> Any:
    """Nobody looks whether who is texted or called still works here."""
    return patched(_wanted(active=True), _everybody_available())


@violates(Rule.OPTED_OUT)
def opt_out_forgotten() -> Any:
    """Messages planned before a STOP, and calls, go out all the same."""
    return patched(_wanted(opted_out=False), _everybody_available())


@violates(Rule.OPTED_OUT)
def opt_out_forgotten_on_calls() -> Any:
    """STOP ends texts, and the phone rings all the same."""
    honest = sending.why_unwanted

    def why_unwanted(message: Any, *, carrier_confirms: bool) -> Any:
        if message.channel is Channel.VOICE:
            message = replace(message, opted_out=False)
        return honest(message, carrier_confirms=carrier_confirms)

    return patched((due_messages, "why_unwanted", why_unwanted), _everybody_available())


@violates(Rule.DOUBTED)
def doubt_forgotten() -> Any:
    """Somebody says that it is a wrong number, and it is texted and called all the same."""
    return patched(_wanted(in_doubt=False))


@violates(Rule.NOT_CALLED)
def called_all_the_same() -> Any:
    """Somebody wants texts and no calls, and the phone rings."""
    return patched(_wanted(no_calls=False))


@violates(Rule.BUSY)
def busy_forgotten() -> Any:
    """Somebody is busy until seven, and is offered shifts all the same."""
    return patched((due_messages, "put_off_until", lambda message, at: None))


@violates(Rule.MOVED)
def former_phone_called() -> Any:
    """Somebody has another phone, and the old one is told."""
    return patched(_wanted(moved=False), (ShiftPeople, "_moved", lambda self, _: []))


@violates(Rule.TRUE_WHEN_SENT)
def confirmed_after_the_claim() -> Any:
    """What waited is sent although it is true no longer."""
    return patched(_wanted(held_since=True, holds=False))


@violates(Rule.IN_ORDER)
def order_not_kept() -> Any:
    """A text does not wait for those before it about the same shift."""
    due = outbox_readings.DUE.replace(f"AND NOT {outbox_readings.BEHIND}", "")
    return patched((outbox_readings, "DUE", due))


@violates(Rule.NOT_TOLD)
def nobody_called_instead() -> Any:
    """A confirmation is lost, and no person hears of it."""
    return patched((deliveries, "must_be_told", lambda row: False))


@violates(Rule.HEARD)
def passed_on_to_nobody() -> Any:
    """What asks for nothing that we know is noted, and that is all."""
    honest = conversation_decide._note

    def note(state: Any, command: Any) -> Any:
        return honest(state, command.model_copy(update={"thanks": True}))

    return patched((conversation_decide.DECIDERS, Note, note))


@violates(Rule.AS_WRITTEN)
def sent_to_the_wrong_phone() -> Any:
    """Each message goes to the phone of the one before."""
    honest, last = outbox_plan.outbound_of, ["+13125550199"]

    def outbound(row: Any, since: Any) -> Any:
        last.append(row.to_phone)
        return replace(honest(row, since), to_phone=last.pop(0))

    return patched((due_messages, "outbound_of", outbound))


@violates(Rule.AS_WRITTEN)
def a_line_is_lost() -> Any:
    """Of several offers in one text the last is left out."""
    return patched((outbox_plan, "several_offers", lambda offers: wording.several_offers(offers[:-1])))


@violates(Rule.SENT_ONCE)
def unknown_resent_blindly() -> Any:
    """What may have been sent is sent again, without asking."""
    careless = replace(SIMULATOR, recovery=Recovery.RESEND)
    return patched((stepped_carrier, "SIMULATOR", careless))


@violates(Rule.SENT)
def sent_before_the_carrier_has_it() -> Any:
    """A message counts as sent when it is handed over, whatever comes of it."""

    def send(carrier: Any, job: Job, crash_point: Any) -> Any:
        result = hand_over(carrier, job, crash_point)
        return replace(result, outcome=Outcome.TAKEN)

    return patched((outbox_actor, "hand_over", send))


@violates(Rule.DELIVERY)
def dropped_messages_rise() -> Any:
    """A start takes up what had been dropped."""
    statement = "UPDATE outbox SET state = 'unknown' WHERE state IN ('sending', 'dropped') AND channel = ?"
    return patched((transaction, "INTERRUPT", statement))


@violates(Rule.ENDS)
def sending_for_ever() -> Any:
    """A start does not look at what a crash left half sent."""
    return patched((transaction, "INTERRUPT", "UPDATE outbox SET state = state WHERE false AND channel = ?"))


@violates(Rule.ACKNOWLEDGED)
def answer_before_commit() -> Any:
    """The asker is answered as soon as it is decided, before it is on disk."""

    def on_receive(self: Any, message: Any) -> None:
        answer = self.carry_out(message.message)
        if message.reply is not None:
            message.reply.set_result(answer)

    return patched((StreamActor, "on_receive", on_receive))


@violates(Rule.SAME_ANSWER)
def second_delivery_answered_otherwise() -> Any:
    """A message that was heard before is answered in another way."""
    honest = Transaction.heard

    def heard(self: Any, inbound: Any) -> Any:
        before = honest(self, inbound)
        return before and Answer(status=Status.ACKNOWLEDGED, message="Thank you, noted.")

    return patched((Transaction, "heard", heard))


@violates(Rule.NO_FAILURE)
def inbox_not_checked() -> Any:
    """A message delivered twice is taken twice."""
    return patched((Transaction, "heard", lambda self, inbound: None))


@violates(Rule.NO_FAILURE)
def no_one_can_say_no() -> Any:
    """A no kills the actor that hears it."""

    def decline(_: Any, command: Any) -> Any:
        raise KeyError(command.caregiver_id)

    return patched((shift_decide.DECIDERS, DeclineOffer, decline))


@violates(Rule.REST)
def deadline_met_without_end() -> Any:
    """A shift that has kept time is told to keep time."""
    honest = Supervisor._time_kept

    def time_kept(self: Any, shift_id: str, *, done: bool) -> None:
        honest(self, shift_id, done=done)
        self._forward(Envelope(ShiftTask(shift_id, KeepTime())))

    return patched((Supervisor, "_time_kept", time_kept))


MUTANTS = (
    everybody_congratulated, late_yes_unanswered, told_twice, withdrawal_missing, round_repeated,
    offers_after_the_close, offers_after_the_beginning, declined_are_called, inactive_are_offered,
    opt_out_forgotten, opt_out_forgotten_on_calls, sent_to_the_wrong_phone, a_line_is_lost, unknown_resent_blindly,
    sent_before_the_carrier_has_it, dropped_messages_rise, sending_for_ever, answer_before_commit,
    doubt_forgotten, called_all_the_same, busy_forgotten, former_phone_called, confirmed_after_the_claim, order_not_kept,
    nobody_called_instead, passed_on_to_nobody, second_delivery_answered_otherwise, inbox_not_checked, no_one_can_say_no, deadline_met_without_end,
)  # fmt: skip
