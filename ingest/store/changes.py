"""Which documents were answered otherwise at the end of one run than at the end of another."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

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

    A document is found by its bytes, else by its path, where another file lies now.
    """
    pairs = _pairs(_only_in(connection, left, right), _only_in(connection, right, left))
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):
        some = pairs[start : start + _PAIRS_AT_ONCE]
        ids = [reading for pair in some for reading in pair if reading is not None]
        found = dict(zip(ids, read_documents(connection, ids), strict=True))
        for one, other in some:
            yield (
                None if one is None else found[one],
                None if other is None else found[other],
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


def _only_in(connection: Connection, run: int, other: int) -> list[tuple[int, str, str]]:
    """The readings (id, sha256, source) of one run that are not those of another, by path."""
    here, there = (picked_readings(as_of_run(number)).subquery() for number in (run, other))
    columns = ("id", "sha256", "source")
    query = select(*(here.c[name] for name in columns)).except_(
        select(*(there.c[name] for name in columns))
    )
    rows = [(row[0], row[1], row[2]) for row in connection.execute(query)]
    return sorted(rows, key=lambda row: (row[2].encode(), row[1]))


def _pairs(lefts: list[tuple[int, str, str]], rights: list[tuple[int, str, str]]) -> list[Pair]:
    by_bytes = {sha256: reading for reading, sha256, _ in rights}
    bytes_here = {sha256 for _, sha256, _ in lefts}
    by_path = {path: reading for reading, sha256, path in rights if sha256 not in bytes_here}
    found: list[tuple[str, Pair]] = []
    taken: set[int] = set()
    for reading, sha256, path in lefts:
        partner = by_bytes.get(sha256)
        if partner is None:
            partner = by_path.pop(path, None)
        if partner is not None:
            taken.add(partner)
        found.append((path, (reading, partner)))
    found += [(path, (None, reading)) for reading, _, path in rights if reading not in taken]
    return [pair for _, pair in sorted(found, key=lambda one: one[0].encode())]
