"""Runs, attempts, quarantine and troubles: what the job notes about its own work."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select

from ingest.store.errors import NoRunError
from ingest.store.moments import now
from ingest.store.saving import insert_into, save_document, save_source
from ingest.store.tables import attempts, quarantine, runs, troubles, versions
from ingest.store.values import (
    Attempt,
    AttemptOutcome,
    Books,
    Quarantined,
    Run,
    RunOutcome,
    SourceFile,
    Trouble,
    Version,
)

_BOOKS = tuple(Books.__dataclass_fields__)
_NAMED = 10
_DIED = "the job was killed during this attempt"


class Tries(NamedTuple):
    """Attempts of one document that came to nothing. `interrupted` ones died with the whole job."""

    failed: int
    interrupted: int


def find_version(connection: Connection, version: Version) -> int | None:
    """The row of a version, None where the store has never seen it."""
    where = (
        versions.c.package == version.package,
        versions.c.number == version.number,
        versions.c.gazetteer == version.gazetteer,
    )
    return connection.execute(select(versions.c.id).where(*where)).scalar()


def begin_run(connection: Connection, version: Version, archive: str) -> Run:
    """Note that a run begins."""
    version_id = find_version(connection, version)
    if version_id is None:
        values = {
            "package": version.package,
            "number": version.number,
            "gazetteer": version.gazetteer,
        }
        version_id = connection.execute(
            versions.insert().values(**values).returning(versions.c.id)
        ).scalar_one()
    started = now()
    run_id = connection.execute(
        runs.insert()
        .values(version_id=version_id, archive=archive, started=started)
        .returning(runs.c.id)
    ).scalar_one()
    return Run(run_id, version, version_id, archive, started)


def finish_run(connection: Connection, run_id: int, outcome: RunOutcome, books: Books) -> None:
    """Note how a run ended, with its books."""
    counts = {name: getattr(books, name) for name in _BOOKS}
    connection.execute(
        runs.update().where(runs.c.id == run_id),
        {"finished": now(), "outcome": outcome.value, **counts},
    )


def all_runs(connection: Connection) -> Iterator[Run]:
    """The runs in their order."""
    query = select(runs, versions.c.package, versions.c.number, versions.c.gazetteer).join_from(
        runs, versions, runs.c.version_id == versions.c.id
    )
    for row in connection.execute(query.order_by(runs.c.id)):
        yield _run(row)


def find_run(connection: Connection, run_id: int) -> Run:
    """One run; -1 is the last one, -2 the one before. Raises NoRunError."""
    found = tuple(all_runs(connection))
    if -len(found) <= run_id < 0:
        return found[run_id]
    for run in found:
        if run.id == run_id:
            return run
    known = ", ".join(str(run.id) for run in found[-_NAMED:])
    raise NoRunError(f"The store has no run {run_id}; its last ones are: {known or 'none'}.")


def _run(row: Row[Any]) -> Run:
    counts = {name: getattr(row, name) for name in _BOOKS}
    return Run(
        row.id,
        Version(row.package, row.number, row.gazetteer),
        row.version_id,
        row.archive,
        row.started,
        row.finished,
        RunOutcome(row.outcome) if row.outcome else None,
        None if counts["seen"] is None else Books(**counts),
    )


def begin_attempt(connection: Connection, run: Run, file: SourceFile) -> Attempt:
    """Note an attempt before it is made."""
    last = select(func.max(attempts.c.number)).where(
        attempts.c.sha256 == file.sha256, attempts.c.version_id == run.version_id
    )
    number = (connection.execute(last).scalar() or 0) + 1
    started = now()
    attempt_id = connection.execute(
        attempts.insert()
        .values(
            sha256=file.sha256,
            version_id=run.version_id,
            number=number,
            run_id=run.id,
            path=file.path,
            member=file.member,
            started=started,
            reason="",
        )
        .returning(attempts.c.id)
    ).scalar_one()
    return Attempt(attempt_id, run.id, file.sha256, file.path, file.member, number, started)


def all_attempts(connection: Connection, run_id: int | None = None) -> Iterator[Attempt]:
    """The attempts of a run, or of all, in their order."""
    query = select(attempts).order_by(attempts.c.id)
    if run_id is not None:
        query = query.where(attempts.c.run_id == run_id)
    for row in connection.execute(query):
        yield _attempt(row)


def _attempt(row: Row[Any]) -> Attempt:
    return Attempt(
        row.id,
        row.run_id,
        row.sha256,
        row.path,
        row.member,
        row.number,
        row.started,
        row.ended,
        AttemptOutcome(row.outcome) if row.outcome else None,
        row.reason,
    )


def close_open_attempts(connection: Connection) -> tuple[Attempt, ...]:
    """End the attempts and runs that a killed job left open. Only for who holds the run lock."""
    connection.execute(
        runs.update().where(runs.c.outcome.is_(None)), {"outcome": RunOutcome.INTERRUPTED.value}
    )
    is_open = attempts.c.ended.is_(None)
    ids = connection.execute(select(attempts.c.id).where(is_open)).scalars().all()
    if not ids:
        return ()
    ended = {"ended": now(), "outcome": AttemptOutcome.INTERRUPTED.value, "reason": _DIED}
    connection.execute(attempts.update().where(is_open), ended)
    rows = connection.execute(
        select(attempts).where(attempts.c.id.in_(ids)).order_by(attempts.c.id)
    )
    return tuple(_attempt(row) for row in rows)


def count_tries(connection: Connection, version_id: int) -> dict[str, Tries]:
    """How often each document was tried in vain by a version, since it was last released."""
    q = quarantine
    is_counted = (q.c.sha256.is_(None)) | ~q.c.released | (attempts.c.number > q.c.tries)
    died = attempts.c.outcome == AttemptOutcome.INTERRUPTED.value
    join = (q.c.sha256 == attempts.c.sha256) & (q.c.version_id == attempts.c.version_id)
    rows = connection.execute(
        select(
            attempts.c.sha256,
            func.count().filter(~died).label("failed"),
            func.count().filter(died).label("interrupted"),
        )
        .join_from(attempts, q, join, isouter=True)
        .where(attempts.c.version_id == version_id, is_counted)
        .where(attempts.c.outcome != AttemptOutcome.READ.value)
        .group_by(attempts.c.sha256)
    )
    return {sha256: Tries(failed, interrupted) for sha256, failed, interrupted in rows}


def put_in_quarantine(connection: Connection, run: Run, file: SourceFile, reason: str) -> None:
    """Note that a document is not to be tried again by this version."""
    save_document(connection, run.id, file)
    save_source(connection, run.id, file)
    made = select(func.max(attempts.c.number)).where(
        attempts.c.sha256 == file.sha256, attempts.c.version_id == run.version_id
    )
    values = {
        "run_id": run.id,
        "path": file.path,
        "member": file.member,
        "since": now(),
        "tries": connection.execute(made).scalar() or 0,
        "reason": reason,
        "released": False,
    }
    insert = insert_into(connection, quarantine)
    connection.execute(
        insert.on_conflict_do_update(index_elements=["sha256", "version_id"], set_=values),
        {"sha256": file.sha256, "version_id": run.version_id, **values},
    )


def release(connection: Connection, version_id: int) -> int:
    """Let all quarantined documents of a version be tried anew; how many they are."""
    done = connection.execute(
        quarantine.update()
        .where(quarantine.c.version_id == version_id, ~quarantine.c.released)
        .values(released=True)
    )
    return done.rowcount


def all_quarantined(connection: Connection, version_id: int | None) -> Iterator[Quarantined]:
    """The documents in quarantine, of one version or of all, by path."""
    query = select(quarantine).where(~quarantine.c.released)
    if version_id is not None:
        query = query.where(quarantine.c.version_id == version_id)
    order = (quarantine.c.path, quarantine.c.member, quarantine.c.sha256, quarantine.c.version_id)
    for row in connection.execute(query.order_by(*order)):
        yield Quarantined(
            row.sha256, row.path, row.member, row.run_id, row.since, row.tries, row.reason
        )


def save_trouble(connection: Connection, run_id: int, trouble: Trouble) -> None:
    """Note something of the archive that is no document."""
    connection.execute(
        troubles.insert(),
        {
            "run_id": run_id,
            "path": trouble.path,
            "member": trouble.member,
            "rule": trouble.rule,
            "message": trouble.message,
        },
    )


def all_troubles(connection: Connection, run_id: int) -> Iterator[Trouble]:
    """The troubles of a run in their order."""
    query = select(troubles).where(troubles.c.run_id == run_id).order_by(troubles.c.id)
    for row in connection.execute(query):
        yield Trouble(row.path, row.member, row.rule, row.message)
