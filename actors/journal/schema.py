"""The form of a journal: which tables it has (`schema.sql`), and whether a database has them."""

from pathlib import Path
from sqlite3 import Connection

from .port import JournalDamaged, JournalTooNew

FORM = 10
"""The number of the form that is read and written here. It stands in the database, as SQLite's "user version"."""
STATEMENTS = Path(__file__).with_name("schema.sql")
ALWAYS = frozenset({"streams", "events", "outbox"})
"""Tables that a journal of every form has, and hardly anything else all of."""


def check(connection: Connection) -> bool:
    """Whether the database holds a journal; False when it is empty.

    Raises `JournalTooNew` when a newer firstyes wrote it, which is then the only one that may open it, and
    `JournalDamaged` when it is of a former form, or no journal at all.
    """
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not names:
        return False
    if not names >= ALWAYS:
        raise JournalDamaged(
            "the database holds tables, but it is not a journal of firstyes. Name another file, or restore the "
            "journal from a backup."
        )
    (form,) = connection.execute("PRAGMA user_version").fetchone()
    if form > FORM:
        raise JournalTooNew(
            f"the journal has form {form}, this firstyes knows form {FORM}: it was written by a newer release. Run that "
            "release, or restore a backup made before the upgrade."
        )
    if form < FORM:
        raise JournalDamaged(
            f"the journal has form {form}, which this firstyes does not read any more: it knows form {FORM}. Start anew: "
            "move the journal's files away, or name another file, and load your organizations, caregivers and shifts."
        )
    return True


def make(connection: Connection) -> None:
    """Make the tables in an empty database, in one transaction: all of them or none. Raises `sqlite3.Error`."""
    connection.executescript(
        f"BEGIN IMMEDIATE;\n{STATEMENTS.read_text('utf-8')}\nPRAGMA user_version = {FORM};\nCOMMIT;"
    )
