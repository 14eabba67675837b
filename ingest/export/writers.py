"""All files of an export, opened together and committed together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.export.csv_files import CsvWriter, RawRow, RawWriter
from ingest.export.formats import Format, RecordWriter
from ingest.export.jsonl_files import JsonlWriter
from ingest.export.staged import staged
from ingest.records import Records


@dataclass(frozen=True, slots=True)
class Export:
    """The open files of one export."""

    writers: tuple[RecordWriter, ...]
    raw: RawWriter | None

    def write(self, records: Records) -> None:
        """Append one notice's records to every format."""
        for writer in self.writers:
            writer.write(records)

    def write_raw(self, rows: Iterable[RawRow]) -> None:
        """Append one notice's raw cells, where they were asked for."""
        if self.raw is not None:
            self.raw.write(rows)


@contextmanager
def open_export(
    directory: Path, formats: Sequence[Format], *, raw: bool = False
) -> Iterator[Export]:
    """Files in `directory` that take one notice at a time and appear when the block ends well.

    with open_export(Path("out"), [Format.CSV, Format.XLSX]) as export:
        export.write(notice_to_records(read_document(document)))

    Raises OSError where the directory cannot be written.
    """
    with staged(directory) as place, ExitStack() as stack:
        writers = tuple(
            stack.enter_context(closing(_WRITERS[kind](place))) for kind in dict.fromkeys(formats)
        )
        raw_writer = stack.enter_context(closing(RawWriter(place))) if raw else None
        yield Export(writers, raw_writer)


@contextmanager
def open_archive_export(
    directory: Path, formats: Sequence[Format], *, tables_are_whole: bool = True
) -> Iterator[Export]:
    """The same for a whole archive: parquet in partitions by year and province, and with csv a
    `datapackage.json` that describes it.

    `tables_are_whole` says that no filter took rows from the table `tables`. Raises OSError where
    the directory cannot be written, or holds something else where a partition would go.
    """
    with staged(directory) as place:
        with ExitStack() as stack:
            writers = tuple(
                stack.enter_context(closing(_ARCHIVE_WRITERS[kind](place)))
                for kind in dict.fromkeys(formats)
            )
            yield Export(writers, None)
        if Format.CSV in formats:
            from ingest.export.datapackage import write_datapackage  # noqa: PLC0415

            write_datapackage(place, tables_are_whole=tables_are_whole)


def _partitions(place: Path) -> RecordWriter:
    from ingest.export.partitions import PartitionedWriter  # noqa: PLC0415  half a second

    return PartitionedWriter(place)


def _parquet(place: Path) -> RecordWriter:
    from ingest.export.parquet_files import ParquetWriter  # noqa: PLC0415  half a second

    return ParquetWriter(place)


def _xlsx(place: Path) -> RecordWriter:
    from ingest.export.xlsx_files import XlsxWriter  # noqa: PLC0415  only where it is asked for

    return XlsxWriter(place)


_WRITERS: dict[Format, Callable[[Path], RecordWriter]] = {
    Format.CSV: CsvWriter,
    Format.JSONL: JsonlWriter,
    Format.PARQUET: _parquet,
    Format.XLSX: _xlsx,
}
_ARCHIVE_WRITERS = _WRITERS | {Format.PARQUET: _partitions}
