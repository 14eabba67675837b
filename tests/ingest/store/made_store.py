"""Documents made by hand, each with bytes of its own, and stores that hold some of them."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from ingest.records import Records, notice_to_records
from ingest.store import (
    Books,
    Receipt,
    Run,
    RunOutcome,
    Saved,
    SourceFile,
    Store,
    Version,
    open_store,
)
from tests.made_notices import HEAD, made_notice

FIRST = Version("0.1.0", 1, "aaaaaaaaaaaa")
SECOND = Version("0.2.0", 2, "aaaaaaaaaaaa")


def made_records(path: str, title: str = "", data: str = "", year: int | None = 2021) -> Records:
    """The records of a document at a path, with bytes (`data`) of its own unless they are given."""
    notice = made_notice(path)
    document = replace(notice.document, sha256=hashlib.sha256((data or path).encode()).hexdigest())
    head = replace(HEAD, title=title or HEAD.title, fiscal_year=year)
    return notice_to_records(replace(notice, document=document, head=head))


def made_file(records: Records, mtime_ns: int = 7) -> SourceFile:
    """The file that records were read from."""
    notice = records.notices[0]
    return SourceFile(notice.source, 10, mtime_ns, notice.notice_id)


def take_in(store: Store, run: Run, records: Records, mtime_ns: int = 7) -> Saved:
    """Attempt a document and save it, as the job does."""
    file = made_file(records, mtime_ns)
    return store.save_document(run, Receipt(file, records, store.record_attempt(run, file)))


@contextmanager
def filled_store(url: str, *documents: Records, version: Version = FIRST) -> Iterator[Store]:
    """A store after a run over some documents."""
    with open_store(url) as store:
        run = store.begin_run(version, "file:///archive")
        for records in documents:
            take_in(store, run, records)
        count = len(documents)
        store.finish_run(run, RunOutcome.FINISHED, Books(seen=count, needs_review=count))
        yield store
