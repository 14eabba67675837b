"""A Ray cluster by its address, for as long as a run needs it."""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING, Any

from ingest.cluster.errors import ClusterError, MissingClusterError
from ingest.cluster.talk import Talk
from ingest.isolation import Limits

if TYPE_CHECKING:
    from ingest.cluster.pool import ClusterPool

_log = logging.getLogger(__name__)

LOCAL = "local"
"""The address that starts a cluster of this machine alone."""


@contextmanager
def open_cluster(
    address: str, module: str, workers: int, limits: Limits
) -> Iterator["ClusterPool"]:
    """Children on a cluster, `workers` documents at a time. Raises ClusterError.

    `address` is what Ray calls one (`auto`, `host:6379`, `ray://host:10001`), or `local`.
    """
    try:
        import ray  # noqa: PLC0415  two seconds, only where it is asked for
    except ImportError as error:
        raise MissingClusterError("--cluster needs the extra cluster.") from error
    from ingest.cluster.pool import ClusterPool  # noqa: PLC0415

    # The job says itself what it does; Ray reports no use of it to anybody.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    own: dict[str, Any] = {"num_cpus": workers, "include_dashboard": False}
    try:
        with _signals_kept():
            ray.init(
                address=address,
                log_to_driver=False,
                logging_level=logging.ERROR,
                **(own if address == LOCAL else {}),
            )
    # Ray raises errors of many kinds for an address that leads nowhere.
    except Exception as error:
        raise ClusterError(f"The cluster {address} cannot be used: {error}.") from error
    try:
        resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        _count_cores(workers, int(resources.get("CPU", 0)))
        with redirect_stdout(Talk()):
            yield ClusterPool(module, workers, limits)
    finally:
        ray.shutdown()


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Ray takes SIGTERM for itself, with which it ends this process in the middle of its work."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, before)


def _count_cores(workers: int, cores: int) -> None:
    if cores < workers:
        _log.warning(
            "the cluster has %d cores, which is all that will read at a time, not %d workers",
            cores,
            workers,
        )
