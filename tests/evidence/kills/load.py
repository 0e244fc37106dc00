"""The load under which a server is killed: phones that answer what they are sent, and coordinators who make work."""

import random
import re
import time
from collections import deque
from collections.abc import Callable
from threading import Event, Thread

from .books import parse
from .ledger import Ledger, Release, Text
from .server import Caller, DoomedServer, Gone
from .town import LIVELY, SILENT, caregivers, shift

PHONES = 5
"""Connections over which texts come in."""

SHIFTS_A_LIFE = 14
"""Shifts posted between two kills, about; more would only make the journal longer."""

CODE = re.compile(r"^YES (\d+):|Reply YES (\d+)", re.MULTILINE)
"""In offers, several of which may be one text."""
BEHIND = 150
"""Offers that wait to be answered before coordinators post no more."""


class Load:
    """Phones and coordinators, between two kills; all of them stop when the server is gone.

    A text goes out under its id until it is answered. Whoever is offered a shift says yes, no or nothing; some say it
    twice, some without the code, and some answer an offer of long ago.
    """

    def __init__(self, server: DoomedServer, ledger: Ledger, seed: int) -> None:
        self._server = server
        self._ledger = ledger
        self._random = random.Random(seed)
        self._lively = {one["phone"] for one in caregivers() if one["organization_id"] == LIVELY}
        self._offers: deque[tuple[str, str]] = deque()
        self._old_offers: deque[tuple[str, str]] = deque(maxlen=300)
        self._won: deque[str] = deque(maxlen=40)
        self._read_to = 0
        self._over = Event()
        self._shifts = 0

    def run(self, enough: Callable[[], bool]) -> None:
        """Make load until the server is gone or it is `enough`."""
        self._over.clear()
        self._shifts = 0
        threads = [Thread(target=self._phones, args=(self._random.random(),)) for _ in range(PHONES)]
        threads += [Thread(target=self._coordinate, args=(self._random.random(),)) for _ in range(2)]
        for thread in threads:
            thread.start()
        while not self._over.is_set() and not enough():
            self._read_books()
            self._over.wait(0.005)
        self._over.set()
        for thread in threads:
            thread.join()

    def _read_books(self) -> None:
        """What the carrier has taken arrives at the phones."""
        if not self._server.books.exists():
            return
        with self._server.books.open("rb") as books:
            books.seek(self._read_to)
            for line in books:
                if not line.endswith(b"\n"):
                    break
                self._read_to += len(line)
                entry = parse(line)
                if entry is None or entry.phone not in self._lively:
                    continue
                self._offers.extend((entry.phone, code) for code in codes_in(entry.body))

    def _phones(self, seed: float) -> None:
        chance = random.Random(seed)
        caller = self._server.caller()
        try:
            while not self._over.is_set():
                text = self._next_text(chance)
                if text is None:
                    time.sleep(0.002)
                    continue
                try:
                    answer = caller.call("POST", "/messages/inbound", text.wire())
                except Gone:
                    if text.answer is None:
                        self._ledger.open_texts.append(text)
                    raise
                self._ledger.heard(text, answer)
                if answer[1].get("status") == "success":
                    self._won.append(answer[1]["shift_id"])
        except Gone:
            self._over.set()
        finally:
            caller.close()

    def _next_text(self, chance: random.Random) -> Text | None:
        fate = chance.random()
        try:
            if fate < 0.1:
                return self._ledger.open_texts.popleft()
            offers = self._old_offers if fate < 0.15 else self._offers
            phone, code = offers.popleft()
        except IndexError:
            return None
        self._old_offers.append((phone, code))
        if fate < 0.65:
            return self._ledger.say(phone, f"YES {code}")
        if fate < 0.72:
            return self._ledger.say(phone, "yes")
        return self._ledger.say(phone, f"NO {code}") if fate < 0.85 else None

    def _coordinate(self, seed: float) -> None:
        chance = random.Random(seed)
        caller = self._server.caller()
        try:
            while not self._over.is_set():
                if self._won and chance.random() < 0.3:
                    self._release(caller, chance)
                elif self._shifts < SHIFTS_A_LIFE and len(self._offers) < BEHIND:
                    self._make_work(caller, chance)
                time.sleep(chance.random() / 100)
        except Gone:
            self._over.set()
        finally:
            caller.close()

    def _release(self, caller: Caller, chance: random.Random) -> None:
        release = Release(chance.choice(list(self._won)))
        self._ledger.releases.append(release)
        self._ledger.acknowledged(release, caller.call("POST", f"/shifts/{release.shift_id}/release"))

    def _make_work(self, caller: Caller, chance: random.Random) -> None:
        kind = SILENT if chance.random() < 0.15 else LIVELY
        some = [shift(self._ledger.number(), kind) for _ in range(chance.randint(1, 4))]
        self._shifts += len(some)
        orders = [("/shifts", some), *((f"/shifts/{one['id']}/fanout", None) for one in some)]
        for done, (path, body) in enumerate(orders):
            try:
                obeyed = self._ledger.obeyed(path, body, caller.call("POST", path, body))
            except Gone:
                self._ledger.orders.extend(orders[done:])
                raise
            if not obeyed:
                self._ledger.orders.extend(orders[done:])
                return


def codes_in(body: str) -> list[str]:
    """Give the codes that a text offers."""
    return [one or other for one, other in CODE.findall(body)]
