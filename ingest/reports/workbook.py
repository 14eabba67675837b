"""What all workbooks of the reports have in common."""

from datetime import datetime
from typing import Any

from ingest.export.sheet import TEXT_LIMIT

OPTIONS: dict[str, Any] = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
CREATED = datetime(2000, 1, 1)
"""A fixed date, so that the same figures give the same bytes."""

FILLS = {
    "proved": "#E3F4E4",
    "repaired": "#D9E8FC",
    "suspect": "#FBD5D0",
    "unproved": "#FFF3C9",
    "unreadable": "#E9DDF5",
}
"""The colours of the statuses, the same as in the HTML reports."""


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
