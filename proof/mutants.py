"""Deliberate breakages of the real code, each of which the simulator must find."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from firstyes.actors import outbox, shift_actor, stream_actor
from firstyes.actors.carriers.port import Recovery
from firstyes.actors.carriers.simulator import SIMULATOR
from firstyes.actors.deadlines import Deadlines
from firstyes.actors.envelope import Envelope
from firstyes.actors.hand_over import Job, Outcome, hand_over
from firstyes.actors.journal import deliveries, reservations, sqlite_journal
from firstyes.actors.journal.settlement import Settlement
from firstyes.domain import claiming, fan_out, posting, sending, shift_decide
from firstyes.domain.decision import Decision
from firstyes.domain.shift import ShiftStatus
from firstyes.simulation import stepped_carrier, stepped_lane


@contextmanager
def patched(*places: tuple[Any, str, Any]) -> Iterator[None]:
    """Replace attributes for a while."""
    before = [(owner, name, owner.__dict__[name]) for owner, name, _ in places]
    for owner, name, value in places:
        setattr(owner, name, value)
    try:
        yield
    finally:
        for owner, name, value in before:
            setattr(owner, name, value)


def claim_whoever_comes() -> Any:
    """A yes wins although the shift is taken."""
    honest = claiming.accept

    def accept(state: Any, command: Any) -> Any:
        return honest(replace(state, status=ShiftStatus.OFFERING), command)

    return patched((shift_decide, "accept", accept))


def answer_before_commit() -> Any:
    """The asker is answered, and only then is anything written."""
    honest = stream_actor.StreamActor.on_receive

    def on_receive(self: Any, message: Any) -> None:
        if isinstance(message, Envelope) and message.reply and getattr(message.message, "inbound", None):
            command = self.command(self.state, message.message)
            message.reply.set_result(self.decide(self.state, command).answer)
        honest(self, message)

    return patched((stream_actor.StreamActor, "on_receive", on_receive))


def timers_in_memory_only() -> Any:
    """A start restores no deadline."""
    honest = Deadlines.__init__
    return patched((Deadlines, "__init__", lambda self, stored=(), window=32: honest(self, (), window)))


def status_moves_backwards() -> Any:
    """Asked again, a cancelled shift is called off again."""
    honest = posting.cancel

    def cancel(state: Any, command: Any) -> Any:
        return honest(replace(state, status=ShiftStatus.PENDING), command)

    return patched((shift_decide, "cancel", cancel))


def code_reused_at_once() -> Any:
    """Every offer has the first code there is."""

    def give(cursor: Any, key: int, fanout: int, new: dict[str, int], starts: int, _: int) -> dict[str, str]:
        codes = dict.fromkeys(new, "27")
        rows = [[key, fanout, who, contact, "27", starts] for who, contact in new.items()]
        reservations.INSERT_OFFERS.write(cursor, rows)
        return codes

    return patched((reservations, "_give", give))


def opt_out_forgotten() -> Any:
    """Messages planned before a STOP, and calls, go out all the same."""
    honest = sending.why_unwanted

    def why_unwanted(message: Any, *, carrier_confirms: bool) -> Any:
        return honest(replace(message, opted_out=False), carrier_confirms=carrier_confirms)

    return patched(
        (outbox, "why_unwanted", why_unwanted),
        (sqlite_journal.SqliteJournal, "unavailable", lambda self, shift_id, fanout: frozenset()),
    )


def inbox_not_checked() -> Any:
    """A message delivered twice is taken twice."""
    honest = Settlement.refusal

    def refusal(self: Any, append: Any) -> Any:
        self._seen.clear()
        return honest(self, append)

    return patched((Settlement, "refusal", refusal))


def overlap_not_checked() -> Any:
    """Somebody may hold two shifts at once."""
    return patched((Settlement, "_overlapping", lambda self, append, caregiver_id, shift: None))


def declined_are_called() -> Any:
    """Who said no is in the next round all the same."""
    honest = fan_out.meet_deadline

    def meet_deadline(state: Any, command: Any) -> Any:
        offers = state.offers
        for name, one in list(offers.items()):
            offers = offers.insert(name, replace(one, declined=False))
        return honest(replace(state, offers=offers), command)

    return patched((shift_decide, "meet_deadline", meet_deadline))


def sent_before_the_carrier_has_it() -> Any:
    """A message counts as sent when it is handed over, whatever comes of it."""

    def send(carrier: Any, job: Job, crash_point: Any) -> Any:
        result = hand_over(carrier, job, crash_point)
        return replace(result, outcome=Outcome.TAKEN)

    return patched((stepped_lane, "hand_over", send))


def withdrawal_missing() -> Any:
    """Nobody is told that a shift was called off."""
    return patched((posting, "_withdrawals", lambda state, shift: ()))


def told_twice() -> Any:
    """It is not remembered that a late yes was answered."""
    honest = claiming._answer_late_yes

    def late(state: Any, shift: Any, mine: Any, command: Any) -> Any:
        return honest(state, shift, replace(mine, told=False), command)

    return patched((claiming, "_answer_late_yes", late))


def fan_out_not_idempotent() -> Any:
    """A second request starts a second fan-out."""
    return patched(
        (fan_out, "refuse_fan_out", lambda state, at: None),
        (shift_actor, "refuse_fan_out", lambda state, at: None),
    )


def released_offered_again() -> Any:
    """Who gave the shift back is offered it again."""
    honest_open, honest_who = fan_out.open_rounds, fan_out.who_is_offered

    def open_rounds(state: Any, *more: Any) -> Any:
        return honest_open(replace(state, released=frozenset()), *more)

    def who(state: Any, candidates: Any, **_: Any) -> Any:
        return honest_who(replace(state, released=frozenset()), candidates)

    return patched((claiming, "open_rounds", open_rounds), (shift_actor, "who_is_offered", who))


def sending_for_ever() -> Any:
    """A start does not look at what a crash left half sent."""
    return patched(
        (deliveries, "mark_interrupted", None), (sqlite_journal, "mark_interrupted", lambda cursor, _: None)
    )


def unknown_resent_blindly() -> Any:
    """What may have been sent is sent again, without asking."""
    careless = replace(SIMULATOR, recovery=Recovery.RESEND)
    return patched((stepped_carrier, "SIMULATOR", careless))


def deadline_too_early() -> Any:
    """Rounds end at once."""
    honest = fan_out.meet_deadline

    def early(state: Any, command: Any) -> Any:
        return honest(state, command.model_copy(update={"at": command.at + timedelta(minutes=1)}))

    def at_once(self: Any, shift_id: str, at: datetime, expires_at: datetime) -> None:
        honest_set(self, shift_id, at - timedelta(seconds=50), expires_at)

    honest_set = Deadlines.set
    return patched(
        (shift_decide, "meet_deadline", lambda s, c: _back_in_time(early(s, c), c.at)),
        (Deadlines, "set", at_once),
    )


def _back_in_time(decision: Any, at: datetime) -> Any:
    events = tuple(one.model_copy(update={"at": at}) for one in decision.events)
    return Decision(decision.answer, events, decision.messages)


def expired_shift_claimed() -> Any:
    """A yes wins a shift that has begun or was given up."""
    honest = claiming.accept

    def accept(state: Any, command: Any) -> Any:
        if state.status in {ShiftStatus.EXPIRED, ShiftStatus.UNFILLED} and state.shift is not None:
            before = state.shift.start_time - timedelta(seconds=1)
            command = command.model_copy(update={"at": min(command.at, before)})
            return honest(replace(state, status=ShiftStatus.OFFERING), command)
        return honest(state, command)

    return patched((shift_decide, "accept", accept))


def offers_after_the_close() -> Any:
    """Offers planned before a claim go out after it."""
    honest = sending.why_unwanted

    def why_unwanted(message: Any, *, carrier_confirms: bool) -> Any:
        return honest(replace(message, live=True), carrier_confirms=carrier_confirms)

    return patched((outbox, "why_unwanted", why_unwanted))


MUTANTS: tuple[Callable[[], Any], ...] = (
    claim_whoever_comes,
    answer_before_commit,
    timers_in_memory_only,
    status_moves_backwards,
    code_reused_at_once,
    opt_out_forgotten,
    inbox_not_checked,
    overlap_not_checked,
    declined_are_called,
    sent_before_the_carrier_has_it,
    withdrawal_missing,
    told_twice,
    fan_out_not_idempotent,
    released_offered_again,
    sending_for_ever,
    unknown_resent_blindly,
    deadline_too_early,
    expired_shift_claimed,
    offers_after_the_close,
)
