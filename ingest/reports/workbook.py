"""What all workbooks of the reports have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

from ingest.export.sheet import TEXT_LIMIT
from ingest.export.workbook_file import close_workbook, workbook_file

_OPTIONS: dict[str, Any] = {
    "use_zip64": True,  # sheets of more than 4 GB; smaller files are the same without it
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_CREATED = datetime(2000, 1, 1)
"""A fixed date, so that the same figures give the same bytes."""

FILLS = {
    "proved": "#E3F4E4",
    "repaired": "#D9E8FC",
    "suspect": "#FBD5D0",
    "unproved": "#FFF3C9",
    "unreadable": "#E9DDF5",
}
"""The colours of the statuses, the same as in the HTML reports."""


@contextmanager
def open_workbook(path: Path, *, row_by_row: bool = False) -> Iterator[Any]:
    """A workbook that is written to `path` when the block ends well.

    `row_by_row`: rows go to disk as they come, so each sheet is written from its first row to its
    last. What the library needs while it works lies beside `path`. Raises OSError.
    """
    beside = TemporaryDirectory(prefix=".xiada-", dir=path.parent)
    with beside as parts, workbook_file(path) as file:
        options = _OPTIONS | {"constant_memory": row_by_row, "tmpdir": parts}
        workbook = xlsxwriter.Workbook(file, options)
        workbook.set_properties({"created": _CREATED})
        yield workbook
        close_workbook(workbook)


def cell_text(text: str) -> str:
    """A text that a cell of a workbook takes as it is: not too long, and no markup of the writer's.

    >>> cell_text("<r>甲</r>")
    '<r>甲</r> '
    """
    if len(text.encode("utf-16-le")) // 2 > TEXT_LIMIT:
        text = f"{text[: TEXT_LIMIT // 2]}…"
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def set_up_print(sheet: Any, header_rows: int) -> None:
    """Print a sheet on landscape A4, its width on one page, its header on each."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, header_rows - 1)
