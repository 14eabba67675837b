"""The store as the job and the exports use it. See `ingest.store` for the order of calls."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine

from ingest.records import Records
from ingest.store import reading, saving, work
from ingest.store.changes import Change, changed_documents, unchanged_figures
from ingest.store.filters import where_to_filters
from ingest.store.opening import WRITE_OPTION, Access, keep_log, text_to_url, url_to_engine
from ingest.store.schema import check_schema, update_schema
from ingest.store.values import (
    Attempt,
    AttemptOutcome,
    Books,
    Known,
    Quarantined,
    Receipt,
    Run,
    RunOutcome,
    Saved,
    Selection,
    SourceFile,
    Trouble,
    Version,
)
from ingest.store.where import EVERYTHING, Where
from ingest.store.work import Tries


@contextmanager
def open_store(url: str, access: Access = Access.WRITE) -> Iterator["Store"]:
    """A store by its SQLAlchemy URL: `sqlite:///file.db`, `postgresql+psycopg://user@host/db`.

    For WRITE it is made where there is none, and brought up to date; for READ it is left as it is.
    Raises a StoreError (`ingest.store.errors`), whose message and remedy say what is wrong.
    """
    parsed = text_to_url(url)
    name = parsed.render_as_string(hide_password=True)
    engine = url_to_engine(parsed, access)
    try:
        store = Store(engine, name)
        if access is Access.WRITE:
            with store.writing() as connection:
                update_schema(connection, name)
            keep_log(engine)
        else:
            with store.reading() as connection:
                check_schema(connection, name)
        yield store
    finally:
        engine.dispose()


@dataclass(frozen=True, slots=True, eq=False)
class Store:
    """An open store. Each method is one transaction; `name` is the URL without its password.

    One thread uses it. Any number of stores may be open on the same database, one of them to write.
    """

    _engine: Engine = field(repr=False)
    name: str

    @property
    def is_server(self) -> bool:
        """Whether it is a PostgreSQL store."""
        return self._engine.dialect.name == "postgresql"

    @property
    def file(self) -> str:
        """The file of an SQLite store."""
        return self._engine.url.database or ""

    @contextmanager
    def connecting(self) -> Iterator[Connection]:
        """A connection for itself, without a transaction."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all or nothing."""
        with self._engine.connect() as connection:
            connection.execution_options(**{WRITE_OPTION: True})
            with connection.begin():
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads, and sees the store as it was at its beginning."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    def begin_run(self, version: Version, archive: str) -> Run:
        """Note that a run begins. `archive` is its URL, without passwords."""
        with self.writing() as connection:
            return work.begin_run(connection, version, archive)

    def finish_run(self, run: Run, outcome: RunOutcome, books: Books) -> None:
        """Note how a run ended."""
        with self.writing() as connection:
            work.finish_run(connection, run.id, outcome, books)

    def close_open_attempts(self) -> tuple[Attempt, ...]:
        """The attempts that a killed job left open, which are INTERRUPTED now, as is its run.

        Only for who holds the run lock.
        """
        with self.writing() as connection:
            return work.close_open_attempts(connection)

    def record_attempt(self, run: Run, file: SourceFile) -> Attempt:
        """Note an attempt before it is made: when this returns it is committed."""
        with self.writing() as connection:
            return work.begin_attempt(connection, run, file)

    def fail_attempt(self, attempt: Attempt, outcome: AttemptOutcome, reason: str) -> None:
        """Say how an attempt ended that brought no records."""
        with self.writing() as connection:
            saving.close_attempt(connection, attempt.id, outcome, reason)

    def save_document(self, run: Run, receipt: Receipt) -> Saved:
        """Write what came of one document: source, attempt, records, in one transaction."""
        with self.writing() as connection:
            return saving.save_receipt(connection, run, receipt)

    def record_source(self, run: Run, file: SourceFile) -> None:
        """Note where known bytes stand: a duplicate, a file that was touched, a container."""
        with self.writing() as connection:
            if not file.container:
                saving.save_document(connection, run.id, file)
            saving.save_source(connection, run.id, file)

    def record_trouble(self, run: Run, trouble: Trouble) -> None:
        """Note something of the archive that is no document."""
        with self.writing() as connection:
            work.save_trouble(connection, run.id, trouble)

    def quarantine(self, run: Run, file: SourceFile, reason: str) -> None:
        """Note that these bytes are not to be tried again by this version."""
        with self.writing() as connection:
            work.put_in_quarantine(connection, run, file, reason)

    def release_quarantined(self, version: Version) -> int:
        """Let what a version quarantined be tried anew, its tries counted from 0; how many."""
        with self.writing() as connection:
            version_id = work.find_version(connection, version)
            return 0 if version_id is None else work.release(connection, version_id)

    def known_sources(self, version: Version) -> dict[tuple[str, str], Known]:
        """All sources as they were seen last, by (path, member), with what the version made of
        them. One query; 0.3 KB a source."""
        with self.reading() as connection:
            return reading.known_sources(connection, work.find_version(connection, version))

    def tries(self, version: Version) -> dict[str, Tries]:
        """How often documents were tried in vain by a version, by sha256; others are left out."""
        with self.reading() as connection:
            version_id = work.find_version(connection, version)
            return {} if version_id is None else work.count_tries(connection, version_id)

    def quarantined(self, version: Version | None = None) -> tuple[Quarantined, ...]:
        """The documents in quarantine under a version, or under any, by path."""
        with self.reading() as connection:
            version_id = None if version is None else work.find_version(connection, version)
            if version is not None and version_id is None:
                return ()
            return tuple(work.all_quarantined(connection, version_id))

    def runs(self) -> tuple[Run, ...]:
        """All runs in their order."""
        with self.reading() as connection:
            return tuple(work.all_runs(connection))

    def run(self, run_id: int) -> Run:
        """One run; -1 is the last one, -2 the one before. Raises NoRunError."""
        with self.reading() as connection:
            return work.find_run(connection, run_id)

    def books(self, run_id: int) -> Books | None:
        """The books of a run, None where it has not ended. Raises NoRunError."""
        return self.run(run_id).books

    def outcomes(self, run_id: int) -> dict[str, int]:
        """How many documents a run read, by outcome, counted in the store: to check the books."""
        with self.reading() as connection:
            return reading.count_outcomes(connection, run_id)

    def attempts(self, run_id: int | None = None) -> tuple[Attempt, ...]:
        """The attempts of a run, or all, in their order."""
        with self.reading() as connection:
            return tuple(work.all_attempts(connection, run_id))

    def troubles(self, run_id: int) -> tuple[Trouble, ...]:
        """The troubles of a run in their order."""
        with self.reading() as connection:
            return tuple(work.all_troubles(connection, run_id))

    def changes(self, left: int, right: int) -> Iterator[Change]:
        """The documents that were answered otherwise at the end of one run than at the end of
        another, by path; None where a run had no answer. Raises NoRunError."""
        with self.reading() as connection:
            for run in (left, right):
                work.find_run(connection, run)
            yield from changed_documents(connection, left, right)

    def unchanged_figures(self, left: int, right: int) -> int:
        """How many figures have the same reading at the end of both runs."""
        with self.reading() as connection:
            return unchanged_figures(connection, left, right)

    def records(self, selection: Selection, where: Where = EVERYTHING) -> Iterator[Records]:
        """The records of each document, by source, as one moment saw them, a few at a time.

        Of the tables that conditions are on, only the rows that fit. Raises NoRunError.
        """
        with self.reading() as connection:
            version_id = None
            if selection.run is not None:
                work.find_run(connection, selection.run)
            if selection.version is not None:
                version_id = work.find_version(connection, selection.version)
            filters = where_to_filters(where, connection.dialect)
            yield from reading.stream_records(connection, selection, version_id, filters)
