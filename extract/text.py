"""Texts to layouts: every reader looks at the lines, and the claims that make most sense win."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from extract.claims import Claim, ReadLines, best_claims, contested
from extract.encoding import DecodedText, bytes_to_text
from extract.extraction import Extraction
from extract.limits import LONGEST_LINE, MOST_CHARACTERS, MOST_LINES, MOST_SIGNS
from extract.lines import text_to_lines
from extract.readers.cell_lines import read_cell_lines
from extract.readers.commas import read_commas
from extract.readers.html import html_to_blocks, read_html_tables
from extract.readers.one_line import read_one_line
from extract.readers.separated import read_pipes, read_tabs
from extract.readers.spaces import read_spaces
from schemas.errors import EmptyDocumentError, TooLargeError
from schemas.findings import Cause, Finding, Severity
from schemas.source import Block, Document, Layout, Line, Media, Ref

# In the order of preference where two make equal sense.
READERS: tuple[ReadLines, ...] = (
    read_html_tables,
    read_pipes,
    read_tabs,
    read_one_line,
    read_commas,
    read_spaces,
    read_cell_lines,
)

_MOST_ALTERNATIVES = 2


def text_to_extraction(document: Document) -> Extraction:
    """Read a text, Markdown or HTML file into running lines and raw tables.

    Raises EmptyDocumentError, BinaryDocumentError and TooLargeError (schemas.errors).
    """
    decoded = bytes_to_text(document.data)
    if document.media is Media.HTML:
        layout, *others = (Layout(html_to_blocks(decoded.text)),)
    else:
        layout, *others = lines_to_layouts(_text_to_lines(decoded.text))
    if not any(_prints(block) for block in layout.blocks):
        raise EmptyDocumentError("the file holds no text that prints")
    return Extraction(layout, _encoding_findings(document, decoded, layout), tuple(others))


def _text_to_lines(text: str) -> tuple[Line, ...]:
    if len(text) > MOST_CHARACTERS:
        raise TooLargeError(f"more than {MOST_CHARACTERS:,} characters are too many for a notice")
    if max(text.count("\n"), text.count("\r")) > MOST_LINES:
        raise TooLargeError(f"more than {MOST_LINES:,} lines are too many for a notice")
    if sum(map(text.count, "\t|｜,，;；")) > MOST_SIGNS:
        raise TooLargeError(f"more than {MOST_SIGNS:,} cells are too many for a notice")
    lines = text_to_lines(text)
    longest = max(lines, key=lambda line: len(line.text))
    if len(longest.text) > LONGEST_LINE:
        raise TooLargeError(f"line {longest.ref} has {len(longest.text):,} characters")
    return lines


def lines_to_layouts(lines: Sequence[Line]) -> tuple[Layout, ...]:
    """Let every reader look at the lines and take the claims that make most sense together.

    The first layout is the best; others follow where a claim of it has a close rival. What no
    claim takes stays a line.
    """
    claims = [claim for read in READERS for claim in read(lines)]
    chosen = best_claims(claims)
    rivals = [
        best_claims([claim for claim in claims if claim is not left_out])
        for left_out in contested(claims, chosen)[:_MOST_ALTERNATIVES]
    ]
    return tuple(_claims_to_layout(lines, taken) for taken in (chosen, *rivals))


def _claims_to_layout(lines: Sequence[Line], claims: Sequence[Claim]) -> Layout:
    blocks: list[Block] = []
    at = 0
    for claim in claims:
        blocks.extend(lines[at : claim.first])
        blocks.extend(claim.blocks)
        at = claim.last + 1
    blocks.extend(lines[at:])
    return Layout(tuple(blocks))


def _prints(block: Block) -> bool:
    return not isinstance(block, Line) or bool(block.text.strip())


def _encoding_findings(
    document: Document, decoded: DecodedText, layout: Layout
) -> tuple[Finding, ...]:
    name = PurePath(document.source).name
    findings: list[Finding] = []
    if decoded.wrong_mark and decoded.wrong_mark != decoded.encoding:
        message = (
            f"{name} begins with the mark of {decoded.wrong_mark} but was read as "
            f"{decoded.encoding}; save it again in UTF-8."
        )
        findings.append(Finding("wrong-encoding-mark", Severity.ERROR, message, Cause.SOURCE))
    if decoded.was_latin:
        message = f"The Chinese text of {name} had been saved as Windows-1252; it was turned back."
        findings.append(Finding("text-was-latin", Severity.WARNING, message, Cause.SOURCE))
    broken = [(text, ref) for text, ref in _texts(layout) if "\ufffd" in text]
    if broken:
        text, ref = broken[0]
        message = f"Characters of {name} are lost in {len(broken)} places; this is the first."
        findings.append(
            Finding(
                "broken-characters",
                Severity.WARNING,
                message,
                Cause.SOURCE,
                printed=text[:200],
                ref=ref,
            )
        )
    return tuple(findings)


def _texts(layout: Layout) -> Iterator[tuple[str, Ref]]:
    for block in layout.blocks:
        if isinstance(block, Line):
            yield block.text, block.ref
        else:
            yield from ((cell.text, cell.ref) for row in block.rows for cell in row)
