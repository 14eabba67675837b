"""Whether a conversion lost what the old file held: LibreOffice sometimes runs the cells of a doc's
table together into one paragraph."""

import re
from io import BytesIO

import olefile

from extract.extraction import Extraction
from schemas.findings import Cause, Finding, Severity
from schemas.source import Document, RawTable

# The sign that ends a cell or a row, as a text of two bytes a character has it.
_MARK = re.compile(rb"\x07\x00")
_LEAST_MARKS = 12
_MOST_LOST = 3


def lost_tables(document: Document, extraction: Extraction) -> tuple[Finding, ...]:
    """A finding where a doc has many more marks of cells than its conversion has cells.

    `document` is the old file without its password.
    """
    marks = _marks(document.data)
    tables = [block for block in extraction.layout.blocks if isinstance(block, RawTable)]
    cells = sum(len(row) for table in tables for row in table.rows)
    if marks < _LEAST_MARKS or cells * _MOST_LOST >= marks:
        return ()
    message = (
        f"The file has some {marks} cells of tables, its conversion only {cells}; save it as docx "
        "in Word or WPS Office."
    )
    return (Finding("table-lost", Severity.ERROR, message, Cause.EXTRACTION),)


def _marks(data: bytes) -> int:
    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            text = container.openstream("WordDocument").read()
    except (OSError, ValueError, LookupError, TypeError):
        return 0
    return sum(found.start() % 2 == 0 for found in _MARK.finditer(text))
