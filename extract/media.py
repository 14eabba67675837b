"""What kind of file a document is: by its first bytes, and by its name only between text kinds."""

from pathlib import PurePath

import regex

from extract.foreign import Foreign, bytes_to_foreign, zip_parts
from schemas.source import Media

_SNIFFED = 20_000
_HTML = regex.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p)\b",
    regex.IGNORECASE | regex.DOTALL,
)
_MARKDOWN = regex.compile(rb"^[ ]{0,3}(?:#{1,6}[ ]+\S|\|?[ ]*:?-{3,}:?[ ]*\|)", regex.MULTILINE)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PLAIN_SUFFIXES = frozenset({".txt", ".text", ".csv", ".tsv"})
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
_PICTURES = (
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",  # JPEG
    b"II*\0",
    b"MM\0*",  # TIFF, either way round
    b"II+\0",
    b"MM\0+",  # BigTIFF
    b"GIF87a",
    b"GIF89a",
    b"\0\0\0\x0cjP  \r\n\x87\n",  # JPEG 2000
    b"\xff\x4f\xff\x51",  # a bare stream of JPEG 2000
)
# Bitmaps: the header that follows the file header has one of these lengths.
_BITMAP_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})
# Readers of PDF allow as much before the header.
_PDF_WITHIN = 1024
_TEXT_LIKE = regex.compile(rb"[\x09\x0a\x0c\x0d\x20-\xff]*+")
_NAMED = {
    ".docx": Media.DOCX,
    ".docm": Media.DOCX,
    ".xlsx": Media.XLSX,
    ".xlsm": Media.XLSX,
}
# What a foreign file is once it is converted, or would be.
_CONVERTED = {
    Foreign.XLS: Media.XLSX,
    Foreign.XLSB: Media.XLSX,
    Foreign.ODS: Media.XLSX,
    Foreign.XML_SHEET: Media.XLSX,
}


def bytes_to_media(data: bytes, source: str) -> Media:
    """The kind of a file, from its bytes and, between text kinds, its suffix.

    Only Media.TEXT says nothing about the bytes: they may still turn out to be no text. What must
    be converted first (doc, xls, OFD: `extract.foreign`) has the kind of what it is converted to.

    >>> bytes_to_media(b"<!DOCTYPE html><html>", "notice.txt").value
    'html'
    >>> bytes_to_media("# 塔城地区财政局".encode(), "notice").value
    'markdown'
    """
    if (media := _binary_media(data, source)) is not None:
        return media
    # UTF-16 puts a zero beside each ASCII sign; marks and zeros say nothing about the kind.
    start = data[:_SNIFFED].replace(b"\0", b"")
    for mark in _MARKS:
        start = start.removeprefix(mark)
    suffix = PurePath(source).suffix.lower()
    if _HTML.match(start):
        return Media.HTML
    if suffix in _MARKDOWN_SUFFIXES:
        return Media.MARKDOWN
    has_headings = suffix not in _PLAIN_SUFFIXES and _MARKDOWN.search(start)
    return Media.MARKDOWN if has_headings else Media.TEXT


def _binary_media(data: bytes, source: str) -> Media | None:
    if data.startswith(_PICTURES) or _is_bitmap(data):
        return Media.SCAN
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Media.SCAN
    if data.startswith(b"PK\x03\x04"):
        return _zip_media(data, source)
    if (foreign := bytes_to_foreign(data, source)) is not None:
        return _converted(foreign, source)
    return Media.PDF if _is_pdf(data, source) else None


def _converted(foreign: Foreign, source: str) -> Media:
    """Of a file under a password only the name says what it holds."""
    named = _NAMED.get(PurePath(source).suffix.lower(), Media.DOCX)
    return named if foreign is Foreign.LOCKED else _CONVERTED.get(foreign, Media.DOCX)


def _is_bitmap(data: bytes) -> bool:
    return data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BITMAP_HEADERS


def _is_pdf(data: bytes, source: str) -> bool:
    """A text may speak of %PDF-: junk before the header is binary, or the name says PDF."""
    at = data[:_PDF_WITHIN].find(b"%PDF-")
    if at <= 0:
        return at == 0
    named = PurePath(source).suffix.lower() == ".pdf"
    return named or not _TEXT_LIKE.fullmatch(data[:at]) or not data[:at].strip()


def _zip_media(data: bytes, source: str) -> Media | None:
    """The parts of an Office file lie in folders named word and xl."""
    foreign = bytes_to_foreign(data, source)
    if foreign is not None:
        return _converted(foreign, source)
    parts = zip_parts(data)
    if any(part.startswith("word/") for part in parts):
        return Media.DOCX
    if any(part.startswith("xl/") for part in parts):
        return Media.XLSX
    # Of a broken archive only the name says what it was.
    return None if parts else _NAMED.get(PurePath(source).suffix.lower())
