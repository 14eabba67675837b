"""`xiada ingest`: the nightly job."""

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import click

from schemas.errors import XiadaError
from xiada.cli.messages import message_options

if TYPE_CHECKING:
    from ingest.nightly.options import Options
    from ingest.nightly.summary import Summary

_MEGABYTE = 1_000_000
_ERROR = 2
_log = logging.getLogger(__name__)


@click.command()
@click.argument("archive", metavar="ARCHIVE")
@click.option("--store", required=True, metavar="URL", help="sqlite:///file.db, or PostgreSQL.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default="one a core",
    help="How many documents are read at a time.",
)
@click.option("--cluster", default="", metavar="ADDRESS", help="A Ray cluster; `local` starts one.")
@click.option(
    "--timeout",
    type=click.FloatRange(1),
    default=600.0,
    show_default=True,
    metavar="SECONDS",
    help="A document that takes longer is given up.",
)
@click.option(
    "--memory",
    type=click.IntRange(200),
    default=2_048,
    show_default=True,
    metavar="MB",
    help="A document that takes more is given up.",
)
@click.option(
    "--attempts",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    help="So many failed attempts put a document in quarantine.",
)
@click.option("--retry-quarantined", is_flag=True, help="Try quarantined documents anew.")
@click.option("--keep", is_flag=True, help="Keep the bytes of the documents in the store, too.")
@click.option(
    "--password",
    default="",
    metavar="TEXT",
    envvar="XIADA_PASSWORD",
    help="Opens encrypted documents; better given in the environment as XIADA_PASSWORD.",
)
@click.option(
    "--report",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a report of the run there: run-N.json and run-N.html.",
)
@click.option(
    "--metrics",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write metrics there, in the text format of Prometheus.",
)
@message_options
@click.pass_context
def ingest(  # noqa: PLR0913, PLR0917  one argument an option
    ctx: click.Context,
    archive: str,
    store: str,
    workers: int,
    cluster: str,
    timeout: float,
    memory: int,
    attempts: int,
    retry_quarantined: bool,
    keep: bool,
    password: str,
    report: Path | None,
    metrics: Path | None,
) -> None:
    """Take in everything that is new or changed in ARCHIVE, once.

    ARCHIVE is a folder or an fsspec URL such as s3://bucket/folder. Zip, tar and 7z files in it are
    opened. Each document is read in a process of its own, with limits; one that fails again and
    again is set aside. A run that was killed is taken up by the next one.

    Exit status: 0 all taken in or unchanged (a document that cannot be read is taken in as
    rejected), 3 some were set aside, 2 error (store, archive or cluster unusable, books that do
    not balance), 75 another run holds the lock, 130 or 143 stopped by a signal; nothing is lost.
    """
    from ingest.isolation import Limits  # noqa: PLC0415  `xiada --help` stays quick
    from ingest.nightly.options import Options  # noqa: PLC0415
    from ingest.nightly.run import ingest_archive  # noqa: PLC0415

    options = Options(
        archive=archive,
        store=store,
        workers=workers,
        cluster=cluster,
        limits=Limits(seconds=timeout, memory=memory * _MEGABYTE),
        attempts=attempts,
        keep=keep,
        password=password,
        retry_quarantined=retry_quarantined,
        left_out=_ours(archive, store, report, metrics),
    )
    _check_targets(report, metrics)
    try:
        if cluster:
            from ingest.cluster import stand_by  # noqa: PLC0415

            stand_by(store)
        summary = _with_progress(options) if _on_terminal() else ingest_archive(options)
    except XiadaError as error:
        _publish_failure(error, metrics)
        raise
    _publish(summary, report, metrics)
    ctx.exit(summary.exit_status)


def _check_targets(report: Path | None, metrics: Path | None) -> None:
    """What cannot be written is said before the night, not after it."""
    from ingest.nightly.report import ReportError  # noqa: PLC0415

    try:
        if report is not None:
            report.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportError(
            f"The folder {report} for the report cannot be made: {error.strerror}."
        ) from error
    for folder in (report, metrics.parent if metrics is not None else None):
        if folder is not None and not os.access(folder, os.W_OK | os.X_OK):
            why = "cannot be written" if folder.exists() else "does not exist"
            raise ReportError(f"The folder {folder} {why}.")


def _with_progress(options: "Options") -> "Summary":
    from ingest.archive import open_archive  # noqa: PLC0415
    from ingest.nightly.progress import count_all, terminal_progress, wipe  # noqa: PLC0415
    from ingest.nightly.run import ingest_archive  # noqa: PLC0415

    def count() -> int:
        return count_all(open_archive(options.archive).walk(options.left_out))

    try:
        return ingest_archive(options, terminal_progress(count))
    finally:
        wipe()


def _on_terminal() -> bool:
    return sys.stderr.isatty() and logging.getLogger("xiada").isEnabledFor(logging.INFO)


def _publish(summary: "Summary", report: Path | None, metrics: Path | None) -> None:
    from ingest.nightly.metrics import write_metrics  # noqa: PLC0415
    from ingest.nightly.report import ReportError, write_report  # noqa: PLC0415

    if summary.is_cut_short:
        _log.warning("stopped before the end of the archive; the next run goes on from here")
    else:
        for discrepancy in summary.discrepancies:
            _log.error("the books do not balance: %s", discrepancy)
    if summary.emptied:
        # At a level that --quiet does not hold back: an archive whose disk is not mounted looks so.
        _log.error("%s", summary.emptied)
    told = summary.to_json()
    fields = {key: told[key] for key in told if key not in ("quarantined", "troubles")}
    _log.info(summary.line, extra={"fields": fields})
    try:
        if report is not None:
            write_report(report, summary)
        if metrics is not None:
            write_metrics(metrics, summary)
    except OSError as error:
        why = f"{error.strerror}: {error.filename}" if error.filename else error.strerror
        raise ReportError(f"The run ended, but its report cannot be written ({why}).") from error


def _publish_failure(error: XiadaError, metrics: Path | None) -> None:
    """Say that a run came to nothing, to whoever looks at the metrics alone. A run that found the
    store locked says nothing: the other one will."""
    from ingest.nightly.metrics import write_failure  # noqa: PLC0415

    if metrics is not None and error.exit_status == _ERROR:
        try:
            write_failure(metrics, error.exit_status)
        except OSError as fault:
            _log.error("the metrics cannot be written: %s", fault)


def _ours(archive: str, store: str, report: Path | None, metrics: Path | None) -> frozenset[str]:
    """What the job itself writes, as the walk through the archive would meet it."""
    own = [str(path) for path in (report, metrics) if path is not None]
    if store.startswith("sqlite") and "///" in store:
        file = store.partition("///")[2].partition("?")[0]
        own += [file + end for end in ("", "-wal", "-shm", "-journal", ".lock")]
    folder = unquote(archive.removeprefix("file://")) if archive.startswith("file:") else archive
    root, real = folder.rstrip("/") or "/", os.path.realpath(folder)
    inside = [os.path.relpath(os.path.realpath(path), real) for path in own if path]
    return frozenset(os.path.join(root, path) for path in inside if not path.startswith(".."))
