"""The store: what a night's job takes in, kept for good. SQLite by default, PostgreSQL by URL.

What the job does with it, in order::

    with open_store("sqlite:///xiada.db") as store:          # makes or upgrades it; errors: exit 2
        with acquire_run_lock(store) as lock:                # LockedError: exit status 75
            died = store.close_open_attempts()               # attempts of jobs that were killed
            run = store.begin_run(this_version(), "file:///archive")
            known = store.known_sources(run.version)         # one query: {(path, member): Known}
            tries = store.tries(run.version)                 # one query: {sha256: failed tries}

            attempt = store.record_attempt(run, file)        # committed before it is made
            store.save_document(run, Receipt(file, records, attempt))      # one transaction
            store.fail_attempt(attempt, AttemptOutcome.TIMED_OUT, "no answer within 60 s")
            store.quarantine(run, file, "3 attempts failed, the last: no answer within 60 s")

            store.record_source(run, file)                   # a duplicate, or touched but the same
            store.record_trouble(run, Trouble("a/b", "", "file-error", "it could not be opened"))
            store.finish_run(run, RunOutcome.FINISHED, Books(seen=3, accepted=1, ...))

    with open_store(url, Access.READ) as store:              # never blocked by the job, nor blocks
        for records in store.records(CURRENT):               # Records by source, in print order
            ...
        for before, after in store.changes(1, 2):            # documents that were answered anew
            ...
        store.runs(), store.books(run_id), store.attempts(), store.quarantined(), store.troubles()

- A document is its bytes: `sha256`. A source is a place in the archive, `(path, member)`; `member`
  is the name inside a zip or tar, "" for a plain file. Several sources with one sha256 are
  duplicates; the document is read once, its records carry the source that was read.
- A reading is what one version made of one document. There is one reading for each (document,
  version): a second `save_document` of the same changes nothing and says `Saved.ALREADY`.
- Rows are only added. `current_notices`, `current_figures` and so on are views of the newest
  version's reading of each document that the archive still holds (a source whose bytes changed
  stands for its new bytes). `as_of_run(n)` is the same as it was at the end of run n.
- A killed process loses nothing that was committed; after a power cut the last documents may have
  to be read again, and are, as the note that they were read is part of the same transaction.
"""

from ingest.store.lock import RunLock, acquire_run_lock
from ingest.store.opening import Access
from ingest.store.store import Store, open_store
from ingest.store.values import (
    CURRENT,
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
    SourceState,
    Trouble,
    Version,
    as_of_run,
    of_version,
)
from ingest.store.version import this_version
from ingest.store.where import EVERYTHING, Where, texts_to_where
from ingest.store.work import Tries

__all__ = [
    "CURRENT",
    "EVERYTHING",
    "Access",
    "Attempt",
    "AttemptOutcome",
    "Books",
    "Known",
    "Quarantined",
    "Receipt",
    "Run",
    "RunLock",
    "RunOutcome",
    "Saved",
    "Selection",
    "SourceFile",
    "SourceState",
    "Store",
    "Tries",
    "Trouble",
    "Version",
    "Where",
    "acquire_run_lock",
    "as_of_run",
    "of_version",
    "open_store",
    "texts_to_where",
    "this_version",
]
