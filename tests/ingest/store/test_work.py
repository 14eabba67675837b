"""What the job notes about its own work: sources, attempts, quarantine, runs."""

import pytest

from ingest.store import (
    AttemptOutcome,
    Books,
    RunOutcome,
    SourceFile,
    SourceState,
    Tries,
    Trouble,
    Version,
    open_store,
    this_version,
)
from ingest.store.errors import NoRunError
from tests.ingest.store.made_store import FIRST, SECOND, filled_store, made_records, take_in

ONE = SourceFile("甲/1\n.txt", 3, 1_700_000_000_123_456_789, "a" * 64)
LONG = SourceFile("深" * 1300, 3, -1, "b" * 64, member="员" * 1300)


def test_sources_are_known_by_their_newest_state(store_url: str) -> None:
    records = made_records("a.txt")
    with filled_store(store_url, records) as store:
        run = store.begin_run(FIRST, "file:///archive")
        store.record_source(run, ONE)
        store.quarantine(run, LONG, "it hangs")
        box = SourceFile("箱.zip", 5, 6, "c" * 64, container=True)
        store.record_source(run, box)
        known = store.known_sources(FIRST)
        assert known["a.txt", ""] == (10, 7, records.notices[0].notice_id, SourceState.READ)
        assert known[ONE.path, ""] == (3, ONE.mtime_ns, ONE.sha256, SourceState.UNREAD)
        assert known[LONG.path, LONG.member].state is SourceState.QUARANTINED
        assert known[box.path, ""].state is SourceState.CONTAINER
        assert {one.state for one in store.known_sources(SECOND).values()} == {
            SourceState.UNREAD,
            SourceState.CONTAINER,
        }


def test_a_touched_file_is_noted_and_an_unchanged_one_is_not(store_url: str) -> None:
    touched = SourceFile(ONE.path, ONE.size, 5, ONE.sha256)
    with open_store(store_url) as store:
        for file in (ONE, ONE, touched, touched):
            store.record_source(store.begin_run(FIRST, "file:///archive"), file)
        assert store.known_sources(FIRST)[ONE.path, ""].mtime_ns == 5
        with store.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM sources").scalar() == 2


def test_tries_count_what_came_to_nothing(store_url: str) -> None:
    with open_store(store_url) as store:
        run = store.begin_run(FIRST, "file:///archive")
        for outcome in (AttemptOutcome.CRASHED, AttemptOutcome.TIMED_OUT):
            store.fail_attempt(store.record_attempt(run, ONE), outcome, "no answer")
        assert store.record_attempt(run, ONE).number == 3
        take_in(store, run, made_records("a.txt"))
        (died,) = store.close_open_attempts()
        assert (died.sha256, died.outcome) == (ONE.sha256, AttemptOutcome.INTERRUPTED)
        assert store.tries(FIRST) == {ONE.sha256: Tries(failed=2, interrupted=1)}
        assert store.tries(SECOND) == {}
        assert store.runs()[0].outcome is RunOutcome.INTERRUPTED
        assert store.close_open_attempts() == ()


def test_a_released_document_is_tried_anew(store_url: str) -> None:
    with open_store(store_url) as store:
        run = store.begin_run(FIRST, "file:///archive")
        store.fail_attempt(store.record_attempt(run, ONE), AttemptOutcome.CRASHED, "gone")
        store.quarantine(run, ONE, "1 attempt failed")
        (held,) = store.quarantined(FIRST)
        assert (held.path, held.tries, held.reason) == (ONE.path, 1, "1 attempt failed")
        assert store.quarantined() == (held,)
        assert store.quarantined(SECOND) == ()
        assert store.release_quarantined(SECOND) == 0
        assert store.release_quarantined(FIRST) == 1
        assert store.quarantined(FIRST) == ()
        assert store.tries(FIRST) == {}
        store.fail_attempt(store.record_attempt(run, ONE), AttemptOutcome.CRASHED, "gone")
        assert store.tries(FIRST) == {ONE.sha256: Tries(1, 0)}
        store.quarantine(run, ONE, "again")
        assert [one.reason for one in store.quarantined(FIRST)] == ["again"]
        assert [one.reason for one in store.attempts(run.id)] == ["gone", "gone"]


def test_runs_keep_their_books_and_troubles(store_url: str) -> None:
    books = Books(seen=6, unchanged=1, accepted=1, needs_review=1, rejected=1, quarantined=1)
    trouble = Trouble("坏\n夹", "", "file-error", "it could not be opened (Permission denied).")
    with open_store(store_url) as store:
        run = store.begin_run(FIRST, "s3://bucket/archive")
        assert store.books(run.id) is None
        store.record_trouble(run, trouble)
        store.finish_run(run, RunOutcome.FINISHED, books)
        assert store.books(run.id) == books
        assert not books.balanced
        assert store.troubles(run.id) == (trouble,)
        (found,) = store.runs()
        assert (found.version, found.archive, found.outcome) == (
            FIRST,
            "s3://bucket/archive",
            RunOutcome.FINISHED,
        )
        assert found.finished is not None
        assert found.started <= found.finished
        with pytest.raises(NoRunError):
            store.books(9)


def test_the_version_is_that_of_code_and_gazetteer() -> None:
    version = this_version()
    assert version.number >= 1
    assert len(version.gazetteer) == 12
    assert version == this_version() != Version(version.package, version.number, "0" * 12)
