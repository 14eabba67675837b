"""What a writer of one format looks like, and where it may write."""

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ingest.records import Records


class Format(StrEnum):
    """The kinds of files that the public tables are written to."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    XLSX = "xlsx"


class RecordWriter(Protocol):
    """Writes the records of one notice after another to the files of one format."""

    def write(self, records: "Records") -> None:
        """Append the five tables of one notice."""

    def close(self) -> None:
        """Finish the files. Nothing may be written after this."""
