"""A batch is as good as one by one: whatever is sent together is answered and kept as if it had come alone; and whoever writes is
answered alike whether their phone is remembered or looked up."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from firstyes.actors.carriers.port import Capabilities, Recovery
from firstyes.actors.errors import HandlerFailed, UnknownPhone
from firstyes.actors.journal.port import BrokenAppend
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.journal.transaction import Transaction
from firstyes.actors.runtime.clock import ManualClock
from firstyes.actors.runtime.envelope import Envelope
from firstyes.actors.runtime.promise import Promise
from firstyes.actors.system import ActorSystem, Tools
from firstyes.actors.tasks import LookForNews, ShiftTask, Tick, Write
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.message import InboundMessage
from firstyes.domain.organization import Organization, OwnNumber
from firstyes.domain.policy import DEFAULT_ROUNDS
from firstyes.domain.replies import RuleReader
from firstyes.domain.shift.commands import AssignShift, CancelShift, PostShift, ReleaseShift, StartFanOut
from firstyes.domain.shift.shift import Shift
from simulation import contact_book
from support.journals import Bug, FailingJournal
from support.patience import PATIENCE
from support.world import FIVE_AM

BY = "coordinator"
PEOPLE = {"Ana": ("RN",), "Ben": ("RN", "LPN"), "Cay": ("LPN",), "Dot": ("RN",)}
PHONES = {name: f"+1312555020{number}" for number, name in enumerate(PEOPLE)}
SHIFTS = {"early": ("RN", 2), "overlaps": ("RN", 6), "licensed": ("LPN", 3), "tomorrow": ("RN", 26)}
LAKESIDE = Organization(
    id="lakeside", name="Lakeside", time_zone="America/Chicago", phones=(OwnNumber(number="+13125550100"),)
)


TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sqlite_sequence'"
NUMBERS = "SELECT id FROM inbox UNION ALL SELECT seq FROM outbox ORDER BY 1"


class Mute:
    """A carrier that carries nothing: what is planned stays planned, whatever the batches."""

    capabilities = Capabilities(channels=frozenset(), recovery=Recovery.LEAVE)


class Watched(FailingJournal):
    """Counts the batches that came to contradict what is kept: carried out one by one, they hide what is wrong."""

    def __init__(self, journal: SqliteJournal, stepped: "Stepped") -> None:
        super().__init__(journal)
        self._stepped = stepped

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        try:
            with super().transaction() as transaction:
                yield transaction
        except BrokenAppend:
            self._stepped.contradictions += 1
            raise


class Stepped:
    """A system that the test turns, so many messages at a time."""

    def __init__(
        self, most: int, *, forgetful: bool = False, steady: Callable[[], float] = monotonic
    ) -> None:
        """`most` messages are carried out in a batch, unless that takes long by `steady`. Who is `forgetful` remembers nothing of
        a phone from before a message."""
        self.most = most
        self.forgetful = forgetful
        self.clock = ManualClock(FIVE_AM)
        self.journal = SqliteJournal.open("sqlite://")
        self.contradictions = 0
        carrier: Any = Mute()
        self.system = ActorSystem(
            Tools(
                Watched(self.journal, self),
                carrier,
                self.clock,
                RuleReader(),
                DEFAULT_ROUNDS,
                steady=steady,
            )
        )
        self.promises: list[Promise[Any]] = []
        self.tasks: list[Any] = [
            Write(lambda transaction: transaction.put_organization(LAKESIDE, FIVE_AM, BY)),
            *(put(name) for name in PEOPLE),
        ]
        for shift_id in SHIFTS:
            self.tasks += [self.posting(shift_id), ShiftTask(shift_id, StartFanOut(at=FIVE_AM, by=BY))]
        self.send(self.tasks)
        self.carry_out()

    def posting(self, shift_id: str, hours: int = 8) -> ShiftTask:
        role, starts_in = SHIFTS[shift_id]
        start = FIVE_AM + timedelta(hours=starts_in)
        shift = Shift(
            id=shift_id,
            organization_id="lakeside",
            role_required=role,
            start_time=start,
            end_time=start + timedelta(hours=hours),
        )
        now = self.clock.now()
        return ShiftTask(shift_id, PostShift(at=now, by="coordinator", shift=shift, zone="America/Chicago"))

    def send(self, tasks: Sequence[Any]) -> None:
        for task in tasks:
            if isinstance(task, Tick | LookForNews):
                self.system.post(task)
            else:
                self.promises.append(Promise())
                self.system.post(Envelope(task, self.promises[-1]))

    def carry_out(self) -> None:
        """Turn until all messages are carried out."""
        while self.system.loop.queued:
            self.system.loop.turn(self.most)

    def answers(self) -> list[Any]:
        return [self.answer(one) for one in self.promises]

    def answer(self, promise: Promise[Any]) -> Any:
        try:
            return promise.wait(0)
        except HandlerFailed as error:
            return type(error.__cause__)
        except Bug:
            return Bug

    def tables(self) -> dict[str, list[Any]]:
        """All that is kept, but for how many commits that took, and for keys that went with a batch that was taken back."""
        with closing(sqlite3.connect(self.journal._file.path)) as connection:
            streams = dict(connection.execute("SELECT id, name FROM streams"))
            numbers = {key: place for place, (key,) in enumerate(connection.execute(NUMBERS))}
            keys: dict[str, dict[int, Any]] = {
                **dict.fromkeys(("streams.id", "shifts.key", "stream", "shift"), streams),
                **dict.fromkeys(("inbox.id", "outbox.seq"), numbers),
            }
            kept = {}
            for (table,) in connection.execute(TABLES).fetchall():
                rows = connection.execute(f'SELECT * FROM "{table}"')
                columns = [column[0] for column in rows.description]
                names = [keys.get(f"{table}.{one}", keys.get(one, {})) for one in columns]
                kept[table] = [
                    {one: of.get(x, x) for one, of, x in zip(columns, names, row, strict=True)}
                    for row in rows
                ]
        for alert in kept["alerts"]:
            kind, place, who = alert["matter"].split("/", 2)
            alert["matter"] = (kind, streams.get(int(place), place) if place.isdecimal() else place, who)
            alert["messages"] = [numbers[int(one[3:])] for one in json.loads(alert["messages"])]
        return {table: sorted(rows, key=repr) for table, rows in kept.items()}

    def close(self) -> None:
        self.system.stop(PATIENCE)
        self.journal.close()


def put(name: str, **changes: Any) -> Write:
    fields = {"name": name, "roles": PEOPLE[name], "phone": PHONES[name], **changes}
    person = Caregiver(id=name, organization_id="lakeside", **fields)
    return Write(lambda transaction: transaction.put_caregivers([person], FIVE_AM, BY))


def fail(transaction: Transaction) -> None:
    transaction.put_organization(Organization(id="never"), FIVE_AM, BY)
    raise Bug


@dataclass(frozen=True)
class Step:
    """One thing that somebody does, said so that it can be done to several systems."""

    what: str
    tasks: Callable[[Stepped], list[Any]]

    def __repr__(self) -> str:
        return self.what


def says(name: str, body: str, shift_id: str, number: int) -> Step:
    """A text, with the code of an offer where it wants one; the same number and text are the same message."""

    def tasks(stepped: Stepped) -> list[Any]:
        record = stepped.journal.shift(shift_id)
        offers = record.offers or () if record else ()
        code = next((one.code for one in offers if one.caregiver_id == name), "")
        message = InboundMessage(
            from_phone=PHONES[name], body=body.format(code=code).strip(), message_id=f"SM{number}"
        )
        if stepped.forgetful:
            stepped.system.contacts._known.clear()
        with suppress(UnknownPhone):
            stepped.promises.append(stepped.system.inbound.put(message))
        return []

    return Step(f"{name} says {body} (SM{number}) of {shift_id}", tasks)


def orders(what: str, shift_id: str, name: str, number: int) -> Step:
    def tasks(stepped: Stepped) -> list[Any]:
        order: Any = {
            "fan out": StartFanOut(at=FIVE_AM, by=BY),
            "release": ReleaseShift(at=FIVE_AM, by=BY),
            "assign": AssignShift(at=FIVE_AM, by=BY, caregiver_id=name),
            "override": AssignShift(at=FIVE_AM, by=BY, caregiver_id=name, override="said so"),
            "cancel": CancelShift(at=stepped.clock.now(), by="coordinator", confirm=True),
        }.get(what)
        return [ShiftTask(shift_id, order) if order else stepped.posting(shift_id, 7 + number % 3)]

    return Step(f"{what} {shift_id} ({name}, {number})", tasks)


def changes(name: str, field: str) -> Step:
    known: dict[str, dict[str, Any]] = {
        "role": {"roles": ("LPN",)},
        "phone": {"phone": "+13125550299"},
        "left": {"active": False},
        "as before": {},
    }
    return Step(f"{name}: {field}", lambda _: [put(name, **known[field]), LookForNews((name,))])


def passes(seconds: int) -> Step:
    def tasks(stepped: Stepped) -> list[Any]:
        stepped.clock.advance(seconds)
        return [Tick(stepped.clock.now())]

    return Step(f"{seconds} s pass", tasks)


BUG = Step("a bug", lambda _: [Write(fail)])

names, shift_ids, numbers = (
    st.sampled_from(sorted(PEOPLE)),
    st.sampled_from(sorted(SHIFTS)),
    st.integers(1, 4),
)
BODIES = [
    "yes", "YES {code}", "YES {code}", "NO {code}", "no", "ok", "STOP", "START", "HELP", "can't make it",
]  # fmt: skip
ORDERS = ["fan out", "release", "assign", "override", "cancel", "post"]
texts = st.builds(says, names, st.sampled_from(BODIES), shift_ids, numbers)
waves = st.lists(
    st.lists(
        st.one_of(
            texts,
            texts,
            texts,
            st.builds(orders, st.sampled_from(ORDERS), shift_ids, names, numbers),
            st.builds(changes, names, st.sampled_from(["role", "phone", "left", "as before"])),
            st.builds(passes, st.sampled_from([30, 600, 4000])),
            st.just(BUG),
        ),
        min_size=3,
        max_size=12,
    ),
    min_size=1,
    max_size=4,
)


def contradicts_nothing(stepped: Stepped) -> None:
    assert stepped.contradictions == 0


def played(
    waves: Sequence[Sequence[Step]],
    most: int,
    *,
    look: Callable[[Stepped], None] = contradicts_nothing,
    **how: Any,
) -> tuple[list[Any], dict[str, list[Any]]]:
    """What is answered and kept; `look` is called after each wave. Each is sent when the one before is done: what a message finds open as it
    comes in is for no batch to change."""
    stepped = Stepped(most, **how)
    try:
        for wave in waves:
            for step in wave:
                stepped.send(step.tasks(stepped))
            stepped.carry_out()
            look(stepped)
        return stepped.answers(), stepped.tables()
    finally:
        stepped.close()


LEAP = [*[says("Ana", "yes", "early", 1)] * 3, says("Ana", "yes", "licensed", 1), changes("Ana", "role")]
"""Then the clock leaps: actors that have something to say to themselves are put to sleep, and their successors are asked."""


@settings(max_examples=settings.default.max_examples // 2)
@given(waves=waves, most=st.sampled_from([2, 3, 7, 256, 256, 256]))
@example(waves=[[*LEAP, passes(600), passes(4000), says("Ana", "yes", "early", 2)]], most=2)
def test_the_same_messages_in_one_batch_and_singly_have_equal_answers_and_leave_equal_tables(
    waves: list[list[Step]], most: int
) -> None:
    singly, together = played(waves, 1), played(waves, most)
    assert together[0] == singly[0]
    for name, rows in singly[1].items():
        assert together[1][name] == rows, name


def compare(stepped: Stepped) -> None:
    """What is remembered of phones is what a look-up would find."""
    differences: list[str] = []
    contact_book.compare(
        stepped.system.contacts, stepped.clock.now(), lambda _, details: differences.append(details)
    )
    assert differences == []


@settings(max_examples=settings.default.max_examples // 2)
@given(waves=waves, most=st.sampled_from([1, 3, 256]))
def test_whoever_writes_is_answered_alike_whether_their_phone_is_remembered_or_looked_up_each_time(
    waves: list[list[Step]], most: int
) -> None:
    # By a clock that stands still both have the same batches.
    alike: dict[str, Any] = {"steady": lambda: 0.0}
    remembered = played(waves, most, look=compare, **alike)
    looked_up = played(waves, most, look=lambda _: None, forgetful=True, **alike)
    assert remembered == looked_up
