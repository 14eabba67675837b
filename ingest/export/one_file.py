"""An export into one file: the workbook, or one table in one format."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.export.columns import TABLES
from ingest.export.formats import Format
from ingest.export.writers import open_export
from ingest.export.xlsx_files import FILE_NAME
from ingest.records import Records


@dataclass(frozen=True, slots=True)
class OneFile:
    """A file of an export: `xinjiang.xlsx`, or `figures.csv`, which is named after its table.

    `name` is what the writer calls it.
    """

    path: Path
    format: Format
    name: str


def path_to_one_file(path: Path) -> OneFile | None:
    """The file that a path means, None where it means a folder.

    >>> path_to_one_file(Path("out/2021.xlsx")).format, path_to_one_file(Path("out"))
    (<Format.XLSX: 'xlsx'>, None)

    Raises ValueError for a file of one table that is not named after a table.
    """
    suffix = path.suffix.removeprefix(".")
    if path.is_dir() or suffix not in list(Format):
        return None
    kind = Format(suffix)
    if kind is Format.XLSX:
        return OneFile(path, kind, FILE_NAME)
    if path.stem not in TABLES:
        names = ", ".join(f"{table}.{kind}" for table in TABLES)
        raise ValueError(f"{path.name} does not say which table it is to hold; one of {names} does")
    return OneFile(path, kind, path.name)


def write_one_file(file: OneFile, notices: Iterable[Records]) -> int:
    """Write a file, which appears when it is whole; how many notices it holds. Raises OSError."""
    file.path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with tempfile.TemporaryDirectory(prefix=".xiada-", dir=file.path.parent) as place:
        with open_export(Path(place), [file.format]) as export:
            for records in notices:
                export.write(records)
                count += 1
        (Path(place) / file.name).replace(file.path)
    return count
