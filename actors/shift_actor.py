"""The actor of one shift: the only hand that changes it, so that two yeses cannot both win."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import reduce
from typing import Any

from ..domain.answer import Answer
from ..domain.decision import Decision
from ..domain.message import Message
from ..domain.shift import commands
from ..domain.shift.decide import decide
from ..domain.shift.events import AnyShiftEvent, OffersAdded, ReachedAhead, ShiftClaimed
from ..domain.shift.fan_out import refuse_fan_out
from ..domain.shift.releasing import refuse_release
from ..domain.shift.shift import ShiftStatus
from ..domain.shift.state import ShiftState, evolve
from .context import ActorContext
from .journal.port import CommitUnknown, Overlap
from .runtime.envelope import Envelope
from .runtime.tell import tell
from .shift_people import ShiftPeople
from .stream_actor import StreamActor
from .tasks import DeadlineSet, Happened, KeepTime, LookAtPeople, LookForNews, ShiftTask, TimeKept, TryAgain

LOOK_AGAIN = timedelta(seconds=5)
"""A shift whose journal could not be used replays after this, to see what was committed."""

GOING_OUT = timedelta(seconds=30)
"""While a round's messages go out, one does at least so often; after that nothing more is waited for."""


class ShiftActor(StreamActor[ShiftState, commands.ShiftCommand, AnyShiftEvent]):
    """Owns one shift. A shell: what follows from a message is decided in `domain/shift/decide.py`.

    If this fails, see `StreamActor`; the supervisor restarts it from the journal, and after three failures within a
    minute sets this one shift aside and calls its coordinator.
    """

    def __init__(self, context: ActorContext, stream: str, shift_id: str) -> None:
        super().__init__(context, stream, decide, evolve)
        self.shift_id = shift_id
        self._waits_for: datetime | None = None

    def replay(self) -> ShiftState:
        """Give the state that the shift's events lead to."""
        return reduce(evolve, self.batch.transaction.shift_events(self.shift_id), ShiftState())

    def knowing(self, command: commands.ShiftCommand, overlap: Overlap) -> commands.ShiftCommand:
        """Decide a claim again, knowing the shift the caregiver holds at that time."""
        assert isinstance(command, commands.AcceptOffer | commands.AssignShift)
        return command.model_copy(update={"held": overlap.held})

    def command(self, state: ShiftState, task: ShiftTask) -> commands.ShiftCommand:
        """Look up what the task needs: whom to offer the shift to, or who cannot be reached any more."""
        now = self.context.clock.now()
        match task.order:
            case commands.StartFanOut() as order:
                outreach = self._outreach(state, now, refuse_fan_out(state, now))
                return order.model_copy(update={"at": now, "outreach": outreach})
            case commands.ReleaseShift() as order:
                outreach = self._outreach(state, now, refuse_release(state, now))
                return order.model_copy(update={"at": now, "outreach": outreach})
            case commands.AssignShift() as order:
                assignee = self._people(state, now).assignee(order.caregiver_id)
                return order.model_copy(update={"at": now, "assignee": assignee})
            case LookAtPeople(by=by):
                if state.goes_on and state.round:
                    # They wait until it has reached everybody: nobody is called twice.
                    return commands.UpdateOffers(at=now, by=by)
                joining, moved, missed = self._people(state, now).joining_moved_and_missed()
                return commands.UpdateOffers(at=now, by=by, joining=joining, moved=moved, missed=missed)
            case KeepTime(by=by, round_failed=round_failed):
                # What the supervisor waited for may be this; `_time_kept` sets the next one.
                self._waits_for = None
                if state.goes_on and state.status is ShiftStatus.OFFERING and not state.round:
                    return commands.MeetDeadline(at=now, by=by, part=self._people(state, now).part())
                unreachable = self._unreachable(state) if round_failed else None
                ends = unreachable is not None or (state.round_ends_at or now) <= now
                return commands.MeetDeadline(
                    at=now,
                    by=by,
                    unavailable=self._unavailable(state),
                    not_reached=self._not_reached(state) if round_failed and not ends else frozenset(),
                    unreachable=unreachable,
                    handed_over_at=self._handed_over_at(state, now),
                    reached=self._reached(state),
                    why_not=self._why_not(state) if ends else (),
                    most=self.context.part,
                )
            case commands.DeclineOffer() as no if state.may_disown(no.caregiver_id, now):
                outreach = self._outreach(state, now)
                return commands.DisownClaim(**no.source, written_at=no.written_at, outreach=outreach)
            case commands.DeclineOffer(calls_off=True) as said if self._releases(state, said):
                outreach = self._outreach(state, now, refuse_release(state, now))
                return commands.ReleaseShift(
                    at=said.at, by=said.by, message_id=said.message_id, outreach=outreach
                )
            case commands.NextRound() as order:
                found = {"unavailable": self._unavailable(state), "reached": self._reached(state)}
                why = self._why_not(state)
                return order.model_copy(update={**found, "why_not": why, "most": self.context.part})
            case commands.CancelShift() as order:
                return order.model_copy(update={"most": self.context.part})
            case command:
                return command

    def _releases(self, state: ShiftState, said: commands.DeclineOffer) -> bool:
        """Whether whoever has the shift says that they cannot come, where that takes them off it."""
        shift = state.shift
        if shift is None or state.claimed_by != said.caregiver_id:
            return False
        organization = self.batch.transaction.organization(shift.organization_id)
        return organization is not None and organization.releases_call_offs

    def _outreach(self, state: ShiftState, now: datetime, refusal: Answer | None = None) -> commands.Outreach:
        """Look up whom to offer the shift to; nobody where that is refused anyhow."""
        return self._people(state, now).outreach(self.context.rounds, possible=refusal is None)

    def _people(self, state: ShiftState, now: datetime) -> ShiftPeople:
        return ShiftPeople(self.batch.transaction, state, now, self.context.part)

    def _reached(self, state: ShiftState) -> bool:
        """Whether anything of the fan-out has gone out; only asked when its last round ends."""
        if state.status is not ShiftStatus.OFFERING or state.round + 1 < len(state.rounds):
            return True
        return self.batch.transaction.went_out(self.shift_id, state.fanout)

    def _unreachable(self, state: ShiftState) -> tuple[int, int] | None:
        """Ask again: since the report, the next round may have begun."""
        if not self.batch.transaction.round_failed(self.shift_id, state.fanout):
            return None
        return state.fanout, state.round

    def _not_reached(self, state: ShiftState) -> frozenset[str]:
        if state.status is not ShiftStatus.OFFERING:
            return frozenset()
        channel = state.rounds[state.round].channel
        return self.batch.transaction.not_reached(self.shift_id, state.fanout, channel)

    def _handed_over_at(self, state: ShiftState, now: datetime) -> datetime | None:
        if state.status is not ShiftStatus.OFFERING or (state.round_ends_at or now) > now:
            return None
        channel = state.rounds[state.round].channel
        last, more = self.batch.transaction.handed_over(self.shift_id, state.fanout, channel, state.asked_in)
        if last is None or last > now:
            # The clock was set back since.
            return None
        return now if more and now - last < GOING_OUT else last

    def _why_not(self, state: ShiftState) -> tuple[tuple[str, int], ...]:
        if state.status is not ShiftStatus.OFFERING:
            return ()
        return self.batch.transaction.why_not(self.shift_id, state.fanout)

    def _unavailable(self, state: ShiftState) -> frozenset[str]:
        if state.status is not ShiftStatus.OFFERING:
            return frozenset()
        return self.batch.transaction.unavailable(self.shift_id, state.fanout)

    def tells(self, decision: Decision[AnyShiftEvent], new: ShiftState) -> Sequence[Message]:
        """Tell whoever is on call, too, when a caregiver has taken the shift."""
        claim = next((one for one in decision.events if type(one) is ShiftClaimed), None)
        if claim is None or claim.by != f"caregiver:{claim.caregiver_id}":
            return decision.messages
        return (*decision.messages, *self.batch.transaction.news(claim, new, self.context.channels))

    def goes_on(self, state: ShiftState) -> bool:
        """Whether there are more to be asked or told at once."""
        return state.goes_on

    def moved(self, old: ShiftState, new: ShiftState, events: Sequence[AnyShiftEvent]) -> None:
        """Set the next deadline, and pass the events on to whoever waits for them."""
        self._set_deadline(new)
        if new.goes_on and _place(new) != _place(old):
            self._tell_itself(KeepTime())
        if old.goes_on and old.round and not new.goes_on:
            self._tell_itself(LookAtPeople())
        if old.paused is not None and new.paused is None and new.status is ShiftStatus.OFFERING:
            # Whoever came meanwhile has waited, and so has whoever was not reached.
            self._tell_itself(LookAtPeople())
            self._tell_itself(KeepTime(round_failed=True))
        reached = sum(len(one.caregiver_ids) for one in events if type(one) is ReachedAhead)
        if (old.goes_on and not new.goes_on) or reached == self.context.part:
            # Some may not have been reached meanwhile, or more than are told at a time.
            self._tell_itself(KeepTime(round_failed=True))
        joined = sum(
            len(one.offers) for one in events if type(one) is OffersAdded and one.round_ends_at is None
        )
        if joined + reached == self.context.part:
            # More may join than are looked up at a time.
            self._tell_itself(LookAtPeople())
        if old.claimed_by is not None and new.claimed_by is None:
            # They are free now for what is being offered.
            self._tell(LookForNews((old.claimed_by,)))
        self.context.announce(Happened(self.shift_id, tuple(events), old.status is ShiftStatus.OFFERING))

    def carry_out(self, task: ShiftTask) -> Answer:
        """Decide; of a deadline's work tell the supervisor that it is over, so that the next one may start."""
        answer = super().carry_out(task)
        if isinstance(task.order, KeepTime):
            self.batch.after(self._time_kept)
        return answer

    def on_refused(self, message: Any, error: Exception) -> None:
        """Try a deadline's work again soon; look again soon at what may have been committed."""
        super().on_refused(message, error)
        order = message.message.order if isinstance(message, Envelope) else None
        if isinstance(order, LookAtPeople) or (isinstance(order, KeepTime) and order.round_failed):
            self._tell(TryAgain(message.message))
        if isinstance(order, KeepTime):
            self._tell(TimeKept(self.shift_id, done=False))
        elif isinstance(error, CommitUnknown) and not isinstance(order, LookAtPeople):
            soon = self.context.clock.now() + LOOK_AGAIN
            self._tell(DeadlineSet(self.shift_id, soon, soon))

    def _time_kept(self) -> None:
        if self._state is not None:
            self._set_deadline(self._state)
        self._tell(TimeKept(self.shift_id, done=True))

    def _set_deadline(self, state: ShiftState) -> None:
        deadline, shift = state.next_deadline, state.shift
        if deadline is not None and deadline != self._waits_for and shift is not None:
            self._tell(DeadlineSet(self.shift_id, deadline, shift.start_time))
        self._waits_for = deadline

    def _tell_itself(self, order: KeepTime | LookAtPeople) -> None:
        tell(self.actor_ref, Envelope(ShiftTask(self.shift_id, order)), self.context.dead_letters)

    def _tell(self, message: object) -> None:
        tell(self.context.supervisor, message, self.context.dead_letters)


def _place(state: ShiftState) -> tuple[object, ...]:
    """Say where it goes on."""
    return state.status, state.fanout, state.round, state.goes_on_after
