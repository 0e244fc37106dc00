"""Which version of the tables a database has, and how it is brought to the present one.

Alembic keeps the steps. It is called with everything handed in: no configuration file, no logging set-up, nothing
global. It is imported only when there is a step to take, because that costs a quarter of a second.
"""

from pathlib import Path
from sqlite3 import Connection

from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import StaticPool

from .port import JournalDamaged, JournalTooNew

HEAD = "0001"
"""The version this code reads and writes."""
STEPS = Path(__file__).with_name("migrations")
KNOWN = frozenset({"0001"})


def version_of(connection: Connection) -> str | None:
    """Give the database's version, None when it is empty.

    Raises `JournalDamaged` when it holds tables but no version: then it is not a journal.
    """
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not names:
        return None
    row = (
        connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if "alembic_version" in names
        else None
    )
    if row is None:
        raise JournalDamaged(
            "the database holds tables but no schema version: it is not a journal of firstyes. "
            "Name another file, or restore the journal from a backup."
        )
    return str(row[0])


def check(connection: Connection) -> str | None:
    """Give the database's version if this code can open it (None: it is empty).

    Raises `JournalTooNew` when a newer firstyes wrote it, which is then the only one that may open it.
    """
    version = version_of(connection)
    if version is not None and version not in KNOWN:
        raise JournalTooNew(
            f"the journal has schema version {version}, this firstyes knows up to {HEAD}: it was written by a "
            "newer release. Run that release, or restore a backup made before the upgrade."
        )
    return version


def upgrade(connection: Connection) -> None:
    """Take every step up to `HEAD`, in one transaction: all of them or none."""
    from alembic.config import Config  # noqa: PLC0415
    from alembic.operations import Operations  # noqa: PLC0415
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    steps = ScriptDirectory.from_config(config)
    engine = create_engine(make_url("sqlite://"), creator=lambda: connection, poolclass=StaticPool)
    # In a transaction that was begun before, Alembic commits nothing by itself.
    with engine.connect() as bound, bound.begin():
        bound.exec_driver_sql("BEGIN IMMEDIATE")
        context = MigrationContext.configure(
            bound, opts={"fn": lambda present, _: steps._upgrade_revs(HEAD, present)}
        )
        context.run_migrations(op=Operations(context))
