"""Which version of the tables a store has, and how it is brought up to date.

The steps are Alembic migrations inside the package; no ini file is needed.
"""

from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect, text

from ingest.store.errors import NewerStoreError, NoStoreError, NotAStoreError, OlderStoreError
from ingest.store.tables import metadata
from ingest.store.views import drop_views, make_views

VERSION_TABLE = "xiada_schema"
"""Not Alembic's usual name, so that another program's migrations are never taken for ours."""

_MIGRATIONS = "ingest.store:migrations"
_LOCK_KEY = 0x78696164  # "xiad"


def check_schema(connection: Connection, name: str) -> None:
    """Raise where a store is not one that this program can read as it is: NoStoreError for an empty
    database, NotAStoreError, NewerStoreError, OlderStoreError."""
    revision = _revision(connection, name)
    if revision is None:
        raise NoStoreError(f"The database {name} is empty, there is no store in it.")
    if revision != _scripts().get_current_head():
        raise OlderStoreError(f"The store {name} was made by an older xiada.")


def update_schema(connection: Connection, name: str) -> None:
    """Make a store in an empty database, or bring an older one up to date, in one transaction.

    Raises NotAStoreError, NewerStoreError.
    """
    if connection.dialect.name == "postgresql":
        # Two jobs that start at once must not both make the tables.
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})"))
    scripts = _scripts()
    head = scripts.get_current_head()
    if head is None or _revision(connection, name) == head:
        return
    drop_views(connection)
    _upgrade(connection, scripts, head)
    make_views(connection)


def _upgrade(connection: Connection, scripts: ScriptDirectory, head: str) -> None:
    def steps(revision: tuple[str, ...], _context: MigrationContext) -> list[MigrationStep]:
        return scripts._upgrade_revs(head, revision)  # type: ignore[arg-type, return-value]

    context = MigrationContext.configure(
        connection,
        opts={"fn": steps, "version_table": VERSION_TABLE, "target_metadata": metadata},
    )
    with Operations.context(context):
        context.run_migrations()


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", _MIGRATIONS)
    return ScriptDirectory.from_config(config)


def _revision(connection: Connection, name: str) -> str | None:
    """The revision of a store, None for an empty database."""
    found = inspect(connection)
    tables = set(found.get_table_names())
    if VERSION_TABLE not in tables:
        others = sorted(tables)
        if others:
            told = ", ".join(others[:3])
            raise NotAStoreError(f"{name} is no store: it holds other tables ({told}).")
        return None
    rows = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).all()
    if len(rows) != 1:
        raise NotAStoreError(f"{name} is no whole store: it does not say its version.")
    revision = str(rows[0][0])
    try:
        _scripts().get_revision(revision)
    except CommandError as error:
        raise NewerStoreError(
            f"The store {name} was made by a newer xiada ({revision})."
        ) from error
    return revision
