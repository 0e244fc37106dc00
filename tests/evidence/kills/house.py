"""One house: a server, its journal and its carrier, killed again and again; after each start it is asked what it knows."""

import itertools
import json
import random
import signal
import sqlite3
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from firstyes.actors.carriers.port import Recovery

from .books import read
from .ledger import Ledger, Text
from .load import Load, codes_in
from .server import Caller, DoomedServer, Gone
from .town import SILENT, caregivers, organizations

POINTS = {
    "before commit": 25,
    "after commit": 25,
    "before commit, writing": 40,
    "after commit, writing": 40,
    "before marking": 20,
    "before hand-over": 40,
    "after hand-over": 40,
    "before checkpoint, writing": 1,
    "after checkpoint, writing": 1,
}
"""Where the server kills itself, and at the latest how many passings after its start."""

SELDOM = 0.1
"""A checkpoint is only made in silence, which takes a second: it is chosen that much less often than other points."""

MAKING = 2
MADE_IN = 0.1
"""Kills while there is no whole journal yet, and about how many seconds it takes to make one."""

RE_ASKED = 12
LOOKED_AT = 6
"""After each start so many texts are delivered again, and so many shifts are read."""

SETTLING = 600.0
"""Seconds after which what is still to be sent counts as lost."""

LONGEST_LIFE = 0.8
"""Seconds of load before it is killed from outside."""


@dataclass(slots=True)
class Toll:
    """What the kills of one house came to."""

    kills: Counter[str] = field(default_factory=Counter)
    ready: list[float] = field(default_factory=list)
    """Seconds from each start to ready, modules already read."""
    again: int = 0
    """Texts delivered again after they had been answered."""
    window: set[int] = field(default_factory=set)
    """Outbox rows that were marked `sending` at the moment of a kill: what was handed over may not be recorded yet."""


