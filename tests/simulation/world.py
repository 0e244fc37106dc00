"""Plays a story: the real actors, journal and outbox, one step at a time, under the auditor's eyes."""

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from firstyes.actors.carriers.fault_plan import NO_FAULTS
from firstyes.actors.carriers.port import OutboundMessage
from firstyes.actors.journal.instants import from_micros
from firstyes.actors.journal.port import CommitUnknown, JournalUnavailable
from firstyes.actors.runtime.envelope import Envelope
from firstyes.actors.tasks import ConversationTask, ShiftTask, Tick, Write
from firstyes.domain.conversation.state import ConfirmNumber
from firstyes.domain.shift.commands import AssignShift, CancelShift, PostShift, ReleaseShift, StartFanOut
from firstyes.domain.shift.shift import Shift
from support.planned import next_due

from .agency import LAKESIDE, NORTHSIDE, found
from .answered_at_once import AnsweredAtOnce
from .auditor import Auditor
from .crash import Fate, ProcessDied
from .digest import digest
from .failures import heard
from .illness import illness
from .outcome import Outcome
from .scheduler import Scheduler
from .script import WINNER
from .stepped_carrier import Phones, SteppedCarrier, nobody_hears
from .stepped_journal import open_journal
from .stepped_system import SteppedSystem, is_busy
from .stepped_time import SteppedClock
from .stepped_twilio import SteppedTwilio
from .stimulus import BEGINNING, DAY, FAULTS, Kind, Stimulus, Story
from .stored_rows import look_over
from .violation import Rule, Violation
from .webhooks import Webhooks

STEPS_AT_ONCE = 20_000
"""More steps than this in one instant, and the service goes round in circles."""

IN_DOUBT = (JournalUnavailable, CommitUnknown)

AFTERWARDS = 3 * DAY
"""How long the story goes on after its last stimulus, without faults, so that everything comes to an end."""


def play(story: Story, rules: Collection[Rule] = tuple(Rule)) -> Outcome:
    """Play a story to its end, or to the first violation of one of `rules`."""
    began = perf_counter()
    outcome = Outcome()
    with TemporaryDirectory(prefix="firstyes-story-") as folder:
        world = World(story, Path(folder) / "journal.db", rules)
        try:
            with heard(world.note_failure):
                world.run()
        except Violation as violation:
            outcome.violation = violation
        finally:
            world.close()
        path = Path(folder) / "journal.db"
        outcome.journal = digest(path)
        if outcome.violation is None and Rule.ROWS in rules:
            outcome.violation = look_over(path)
    outcome.counts = dict(sorted(world.auditor.tally.counts.items()))
    outcome.simulated, outcome.seconds = world.clock.true, perf_counter() - began
    return outcome


