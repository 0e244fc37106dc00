"""Row 72: bytes change on the disk while the journal is open. It is told as damage, and the next start finds it, too."""

import sqlite3
from pathlib import Path

import pytest

from firstyes.actors.journal.port import JournalDamaged
from firstyes.actors.journal.transaction import Transaction
from support.damage import nothing_read
from support.kept import Kept

pytestmark = pytest.mark.fault(40)

PAGE = 4096
INDEX_LEAF = 10


def spoil(kept: Kept, path: Path, *changes: tuple[bytes, bytes], kind: int | None = None) -> None:
    """Change these bytes in the database, in a page of that kind, and forget what was read of it."""
    with nothing_read(kept.journal):
        content = path.read_bytes()
        with path.open("rb+") as database:
            for before, after in changes:
                at = content.index(before)
                while kind is not None and content[at - at % PAGE] != kind:
                    at = content.index(before, at + 1)
                database.seek(at)
                database.write(after)


def test_row_72_damage_that_was_noticed_is_found_by_the_next_start_as_well(kept: Kept, store) -> None:
    """Only a sum can tell: every page is well-formed."""
    # given
    phones = [f"+1312555{number:04}" for number in range(400)]
    kept.write(lambda transaction: [transaction.make_contact(one) for one in phones])
    spoil(kept, store.path, (b"+13125550123", b"+13125550423"), kind=INDEX_LEAF)

    def change(transaction: Transaction) -> None:
        move = "UPDATE contacts NOT INDEXED SET phone = '+19990000000' WHERE phone = '+13125550123'"
        transaction.writing().execute(move)

    # when
    with pytest.raises(JournalDamaged):
        kept.write(change)
    assert kept.journal.health().error is not None
    kept.journal.close()
    # then
    with pytest.raises(JournalDamaged, match="page"):
        store.open()


def test_row_72_a_text_that_is_no_text_any_more_is_damage_and_is_not_quoted(kept: Kept, store) -> None:
    # given
    kept.employ("zoe", name="Zoe Quux")
    kept.journal.idle()
    spoil(kept, store.path, (b"Zoe Quux", b"Zoe \xd1uux"))
    # then
    with pytest.raises(JournalDamaged) as told:
        kept.journal.caregivers(None, None, 500)
    assert "Zoe" not in str(told.value)
    assert "damaged" in str(kept.journal.health().error)


def test_row_72_an_event_that_cannot_be_read_is_damage_and_is_not_quoted(kept: Kept, store) -> None:
    # given
    kept.offer()
    spoil(kept, store.path, (b'"shift_posted"', b'"shift_ported"'))
    # then
    with pytest.raises(JournalDamaged, match="an event cannot be read"):
        kept.write(lambda transaction: transaction.shift_events("s1"))
    assert "damaged" in str(kept.journal.health().error)


def test_row_72_where_names_of_tables_are_no_text_any_more_health_says_so(kept: Kept, store) -> None:
    # given
    name = (b"tableoutboxoutbox", b"tableout\xffoxoutbox")
    spoil(kept, store.path, name, (b"CREATE TABLE outbox", b"CREATX TABLE outbox"))
    # then
    assert "damaged" in str(kept.journal.health().error)
    with pytest.raises(JournalDamaged):
        kept.employ("zoe")


def test_whoever_reads_as_it_starts_keeps_nothing_from_being_noticed_later(kept: Kept, store) -> None:
    """The mark of a journal in use comes into the file when they are done."""
    # given
    kept.offer()
    kept.journal.close()
    reader = sqlite3.connect(store.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM shifts").fetchone()
    again = Kept(store.open())
    reader.close()
    # when
    again.offer("s2")
    again.journal.idle()
    store.path.write_bytes(b"")
    # then
    assert "replaced" in str(again.journal.health().error)
