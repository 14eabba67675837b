"""HTML: whole pages, and tables embedded in other text. Spans are kept."""

from collections import Counter
from collections.abc import Iterator, Sequence

import regex
from lxml import etree, html

from extract.claims import Claim
from extract.lines import clean, is_furniture
from schemas.source import Block, Cell, Line, LineRef, RawTable, Reader

_BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "title",
        "tr",
        "ul",
    ]
)
_SILENT_TAGS = frozenset({"script", "style", "head", "noscript", "template"})
_OPEN = regex.compile(r"<table\b", regex.I)
_CLOSE = regex.compile(r"</table\s*>", regex.I)
_MOST_SPAN = 200


def read_html_tables(lines: Sequence[Line]) -> list[Claim]:
    """Tables in HTML among lines of text or Markdown."""
    claims: list[Claim] = []
    first: int | None = None
    for i, line in enumerate(lines):
        if first is None and _OPEN.search(line.text):
            first = i
        if first is not None and _CLOSE.search(line.text):
            source = "\n".join(part.text for part in lines[first : i + 1])
            start = lines[first].ref
            offset = start.line - 1 if isinstance(start, LineRef) else 0
            tables = [b for b in html_to_blocks(source, offset) if isinstance(b, RawTable)]
            claims.extend(Claim(first, i, table, 1.0) for table in tables[:1])
            first = None
    return claims


def html_to_blocks(source: str, line_offset: int = 0) -> tuple[Block, ...]:
    """A page as running lines and tables, in print order. `line_offset` is added to line numbers.

    >>> [type(block).__name__ for block in html_to_blocks("<p>附件1<table><tr><td>合计</table>")]
    ['Line', 'RawTable']
    """
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(source, parser=parser)
    return tuple(_blocks(root, line_offset))


def _blocks(root: html.HtmlElement, offset: int) -> Iterator[Block]:
    """Walk the tree once: text between block tags is a line, a table without tables is a table."""
    pending: list[str] = []
    place = offset + 1
    skipped: html.HtmlElement | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
                pending.append(element.tail or "")
            continue
        if tag in _BLOCK_TAGS:
            yield from _line(pending, place)
            pending = []
            place = offset + (element.sourceline or 1)
        if event == "start" and tag in _SILENT_TAGS:
            skipped = element
        elif event == "start" and tag == "table" and not element.xpath(".//table"):
            if (table := _table(element, offset)) is not None:
                yield table
            skipped = element
        elif event == "start":
            pending.append(element.text or "")
        else:
            pending.append(element.tail or "")
    yield from _line(pending, place)


def _line(pending: Sequence[str], place: int) -> Iterator[Line]:
    text = " ".join(clean("".join(pending)).split())
    if text:
        yield Line(text, LineRef(place), furniture=is_furniture(text))


def _table(element: html.HtmlElement, offset: int) -> RawTable | None:
    """A table as a full grid; a place that a span covers holds a cell with both spans 0."""
    counters: Counter[int] = Counter()
    grid: dict[tuple[int, int], Cell] = {}
    trs = element.xpath(".//tr")
    for r, tr in enumerate(trs):
        column = 0
        for td in tr.xpath("./td|./th"):
            while (r, column) in grid:
                column += 1
            line = offset + (td.sourceline or tr.sourceline or 1)
            counters[line] += 1
            ref = LineRef(line, counters[line])
            rowspan = min(_span(td.get("rowspan")), len(trs) - r)
            colspan = _span(td.get("colspan"))
            text = " ".join(clean(" ".join(td.itertext())).split())
            for dr in range(rowspan):
                for dc in range(colspan):
                    grid.setdefault((r + dr, column + dc), Cell("", ref, 0, 0))
            grid[r, column] = Cell(text, ref, rowspan, colspan)
            column += colspan
    if not grid:
        return None
    width = 1 + max(c for _, c in grid)
    blank = Cell("", LineRef(offset + (element.sourceline or 1)))
    rows = tuple(tuple(grid.get((r, c), blank) for c in range(width)) for r in range(len(trs)))
    return RawTable(tuple(row for row in rows if row), Reader.HTML)


def _span(printed: str | None) -> int:
    """A span as browsers read it: a positive number, else 1, and no page asks for thousands."""
    digits = (printed or "").strip()
    return min(max(int(digits), 1), _MOST_SPAN) if digits.isascii() and digits.isdigit() else 1
