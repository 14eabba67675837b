"""Which reader an Office file asks for, told by its bytes; old formats are converted first."""

from dataclasses import replace

from extract.extraction import Extraction
from extract.foreign import bytes_to_foreign
from extract.office.convert import convert
from extract.office.docx import docx_to_extraction
from extract.office.lost import lost_tables
from extract.office.opening import unlocked
from extract.office.package import bytes_to_package
from extract.office.xlsx import xlsx_to_extraction
from schemas.errors import UnsupportedMediaError
from schemas.findings import Cause, Finding, Severity
from schemas.source import Document

__all__ = ["docx_to_extraction", "office_to_extraction", "xlsx_to_extraction"]


def office_to_extraction(document: Document, password: str | None = None) -> Extraction:
    """Read any Office file: docx and xlsx as they are, doc, xls, wps, et, rtf, odt, ods and xlsb
    by way of LibreOffice, where that is installed.

    Raises UnsupportedMediaError where nothing here reads the format, with what converts it, and
    what the readers of docx and xlsx raise.
    """
    opened = replace(document, data=unlocked(document, password))
    foreign = bytes_to_foreign(opened.data, opened.source)
    if foreign is None:
        return _read(opened)
    converted = convert(opened)
    extraction = _read(converted)
    message = (
        f"The file is in an old or foreign format ({foreign.value.replace('_', ' ')}); LibreOffice "
        f"converted it to {converted.media.value}, and references speak of the converted file."
    )
    note = Finding("converted", Severity.NOTE, message, Cause.EXTRACTION)
    lost = lost_tables(opened, extraction)
    return replace(extraction, findings=(note, *lost, *extraction.findings))


def _read(document: Document) -> Extraction:
    if not document.data.startswith(b"PK"):
        raise UnsupportedMediaError(f"{document.source} is no Word or Excel file")
    parts = bytes_to_package(document.data).names
    if any(part.startswith("word/") for part in parts):
        return docx_to_extraction(document)
    if any(part.startswith("xl/") for part in parts):
        return xlsx_to_extraction(document)
    raise UnsupportedMediaError(f"{document.source} is a zip archive without an Office document")
