"""Many rows at once: `executemany`, and COPY where PostgreSQL gets more than a few.

Rows go to the driver as tuples, past SQLAlchemy's own handling of single values, which for the rows
of a large notice would cost as much again as writing them.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table

from ingest.store.faults import fault_to_error

COPY_FROM = 20
"""So many rows and more go through COPY: a little faster than `executemany` for 40 rows, twice as
fast for 1,000."""

Row = Sequence[Any]
Process = Callable[[Any], Any] | None


def insert_rows(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[Row]
) -> None:
    """Append rows, their values in the order of `names`."""
    if not rows:
        return
    dialect = connection.dialect
    processes = _processes(table, names, dialect)
    ready = [
        tuple(
            value if process is None else process(value)
            for value, process in zip(row, processes, strict=True)
        )
        for row in rows
    ]
    is_postgres = dialect.name == "postgresql"
    columns = ", ".join(names)
    if is_postgres and len(rows) >= COPY_FROM:
        _copy(connection, f"COPY {table.name} ({columns}) FROM STDIN", ready)
        return
    places = ", ".join(["%s" if is_postgres else "?"] * len(names))
    connection.exec_driver_sql(f"INSERT INTO {table.name} ({columns}) VALUES ({places})", ready)


@lru_cache(maxsize=64)
def _processes(table: Table, names: tuple[str, ...], dialect: Dialect) -> tuple[Process, ...]:
    """What makes a value of each column ready for the driver."""
    return tuple(table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names)


def _copy(connection: Connection, statement: str, rows: Sequence[Row]) -> None:
    cursor: Any = connection.connection.cursor()
    try:
        with cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    # SQLAlchemy does not see what goes wrong here, so it is told as the engine would tell it.
    except Exception as fault:
        error = fault_to_error(fault, connection.engine.url.render_as_string(hide_password=True))
        if error is None:
            raise
        raise error from fault
