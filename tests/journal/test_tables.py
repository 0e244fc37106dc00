"""The tables: as the migrations make them, and as the code knows them."""

import logging
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from firstyes.actors.journal import open_journal, schema_version
from firstyes.actors.journal.schema import METADATA


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "journal.db"
    open_journal(f"sqlite:///{path}").close()
    return path


def test_the_migrations_make_the_tables_that_the_code_knows(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


def test_the_migrations_make_the_same_statements_as_the_code_would(path: Path, tmp_path: Path) -> None:
    """What a comparison of columns does not see: partial indexes, tables without row ids, growing keys."""

    def statements(database: Path) -> set[str]:
        with sqlite3.connect(database) as connection:
            query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%alembic%'"
            found = {" ".join(sql.split()) for (sql,) in connection.execute(query)}
        connection.close()
        return found

    engine = create_engine(f"sqlite:///{tmp_path}/made.db")
    METADATA.create_all(engine)
    engine.dispose()
    assert statements(path) == statements(tmp_path / "made.db")


def test_the_last_migration_is_the_version_the_code_writes() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema_version.STEPS))
    steps = ScriptDirectory.from_config(config)
    assert steps.get_current_head() == schema_version.HEAD
    assert {step.revision for step in steps.walk_revisions()} == schema_version.KNOWN


def test_a_migration_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from firstyes.actors.journal.files.database_file import DatabaseFile

    file = DatabaseFile(tmp_path / "journal.db")
    connection = file.connect_writer()
    connection.execute("CREATE TABLE shifts (in_the_way TEXT)")
    with pytest.raises(Exception, match="already exists"):
        schema_version.upgrade(connection)
    assert [name for (name,) in connection.execute("SELECT name FROM sqlite_master")] == ["shifts"]
    connection.close()


def test_opening_sets_up_no_logging(path: Path, tmp_path: Path) -> None:
    before = (logging.root.level, list(logging.root.handlers), logging.getLogger("alembic").level)
    open_journal(f"sqlite:///{tmp_path}/another.db").close()
    assert (logging.root.level, list(logging.root.handlers), logging.getLogger("alembic").level) == before


def test_every_table_of_the_database_is_known(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    assert set(inspect(engine).get_table_names()) == {*METADATA.tables, "alembic_version"}
    engine.dispose()
