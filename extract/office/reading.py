"""Which reader an Office file asks for, told by its bytes; old formats are converted first."""

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.extraction import Extraction
from extract.foreign import bytes_to_foreign
from extract.office.convert import convert
from extract.office.docx import docx_to_extraction, walk_word
from extract.office.lost import lost_tables
from extract.office.opening import document_to_package, unlocked
from extract.office.package import bytes_to_package
from extract.office.workbook import package_to_workbook
from extract.office.xlsx import sheet_pictures, xlsx_to_extraction
from schemas.errors import UnsupportedMediaError
from schemas.findings import Cause, Finding, Severity
from schemas.source import Document, Media

if TYPE_CHECKING:
    from extract.scan import Picture

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


def office_picture(
    document: Document, number: int, password: str | None = None
) -> "Picture | None":
    """The picture of a docx or xlsx (or what is converted to one) that was read as page `number`,
    as the file shows it; None where it has none. Raises as `office_to_extraction`."""
    # Only here are the libraries for pictures loaded.
    from extract.office.pictures import part_to_picture  # noqa: PLC0415

    opened = replace(document, data=unlocked(document, password))
    if bytes_to_foreign(opened.data, opened.source) is not None:
        opened = convert(opened)
    if _media(opened) is Media.DOCX:
        word = walk_word(opened)
        package, wanted = word.package, tuple(word.pictures.values())
    else:
        package = document_to_package(opened, None)
        over = sheet_pictures(package, package_to_workbook(package))
        wanted = tuple(one for pictures in over.values() for one in pictures)
    found = next((one for one in wanted if one.number == number), None)
    return part_to_picture(package, found) if found is not None else None


def _read(document: Document) -> Extraction:
    media = _media(document)
    return docx_to_extraction(document) if media is Media.DOCX else xlsx_to_extraction(document)


def _media(document: Document) -> Media:
    if not document.data.startswith(b"PK"):
        raise UnsupportedMediaError(f"{document.source} is no Word or Excel file")
    parts = bytes_to_package(document.data).names
    if any(part.startswith("word/") for part in parts):
        return Media.DOCX
    if any(part.startswith("xl/") for part in parts):
        return Media.XLSX
    raise UnsupportedMediaError(f"{document.source} is a zip archive without an Office document")
