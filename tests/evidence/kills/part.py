"""Real kills: servers under load die by SIGKILL, at each crash point and at any moment, and are asked what they know."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from statistics import median
from threading import Lock

from firstyes.actors.carriers.port import Recovery

from ..part import Finding, Part, Progress
from .answers import double_claims, forgotten_shifts, lost_answers, unanswered
from .books import read
from .house import House
from .journal import KilledJournal
from .texts import lost_texts, missed_deadlines, wrong_texts

KILLS = 1_000
HOUSES = (Recovery.LOOK_UP, Recovery.RESEND, Recovery.LEAVE)
"""One server for each way in which a carrier can be asked what it took; and one more on Twilio, over sockets."""

SHOWN = 8
"""Problems of one kind that are told; behind the first few there is seldom another cause."""


def run(share: float, progress: Progress) -> Finding:
    """Kill `share` of a thousand times."""
    return kill(max(1, round(KILLS * share)), progress)


def kill(times: int, progress: Progress, seed: int = 1, recoveries: tuple[Recovery, ...] = HOUSES) -> Finding:
    """Kill servers `times` in all, side by side; then look at everything once more."""
    with tempfile.TemporaryDirectory(prefix="firstyes-kills-") as folder:
        houses = [
            House(Path(folder) / recovery.value, recovery, seed + number)
            for number, recovery in enumerate(recoveries)
        ]
        houses.append(House(Path(folder) / "twilio", Recovery.LOOK_UP, seed, on_twilio=True))
        try:
            _kill_all(houses, times, progress)
            problems = [problem for house in houses for problem in judge(house)]
            return Finding(not problems, _summary(houses), tuple(problems))
        finally:
            for house in houses:
                house.close()


def judge(house: House) -> Iterator[str]:
    """Look at everything that one house was ever told, handed over and wrote down."""
    journal = KilledJournal(house.server.journal)
    entries = list(read(house.server.books))
    recovery, window = house.server.recovery, house.toll.window
    if journal.integrity != ["ok"]:
        yield f"SQLite finds the journal damaged: {journal.integrity}"
    yield from journal.gaps
    for found in (
        iter(house.ledger.problems),
        unanswered(house.ledger),
        lost_answers(house.ledger, journal),
        double_claims(house.ledger, journal),
        forgotten_shifts(journal),
        lost_texts(journal, entries, recovery, window),
        wrong_texts(journal, entries, recovery, window),
        missed_deadlines(journal),
    ):
        for problem in islice(found, SHOWN):
            carrier = (
                "Twilio" if house.server.twilio else f"carrier that can {recovery.value.replace('_', ' ')}"
            )
            yield f"{carrier}: {problem}"


def _kill_all(houses: list[House], times: int, progress: Progress) -> None:
    left, lock = iter(range(times)), Lock()

    def live(house: House) -> None:
        house.open()
        while True:
            with lock:
                number = next(left, None)
            if number is None:
                break
            house.kill_once()
            progress((number + 1) / (times + 1))
        house.wake()
        house.stop()

    with ThreadPoolExecutor(len(houses)) as threads:
        for done in [threads.submit(live, house) for house in houses]:
            done.result()
    progress(1.0)


def _summary(houses: list[House]) -> str:
    kills: Counter[str] = Counter()
    for house in houses:
        kills += house.toll.kills
    answers = sum(text.answer is not None for house in houses for text in house.ledger.texts.values())
    again = sum(house.toll.again for house in houses)
    entries = [[entry.key for entry in read(house.server.books)] for house in houses]
    texts, twice = sum(map(len, entries)), sum(len(keys) - len(set(keys)) for keys in entries)
    window = sum(len(house.toll.window) for house in houses)
    ready = [seconds for house in houses for seconds in house.toll.ready] or [0.0]
    where = ", ".join(f"{point} {number}" for point, number in kills.most_common())
    return (
        f"{kills.total()} kills ({where}); {answers:,} answers to texts and "
        f"{sum(len(house.ledger.releases) for house in houses):,} releases, {again:,} asked again; {texts:,} texts and "
        f"calls, {window:,} on their way at a kill, {twice} of them handed over twice, all to the carrier that takes a "
        f"key only once; ready again after {median(ready):.2f} s ({max(ready):.2f} at most)"
    )


PART = Part(
    name="kills",
    what="Kill servers under load a thousand times; nothing acknowledged may be lost, nothing given or sent twice.",
    # 1,123 s on two processors that others kept busy as well; the work itself is some 800 s of one.
    seconds=900.0,
    run=run,
)
