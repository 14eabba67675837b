"""Word files to layouts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from extract.extraction import Extraction
from extract.office.insets import Inset, PartPicture, PictureRead
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
        "{n} large pictures stand in headers, footers or notes and were not read; give them as "
        "picture files, or print the file to PDF.",
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


# The text counts as one page.
_FIRST_PICTURE = 2


@dataclass(frozen=True, slots=True)
class WalkedWord:
    """A Word file as its blocks with the pictures between them, its furniture, and what was met.

    `pictures` are those of a page's size, each once.
    """

    package: Package
    blocks: tuple[Block | Inset, ...]
    furniture: tuple[Line, ...]
    pictures: Mapping[Inset, PartPicture]
    seen: Seen


def docx_to_extraction(document: Document, password: str | None = None) -> Extraction:
    """Read a Word file (docx, docm): paragraphs, tables, text boxes and notes, as printed with all
    tracked changes accepted; pictures of a page's size are read like scanned pages.

    References count lines: a paragraph, each line of a broken one, and each row of a table is one;
    cells are counted along their row. Pictures are pages from 2 on, with boxes on them. Headers and
    footers of pages are furniture. Raises DamagedError, EncryptedError, TooLargeError,
    EmptyDocumentError, and MissingExtraError where all there is to read are pictures and the extra
    `ocr` is not installed (schemas.errors).
    """
    word = walk_word(document, password)
    reads = _read_pictures(word)
    blocks: list[Block] = []
    left = dict(reads)
    for block in _with_tables_of_lines(word.blocks):
        if not isinstance(block, Inset):
            blocks.append(block)
        elif (read := left.pop(block, None)) is not None:
            blocks += read.blocks
    if not any(isinstance(b, RawTable) or b.text.strip() for b in blocks):
        errors = [read.error for read in reads.values() if read.error is not None]
        raise errors[0] if errors else EmptyDocumentError("the file holds no text that prints")
    findings = [*_findings(word.seen), *(f for read in reads.values() for f in read.findings)]
    # What was read off a picture is not what somebody typed.
    media = Media.SCAN if any(read.blocks for read in reads.values()) else Media.DOCX
    return Extraction(Layout((*blocks, *word.furniture)), tuple(findings), media=media)


def walk_word(document: Document, password: str | None = None) -> WalkedWord:
    """Walk through a Word file without reading its pictures. Raises as `docx_to_extraction`."""
    package = document_to_package(document, password)
    part = main_part(package)
    body = read_tree(package, part).find(f"{WORD}body")
    if body is None:
        raise DamagedError(f"{part} has no body")
    related = relations(package, part)
    found = {relation.kind: relation.target for relation in related}
    trees = (_tree(package, found.get(kind)) for kind in ("numbering", "styles"))
    walk = Walk(trees_to_numbering(*trees))
    blocks = list(container_to_blocks(body, walk))
    for kind in ("footnotes", "endnotes"):
        blocks += _notes(_tree(package, found.get(kind)), walk)
    furniture = tuple(_furniture(package, part, walk))
    parts = {relation.id: relation.target for relation in related}
    insets = dict.fromkeys(block for block in blocks if isinstance(block, Inset))
    pictures = {
        inset: PartPicture(number, parts.get(inset.relation, ""), inset.cut)
        for number, inset in enumerate(insets, _FIRST_PICTURE)
    }
    return WalkedWord(package, tuple(blocks), furniture, pictures, walk.seen)


def _read_pictures(word: WalkedWord) -> dict[Inset, PictureRead]:
    if not word.pictures:
        return {}
    # Only here are the libraries for pictures loaded.
    from extract.office.pictures import read_picture  # noqa: PLC0415

    return {inset: read_picture(word.package, one) for inset, one in word.pictures.items()}


def _tree(package: Package, part: str | None) -> etree._Element | None:
    return read_tree(package, part) if part in package.names and part else None


def _notes(root: etree._Element | None, walk: Walk) -> Iterator[Block]:
    """Footnotes and endnotes, below everything else; their marks in the text are left out."""
    for note in root if root is not None else ():
        if w(note, "type") not in _SEPARATORS:
            blocks = _without_pictures(container_to_blocks(note, walk), walk)
            yield from (b for b in blocks if isinstance(b, RawTable) or b.text.strip())


def _without_pictures(blocks: Iterable[Block | Inset], walk: Walk) -> Iterator[Block]:
    """Pictures in notes, headers and footers are only counted."""
    for block in blocks:
        if isinstance(block, Inset):
            walk.seen.note(Oddity.PICTURE)
        else:
            yield block


def _furniture(package: Package, part: str, walk: Walk) -> Iterator[Line]:
    """What the pages print of themselves, each text once."""
    told: set[str] = set()
    for relation in relations(package, part):
        if relation.kind not in ("header", "footer") or relation.target not in package.names:
            continue
        inside = container_to_blocks(read_tree(package, relation.target), walk)
        for block in _without_pictures(inside, walk):
            if isinstance(block, RawTable):
                text = " ".join(cell.text for row in block.rows for cell in row if cell.text)
                line = Line(text, block.ref, furniture=True)
            else:
                line = Line(block.text, block.ref, furniture=True)
            if line.text.strip() and line.text not in told:
                told.add(line.text)
                yield line


def _with_tables_of_lines(blocks: Sequence[Block | Inset]) -> Iterator[Block | Inset]:
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
