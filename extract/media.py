"""What kind of file a document is: by its first bytes, and by its name only between text kinds."""

from pathlib import PurePath

import regex

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
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8")
# The parts of an Office file are named in the directory at the end of its zip archive.
_OFFICE = ((b"word/document.xml", Media.DOCX), (b"xl/workbook.xml", Media.XLSX))


def bytes_to_media(data: bytes, source: str) -> Media:
    """The kind of a file, from its bytes and, between text kinds, its suffix.

    Only Media.TEXT says nothing about the bytes: they may still turn out to be no text.

    >>> bytes_to_media(b"<!DOCTYPE html><html>", "notice.txt").value
    'html'
    >>> bytes_to_media("# 塔城地区财政局".encode(), "notice").value
    'markdown'
    """
    if (media := _binary_media(data)) is not None:
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


def _binary_media(data: bytes) -> Media | None:
    if data.startswith(b"%PDF-"):
        return Media.PDF
    if data.startswith(_PICTURES):
        return Media.SCAN
    if data.startswith(b"PK\x03\x04"):
        return next((media for part, media in _OFFICE if part in data), None)
    return None
