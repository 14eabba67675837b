"""A job that Ray may end: where the raylet under it dies, Ray ends the whole process, mute, with
exit status 1. So another process stands by, says what happened and closes the books.
"""

import ctypes
import logging
import os
import signal
import sys
from types import FrameType

from ingest.cluster.errors import ClusterLostError
from ingest.store import acquire_run_lock, open_store

_PR_SET_PDEATHSIG = 1
_BY_RAY = 1
"""The exit status of a process that Ray ended; no run of ours ends with it."""

_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_log = logging.getLogger(__name__)


def stand_by(store: str) -> None:
    """Go on in a process of its own, and wait for that here: this returns in the new process only.

    Signals to stop are handed on. The waiting process ends as the other one did; where that was
    ended by Ray or killed, the run that it left open in `store` is closed as interrupted, and
    ClusterLostError is raised. Call it before there are threads or open connections.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    parent, job = os.getpid(), os.fork()
    if job == 0:
        _belong_to(parent)
        return
    status = _wait(job)
    if status >= 0 and status != _BY_RAY:
        # All was said and written over there.
        os._exit(status)
    _close_run(store)
    if status == _BY_RAY:
        raise ClusterLostError(
            "The part of the cluster on this machine died, and Ray ended the job"
        )
    raise ClusterLostError(f"The job on the cluster was killed (signal {-status})")


def _belong_to(parent: int) -> None:
    """A group of its own, so that a signal from the terminal comes once, by the other process; and
    the end with that one (on Linux)."""
    os.setpgid(0, 0)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(_BY_RAY)


def _wait(job: int) -> int:
    """The exit status of the job, or the number of the signal that killed it, negative."""

    def hand_on(number: int, _frame: FrameType | None) -> None:
        os.kill(job, number)

    before = {number: signal.signal(number, hand_on) for number in _STOPS}
    try:
        return os.waitstatus_to_exitcode(os.waitpid(job, 0)[1])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _close_run(url: str) -> None:
    """Close what the job left open, as the next run would."""
    with open_store(url) as store, acquire_run_lock(store):
        broken_off = store.close_open_attempts()
        _log.info("attempts that were broken off: %d", len(broken_off))
