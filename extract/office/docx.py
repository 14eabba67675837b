"""Word files to layouts."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from lxml import etree

from extract.extraction import Extraction
from extract.office.opening import document_to_package
from extract.office.package import Package, main_part, read_tree, relations
from extract.office.word_blocks import Walk, container_to_blocks
from extract.office.word_numbering import WORD, trees_to_numbering, w
from extract.office.word_text import Oddity, Seen
from extract.text import lines_to_layouts
from schemas.errors import DamagedError, EmptyDocumentError
from schemas.findings import Cause, Finding, Severity
from schemas.source import Block, Document, Layout, Line, Media, RawTable

_ODD = {
    Oddity.DELETED: (
        "deleted-text",
        Severity.WARNING,
        "{n} passages were deleted with changes tracked and not yet accepted, first {first!r}; "
        "they were left out.",
    ),
    Oddity.INSERTED: (
        "inserted-text",
        Severity.NOTE,
        "{n} passages were inserted with changes tracked and not yet accepted; they were read.",
    ),
    Oddity.HIDDEN: (
        "hidden-text",
        Severity.NOTE,
        "{n} passages are set not to print, first {first!r}; they were left out.",
    ),
    Oddity.PICTURE: (
        "picture-not-read",
        Severity.WARNING,
        "{n} large pictures stand in the file and were not read; give them as picture files, or "
        "print the file to PDF.",
    ),
    Oddity.OBJECT: (
        "object-not-read",
        Severity.WARNING,
        "{n} embedded objects were not read, first {first!r}; print the file to PDF.",
    ),
    Oddity.FOREIGN_PART: (
        "part-not-read",
        Severity.WARNING,
        "{n} parts in another format stand in the file and were not read.",
    ),
}
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def docx_to_extraction(document: Document, password: str | None = None) -> Extraction:
    """Read a Word file (docx, docm): paragraphs, tables, text boxes and notes, as printed with all
    tracked changes accepted.

    References count lines: a paragraph, each line of a broken one, and each row of a table is one;
    cells are counted along their row. Headers and footers of pages are furniture. Raises
    DamagedError, EncryptedError, TooLargeError and EmptyDocumentError (schemas.errors).
    """
    package = document_to_package(document, password)
    part = main_part(package)
    body = read_tree(package, part).find(f"{WORD}body")
    if body is None:
        raise DamagedError(f"{part} has no body")
    found = {relation.kind: relation.target for relation in relations(package, part)}
    trees = (_tree(package, found.get(kind)) for kind in ("numbering", "styles"))
    walk = Walk(trees_to_numbering(*trees))
    blocks = list(container_to_blocks(body, walk))
    for kind in ("footnotes", "endnotes"):
        blocks += _notes(_tree(package, found.get(kind)), walk)
    furniture = list(_furniture(package, part, walk))
    if not any(isinstance(b, RawTable) or b.text.strip() for b in blocks):
        raise EmptyDocumentError(_empty(package))
    layout = Layout((*_with_tables_of_lines(blocks), *furniture))
    return Extraction(layout, tuple(_findings(walk.seen)), media=Media.DOCX)


def _tree(package: Package, part: str | None) -> etree._Element | None:
    return read_tree(package, part) if part in package.names and part else None


def _empty(package: Package) -> str:
    if any(PurePath(name).parent.name == "media" for name in package.names):
        return "the file holds pictures only; give them as picture files, or print it to PDF"
    return "the file holds no text that prints"


def _notes(root: etree._Element | None, walk: Walk) -> Iterator[Block]:
    """Footnotes and endnotes, below everything else; their marks in the text are left out."""
    for note in root if root is not None else ():
        if w(note, "type") not in _SEPARATORS:
            blocks = container_to_blocks(note, walk)
            yield from (b for b in blocks if isinstance(b, RawTable) or b.text.strip())


def _furniture(package: Package, part: str, walk: Walk) -> Iterator[Line]:
    """What the pages print of themselves, each text once."""
    told: set[str] = set()
    for relation in relations(package, part):
        if relation.kind not in ("header", "footer") or relation.target not in package.names:
            continue
        for block in container_to_blocks(read_tree(package, relation.target), walk):
            if isinstance(block, RawTable):
                text = " ".join(cell.text for row in block.rows for cell in row if cell.text)
                line = Line(text, block.ref, furniture=True)
            else:
                line = Line(block.text, block.ref, furniture=True)
            if line.text.strip() and line.text not in told:
                told.add(line.text)
                yield line


def _with_tables_of_lines(blocks: Sequence[Block]) -> Iterator[Block]:
    """Tables that were typed with tabs or blanks instead of Word's own tables."""
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block)
            continue
        yield from _read_lines(lines)
        lines = []
        yield block
    yield from _read_lines(lines)


def _read_lines(lines: Sequence[Line]) -> tuple[Block, ...]:
    return lines_to_layouts(lines)[0].blocks if lines else ()


def _findings(seen: Seen) -> Iterator[Finding]:
    for oddity, (rule, severity, words) in _ODD.items():
        if count := seen.count[oddity]:
            first = seen.first.get(oddity, "")
            message = words.format(n=count, first=first[:80])
            yield Finding(rule, severity, message, Cause.SOURCE, printed=first[:200])
