"""What is in a store: sources as they are known, and records as they were saved."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Select, Text, and_, case, func, literal, select, type_coerce

from ingest.export.columns import TABLES
from ingest.records import Records
from ingest.store.filters import NO_FILTERS, Filters, filtered_readings
from ingest.store.picking import latest_sources
from ingest.store.tables import quarantine, readings, record_tables
from ingest.store.values import Known, Selection, SourceState
from schemas.records import RECORD_TYPES, Record

_DOCUMENTS_AT_ONCE = 20
"""So many documents' records are in memory together; a large notice has a thousand figures."""

_STATES = {state.value: state for state in SourceState}


def known_sources(connection: Connection, version_id: int | None) -> dict[tuple[str, str], Known]:
    """All sources as they were seen last, by path and member, in one query."""
    now = latest_sources().subquery("now")
    read = and_(readings.c.sha256 == now.c.sha256, readings.c.version_id == version_id)
    held = and_(
        quarantine.c.sha256 == now.c.sha256,
        quarantine.c.version_id == version_id,
        ~quarantine.c.released,
    )
    state = case(
        (now.c.container, literal(SourceState.CONTAINER.value)),
        (readings.c.id.is_not(None), literal(SourceState.READ.value)),
        (quarantine.c.sha256.is_not(None), literal(SourceState.QUARANTINED.value)),
        else_=literal(SourceState.UNREAD.value),
    )
    # Neither a path nor a hash holds a NUL: plain texts spare a call for each of a million values.
    path, member, sha256 = (
        type_coerce(now.c[name], Text()) for name in ("path", "member", "sha256")
    )
    query = (
        select(path, member, now.c.size, now.c.mtime_ns, sha256, type_coerce(state, Text()))
        .select_from(now)
        .outerjoin(readings, read)
        .outerjoin(quarantine, held)
    )
    return {
        (path, member): Known(size, mtime_ns, sha256, _STATES[state])
        for path, member, size, mtime_ns, sha256, state in connection.execute(query)
    }


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
    query = (
        select(notices.c.outcome, func.count())
        .join_from(notices, readings, notices.c.reading_id == readings.c.id)
        .where(readings.c.run_id == run_id)
        .group_by(notices.c.outcome)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
