"""Servers under load, killed with SIGKILL at crash points and at random moments; what `make prove` does in full."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.kills.house import House
from evidence.kills.part import KILLS, PART, judge, kill
from firstyes.actors.carriers.port import Recovery

pytestmark = pytest.mark.server


@pytest.mark.fault(1)
@pytest.mark.fault(2)
@pytest.mark.fault(3)
@pytest.mark.fault(4)
def test_servers_killed_under_load_lose_nothing_give_nothing_twice_and_send_nothing_twice() -> None:
    found = kill(8, lambda done: None, recoveries=(Recovery.LOOK_UP,))

    assert found.holds, "\n".join(found.problems)
    # Two more of each of the two servers, the one on Twilio among them.
    assert found.summary.startswith("12 kills (")


def test_a_full_run_is_a_thousand_kills() -> None:
    assert KILLS >= 1_000
    assert PART.seconds <= 15 * 60


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house that was never killed, and in which all is well. What says that nothing was lost must see when it is."""
    house = House(tmp_path_factory.mktemp("house"), Recovery.LOOK_UP, seed=3)
    house.open()
    house.server.start()
    assert house.server.wait_ready()
    house.load.run(lambda: len(house.ledger.texts) > 60)
    house.settle()
    house.stop()
    assert list(judge(house)) == []
    yield house
    house.close()


@pytest.mark.parametrize(
    ("damage", "seen"),
    [
        ("DELETE FROM inbox WHERE id = (SELECT min(id) FROM inbox)", "is not in the journal"),
        ("UPDATE inbox SET answer = replace(answer, 'You have', 'You had')", "in the journal stands"),
        ("DELETE FROM events WHERE type = 'shift_claimed'", "no event says so"),
        ("UPDATE claims SET released_at = 1", "by its row"),
        ("UPDATE outbox SET state = 'planned' WHERE purpose = 'offer'", "has not ended"),
        ("UPDATE outbox SET state = 'dropped' WHERE purpose = 'offer'", "without a reason"),
        ("UPDATE outbox SET body = 'Hello'", "which the outbox does not hold"),
        ("DELETE FROM outbox WHERE purpose = 'confirmation'", "claims and confirmations differ"),
        ("UPDATE shifts SET status = 'offering', next_deadline = NULL", "its deadline is None"),
        (
            "INSERT INTO events (stream, version, type, data) SELECT stream, (SELECT max(version) + 1 "
            "FROM events WHERE stream = one.stream), type, replace(data, '\"lively-', '\"other-') FROM events "
            "AS one WHERE type = 'shift_claimed' AND stream NOT IN (SELECT stream FROM events WHERE type = "
            "'shift_released')",
            "was claimed by other-",
        ),
    ],
)
def test_the_judge_sees_a_journal_that_does_not_say_what_people_were_told(
    house: House, damage: str, seen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = tmp_path / "journal.db"
    with sqlite3.connect(house.server.journal) as whole, sqlite3.connect(damaged) as copy:
        whole.backup(copy)
        assert copy.execute(damage).rowcount > 0
    whole.close()
    copy.close()
    monkeypatch.setattr(house.server, "journal", damaged)

    problems = list(judge(house))

    assert any(seen in one for one in problems), problems


def test_the_judge_sees_a_text_that_was_handed_over_twice(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = house.server.books.read_text().splitlines(keepends=True)
    twice = tmp_path / "books.tsv"
    twice.write_text("".join([*lines, lines[0]]))
    monkeypatch.setattr(house.server, "books", twice)

    assert any("handed over 2 times" in one for one in judge(house))


def test_the_judge_sees_a_text_that_the_carrier_never_had(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = house.server.books.read_text().splitlines(keepends=True)
    fewer = tmp_path / "books.tsv"
    fewer.write_text("".join(lines[1:]))
    monkeypatch.setattr(house.server, "books", fewer)

    assert any("the carrier never had it" in one for one in judge(house))
