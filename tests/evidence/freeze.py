"""Frozen and woken: the server is stopped with SIGSTOP while deadlines pass and people answer, then continued."""

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

from firstyes.actors.carriers.port import Recovery

from .free_port import free_port
from .kills.house import House
from .kills.journal import Event, KilledJournal
from .kills.ledger import Text
from .kills.part import judge
from .kills.town import LIVELY, PEOPLE_A_ROLE, ROLES, SILENT, caregivers, shift
from .part import Finding, Part, Progress

SLEEPS = (3.0, 5.0, 5.0, 61.0)
"""Seconds of each freeze. A shift that nobody answers falls due after two, and again two seconds later."""

SHIFTS = 40
"""Shifts that nobody answers and that fall due during a freeze."""

IN_HAND = timedelta(seconds=1)
"""Deadlines are handed out in order, and many are seen to at a time: so far apart, none overtakes another."""

IMPATIENCE = 1.0
"""Seconds after which a carrier gives up and delivers its webhook again."""

BUSY = 75


def run(share: float, progress: Progress) -> Finding:
    """Freeze a server for each of `SLEEPS`, or for the first of them only."""
    return freeze(SLEEPS if share >= 1.0 else SLEEPS[:1], progress)


def freeze(sleeps: tuple[float, ...], progress: Progress) -> Finding:
    """Freeze one server again and again, then look at everything it did."""
    with tempfile.TemporaryDirectory(prefix="firstyes-freeze-") as folder:
        house = House(Path(folder), Recovery.LOOK_UP, seed=1)
        try:
            house.open()
            house.server.start()
            assert house.server.wait_ready(), house.server.last_words()
            late = []
            for done, seconds in enumerate(sleeps):
                late.append(_freeze_once(house, seconds))
                progress((done + 1) / len(sleeps))
            house.stop()
            problems = (*judge(house), *_out_of_order(KilledJournal(house.server.journal)))
        finally:
            house.close()
    summary = (
        f"{len(sleeps)} freezes of {', '.join(f'{one:g}' for one in sleeps)} s, each with {SHIFTS} shifts falling "
        f"due and {ROLES * PEOPLE_A_ROLE} people answering; all was done {', '.join(f'{one:.1f}' for one in late)} s "
        "after waking, the two seconds of the round that began then included"
    )
    return Finding(not problems, summary, problems)


def _freeze_once(house: House, seconds: float) -> float:
    """Freeze it with deadlines ahead and replies coming in; give how late the last overdue deadline was met."""
    server = house.server
    _offer(house, LIVELY, ROLES)
    house.all_sent()
    _offer(house, SILENT, SHIFTS)
    server.signal(signal.SIGSTOP)
    began = time.monotonic()
    texts = _texts(house)
    impatient = [Thread(target=_give_up, args=(server.port, text)) for text in texts]
    for thread in impatient:
        thread.start()
    for thread in impatient:
        thread.join()
    _try_second_owner(house)
    time.sleep(max(0.0, seconds - (time.monotonic() - began)))
    server.signal(signal.SIGCONT)
    woken = time.monotonic()
    house.ledger.open_texts.extend(texts)
    house.settle()
    return time.monotonic() - woken


def _offer(house: House, kind: str, number: int) -> None:
    caller = house.server.caller()
    first = house.ledger.number()
    shifts = [shift(first, kind), *(shift(house.ledger.number(), kind) for _ in range(number - 1))]
    house.ledger.obeyed("/shifts", shifts, caller.call("POST", "/shifts", shifts))
    for one in shifts:
        path = f"/shifts/{one['id']}/fanout"
        house.ledger.obeyed(path, None, caller.call("POST", path))
    caller.close()


def _texts(house: House) -> list[Text]:
    """Everybody who was offered a shift says yes to the latest."""
    lively = {one["phone"] for one in caregivers() if one["organization_id"] == LIVELY}
    codes = house.codes()
    return [house.ledger.say(phone, f"YES {codes[phone]}") for phone in sorted(lively)]


def _give_up(port: int, text: Text) -> None:
    """Deliver a text to the frozen server and not wait for its answer, as a carrier does after a while."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=IMPATIENCE)
    try:
        connection.request(
            "POST", "/messages/inbound", json.dumps(text.wire()), {"Content-Type": "application/json"}
        )
        connection.getresponse()
    except OSError:
        pass
    finally:
        connection.close()


def _try_second_owner(house: House) -> None:
    """Whoever finds it silent and starts another one is refused: it is frozen, not dead."""
    other = subprocess.run(
        [
            Path(sys.executable).with_name("firstyes"),
            *("serve", "--port", str(free_port()), "--store", f"sqlite:///{house.server.journal}"),
        ],
        env={name: value for name, value in os.environ.items() if not name.startswith("FIRSTYES_")},
        capture_output=True,
        timeout=300,
        check=False,
    )
    if other.returncode != BUSY:
        house.ledger.problems.append(f"a second owner ended with {other.returncode}: {other.stderr.decode()}")


def _out_of_order(journal: KilledJournal) -> Iterator[str]:
    """Deadlines that were met much later than such as fell due after them."""
    due: dict[str, str] = {}
    met: list[tuple[int, str, str]] = []
    for shift_id, events in journal.shifts.items():
        for event in events:
            if event.type in {"round_started", "shift_unfilled"} and shift_id in due:
                met.append((event.number, due[shift_id], shift_id))
                if _at(event) < due[shift_id]:
                    yield f"{shift_id} had time until {due[shift_id]}; its {event.type} came at {_at(event)}"
            if event.type in {"fan_out_started", "round_started"}:
                due[shift_id] = event.data["round_ends_at"]
    met.sort()
    latest = datetime.min.replace(tzinfo=UTC)
    for _, text, shift_id in met:
        at = datetime.fromisoformat(text)
        if latest - at > IN_HAND:
            yield f"{shift_id} fell due at {at}, and was seen to after one that fell due at {latest}"
        latest = max(latest, at)


def _at(event: Event) -> str:
    at: str = event.data["at"]
    return at


PART = Part(
    name="freeze",
    what="Freeze a server (SIGSTOP) while deadlines pass and people answer; wake it: all happens once, in order.",
    seconds=100.0,
    run=run,
)
