"""What kind of file a document is: by its first bytes, and by its name only between text kinds."""

from pathlib import PurePath

import regex

from schemas.source import Media

_SNIFFED = 20_000
_HTML = regex.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    rb"<(?:!doctype\s+html|html|head|body|table|div|p)\b",
    regex.IGNORECASE | regex.DOTALL,
)
_MARKDOWN = regex.compile(rb"^\s{0,3}(?:#{1,6}\s+\S|\|?\s*:?-{3,}:?\s*\|)", regex.MULTILINE)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PLAIN_SUFFIXES = frozenset({".txt", ".text", ".csv", ".tsv"})
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})


def bytes_to_media(data: bytes, source: str) -> Media:
    """The kind of a file, from its first 20,000 bytes and, between text kinds, its suffix.

    >>> bytes_to_media(b"<!DOCTYPE html><html>", "notice.txt").value
    'html'
    >>> bytes_to_media("# 塔城地区财政局".encode(), "notice").value
    'markdown'
    """
    # UTF-16 puts a zero beside each ASCII sign; marks and zeros say nothing about the kind.
    start = data[:_SNIFFED].replace(b"\0", b"")
    for mark in _MARKS:
        start = start.removeprefix(mark)
    suffix = PurePath(source).suffix.lower()
    if data.startswith(b"%PDF-"):
        return Media.PDF
    if _HTML.match(start):
        return Media.HTML
    if suffix in _MARKDOWN_SUFFIXES:
        return Media.MARKDOWN
    has_headings = suffix not in _PLAIN_SUFFIXES and _MARKDOWN.search(start)
    return Media.MARKDOWN if has_headings else Media.TEXT
