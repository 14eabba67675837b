"""The views `current_readings`, `current_notices`, `current_figures` and so on, for SQL by hand."""

from typing import Any

from sqlalchemy import Connection, Select, inspect, select

from ingest.store.picking import latest_sources, picked_readings
from ingest.store.tables import record_tables
from ingest.store.values import CURRENT


def view_queries() -> dict[str, Select[Any]]:
    """What each view shows. Those of the public tables have exactly their published columns."""
    queries: dict[str, Select[Any]] = {
        "current_sources": latest_sources(),
        "current_readings": picked_readings(CURRENT),
    }
    for name, table in record_tables.items():
        current = picked_readings(CURRENT).subquery("current")
        columns = [c for c in table.c if c.name not in ("reading_id", "position")]
        queries[f"current_{name}"] = select(*columns).join_from(
            table, current, table.c.reading_id == current.c.id
        )
    return queries


def drop_views(connection: Connection) -> None:
    """Take the views away, before the tables under them change."""
    for name in set(view_queries()) & set(inspect(connection).get_view_names()):
        connection.exec_driver_sql(f"DROP VIEW {name}")


def make_views(connection: Connection) -> None:
    """Make the views anew."""
    drop_views(connection)
    for name, query in view_queries().items():
        text = query.compile(connection, compile_kwargs={"literal_binds": True})
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {text}")
