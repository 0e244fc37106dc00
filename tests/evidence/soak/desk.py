"""`python -m evidence.soak.desk JOURNAL MESSAGES SAMPLES`: a desk that works, in a process of its own, by a clock that is moved.

Prints a line of JSON for each sample, and one at the end with what is in the journal.
"""

import _sqlite3
import ctypes
import gc
import json
import os
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from firstyes.actors.carriers.port import OutboundMessage
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.desk.desk import ShiftDesk
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain import wording
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.message import InboundMessage
from firstyes.domain.organization import Organization
from firstyes.domain.replies import RuleReader
from firstyes.domain.replies.reading import OfferTerms, Reply
from firstyes.domain.shift.shift import Shift

from . import agency
from .level import Sample

FIVE_AM = datetime(2030, 7, 16, 10, 0, tzinfo=UTC)
CALLERS = 8
"""Threads that hand in what people say."""
KEPT_BY_PHONES = 4_000
"""Messages that the simulated phones keep, so that they are full long before the memory is judged."""
TEN_MINUTES_A_TURN = 9
"""What is remembered of a phone has its offers until 72 hours after their shifts began: so long passes in the first half of a run."""
PATIENCE = 600.0
FULL = 4_000
"""Nearly as much as any memory in the domain keeps, 4,096; one of them forgets all when it has as much."""
HEAP_FIELDS = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()


class Day:
    """A desk and its agency; `messages` counts texts and calls that went out and texts that came in."""

    def __init__(self, journal: Path, reader: RuleReader) -> None:
        self._journal = journal
        self.clock = ManualClock(FIVE_AM)
        self._carrier = CountingSimulator(self.clock, keep=KEPT_BY_PHONES)
        self.desk = ShiftDesk(
            f"sqlite:///{journal}",
            clock=self.clock,
            carrier=self._carrier,
            reader=reader,
            patience=PATIENCE,
        )
        self._callers = ThreadPoolExecutor(CALLERS)
        self._received = 0
        self._turns = 0

    @property
    def messages(self) -> int:
        """How many there were so far, both ways."""
        return self._received + self._carrier.carried

    def open(self) -> None:
        """Start, with everybody there."""
        self.desk.start()
        self.desk.put_organizations([Organization.model_validate(agency.organization())])
        self.desk.put_caregivers([Caregiver.model_validate(one) for one in agency.caregivers()])

    def close(self) -> None:
        """Stop."""
        self._callers.shutdown()
        self.desk.close()
        self._carrier.close()

    def turn(self) -> None:
        """Let an hour and a half of the agency pass."""
        turn = agency.Turn(self._turns, self.clock.now())
        self._turns += 1
        self.desk.post_shifts([Shift.model_validate(one) for one in turn.shifts()])
        list(self._callers.map(self.desk.fan_out, turn.shift_ids))
        self.desk.settle(PATIENCE)
        codes = {
            (shift_id, offer.caregiver_id): offer.code
            for shift_id in turn.shift_ids
            if (record := self.desk.shift(shift_id)) is not None
            for offer in record.offers or ()
        }
        list(self._callers.map(self._say, turn.sayings(codes)))
        for shift_id in turn.cancelled():
            self.desk.cancel(shift_id, confirm=True)
        for shift_id in turn.released():
            self.desk.release(shift_id)
        self.desk.settle(PATIENCE)
        for _ in range(TEN_MINUTES_A_TURN):
            self.clock.advance(agency.TEN_MINUTES)
            self.desk.settle(PATIENCE)

    def sample(self) -> Sample:
        """Look at this process, after everything that nobody holds has been let go of."""
        gc.collect()
        return Sample.of(os.getpid(), self.messages, self._journal, held())

    def rows(self) -> dict[str, int]:
        """How many rows the tables that grow with messages have."""
        with closing(sqlite3.connect(f"file:{self._journal}?mode=ro", uri=True)) as connection:
            return {
                table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("inbox", "outbox", "events")
            }

    def _say(self, saying: agency.Saying) -> None:
        for _ in range(saying.times):
            self.desk.receive(
                InboundMessage(from_phone=saying.phone, body=saying.body, message_id=saying.message_id)
            )
            self._received += 1


def a_full_reader() -> RuleReader:
    """A reader that remembers as much as it may, with the memory for wordings as full: else a run would fill them."""
    reader = RuleReader()
    for number in range(FULL):
        starts = FIVE_AM + timedelta(hours=number)
        raw = {"id": "s", "organization_id": agency.AGENCY, "role_required": f"role-{number}"}
        shift = Shift.model_validate({**raw, "start_time": starts, "end_time": starts + timedelta(hours=1)})
        for language in ("en", "es"):
            wording.offer(shift, "America/Chicago", "Lakeside", "27", language)
        ends = starts + timedelta(hours=1)
        offers = (OfferTerms(role=f"role-{number}", starts_at=starts, ends_at=ends, code=str(number)),)
        reader.read(Reply(text=f"no {number} fine", offers=offers))
        reader.read(Reply(text=f"YES {number % 100}", offers=offers, received_at=starts))
    return reader


class Heap(ctypes.Structure):
    """What the C library says of its heap (mallinfo2); all but two fields are of no interest here."""

    _fields_ = tuple((name, ctypes.c_size_t) for name in HEAP_FIELDS)


def held() -> int | None:
    """Give the bytes that were asked for and not given back, without those of SQLite; None where that cannot be told.

    With PYTHONMALLOC=malloc all of Python's are among them.
    """
    library = ctypes.CDLL(None)
    if os.environ.get("PYTHONMALLOC") != "malloc" or not hasattr(library, "mallinfo2"):
        return None
    library.mallinfo2.restype = Heap
    pages = ctypes.CDLL(_sqlite3.__file__).sqlite3_memory_used
    pages.restype = ctypes.c_int64
    heap = library.mallinfo2()
    return int(heap.uordblks + heap.hblkhd - pages())


class CountingSimulator(Simulator):
    """Counts what it carries."""

    carried = 0

    def _take(self, outbound: OutboundMessage) -> str:
        self.carried += 1
        return super()._take(outbound)


def main() -> None:
    """Work until there were so many messages."""
    journal, messages, samples = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    # Full memories are for a run in which memory is judged.
    day = Day(journal, a_full_reader() if messages > FULL else RuleReader())
    day.open()
    for number in range(1, samples + 1):
        while day.messages < messages * number / samples:
            day.turn()
        print(json.dumps(asdict(day.sample())), flush=True)
    health = day.desk.health()
    told = {
        **day.rows(),
        "awake": health.awake,
        "dead_letters": health.dead_letters,
        "parked": len(health.parked),
    }
    print(json.dumps(told), flush=True)
    day.close()


if __name__ == "__main__":
    main()
