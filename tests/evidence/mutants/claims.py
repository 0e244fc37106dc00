"""Breakages of who wins, and of what becomes of a shift."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from firstyes.actors import shift_actor, shift_people
from firstyes.actors.deadlines import Deadlines
from firstyes.actors.journal import append_rows, transaction
from firstyes.actors.journal.files import opening
from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.port import CommitUnknown
from firstyes.actors.journal.queries import contact as contact_lookup
from firstyes.actors.journal.transaction import Transaction
from firstyes.actors.live_actors import LiveActors
from firstyes.actors.shift_actor import ShiftActor
from firstyes.actors.stream_actor import StreamActor
from firstyes.domain.answer import Answer, Status
from firstyes.domain.decision import Decision
from firstyes.domain.inbound import routing
from firstyes.domain.inbound.heard import Heard
from firstyes.domain.replies.reader import RuleReader
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift import candidates, claiming, fan_out, posting, releasing
from firstyes.domain.shift import decide as shift_decide
from firstyes.domain.shift.commands import AcceptOffer, CancelShift, MeetDeadline
from firstyes.domain.shift.events import RoundStarted
from firstyes.domain.shift.shift import ShiftStatus
from firstyes.domain.shift.state import OPEN, ShiftState
from simulation import stepped_journal
from simulation.violation import Rule

from .breaking import patched, violates

VERSION = (
    "SELECT coalesce(max(version), 0) FROM events WHERE stream = (SELECT id FROM streams WHERE name = ?)"
)


@violates(Rule.STATUS)
def claim_whoever_comes() -> Any:
    """A yes wins although the shift is taken."""
    honest = claiming.accept

    def accept(state: Any, command: Any) -> Any:
        return honest(replace(state, status=ShiftStatus.OFFERING), command)

    return patched((shift_decide.DECIDERS, AcceptOffer, accept))


@violates(Rule.STATUS)
def claim_without_version_check() -> Any:
    """Two hands decide about each shift, and the journal writes whatever they decide."""
    append, find, prepare, turns = Transaction.append, LiveActors.find, opening.prepare, count()

    def append_anyhow(self: Any, one: Any) -> Any:
        if one.stream.startswith("shift/"):
            (present,) = self.one(VERSION, (one.stream,))
            version = present + len(one.events)
            one = replace(one, expected=present, state=replace(one.state, version=version))
        return append(self, one)

    def find_either(self: Any, stream: str, now: datetime) -> Any:
        wake = self._wake
        self._wake = lambda _: wake(stream)
        try:
            return find(self, f"{stream}#{next(turns) % 2}", now)
        finally:
            self._wake = wake

    def unguarded(file: DatabaseFile) -> None:
        prepare(file)
        with sqlite3.connect(file.path) as connection:
            connection.execute("DROP INDEX claims_one_a_shift")
        connection.close()

    return patched(
        (Transaction, "append", append_anyhow), (LiveActors, "find", find_either),
        (stepped_journal, "prepare", unguarded),
    )  # fmt: skip


@violates(Rule.ONE_CLAIM)
def claim_kept_after_release() -> Any:
    """Who gave a shift back still holds it by the books."""
    return patched((append_rows, "ENDS_A_CLAIM", frozenset()))


@violates(Rule.OFFERED)
def offers_on_other_terms_count() -> Any:
    """Whoever was offered the shift before it was posted anew may take it as it is now."""

    def live(self: Any, one: Any, at: datetime) -> bool:
        return self.status in OPEN and at < one.open_until and one.offer.caregiver_id not in self.released

    return patched((ShiftState, "live", live))


@violates(Rule.ACTIVE)
def inactive_may_win() -> Any:
    """Nobody looks whether who says yes still works here."""
    honest = contact_lookup._people

    def people(rows: Any) -> Any:
        return tuple(replace(one, active=True) for one in honest(rows))

    return patched((contact_lookup, "_people", people), (contact_lookup, "_obstacle", lambda *_, **__: None))


@violates(Rule.WILLING)
def opted_out_may_win() -> Any:
    """A yes after STOP takes the shift."""
    honest = contact_lookup._people

    def people(rows: Any) -> Any:
        return tuple(replace(one, opted_out=False) for one in honest(rows))

    return patched((contact_lookup, "_people", people))


@violates(Rule.NO_OVERLAP)
def overlap_not_checked() -> Any:
    """Somebody may hold two shifts at once."""
    return patched((Transaction, "_overlapping", lambda self, caregiver_id, shift: None))


def _live_whenever(statuses: frozenset[ShiftStatus]) -> tuple[Any, str, Any]:
    """Let offers live for ever while the shift has one of these statuses."""

    def live(self: Any, one: Any, _: datetime) -> bool:
        return (
            self.status in statuses
            and one.revision == self.revision
            and one.offer.caregiver_id not in self.released
        )

    return ShiftState, "live", live


@violates(Rule.IN_TIME)
def begun_shift_claimed() -> Any:
    """A shift expires long after it began, and a yes wins it meanwhile."""
    meet = fan_out.meet_deadline

    def meet_deadline(state: Any, command: Any) -> Any:
        begins = state.open_until or command.at
        if timedelta() <= command.at - begins < timedelta(minutes=40):
            return Decision(Answer(status=Status.ACKNOWLEDGED, message="Nothing was due."))
        return meet(state, command)

    return patched(_live_whenever(OPEN), (shift_decide.DECIDERS, MeetDeadline, meet_deadline))


@violates(Rule.STATUS)
def expired_shift_claimed() -> Any:
    """A yes wins a shift that has expired."""
    return patched(_live_whenever(OPEN | {ShiftStatus.EXPIRED}))


@violates(Rule.ONLY_A_YES)
def yes_found_anywhere() -> Any:
    """Whatever has a yes in it is one."""
    honest = RuleReader.read

    def read(self: Any, reply: Any) -> Any:
        reading = honest(self, reply)
        if "yes" in reply.text.lower():
            return reading.model_copy(update={"intent": Intent.ACCEPT})
        return reading

    return patched((RuleReader, "read", read))


@violates(Rule.THE_CODE)
def code_not_looked_at() -> Any:
    """Any code stands for the first offer there is."""
    return patched(
        (Heard, "by_code", lambda self: self.standing.all[:1]),
        (routing, "of_codes_or_outdated", lambda offers, codes: offers[:1]),
    )


@violates(Rule.NO_GUESS)
def bare_yes_guessed() -> Any:
    """A yes that can mean two offers takes the first."""
    honest = Heard.which

    def which(self: Any, intent: Any, offers: Any, **more: Any) -> Any:
        if intent is Intent.ACCEPT and offers and not self.reading.codes:
            return self.yes(offers[0])
        return honest(self, intent, offers, **more)

    return patched((Heard, "which", which))


@violates(Rule.GAVE_IT_BACK)
def released_offered_again() -> Any:
    """Who gave the shift back is offered it again."""
    honest_open, honest_who = fan_out.open_rounds, candidates.choose

    def open_rounds(state: Any, *more: Any) -> Any:
        return honest_open(replace(state, released=frozenset()), *more)

    def who(state: Any, people: Any, **_: Any) -> Any:
        return honest_who(replace(state, released=frozenset()), people)

    gone = property(lambda self: frozenset())
    return patched(
        (releasing, "open_rounds", open_rounds),
        (shift_people, "choose", who),
        (shift_people.ShiftPeople, "_gone", gone),
    )


@violates(Rule.STATUS)
def status_moves_backwards() -> Any:
    """Asked again, a cancelled shift is called off again."""
    honest = posting.cancel

    def cancel(state: Any, command: Any) -> Any:
        return honest(replace(state, status=ShiftStatus.PENDING), command)

    return patched((shift_decide.DECIDERS, CancelShift, cancel))


@violates(Rule.STATUS)
def fan_out_not_idempotent() -> Any:
    """A second request starts a second fan-out."""
    return patched(
        (fan_out, "refuse_fan_out", lambda state, at: None),
        (shift_actor, "refuse_fan_out", lambda state, at: None),
    )


@violates(Rule.VERSIONS)
def event_lost() -> Any:
    """An event is not written, though what follows from it is."""
    return _lossy("INSERT_EVENTS", lambda rows: [row for row in rows if row[2] != "shift_unfilled"])


@violates(Rule.ROWS)
def row_lost() -> Any:
    """Of many rows for one table the last is not written."""
    return _lossy("ADD_OFFERS", lambda rows: rows[:-1] if len(rows) > 1 else rows)


def _lossy(name: str, keep: Callable[[Any], Any]) -> Any:
    honest = getattr(append_rows, name)

    class Lossy:
        def write(self, cursor: Any, rows: Any) -> None:
            honest.write(cursor, keep(rows))

    lossy: Any = Lossy()
    statements = tuple(lossy if one is honest else one for one in append_rows.STATEMENTS)
    return patched((append_rows, name, lossy), (append_rows, "STATEMENTS", statements))


@violates(Rule.ROWS)
def rows_not_kept_in_step() -> Any:
    """A new round is an event, and no row says so."""
    return patched((append_rows, "MOVES", append_rows.MOVES - {RoundStarted}))


@violates(Rule.LIVE_STATE)
def doubtful_state_kept() -> Any:
    """An actor goes on with the state it had, although a commit may have been made."""
    return patched((StreamActor, "on_refused", lambda self, message, error: None))


@violates(Rule.LIVE_STATE)
def state_changed_before_the_commit() -> Any:
    """The new state is put in place at once, and stays although the batch fails."""
    honest = StreamActor._change

    def change(self: Any, old: Any, new: Any, events: Any, messages: Any) -> None:
        honest(self, old, new, events, messages)
        self._state = new

    return patched(
        (StreamActor, "_change", change), (StreamActor, "on_refused", lambda self, message, error: None)
    )


@violates(Rule.NOT_EARLY)
def deadline_too_early() -> Any:
    """Rounds end at once."""
    honest, honest_set = fan_out.meet_deadline, Deadlines.set

    def early(state: Any, command: Any) -> Any:
        later = command.model_copy(update={"at": command.at + timedelta(minutes=1)})
        decision = honest(state, later)
        events = tuple(one.model_copy(update={"at": command.at}) for one in decision.events)
        return Decision(decision.answer, events, decision.messages)

    def at_once(self: Any, shift_id: str, at: datetime, expires_at: datetime) -> None:
        honest_set(self, shift_id, at - timedelta(seconds=50), expires_at)

    return patched((shift_decide.DECIDERS, MeetDeadline, early), (Deadlines, "set", at_once))


@violates(Rule.DEADLINE)
def timers_in_memory_only() -> Any:
    """A start restores no deadline."""
    honest = Deadlines.__init__
    return patched((Deadlines, "__init__", lambda self, stored=(), window=32: honest(self, (), window)))


@violates(Rule.DEADLINE)
def late_commit_forgotten() -> Any:
    """Nobody looks again at a shift of which a commit may have been made unheard."""
    honest = ShiftActor.on_refused

    def on_refused(self: Any, message: Any, error: Exception) -> None:
        if isinstance(error, CommitUnknown):
            StreamActor.on_refused(self, message, error)
        else:
            honest(self, message, error)

    return patched((ShiftActor, "on_refused", on_refused))


@violates(Rule.DEADLINE_MET)
def deadline_never_done() -> Any:
    """A shift that has kept time once is taken to be at it for ever."""
    return patched((Deadlines, "done", lambda self, shift_id: None))


@violates(Rule.CODES)
def code_reused_at_once() -> Any:
    """Every offer has the first code there is."""

    def give(_: Any, offered: Sequence[candidates.Candidate], at: datetime) -> dict[str, str]:
        return {one.caregiver_id: "27" for one in offered}

    return patched((transaction, "find_codes", give))


@violates(Rule.ONE_ALERT)
def alerts_never_close() -> Any:
    """An alert stays open although its cause is gone."""
    return patched((append_rows, "closes", lambda event: ()))


MUTANTS = (
    claim_whoever_comes, claim_without_version_check, claim_kept_after_release, offers_on_other_terms_count,
    inactive_may_win, opted_out_may_win, overlap_not_checked, begun_shift_claimed, expired_shift_claimed,
    yes_found_anywhere, code_not_looked_at, bare_yes_guessed, released_offered_again, status_moves_backwards,
    fan_out_not_idempotent, event_lost, row_lost, rows_not_kept_in_step, doubtful_state_kept,
    state_changed_before_the_commit, deadline_too_early,
    timers_in_memory_only, late_commit_forgotten,
    deadline_never_done, code_reused_at_once,
    alerts_never_close,
)  # fmt: skip
