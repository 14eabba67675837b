"""The kinds of reports, told from a file's name, and how they are written: whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from ingest.export.staged import staged


class ReportKind(StrEnum):
    """What a report can be written as."""

    HTML = "html"
    XLSX = "xlsx"
    CSV = "csv"


def report_kind(path: Path) -> ReportKind | None:
    """The kind that a path's ending asks for, None for any other ending.

    >>> report_kind(Path("out/审计.HTML")), report_kind(Path("report.pdf"))
    (<ReportKind.HTML: 'html'>, None)
    """
    suffix = path.suffix.lower().removeprefix(".")
    return ReportKind(suffix) if suffix in list(ReportKind) else None


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path to write to; the file appears at `path` when the block ends well.

    Raises OSError where the folder cannot be written.
    """
    with staged(path.absolute().parent) as place:
        yield place / path.name