class World:
    """One story under way. The process may die; clock, carrier, people and auditor live on."""

    def __init__(self, story: Story, path: Path, rules: Collection[Rule]) -> None:
        self._story = story
        self._path = path
        self.clock = SteppedClock(BEGINNING)
        self.clock.true = max(0.0, min((one.at for one in story.stimuli), default=0.0) - 60)
        self._scheduler = Scheduler(self._after_turn)
        self._agency = found(story.seed)
        kind = SteppedTwilio if story.twilio else SteppedCarrier
        self._carrier = kind(self.clock, self._arrived)
        self._phones = Phones()
        self._all_phones = frozenset(one.phone for one in self._agency.caregivers)
        self._order = count()
        self._queue: list[tuple[float, int, Callable[[], None]]] = []
        self._slow = 0.0
        self._finding: Violation | None = None
        self._seen_commits = 0
        self._again = False
        self._up = False
        self._next_day = 0.0
        self._open()
        self.auditor = Auditor(path, self.clock, self._agency, rules)
        self._hire()
        self._webhooks = Webhooks(
            self._agency, self._phones, self.auditor, self._later, self._who_receives, self._guard
        )

    def run(self) -> None:
        """Play it."""
        for stimulus in self._story.stimuli:
            self._at(stimulus.at, lambda one=stimulus: self._happen(one))  # type: ignore[misc]
        end = max((one.at for one in self._story.stimuli), default=0.0)
        self._at(end + 1, self._be_well)
        self._at(end + DAY, self._start_again)
        self._start()
        self._until_quiet()
        while (when := self._next_instant()) <= end + AFTERWARDS:
            self.clock.true = max(self.clock.true, when)
            self._scheduler.dice.seed(int(self.clock.true * 1_000) * 1_000_003 + self._story.seed)
            while self._queue and self._queue[0][0] <= self.clock.true:
                heappop(self._queue)[2]()
            self._carrier.tell()
            if self._up:
                self._tick()
            self._until_quiet()
            if self._up and self.clock.true >= self._next_day:
                self._next_day = self.clock.true + DAY
                self._check_day()
        self._check_day()
        if self._story.stimuli:
            self.auditor.messages.finally_()

    def close(self) -> None:
        """Let go of files."""
        self._journal.close()
        self.auditor.close()

    def note_failure(self, said: str) -> None:
        """Something failed, and somebody survived it."""
        if not self._fate.dead:
            self._guard(lambda: self.auditor.report(Rule.NO_FAILURE, said))

    # The process.

    def _open(self) -> None:
        self._fate = Fate()
        self._carrier.fate = self._fate
        self._journal = open_journal(self._path, self._fate, self._message_went_back, self._message_ends)
        self._seen_commits = -1

    def _hire(self) -> None:
        with self._journal.transaction() as transaction:
            for organization in (LAKESIDE, NORTHSIDE):
                transaction.put_organization(organization, self.clock.now(), "coordinator")
            transaction.put_caregivers(self._agency.caregivers, self.clock.now(), "coordinator")

    def _start(self) -> None:
        """Start as the desk does: first what fell due, then new work."""
        fate, self._up = self._fate, True
        if self._again:
            self._again = False
            self._fate.arm("journal after commit", 1)
        with suppress(ProcessDied):
            self._system = SteppedSystem(
                self._journal, self._carrier, self.clock, self._scheduler, fate,
                lambda seconds, do: self._later(seconds, lambda: None if fate.dead else do()),
                lambda: self._slow,
            )  # fmt: skip
            self._tick()
            for _ in range(STEPS_AT_ONCE):
                if fate.dead or not self._system.loop.queued:
                    break
                self._step()
            self._system.look_for_news(None)
            self._carrier.told = self._system.report_delivery
        if fate.dead:
            self._bury()

    def _tick(self) -> None:
        self._system.tick(Tick(self.clock.now()))

    def _bury(self) -> None:
        """Throw away everything the dead process had."""
        self.auditor.died(self._fate.died_at, self._down_for)
        self._note_failed_writes()
        self._scheduler.forget()
        self._journal.close()
        self._up = False
        self._carrier.told = nobody_hears
        self._later(self._down_for, self._rise)

    def _note_failed_writes(self) -> None:
        tally, fate = self.auditor.tally, self._fate
        tally.add("writes that failed", fate.failed_writes)
        tally.add("writes that failed and were made", fate.unheard_writes)
        tally.add("writes nobody knew of", fate.unsure_writes)
        fate.failed_writes = fate.unheard_writes = fate.unsure_writes = 0

    def _rise(self) -> None:
        self.auditor.rises()
        self._open()
        self._start()

    def _step(self) -> None:
        with suppress(ProcessDied):
            self._fate.pass_point("turn")
            self._scheduler.step()
        if self._finding is not None:
            raise self._finding

    def _until_quiet(self) -> None:
        for _ in range(STEPS_AT_ONCE):
            if self._fate.dead and self._up:
                self._bury()
            if not self._up or self._scheduler.idle:
                break
            self._step()
        else:
            self.auditor.report(Rule.REST, f"{STEPS_AT_ONCE} steps in one instant")
        if self._fate.dead and self._up:
            self._bury()
        if self._up and self._fate.well:
            self.auditor.at_rest(self._system)

    def _after_turn(self) -> None:
        if self._fate.commits != self._seen_commits:
            self._seen_commits = self._fate.commits
            self._guard(self.auditor.read_on)
            if not self._fate.dead:
                self._guard(lambda: self.auditor.remembers(self._system, latest=True))

    def _guard(self, check: Callable[[], Any]) -> Any:
        """Keep a violation where no handler can swallow it."""
        try:
            return check()
        except Violation as violation:
            self._finding = self._finding or violation
            return None

    # Time.

    def _at(self, when: float, do: Callable[[], None]) -> None:
        heappush(self._queue, (when, next(self._order), do))

    def _later(self, seconds: float, do: Callable[[], None]) -> None:
        self._at(self.clock.true + seconds, do)

    def _next_instant(self) -> float:
        now = self.clock.true
        wanted = [self._queue[0][0] if self._queue else now + DAY]
        wanted += [] if self._carrier.next_due is None else [self._carrier.next_due]
        if self._up:
            wanted += [self.clock.when(from_micros(one.at)) for one in self._system.deadlines._heap[:1]]
            opened = [one.state.next_deadline for one in self.auditor.open.values()]
            opened.append(self.auditor.on_call.next_call())
            wanted += [self.clock.when(one) for one in opened if one is not None]
            for channel, actor in self._system.outboxes.items():
                waits = (next_due(self._journal, channel), actor.outbox.next_look_up)
                wanted += [self.clock.when(one) for one in waits if one is not None]
                wanted += [now + 5] if is_busy(actor) else []
        soonest = min(wanted)
        # The ticker comes four times a second; here it is slower while something waits that cannot be done yet.
        if soonest > now:
            return soonest
        return min(now + 5, self._queue[0][0]) if self._queue else now + 5

    # What happens.

    def _happen(self, one: Stimulus) -> None:
        if one.kind in FAULTS:
            self.auditor.tally.add(f"faults {one.kind}")
            self._go_wrong(one)
        elif one.kind is Kind.SAY:
            self._webhooks.say(one)
        elif one.kind in {Kind.ACTIVE, Kind.PHONE}:
            self._change_person(one)
        elif one.kind is Kind.CONFIRM:
            self._confirm_phone(one)
        elif self._up:
            self._ask(one)

    def _go_wrong(self, one: Stimulus) -> None:
        match one.kind:
            case Kind.CRASH if self._up:
                self._down_for, self._again = max(0.5, one.two), bool(one.who)
                self._fate.arm(one.text, int(one.one))
            case Kind.JOURNAL if self._up:
                self._fate.disk, self._fate.bad_for = one.text, int(one.one)
            case Kind.CLOCK:
                self.clock.skew += one.one
                self.auditor.messages.jumped = self.clock.true
            case Kind.CARRIER:
                self._carrier.faults, self._slow = illness(one, self._all_phones)
                self.auditor.weather = one.text
                self._later(one.one, self._cure)
            case _:
                pass

    def _cure(self) -> None:
        self._carrier.faults, self._slow = NO_FAULTS, 0.0
        self.auditor.weather = ""

    def _be_well(self) -> None:
        self._cure()
        self._fate.disarm()

    def _start_again(self) -> None:
        self._down_for = 1.0
        self._fate.arm("turn", 1)

    def _change_person(self, one: Stimulus) -> None:
        if not self._up:
            return
        change = {"phone": one.text} if one.kind is Kind.PHONE else {"active": one.text == "yes"}
        person, at = self._webhooks.person(one.who).model_copy(update=change), self.clock.now()
        system = self._system

        def changed(said: Any) -> None:
            if system.fate.dead:
                return
            self._guard(lambda: self.auditor.changed(one.who))
            if not isinstance(said, Exception):
                system.look_for_news([one.who])

        self.auditor.changing.append(one.who)
        write = Write(lambda transaction: transaction.put_caregivers([person], at, "coordinator"))
        system.post(Envelope(write, AnsweredAtOnce(changed)))

    def _confirm_phone(self, one: Stimulus) -> None:
        if not self._up:
            return
        person = self._webhooks.person(one.who)
        with suppress(ProcessDied, JournalUnavailable):
            contact = self._journal.contact(person.phone, None, self.clock.now())
            assert contact is not None
            command = ConfirmNumber(
                at=self.clock.now(),
                by="coordinator",
                contact_id=contact.contact_id,
                caregiver_id=person.id,
                organization_id=person.organization_id,
            )
            self._system.post(Envelope(ConversationTask(contact.contact_id, command)))

    def _ask(self, one: Stimulus) -> None:
        at, by = self.clock.now(), "coordinator"
        order: PostShift | StartFanOut | CancelShift | ReleaseShift | AssignShift
        who = self._webhooks.winner(one.shift) if one.who == WINNER else one.who
        match one.kind:
            case Kind.POST:
                starts = at + timedelta(seconds=one.one)
                shift = Shift(
                    id=one.shift,
                    organization_id=one.who,
                    role_required=one.text,
                    start_time=starts,
                    end_time=starts + timedelta(seconds=one.two),
                )
                order = PostShift(at=at, by=by, shift=shift)
            case Kind.FAN_OUT:
                order = StartFanOut(at=at, by=by)
            case Kind.CANCEL:
                order = CancelShift(at=at, by=by, confirm=one.text == "confirm")
                self.auditor.cancelling(one.shift)
            case Kind.ASSIGN:
                order = AssignShift(at=at, by=by, caregiver_id=who or "nobody", override=one.text or None)
                self.auditor.assigning(one.shift, order.caregiver_id)
            case _:
                order = ReleaseShift(at=at, by=by, holder=who or None)
        fate = self._fate
        reply = AnsweredAtOnce(lambda said: self._coordinator_hears(said, fate))
        self._system.post(Envelope(ShiftTask(one.shift, order), reply))

    def _coordinator_hears(self, said: Any, fate: Fate) -> None:
        if not fate.dead and isinstance(said, Exception) and not isinstance(said, IN_DOUBT):
            self._guard(lambda: self.auditor.report(Rule.NO_FAILURE, f"{said!r} {said.__cause__!r}"))

    def _who_receives(self) -> SteppedSystem | None:
        return self._system if self._up else None

    def _message_went_back(self, key: int, old: str, new: str) -> None:
        self._guard(lambda: self.auditor.report(Rule.DELIVERY, f"outbox row {key} went from {old} to {new}"))

    def _message_ends(self, key: int) -> None:
        self.auditor.messages.ended(key)

    def _arrived(self, outbound: OutboundMessage, known: bool) -> None:
        self._after_turn()
        for row in self._guard(lambda: self.auditor.arrived(outbound, known)) or ():
            self._phones.receive(row.shift_id, row.caregiver_id, row.body)
        self._guard(lambda: self._webhooks.told_on_call(outbound))

    def _check_day(self) -> None:
        idle = (
            self._up
            and self._carrier.faults is NO_FAULTS
            and not any(is_busy(one) for one in self._system.outboxes.values())
        )
        self.auditor.daily(idle, self._journal if self._up else None)
        self._note_failed_writes()
        for name, number in self._carrier.injected.items():
            self.auditor.tally.counts[f"carrier {name}"] = number

    _down_for = 1.0
