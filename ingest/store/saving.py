"""One document goes into the store: its records, its source, its attempt, all or nothing."""

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from ingest.export.columns import TABLES, record_values, table_columns
from ingest.store.bulk import insert_rows
from ingest.store.moments import now
from ingest.store.tables import attempts, contents, documents, readings, record_tables, sources
from ingest.store.values import AttemptOutcome, Receipt, Run, Saved, SourceFile
from schemas.records import Record

Insert = sqlite.Insert | postgresql.Insert


def insert_into(connection: Connection, table: Table) -> Insert:
    """An INSERT that can say what to do on conflict, which each database has its own words for."""
    is_postgres = connection.dialect.name == "postgresql"
    return postgresql.insert(table) if is_postgres else sqlite.insert(table)


def source_key(file: SourceFile) -> str:
    """A short key for a place in the archive, whatever the length of its path."""
    path = f"{file.path}\0{file.member}".encode()
    return hashlib.blake2b(path, digest_size=16).hexdigest()


def save_receipt(connection: Connection, run: Run, receipt: Receipt) -> Saved:
    """Write what came of one document, within the transaction of the caller.

    A reading of the same bytes by the same version is left as it is.
    """
    notice = receipt.records.notices[0]
    save_document(connection, run.id, receipt.file, media=notice.media.value)
    save_source(connection, run.id, receipt.file)
    if receipt.contents is not None:
        values = {"sha256": receipt.file.sha256, "bytes": receipt.contents}
        connection.execute(
            insert_into(connection, contents).on_conflict_do_nothing(index_elements=["sha256"]),
            values,
        )
    if receipt.attempt is not None:
        close_attempt(connection, receipt.attempt.id, AttemptOutcome.READ, "")
    reading = connection.execute(
        insert_into(connection, readings)
        .on_conflict_do_nothing(index_elements=["sha256", "version_id"])
        .returning(readings.c.id),
        {
            "sha256": receipt.file.sha256,
            "version_id": run.version_id,
            "run_id": run.id,
            "source": notice.source,
            "saved": now(),
        },
    ).scalar()
    if reading is None:
        return Saved.ALREADY
    for name in TABLES:
        _insert_records(connection, name, reading, getattr(receipt.records, name))
    return Saved.SAVED


def save_document(
    connection: Connection, run_id: int, file: SourceFile, media: str | None = None
) -> None:
    """Note that these bytes exist, with the first source that they were seen at."""
    insert = insert_into(connection, documents)
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=["sha256"],
            set_={"media": insert.excluded.media},
            where=documents.c.media.is_(None),
        ),
        {
            "sha256": file.sha256,
            "size": file.size,
            "media": media,
            "path": file.path,
            "member": file.member,
            "run_id": run_id,
        },
    )


def save_source(connection: Connection, run_id: int, file: SourceFile) -> None:
    """Note what stands at a place of the archive, where it is not what stood there before."""
    columns = (sources.c.size, sources.c.mtime_ns, sources.c.sha256, sources.c.container)
    key = source_key(file)
    before = connection.execute(
        select(*columns).where(sources.c.key == key).order_by(sources.c.run_id.desc()).limit(1)
    ).first()
    values = {
        "size": file.size,
        "mtime_ns": file.mtime_ns,
        "sha256": file.sha256,
        "container": file.container,
    }
    if before is not None and before._mapping == values:
        return
    connection.execute(
        insert_into(connection, sources).on_conflict_do_update(
            index_elements=["key", "run_id"], set_=values
        ),
        {"key": key, "run_id": run_id, "path": file.path, "member": file.member, **values},
    )


def close_attempt(
    connection: Connection, attempt_id: int, outcome: AttemptOutcome, reason: str
) -> None:
    """Say how an attempt ended."""
    connection.execute(
        attempts.update().where(attempts.c.id == attempt_id),
        {"ended": now(), "outcome": outcome.value, "reason": reason},
    )


def _insert_records(
    connection: Connection, name: str, reading: int, records: Sequence[Record]
) -> None:
    names = ("reading_id", "position", *(column.name for column in table_columns(name)))
    rows: list[tuple[Any, ...]] = [
        (reading, position, *record_values(record)) for position, record in enumerate(records, 1)
    ]
    insert_rows(connection, record_tables[name], names, rows)
