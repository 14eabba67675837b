"""A run in the text format of Prometheus, for the textfile collector of its node exporter."""

import os
import tempfile
import time
from pathlib import Path

from ingest.nightly.summary import Summary

_Family = tuple[str, str, list[tuple[str, float]]]
"""A metric: its name, what it means, and its values by label."""

_OUTCOMES = ("unchanged", "accepted", "needs_review", "rejected", "quarantined", "duplicates")


def write_metrics(path: Path, summary: Summary) -> None:
    """Write the file in one piece: a collector never sees half of it. Raises OSError."""
    _write(path, summary_to_metrics(summary))


def write_failure(path: Path, exit_status: int) -> None:
    """Write that a run ended with an error before it had any books. Raises OSError."""
    families: list[_Family] = [
        ("end_time_seconds", "When it ended.", [("", round(time.time(), 3))]),
        ("exit_status", "Exit status of the last run.", [("", exit_status)]),
    ]
    _write(path, _families_to_text(families))


def _write(path: Path, text: str) -> None:
    handle, place = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(place, 0o644)
        os.replace(place, path)
    except BaseException:
        os.unlink(place)
        raise


def summary_to_metrics(summary: Summary) -> str:
    """The metrics of a run, all gauges: they describe the last run."""
    books = summary.books
    families: list[_Family] = [
        (
            "documents",
            "Sources of the last run by what became of them.",
            [(f'{{outcome="{name}"}}', getattr(books, name)) for name in _OUTCOMES],
        ),
        ("seen", "Sources that the last run saw.", [("", books.seen)]),
        ("gone", "Known sources that the archive no longer holds.", [("", summary.gone)]),
        (
            "failed_attempts",
            "Attempts of the last run that failed, by kind.",
            [(f'{{kind="{kind}"}}', count) for kind, count in sorted(summary.failures.items())],
        ),
        ("in_quarantine", "Documents in quarantine.", [("", len(summary.set_aside))]),
        (
            "books_balance",
            "0 where a whole run did not account for all that it saw.",
            [("", int(summary.is_cut_short or not summary.discrepancies))],
        ),
        ("duration_seconds", "How long the last run took.", [("", round(summary.seconds, 3))]),
        ("end_time_seconds", "When it ended.", [("", round(summary.finished.timestamp(), 3))]),
        ("exit_status", "Exit status of the last run.", [("", int(summary.exit_status))]),
    ]
    return _families_to_text(families)


def _families_to_text(families: list[_Family]) -> str:
    lines = []
    for name, meaning, values in families:
        lines += [f"# HELP xiada_ingest_{name} {meaning}", f"# TYPE xiada_ingest_{name} gauge"]
        lines += [f"xiada_ingest_{name}{labels} {value}" for labels, value in values]
    return "\n".join(lines) + "\n"
