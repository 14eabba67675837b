"""Which version of the tables a store has, and how it is brought up to date.

A store of this version is known by one look; Alembic is loaded (`upgrading.py`) only for others.
"""

from sqlalchemy import Connection, inspect, text

from ingest.store.errors import NoStoreError, NotAStoreError, OlderStoreError
from ingest.store.views import drop_views, make_views

HEAD = "0001"
"""The last step in `migrations/`: the version of the tables that this program writes."""

VERSION_TABLE = "xiada_schema"
"""Not Alembic's usual name, so that another program's migrations are never taken for ours."""

_LOCK_KEY = 0x78696164  # "xiad"


def check_schema(connection: Connection, name: str) -> None:
    """Raise where a store is not one that this program can read as it is: NoStoreError for an empty
    database, NotAStoreError, NewerStoreError, OlderStoreError."""
    revision = _revision(connection, name)
    if revision is None:
        raise NoStoreError(f"The database {name} is empty, there is no store in it.")
    if revision != HEAD:
        from ingest.store.upgrading import check_not_newer  # noqa: PLC0415  loads Alembic

        check_not_newer(revision, name)
        raise OlderStoreError(f"The store {name} was made by an older xiada.")


def update_schema(connection: Connection, name: str) -> None:
    """Make a store in an empty database, or bring an older one up to date, in one transaction.

    Raises NotAStoreError, NewerStoreError.
    """
    if connection.dialect.name == "postgresql":
        # Two jobs that start at once must not both make the tables.
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})"))
    revision = _revision(connection, name)
    if revision == HEAD:
        return
    from ingest.store.upgrading import check_not_newer, upgrade  # noqa: PLC0415  loads Alembic

    if revision is not None:
        check_not_newer(revision, name)
    drop_views(connection)
    upgrade(connection, HEAD, VERSION_TABLE)
    make_views(connection)


def _revision(connection: Connection, name: str) -> str | None:
    """The revision of a store, None for an empty database."""
    found = inspect(connection)
    if not found.has_table(VERSION_TABLE):
        others = sorted(found.get_table_names())
        if others:
            told = ", ".join(others[:3])
            raise NotAStoreError(f"{name} is no store: it holds other tables ({told}).")
        return None
    rows = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).all()
    if len(rows) != 1:
        raise NotAStoreError(f"{name} is no whole store: it does not say its version.")
    return str(rows[0][0])
