"""HTML: whole pages, and tables embedded in other text."""

from collections import Counter
from collections.abc import Iterator, Sequence

import regex
from lxml import etree, html

from extract.claims import Claim
from extract.limits import MOST_PAGE_CHARACTERS, MOST_PAGE_LINES
from extract.lines import clean, is_furniture
from extract.markup import raised, strip_inline_tags
from extract.readers.html_tables import (
    BLOCK_TAGS,
    SILENT_TAGS,
    TablePart,
    is_layout,
    parts_to_table,
    table_parts,
    tables_within_tables,
    tag_of,
)
from schemas.errors import TooLargeError
from schemas.source import Block, Line, LineRef, RawTable

_TABLE_TAG = regex.compile(r"<(/?)table\b", regex.IGNORECASE)
_ANY_TABLE_PART = regex.compile(r"</?(?:table|tr|td|th|tbody|thead)\b", regex.IGNORECASE)
_DECLARATION = regex.compile(r"\s*<\?xml[^<>]{0,200}>", regex.IGNORECASE)
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1f]")
# A picture within the page is no text, and may be longer than all text there is.
_PICTURE = regex.compile(r"data:[\w.+-]{1,30}/[\w.+-]{1,80};base64,[A-Za-z0-9+/=\s]*+")


def read_html_tables(lines: Sequence[Line]) -> list[Claim]:
    """Tables in HTML among lines of text or Markdown, with the text on the same lines."""
    claims: list[Claim] = []
    for first, last in _table_spans(lines):
        source = "\n".join(line.text for line in lines[first : last + 1])
        start = lines[first].ref
        offset = start.line - 1 if isinstance(start, LineRef) else 0
        blocks = html_to_blocks(source, offset)
        if any(isinstance(block, RawTable) for block in blocks):
            claims.append(Claim(first, last, blocks, 1.0))
    return claims


def _table_spans(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """First and last line of each outermost table; one that is never closed ends with the last
    line that has a part of a table."""
    first = last = depth = 0
    for i, line in enumerate(lines):
        if "<" not in line.text:
            continue
        for match in _TABLE_TAG.finditer(line.text):
            if match[1]:
                depth = max(depth - 1, 0)
            else:
                first = first if depth else i
                depth += 1
        if depth or _ANY_TABLE_PART.search(line.text):
            last = i
        if not depth and first is not None and _TABLE_TAG.search(line.text):
            yield first, i
    if depth:
        yield first, last


def html_to_blocks(source: str, line_offset: int = 0) -> tuple[Block, ...]:
    """A page as running lines and tables, in print order. `line_offset` is added to line numbers.

    Raises TooLargeError where the page has more lines or levels than the parser can follow.

    >>> [type(block).__name__ for block in html_to_blocks("<p>附件<table><tr><td>合计<td>30")]
    ['Line', 'RawTable']
    """
    root = _parse(source)
    return () if root is None else tuple(_blocks(root, line_offset))


def _parse(source: str) -> html.HtmlElement | None:
    source = _CONTROL.sub("", _DECLARATION.sub("", _PICTURE.sub("", source), count=1))
    source = strip_inline_tags(source)
    if len(source) > MOST_PAGE_CHARACTERS:
        raise TooLargeError(f"the page has more than {MOST_PAGE_CHARACTERS:,} characters")
    if source.count("\n") > MOST_PAGE_LINES:
        raise TooLargeError(f"the page has more than {MOST_PAGE_LINES:,} lines")
    # A comment that is never closed would swallow the rest of the page.
    closed = source.rfind("-->") + 1
    source = source[:closed] + source[closed:].replace("<!--", "")
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    if not source.strip():
        return None
    root = html.document_fromstring(f"<html>{source}", parser=parser)
    for error in parser.error_log:
        if error.type_name == "ERR_RESOURCE_LIMIT":
            raise TooLargeError(f"line {error.line} of the page is nested too deeply")
    return root


def _blocks(root: html.HtmlElement, offset: int) -> Iterator[Block]:
    """Walk the tree once: text between block tags is a line, a table that is no mere layout is a
    table."""
    nesting = tables_within_tables(root)
    cells_seen: Counter[int] = Counter()
    pending: list[str] = []
    place = offset + 1
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = tag_of(element)
        if tag in BLOCK_TAGS:
            yield from _line(pending, place)
            pending = []
            place = offset + (element.sourceline or 1)
        if event == "end":
            pending.append(element.tail or "")
        elif tag in SILENT_TAGS:
            walk.skip_subtree()
        elif tag == "table" and _is_data(parts := list(table_parts(element)), element, nesting):
            table, strays = parts_to_table(parts, offset, cells_seen)
            yield from (Line(text, LineRef(n), furniture=is_furniture(text)) for n, text in strays)
            yield from (table,) if table is not None else ()
            walk.skip_subtree()
        elif tag in ("sup", "sub"):
            pending.append(raised(element.text or "", tag))
        else:
            pending.append(element.text or "")
    yield from _line(pending, place)


def _is_data(
    parts: Sequence[TablePart], element: html.HtmlElement, nesting: frozenset[html.HtmlElement]
) -> bool:
    return not is_layout(parts, nested=element in nesting)


def _line(pending: Sequence[str], place: int) -> Iterator[Line]:
    text = " ".join(clean("".join(pending).replace("\n", " ")).split())
    if text:
        yield Line(text, LineRef(place), furniture=is_furniture(text))
