"""The story: what is done to the desk, and what the desk makes of it.

Nothing that is shown is written here except what the people do. What the phones received comes from the simulated
carrier, every answer and every outcome from the desk; and what must come out is checked, so that the story is a test.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from ...actors.carriers.simulator import Simulator
from ...actors.desk.desk import ShiftDesk
from ...actors.records import ShiftRecord
from ...actors.runtime.clock import ManualClock
from ...domain import wording
from ...domain.alert import AlertKind
from ...domain.answer import Answer, Status
from ...domain.caregiver import Caregiver
from ...domain.errors import FirstyesError
from ...domain.message import InboundMessage
from ...domain.shift.events import RoundStarted, ShiftClaimed
from ...domain.shift.shift import Shift, ShiftStatus
from . import cast
from .stage import Arrival, Stage

PATIENCE = 60.0
"""Seconds the story waits for anything before it counts as broken."""


class StoryBroken(FirstyesError):
    """Raised when the story does not come out: the desk did something else than it promises."""


class Story:
    """Plays on a desk of its own: a journal that is forgotten afterwards, simulated phones, a clock moved by hand."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._clock = ManualClock(cast.FIVE_AM)
        self._phones = Simulator(self._clock)
        self._desk = ShiftDesk("sqlite://", carrier=self._phones, clock=self._clock)
        self._seen: dict[str, int] = {}

    def play(self) -> None:
        """Play all of it. Raises `StoryBroken` when something else comes out than should."""
        with self._desk:
            self._phones.on_reply(self._desk.receive)
            self._desk.put_organizations([cast.LAKESIDE])
            self._desk.put_caregivers([*cast.NURSES, *cast.AIDES])
            self._desk.post_shifts([cast.MORNING, cast.EVENING, cast.NIGHT], by="coordinator")
            self._a_nurse_calls_in_sick()
            self._one_says_no()
            self._two_say_yes()
            self._nobody_answers_a_text()
            self._a_phone_is_picked_up()
            self._nobody_qualifies()
            self._stage.curtain(self._summary())
        self._phones.close()

    def _a_nurse_calls_in_sick(self) -> None:
        self._scene(f"A nurse calls in sick. {_named(cast.MORNING)} has nobody.")
        self._desk_says(self._desk.fan_out(cast.MORNING.id))
        self._phones_receive(cast.NURSES)

    def _one_says_no(self) -> None:
        self._clock.advance(60)
        self._scene("One cannot come.")
        self._answers(cast.BEN, "sorry, no sitter today", Status.ACKNOWLEDGED)

    def _two_say_yes(self) -> None:
        self._clock.advance(60)
        self._scene("Two say yes in the same instant.")
        rivals = (cast.ALMA, cast.OMAR)
        answers = self._at_once(rivals, "YES")
        self._expect(
            sorted(answer.status for answer in answers) == [Status.ALREADY_CLAIMED, Status.SUCCESS],
            "of two yeses exactly one wins",
        )
        for rival, answer in zip(rivals, answers, strict=True):
            self._stage.reply(rival.name, "YES", answer.status.value, good=answer.status is Status.SUCCESS)
        self._phones_receive(rivals)
        self._claimed(cast.MORNING)

    def _nobody_answers_a_text(self) -> None:
        self._clock.advance(60)
        self._scene(f"Another gap: {_named(cast.EVENING)}.")
        self._desk_says(self._desk.fan_out(cast.EVENING.id))
        self._phones_receive(cast.AIDES)
        self._phones.phone(cast.FARID.phone).presses("1", after=6)
        [first, _] = self._shift(cast.EVENING).rounds
        self._clock.advance(first.wait)
        self._scene(f"{first.wait // 60} minutes pass and nobody has answered. The phones ring.")
        ringing = self._desk.wait_for(cast.EVENING.id, RoundStarted, timeout=PATIENCE)
        self._phones_receive(cast.AIDES)
        rang = [one for one in cast.AIDES if self._phones.phone(one.phone).calls]
        self._expect(ringing.reached == len(rang), "all phones ring")

    def _a_phone_is_picked_up(self) -> None:
        self._clock.advance(6)
        self._scene("Somebody picks up and presses 1.")
        self._desk.wait_for(cast.EVENING.id, ShiftClaimed, timeout=PATIENCE)
        self._phones_receive(cast.AIDES)
        self._claimed(cast.EVENING)

    def _nobody_qualifies(self) -> None:
        self._clock.advance(60)
        self._scene(f"And {_named(cast.NIGHT)}, for which Lakeside has nobody.")
        self._desk_says(self._desk.fan_out(cast.NIGHT.id))
        alerts = [one for one in self._desk.alerts().items if one.shift_id == cast.NIGHT.id]
        self._expect(
            [one.kind for one in alerts] == [AlertKind.NOBODY_QUALIFIES], "the coordinator is alerted, once"
        )
        for one in alerts:
            self._stage.alert(one.message)
        self._expect(self._shift(cast.NIGHT).status is ShiftStatus.UNFILLED, "nobody is given the shift")

    def _at_once(self, people: Sequence[Caregiver], text: str) -> list[Answer]:
        """Have several people text at the same time, a thread each."""
        together = Barrier(len(people))

        def say(person: Caregiver) -> Answer:
            together.wait(PATIENCE)
            return self._receive(person, text)

        with ThreadPoolExecutor(len(people)) as threads:
            return list(threads.map(say, people))

    def _answers(self, person: Caregiver, text: str, wanted: Status) -> None:
        answer = self._receive(person, text)
        reading = self._desk.messages(phone=person.phone, limit=1).items[0].reading or {}
        self._stage.reply(person.name, text, f"{reading.get('intent')}, {reading.get('reason')}", good=False)
        self._expect(answer.status is wanted, f'"{text}" is answered with {wanted.value}')

    def _receive(self, person: Caregiver, text: str) -> Answer:
        return self._desk.receive(InboundMessage(from_phone=person.phone, body=text))

    def _phones_receive(self, people: Sequence[Caregiver]) -> None:
        """Show what has reached these phones since it was shown last."""
        self._desk.settle(PATIENCE)
        self._stage.phones([self._news(person) for person in people])

    def _news(self, person: Caregiver) -> Arrival:
        phone = self._phones.phone(person.phone)
        received = sorted([*phone.texts, *phone.calls], key=lambda one: one.at)
        new = received[self._seen.get(person.id, 0) :]
        self._seen[person.id] = len(received)
        return Arrival(
            name=person.name,
            bodies=tuple(one.body for one in new),
            rings=any(one in phone.calls for one in new),
            winner=self._has_a_shift(person),
        )

    def _has_a_shift(self, person: Caregiver) -> bool:
        return any(self._shift(one).claimed_by == person.id for one in (cast.MORNING, cast.EVENING))

    def _claimed(self, shift: Shift) -> None:
        record = self._shift(shift)
        claims = [one for one in self._desk.timeline(shift.id) if one.type == "shift_claimed"]
        self._expect(record.status is ShiftStatus.CLAIMED, "the shift is claimed")
        self._expect(
            [one.details["caregiver_id"] for one in claims] == [record.claimed_by], "there is one claim"
        )
        [name] = [one.name for one in (*cast.NURSES, *cast.AIDES) if one.id == record.claimed_by]
        self._stage.filled(_named(shift), name)

    def _shift(self, shift: Shift) -> ShiftRecord:
        record = self._desk.shift(shift.id)
        if record is None:
            raise StoryBroken(f"the shift {shift.id} is gone")
        return record

    def _scene(self, text: str) -> None:
        self._stage.scene(self._clock.now(), text)

    def _desk_says(self, answer: Answer) -> None:
        self._expect(answer.status is Status.SUCCESS, "the desk agrees")
        self._stage.desk(answer.message)

    def _summary(self) -> str:
        sent = [one for one in self._desk.messages(limit=1000).items if one.direction == "out"]
        calls = sum(one.channel.value == "voice" for one in sent)
        events = sum(len(self._desk.timeline(one.id)) for one in (cast.MORNING, cast.EVENING, cast.NIGHT))
        return f"{len(sent) - calls} texts, {calls} calls, {events} events in the journal"

    def _expect(self, came_out: bool, what: str) -> None:
        if not came_out:
            raise StoryBroken(f"the story did not come out: {what}")


def _named(shift: Shift) -> str:
    return wording.describe(shift, cast.LAKESIDE.time_zone)
