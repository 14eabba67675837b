"""What is in a store: sources as they are known, and records as they were saved."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Select, func, select, text

from ingest.export.columns import TABLES
from ingest.records import Records
from ingest.store.filters import NO_FILTERS, Filters, filtered_readings
from ingest.store.tables import readings, record_tables
from ingest.store.values import Known, Selection, SourceState
from schemas.records import RECORD_TYPES, Record

_DOCUMENTS_AT_ONCE = 20
"""So many documents' records are in memory together; a large notice has a thousand figures."""

_SOURCES_AT_ONCE = 5_000

_STATES = (SourceState.CONTAINER, SourceState.READ, SourceState.QUARANTINED, SourceState.UNREAD)

# As text, because every night begins with it and making it of parts takes as long as reading two
# thousand rows. What a later run saw takes the place of what was before, so the order matters.
_KNOWN = text(
    """
    SELECT sources.path, sources.member, sources.size, sources.mtime_ns, sources.sha256,
        CASE WHEN sources.container THEN 0
            WHEN readings.id IS NOT NULL THEN 1
            WHEN quarantine.sha256 IS NOT NULL THEN 2
            ELSE 3 END
    FROM sources
    LEFT JOIN readings
        ON readings.sha256 = sources.sha256 AND readings.version_id = :version
    LEFT JOIN quarantine
        ON quarantine.sha256 = sources.sha256 AND quarantine.version_id = :version
        AND NOT quarantine.released
    ORDER BY sources.run_id
    """
)


def known_sources(connection: Connection, version_id: int | None) -> dict[tuple[str, str], Known]:
    """All sources as they were seen last, by path and member, in one query."""
    known: dict[tuple[str, str], Known] = {}
    # This runs over each of perhaps a million sources, every night: rows are taken as the driver
    # gives them (neither a path nor a hash holds a NUL), and nothing in the loop is a call of ours.
    as_known = partial(tuple.__new__, Known)
    with connection.execute(_KNOWN, {"version": version_id}) as found:
        while rows := found.cursor.fetchmany(_SOURCES_AT_ONCE):
            paths, members, *marks, states = zip(*rows, strict=True)
            values = map(as_known, zip(*marks, map(_STATES.__getitem__, states), strict=True))
            known.update(zip(zip(paths, members, strict=True), values, strict=True))
    return known


def stream_records(
    connection: Connection, selection: Selection, version_id: int | None, filters: Filters
) -> Iterator[Records]:
    """The records of each document picked, by source and hash, each table in print order.

    Only a few documents are in memory at any time.
    """
    picked = filtered_readings(selection, version_id, filters)
    order = select(picked.c.id).order_by(picked.c.source, picked.c.sha256)
    found = connection.execution_options(yield_per=1_000).execute(order)
    for ids in found.scalars().partitions(_DOCUMENTS_AT_ONCE):
        yield from read_documents(connection, ids, filters)


def read_documents(
    connection: Connection, ids: Sequence[int], filters: Filters = NO_FILTERS
) -> Iterator[Records]:
    """The records of some readings, in their order."""
    tables = {name: _rows_by_reading(connection, name, ids, filters) for name in TABLES}
    for reading in ids:
        found: dict[str, Any] = {name: tables[name].get(reading, ()) for name in TABLES}
        yield Records(**found)


def _rows_by_reading(
    connection: Connection, name: str, ids: Sequence[int], filters: Filters
) -> dict[int, tuple[Record, ...]]:
    table, model = record_tables[name], RECORD_TYPES[name]
    columns = [table.c[field] for field in model.model_fields]
    query: Select[Any] = (
        select(table.c.reading_id, *columns)
        .where(table.c.reading_id.in_(ids), *filters.rows.get(name, ()))
        .order_by(table.c.reading_id, table.c.position)
    )
    names = tuple(model.model_fields)
    rows = connection.execute(query)
    return {
        reading: tuple(
            model.model_validate(dict(zip(names, row[1:], strict=True))) for row in group
        )
        for reading, group in groupby(rows, key=itemgetter(0))
    }


def count_outcomes(connection: Connection, run_id: int) -> dict[str, int]:
    """How many documents a run read, by their outcome."""
    notices = record_tables["notices"]
    # Not a join: SQLite would look at all notices of the store for it.
    of_run = select(readings.c.id).where(readings.c.run_id == run_id)
    query = (
        select(notices.c.outcome, func.count())
        .where(notices.c.reading_id.in_(of_run))
        .group_by(notices.c.outcome)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