class House:
    """A server that is killed once for every call of `kill_once`; `ledger.problems` says what was found."""

    def __init__(
        self,
        folder: Path,
        recovery: Recovery,
        seed: int,
        journal: Path | None = None,
        *,
        on_twilio: bool = False,
    ) -> None:
        """`journal` is where it keeps its journal if not in its `folder`; `on_twilio`: its carrier is Twilio."""
        folder.mkdir(parents=True, exist_ok=True)
        twilio = seed if on_twilio else None
        self.server = DoomedServer(folder, recovery, journal or folder / "journal.db", twilio)
        self.ledger = Ledger()
        self.toll = Toll()
        self._random = random.Random(seed)
        self.load = Load(self.server, self.ledger, seed)
        self._usual_start = 0.3

    def open(self) -> None:
        """Kill it while it makes its journal, then let it be made and tell it who there is."""
        for _ in range(MAKING):
            self.server.start()
            while not self.server.journal.exists():
                assert not self.server.has_ended, self.server.last_words()
                time.sleep(0.001)
            time.sleep(self._random.random() * MADE_IN)
            self._end("making its journal")
            self.toll.kills["making its journal"] += 1
        self.server.start()
        assert self.server.wait_ready(), self.server.last_words()
        caller = self.server.caller()
        for path, rows in (("/organizations", organizations()), ("/caregivers", caregivers())):
            status, told = caller.call("POST", path, rows)
            assert status == 200, told
        caller.close()
        self.server.signal(signal.SIGKILL)
        self.server.wait_dead()

    def kill_once(self) -> None:
        """Start it, load it, kill it: at a crash point, while it starts, or at a random moment."""
        fate = self._random.random()
        point = self._choose_point() if fate < 0.5 else None
        nth = self._random.randint(1, POINTS[point]) if point else 1
        began = time.monotonic()
        self.server.start(point, nth)
        if fate > 0.85:
            time.sleep(self._random.random() * self._usual_start)
            died = self._end("starting")
        elif not self._ready(began):
            died = self._end("starting")
        else:
            died = self._live(point, began)
        self.toll.kills[died] += 1
        self.toll.window |= self._being_sent()

    def wake(self) -> None:
        """Start it for good, look at what it knows, and wait until all that is due has gone out."""
        self.server.start()
        if not self.server.wait_ready():
            raise AssertionError(f"it does not start any more: {self.server.last_words()}")
        self.settle()

    def settle(self) -> None:
        """Deliver what is unanswered, and wait until nothing is left to send and nobody silent to wait for."""
        for _ in range(50):
            self._ask_again(everything=True)
            if not self.ledger.open_texts and not self.ledger.orders:
                break
        deadline = time.monotonic() + SETTLING
        while (self._unsent() or self._unanswered()) and time.monotonic() < deadline:
            time.sleep(0.05)

    def all_sent(self) -> None:
        """Wait until nothing is left to send."""
        deadline = time.monotonic() + SETTLING
        while self._unsent() and time.monotonic() < deadline:
            time.sleep(0.02)

    def codes(self) -> dict[str, str]:
        """Give the code of the latest offer that each phone was sent."""
        return {entry.phone: code for entry in read(self.server.books) for code in codes_in(entry.body)}

    def stop(self) -> None:
        """End it as an operator would."""
        self.server.signal(signal.SIGTERM)
        code = self.server.wait_dead()
        if code != 0:
            self.ledger.problems.append(f"told to stop it ended with {code}: {self.server.last_words()}")

    def close(self) -> None:
        """Leave nothing running."""
        self.server.close()

    def _choose_point(self) -> str:
        points = list(POINTS)
        weights = [SELDOM if "checkpoint" in one else 1.0 for one in points]
        return self._random.choices(points, weights)[0]

    def _ready(self, began: float) -> bool:
        if not self.server.wait_ready():
            return False
        took = time.monotonic() - began
        self.toll.ready.append(took)
        self._usual_start += 0.1 * (took - self._usual_start)
        return True

    def _live(self, point: str | None, began: float) -> str:
        try:
            self._ask_again()
        except Gone:
            return self._end(point or "at random")
        longest = LONGEST_LIFE * (1.5 if point else self._random.random())
        silent = point is not None and "checkpoint" in point
        until = time.monotonic() + (longest / 4 if silent else longest)
        self.load.run(lambda: time.monotonic() > until)
        if silent and (code := self.server.wait_dead(5.0)) is not None:
            self._expect_killed(code)
            return point or ""
        return self._end(point or "at random")

    def _end(self, how: str) -> str:
        """Kill it, unless it has just done so itself; say how it came to its end."""
        code = self.server.wait_dead(0.05 if how in POINTS else 0.001)
        if code is None:
            self.server.signal(signal.SIGKILL)
            code = self.server.wait_dead()
            how = "at random" if how in POINTS else how
        self._expect_killed(code)
        return how

    def _expect_killed(self, code: int | None) -> None:
        if code != -signal.SIGKILL:
            self.ledger.problems.append(f"it ended by itself with {code}: {self.server.last_words()}")

    def _ask_again(self, *, everything: bool = False) -> None:
        """Do what a carrier and a coordinator do after no answer, then see whether what was acknowledged is there."""
        caller = self.server.caller()
        try:
            for _ in range(len(self.ledger.open_texts) if everything else 5):
                if self.ledger.open_texts:
                    self._deliver(caller, self.ledger.open_texts.popleft())
            while self.ledger.orders:
                path, body = self.ledger.orders[0]
                if not self.ledger.obeyed(path, body, caller.call("POST", path, body)):
                    break
                self.ledger.orders.popleft()
            self._look(caller)
        finally:
            caller.close()

    def _deliver(self, caller: Caller, text: Text) -> None:
        try:
            self.ledger.heard(text, caller.call("POST", "/messages/inbound", text.wire()))
        except Gone:
            if text.answer is None:
                self.ledger.open_texts.append(text)
            raise

    def _look(self, caller: Caller) -> None:
        recent, touched = self.ledger.look()
        for text in self._random.sample(recent, min(RE_ASKED, len(recent))):
            self._deliver(caller, text)
            self.toll.again += 1
        for shift_id in self._random.sample(touched, min(LOOKED_AT, len(touched))):
            status, told = caller.call("GET", f"/shifts/{shift_id}/timeline")
            mine = [text for text in recent if text.answer and text.answer[1].get("shift_id") == shift_id]
            self._compare(shift_id, told["items"] if status == 200 else [], mine)

    def _compare(self, shift_id: str, timeline: list[dict[str, Any]], texts: list[Text]) -> None:
        """Whether what was acknowledged about a shift stands in its history."""
        types = [entry["type"] for entry in timeline]
        lost = self.ledger.problems.append
        if shift_id in self.ledger.posted and "shift_posted" not in types:
            lost(f"{shift_id} was acknowledged as posted and is not there")
        if shift_id in self.ledger.offered and "fan_out_started" not in types:
            lost(f"{shift_id} was acknowledged as fanned out and is not being offered: {types}")
        turns = [one for one in types if one in {"shift_claimed", "shift_released"}]
        if any(one == other for one, other in itertools.pairwise(turns)) or turns[:1] == ["shift_released"]:
            lost(f"{shift_id} was claimed by two: {json.dumps(timeline)}")
        if "shift_claimed" not in types:
            for text in texts:
                if text.answer and text.answer[1]["status"] == "success":
                    lost(f"{text.message_id} won {shift_id}, whose history has no claim: {types}")

    def _being_sent(self) -> set[int]:
        """What the dead server had marked as being sent. From its journal; nobody else has it open."""
        if not self.server.journal.exists():
            return set()
        connection = sqlite3.connect(f"file:{self.server.journal}?mode=ro", uri=True)
        try:
            return {key for (key,) in connection.execute("SELECT seq FROM outbox WHERE state = 'sending'")}
        finally:
            connection.close()

    def _unanswered(self) -> bool:
        """Whether a shift that nobody answers is still being offered."""
        caller = self.server.caller()
        try:
            _, told = caller.call("GET", f"/shifts?status=offering&organization_id={SILENT}&limit=1")
            return bool(told["items"])
        finally:
            caller.close()

    def _unsent(self) -> int:
        connection = sqlite3.connect(f"file:{self.server.journal}?mode=ro", uri=True)
        try:
            states = "'sending', 'planned'" + (
                "" if self.server.recovery is Recovery.LEAVE else ", 'unknown'"
            )
            [(count,)] = connection.execute(f"SELECT count(*) FROM outbox WHERE state IN ({states})")
            return int(count)
        finally:
            connection.close()
