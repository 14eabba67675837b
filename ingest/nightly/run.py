"""One run from its lock to its books: `Options -> Summary`."""

import gc
import logging
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import FrameType

from ingest.archive import open_archive, open_spool
from ingest.cluster.errors import ClusterLostError
from ingest.isolation import Pool
from ingest.nightly.desk import Desk
from ingest.nightly.job import Job, Readers, StoppedError
from ingest.nightly.memory import Memory, Places, trusted_until
from ingest.nightly.options import Options
from ingest.nightly.summary import Exit, Summary
from ingest.nightly.supply import Supply
from ingest.nightly.tally import Tally
from ingest.nightly.unpacker import Unpacker
from ingest.store import RunOutcome, Store, Version, acquire_run_lock, open_store, this_version
from schemas.errors import XiadaError

_CHECK_LOCK_EVERY = 60.0
_log = logging.getLogger(__name__)

Progress = Callable[[Tally], None]


@dataclass(slots=True)
class _Wish:
    """That the run is to stop before its end, by a signal or as its cluster is lost: the exit
    status."""

    status: int = 0


def ingest_archive(options: Options, progress: Progress | None = None) -> Summary:
    """Take in what is new or changed in an archive.

    `progress` is called often with the books as they stand. Raises ArchiveError, StoreError,
    LockedError (exit status 75), ChildStartError, ClusterError. SIGTERM and SIGINT end the run
    after what is in work was noted as broken off, and so does a cluster that is lost on the way
    (exit status 2); the next run goes on from there.
    """
    archive = open_archive(options.archive)
    with ExitStack() as stack:
        store = stack.enter_context(open_store(options.store))
        lock = stack.enter_context(acquire_run_lock(store))
        if lock.stale is not None:
            _log.warning("the last run came to no good end: it was %s", lock.stale)
        version, spool = this_version(), stack.enter_context(open_spool())
        if options.retry_quarantined:
            _log.info("documents that leave quarantine: %d", store.release_quarantined(version))
        store.close_open_attempts()
        earlier = store.runs()
        run = store.begin_run(version, archive.name)
        trusted = trusted_until(earlier, archive.name, time.time_ns()) - archive.skew_ns
        memory = Memory(_known(store, version), trusted)
        desk = Desk(store, run, memory, options.attempts, options.keep)
        wish = stack.enter_context(_told_to_stop())
        beat = _Beat(wish, lock.check, progress, desk.tally)

        def meanwhile() -> None:
            job.listen(0.0, supply)

        unpacker = Unpacker(spool, options.limits, meanwhile)
        stack.callback(unpacker.close)
        supply = Supply(archive, options.left_out, memory, desk, unpacker, spool, meanwhile)
        readers = stack.enter_context(_readers(options))
        job = Job(readers, desk, memory, options, beat)
        outcome = _work(job, supply, desk, wish)
        desk.tally.known = memory.count(archive.name)
        summary = _summary(options, desk, outcome, wish.status)
        store.finish_run(run, summary.outcome, summary.books)
        return summary


def _known(store: Store, version: Version) -> Places:
    """What the store knows. The garbage collector need not look at a million things that stay: it
    would take half of the time of a night in which nothing changed."""
    gc.disable()
    try:
        known = store.known_sources(version)
        gc.freeze()
        return known
    finally:
        gc.enable()


def _work(job: Job, supply: Supply, desk: Desk, wish: _Wish) -> RunOutcome:
    try:
        job.take_in(supply)
    except StoppedError:
        job.abandon("the run was stopped")
        return RunOutcome.INTERRUPTED
    except ClusterLostError as error:
        # The store is whole and everything else works: the books can be closed as of any run that
        # is cut short.
        job.abandon("the cluster was lost")
        _log.error("%s", error.told)
        wish.status = Exit.ERROR
        return RunOutcome.INTERRUPTED
    except BaseException:
        # The books of a run that failed are kept where the store still takes them; the error that
        # ended it is what is told.
        with suppress(XiadaError):
            job.abandon("the run came to grief")
            desk.store.finish_run(desk.run, RunOutcome.FAILED, desk.tally.books())
        raise
    return RunOutcome.FINISHED


@contextmanager
def _readers(options: Options) -> Iterator[Readers]:
    if options.cluster:
        from ingest.cluster import open_cluster  # noqa: PLC0415  only where it is asked for

        with open_cluster(options.cluster, options.module, options.workers, options.limits) as pool:
            yield pool
    else:
        with Pool(options.module, options.workers, options.limits) as pool:
            yield pool


class _Beat:
    """What has to be looked at now and then while a run works."""

    def __init__(
        self,
        wish: _Wish,
        check_lock: Callable[[], None],
        progress: Progress | None,
        tally: Tally,
    ) -> None:
        self._wish = wish
        self._check_lock = check_lock
        self._progress = progress
        self._tally = tally
        self._checked = time.monotonic()

    def __call__(self) -> None:
        if self._wish.status:
            raise StoppedError
        if self._progress is not None:
            self._progress(self._tally)
        if time.monotonic() - self._checked > _CHECK_LOCK_EVERY:
            self._checked = time.monotonic()
            self._check_lock()


@contextmanager
def _told_to_stop() -> Iterator[_Wish]:
    """While the block runs, SIGTERM and SIGINT only leave word; the second of a kind does what it
    always does, for where a server keeps the run waiting."""
    wish = _Wish()
    statuses = {signal.SIGINT: Exit.INTERRUPTED, signal.SIGTERM: Exit.TERMINATED}

    def note(number: int, _frame: FrameType | None) -> None:
        wish.status = statuses[signal.Signals(number)]
        signal.signal(number, before[signal.Signals(number)])

    before = {number: signal.getsignal(number) for number in statuses}
    for number in statuses:
        signal.signal(number, note)
    try:
        yield wish
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _summary(options: Options, desk: Desk, outcome: RunOutcome, stopped_by: int) -> Summary:
    tally, run, store = desk.tally, desk.run, desk.store
    summary = Summary(
        run=run.id,
        version=str(run.version),
        archive=run.archive,
        store=store.name,
        workers=options.workers,
        started=run.started,
        finished=datetime.now(UTC),
        outcome=outcome,
        books=tally.books(),
        stored=store.outcomes(run.id),
        gone=tally.known - tally.met if outcome is RunOutcome.FINISHED else 0,
        failures=dict(tally.failures),
        set_aside=store.quarantined(run.version),
        troubles=store.troubles(run.id),
        stopped_by=stopped_by,
    )
    if outcome is RunOutcome.FINISHED and summary.discrepancies:
        return replace(summary, outcome=RunOutcome.FAILED)
    return summary
