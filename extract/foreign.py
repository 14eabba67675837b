"""Formats that are read only after a conversion, told by their bytes."""

import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath

import olefile
import regex

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SNIFFED = 4_000
_XML_SHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_XML_WORD = b"http://schemas.microsoft.com/office/word/2003/wordml"
_SHEET_SUFFIXES = frozenset({".xls", ".xlsx", ".xlsm", ".xlsb", ".et", ".ett", ".xlt"})
_PART = regex.compile(rb"PK\x03\x04.{26}([\w./\[\]-]{3,100}\.(?:xml|bin|rels))", regex.DOTALL)
_FIRST_PART = regex.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.([a-z]{4,20})")
_OPEN_DOCUMENT = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "slides"}


class Foreign(StrEnum):
    """A format that is not read itself. LOCKED is an Office file of today under a password."""

    DOC = "doc"
    XLS = "xls"
    XLSB = "xlsb"
    RTF = "rtf"
    ODT = "odt"
    ODS = "ods"
    XML_WORD = "xml_word"
    XML_SHEET = "xml_sheet"
    OFD = "ofd"
    SLIDES = "slides"
    LOCKED = "locked"
    OTHER = "other"


def bytes_to_foreign(data: bytes, source: str) -> Foreign | None:
    r"""The format of a file that must be converted, None for all other files.

    >>> bytes_to_foreign(b"{\\rtf1\\ansi", "notice.doc").value
    'rtf'
    >>> bytes_to_foreign("塔城地区财政局".encode(), "notice.doc") is None
    True
    """
    if data.startswith(b"{\\rtf"):
        return Foreign.RTF
    if data.startswith(_OLE):
        return _ole(data, source)
    if data.startswith(b"PK\x03\x04"):
        return _zip(data)
    start = data[:_SNIFFED]
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        if _XML_SHEET in start and b"<html" not in start.lower():
            return Foreign.XML_SHEET
        return Foreign.XML_WORD if _XML_WORD in start else None
    return None


def _ole(data: bytes, source: str) -> Foreign:
    """By the names of the streams at the root: those of embedded objects lie deeper."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            names = {path[0].lower() for path in container.listdir() if len(path) == 1}
    # A damaged container may fail in any way; its name then says what it claims to be.
    except (OSError, ValueError, IndexError, KeyError, TypeError, OverflowError, RecursionError):
        names = set()
    if "encryptedpackage" in names:
        return Foreign.LOCKED
    if "worddocument" in names:
        return Foreign.DOC
    if names & {"workbook", "book"}:
        return Foreign.XLS
    if "powerpoint document" in names:
        return Foreign.SLIDES
    if names:
        return Foreign.OTHER
    named_sheet = PurePath(source).suffix.lower() in _SHEET_SUFFIXES
    return Foreign.XLS if named_sheet else Foreign.DOC


def zip_parts(data: bytes) -> frozenset[str]:
    """The names of the parts of a zip archive; of one that was cut off those that stand in plain
    bytes before each part."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        found = (match[1].decode("utf-8", "replace") for match in _PART.finditer(data))
        return frozenset(found)


def _zip(data: bytes) -> Foreign | None:
    found = _FIRST_PART.search(data[:_SNIFFED])
    if found and found[1] in _OPEN_DOCUMENT:
        return Foreign(_OPEN_DOCUMENT[found[1]])
    parts = zip_parts(data)
    if "xl/workbook.bin" in parts:
        return Foreign.XLSB
    if "OFD.xml" in parts:
        return Foreign.OFD
    return Foreign.SLIDES if "ppt/presentation.xml" in parts else None
