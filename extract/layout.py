"""Documents to layouts: the recipe of this package."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.claims import Claim, ReadLines, best_claims
from extract.encoding import DecodedText, bytes_to_text
from extract.lines import text_to_lines
from extract.readers.commas import read_commas
from extract.readers.html import html_to_blocks, read_html_tables
from extract.readers.separated import read_pipes, read_tabs
from extract.readers.sequence import read_cell_lines, read_one_line
from extract.readers.spaces import read_spaces
from schemas.errors import EmptyDocumentError, TooLargeError, UnsupportedMediaError
from schemas.findings import Cause, Finding, Severity
from schemas.source import Block, Document, Layout, Line, Media

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

_TEXT_MEDIA = frozenset({Media.TEXT, Media.MARKDOWN, Media.HTML})
# A long notice with its attachments is 200 KB; a line of it, a whole table at most.
MOST_BYTES = 20_000_000
LONGEST_LINE = 1_000_000


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the bytes of a document say: its layout, and what was odd about it."""

    layout: Layout
    findings: tuple[Finding, ...]


def document_to_layout(document: Document) -> Extraction:
    """Read a text, Markdown or HTML file into running lines and raw tables.

    Raises EmptyDocumentError, BinaryDocumentError, TooLargeError and UnsupportedMediaError
    (schemas.errors).
    """
    if document.media not in _TEXT_MEDIA:
        raise UnsupportedMediaError(f"{document.media.value} files are not read yet")
    if len(document.data) > MOST_BYTES:
        raise TooLargeError(f"more than {MOST_BYTES // 1_000_000} MB are too many for a notice")
    decoded = bytes_to_text(document.data)
    if document.media is Media.HTML:
        layout = Layout(html_to_blocks(decoded.text))
    else:
        lines = text_to_lines(decoded.text)
        longest = max(lines, key=lambda line: len(line.text))
        if len(longest.text) > LONGEST_LINE:
            raise TooLargeError(f"line {longest.ref} has {len(longest.text):,} characters")
        layout = lines_to_layout(lines)
    if not any(_prints(block) for block in layout.blocks):
        raise EmptyDocumentError("the file holds no text that prints")
    return Extraction(layout, _encoding_findings(decoded, layout))


def lines_to_layout(lines: Sequence[Line]) -> Layout:
    """Let every reader look at the lines and take the claims that make most sense together."""
    claims = best_claims([claim for read in READERS for claim in read(lines)])
    blocks: list[Block] = []
    at = 0
    for claim in claims:
        blocks.extend(lines[at : claim.first])
        blocks.extend(_lines_within(lines, claim))
        blocks.append(claim.table)
        at = claim.last + 1
    blocks.extend(lines[at:])
    return Layout(tuple(blocks))


def _lines_within(lines: Sequence[Line], claim: Claim) -> list[Line]:
    """Page furniture between rows stays a line; so does what stood before a table on its line."""
    furniture = [line for line in lines[claim.first : claim.last + 1] if line.furniture]
    return [*claim.before, *furniture]


def _prints(block: Block) -> bool:
    return not isinstance(block, Line) or bool(block.text.strip())


def _encoding_findings(decoded: DecodedText, layout: Layout) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    if decoded.wrong_mark:
        message = (
            f"The file begins with the mark of {decoded.wrong_mark} but was read as "
            f"{decoded.encoding}; save it again in UTF-8."
        )
        findings.append(Finding("wrong-encoding-mark", Severity.WARNING, message, Cause.SOURCE))
    spoilt = [b for b in layout.blocks if isinstance(b, Line) and "\ufffd" in b.text]
    if spoilt:
        findings.append(
            Finding(
                "broken-characters",
                Severity.WARNING,
                f"Some bytes are not {decoded.encoding}; this is the first line that has them.",
                Cause.SOURCE,
                printed=spoilt[0].text[:200],
                ref=spoilt[0].ref,
            )
        )
    return tuple(findings)
