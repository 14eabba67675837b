"""The tables of a store are those of the records, and migrations lead there."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from ingest.export.columns import TABLES, table_columns
from ingest.store import CURRENT, Access, open_store, schema, upgrading
from ingest.store.errors import NewerStoreError, NoStoreError, NotAStoreError, OlderStoreError
from ingest.store.migrations.versions import r0001_first_tables
from ingest.store.schema import HEAD, VERSION_TABLE
from ingest.store.tables import metadata, record_tables
from ingest.store.views import view_queries
from tests.ingest.store.made_store import filled_store, made_records


def test_migrations_lead_to_the_tables_of_the_records(store_url: str) -> None:
    """Where this fails a record has another column: add a migration that adds it to stores."""
    with open_store(store_url) as store, store.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, metadata) == []


def test_the_program_knows_which_migration_is_the_last() -> None:
    """Where this fails there is a new migration: raise `HEAD`."""
    assert upgrading.migration_scripts().get_current_head() == HEAD


def test_public_tables_and_views_have_the_published_columns(store_url: str) -> None:
    with open_store(store_url) as store, store.reading() as connection:
        found = inspect(connection)
        for name in TABLES:
            published = [column.name for column in table_columns(name)]
            stored = [column["name"] for column in found.get_columns(name)]
            assert stored == ["reading_id", "position", *published]
            assert [c.name for c in record_tables[name].c] == stored
            viewed = [column["name"] for column in found.get_columns(f"current_{name}")]
            assert viewed == published
        assert set(found.get_view_names()) == set(view_queries())


def test_views_show_current_rows_to_any_sql_tool(store_url: str) -> None:
    records = made_records("a.txt")
    with filled_store(store_url, records) as store, store.reading() as connection:
        query = "SELECT count(*), count(DISTINCT unit_code) FROM current_figures"
        assert connection.exec_driver_sql(query).one() == (len(records.figures), 2)


def test_opening_again_changes_nothing(store_url: str) -> None:
    with filled_store(store_url, made_records("a.txt")):
        pass
    with open_store(store_url) as store, store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM notices").scalar() == 1


def test_a_newer_store_is_refused_and_not_touched(store_url: str) -> None:
    with open_store(store_url) as store, store.writing() as connection:
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    for access in Access:
        with (
            pytest.raises(NewerStoreError, match="newer xiada") as told,
            open_store(store_url, access),
        ):
            pass
        assert "Install" in told.value.remedy


NEXT = """
from alembic import op
from sqlalchemy import Column, Text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("figures", Column("new", Text, nullable=True))
"""


def test_an_older_store_is_brought_up_to_date_with_all_that_it_holds(
    store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = made_records("a.txt")
    with filled_store(store_url, records):
        pass
    first = Path(r0001_first_tables.__file__)
    versions = tmp_path / "migrations" / "versions"
    versions.mkdir(parents=True)
    (versions / first.name).write_bytes(first.read_bytes())
    (versions / "r0002_next.py").write_text(NEXT)
    monkeypatch.setattr(upgrading, "_MIGRATIONS", str(versions.parent))
    monkeypatch.setattr(schema, "HEAD", "0002")
    with pytest.raises(OlderStoreError, match="older xiada"), open_store(store_url, Access.READ):
        pass
    with open_store(store_url) as store:
        assert list(store.records(CURRENT)) == [records]
        with store.reading() as connection:
            columns = inspect(connection).get_columns("figures")
            assert columns[-1]["name"] == "new"
            query = "SELECT count(*) FROM current_figures"
            assert connection.exec_driver_sql(query).scalar() == len(records.figures)


def test_another_program_s_database_is_refused_and_not_touched(store_url: str) -> None:
    with open_store(store_url) as store, store.writing() as connection:
        connection.exec_driver_sql(f"DROP TABLE {VERSION_TABLE}")
    for access in Access:
        with pytest.raises(NotAStoreError, match="other tables"), open_store(store_url, access):
            pass


def test_an_empty_server_database_holds_no_store_to_read(postgres_url: object) -> None:
    assert callable(postgres_url)
    with pytest.raises(NoStoreError, match="empty"), open_store(postgres_url(), Access.READ):
        pass
