"""Which documents were answered otherwise at the end of one run than at the end of another."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    CTE,
    Connection,
    Integer,
    Select,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from ingest.records import Records
from ingest.store.picking import picked_readings
from ingest.store.reading import read_documents
from ingest.store.tables import record_tables
from ingest.store.values import as_of_run

_PAIRS_AT_ONCE = 4
"""So many documents' answers are in memory twice; a large notice has some thousand records."""

Pair = tuple[int | None, int | None]
Change = tuple[Records | None, Records | None]


def changed_documents(connection: Connection, left: int, right: int) -> Iterator[Change]:
    """The records of each document that has another reading at the end of run `right` than at the
    end of run `left`, by path; None where one of them has none.

    A document is found by its bytes, else by its path, where another file lies now. Only a few
    documents are in memory at any time.
    """
    query = _pairs(left, right)
    found = connection.execution_options(yield_per=1_000).execute(query)
    for rows in found.partitions(_PAIRS_AT_ONCE):
        pairs: list[Pair] = [(row[0], row[1]) for row in rows]
        ids = [reading for pair in pairs for reading in pair if reading is not None]
        records = dict(zip(ids, read_documents(connection, ids), strict=True))
        for one, other in pairs:
            yield (
                None if one is None else records[one],
                None if other is None else records[other],
            )


def unchanged_figures(connection: Connection, left: int, right: int) -> int:
    """How many figures have the same reading at the end of both runs."""
    notices = record_tables["notices"]
    here, there = (picked_readings(as_of_run(run)).subquery() for run in (left, right))
    both = select(here.c.id).intersect(select(there.c.id)).subquery()
    query = select(func.coalesce(func.sum(notices.c.figures), 0)).where(
        notices.c.reading_id.in_(select(both.c.id))
    )
    return int(connection.execute(query).scalar_one())


def _pairs(left: int, right: int) -> Select[Any]:
    """The readings of one run that are not those of the other, as pairs: columns `one`, `other`.

    By path, and of one path those of the left run first. The database does it, whose room is the
    disk's: a better version has other readings for the whole archive.
    """
    here, there = (picked_readings(as_of_run(run)).cte() for run in (left, right))
    lefts = select(here).except_(select(there)).cte("lefts")
    rights = select(there).except_(select(here)).cte("rights")
    moved = _moved(_loose(lefts, rights), _loose(rights, lefts))
    partner = func.coalesce(rights.c.id, moved.c.other)
    of_lefts = (
        select(
            lefts.c.source,
            lefts.c.sha256,
            literal(0).label("side"),
            lefts.c.id.label("one"),
            partner.label("other"),
        )
        .join_from(lefts, rights, lefts.c.sha256 == rights.c.sha256, isouter=True)
        .join(moved, moved.c.one == lefts.c.id, isouter=True)
    )
    only_right = select(
        rights.c.source, rights.c.sha256, literal(1), cast(null(), Integer), rights.c.id
    ).where(
        rights.c.sha256.not_in(select(lefts.c.sha256)), rights.c.id.not_in(select(moved.c.other))
    )
    pairs = union_all(of_lefts, only_right).subquery("pairs")
    order = (pairs.c.source, pairs.c.side, pairs.c.sha256)
    return select(pairs.c.one, pairs.c.other).order_by(*order)


def _loose(side: CTE, other: CTE) -> CTE:
    """The readings of bytes that the other run does not have; `from_first` and `from_last` count
    those of one path."""
    path, first, last = side.c.source, side.c.sha256.asc(), side.c.sha256.desc()
    number = func.row_number()
    return (
        select(
            side.c.id,
            side.c.source,
            number.over(partition_by=path, order_by=first).label("from_first"),
            number.over(partition_by=path, order_by=last).label("from_last"),
        )
        .where(side.c.sha256.not_in(select(other.c.sha256)))
        .cte()
    )


def _moved(lefts: CTE, rights: CTE) -> CTE:
    """Pairs of readings of other bytes at the same path, one a path."""
    return (
        select(lefts.c.id.label("one"), rights.c.id.label("other"))
        .join_from(lefts, rights, lefts.c.source == rights.c.source)
        .where(lefts.c.from_first == 1, rights.c.from_last == 1)
        .cte("moved")
    )
