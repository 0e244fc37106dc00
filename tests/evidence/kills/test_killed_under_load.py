"""Servers under load, killed with SIGKILL at crash points and at random moments; what `make prove` does in full."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evidence.kills.house import House
from evidence.kills.part import judge, kill
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


DAMAGES = (
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
)
"""What is done to a journal, and what the judge then says of it."""


def test_the_judge_sees_whatever_does_not_agree_with_what_people_were_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A house that was never killed, and in which all is well: what says that nothing was lost must see when it is."""
    # given
    house = House(tmp_path / "house", Recovery.LOOK_UP, seed=3)
    with closing(house):
        house.open()
        house.server.start()
        assert house.server.wait_ready()
        house.load.run(lambda: len(house.ledger.texts) > 60)
        house.settle()
        house.stop()
        assert list(judge(house)) == []
        # when a row is changed
        for number, (damage, seen) in enumerate(DAMAGES):
            damaged = tmp_path / f"journal-{number}.db"
            with (
                closing(sqlite3.connect(house.server.journal)) as whole,
                closing(sqlite3.connect(damaged)) as copy,
            ):
                whole.backup(copy)
                with copy:
                    assert copy.execute(damage).rowcount > 0
            with monkeypatch.context() as patch:
                patch.setattr(house.server, "journal", damaged)
                assert_seen(house, seen)
        # when the carrier had one text twice, or never
        lines = house.server.books.read_text().splitlines(keepends=True)
        for had, seen in (
            ([*lines, lines[0]], "handed over 2 times"),
            (lines[1:], "the carrier never had it"),
        ):
            books = tmp_path / "books.tsv"
            books.write_text("".join(had))
            monkeypatch.setattr(house.server, "books", books)
            assert_seen(house, seen)


def assert_seen(house: House, seen: str) -> None:
    problems = list(judge(house))
    assert any(seen in one for one in problems), problems
