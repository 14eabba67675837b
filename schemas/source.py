"""The source as it was read: documents, places in them, lines, cells and raw tables.

Every value that leaves keeps a `Ref` into its source, so the kinds of reference live here, at the
bottom of the house.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum


class Media(StrEnum):
    """What kind of file a document is (the `media` column of the table `notices`)."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    SCAN = "scan"
    DOCX = "docx"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True, order=True)
class LineRef:
    """A place in a text: line and cell, both counted from 1; cell 0 is the whole line.

    >>> str(LineRef(53, 2)), str(LineRef(53))
    ('L53:C2', 'L53')
    """

    line: int
    cell: int = 0

    def __str__(self) -> str:
        return f"L{self.line}:C{self.cell}" if self.cell else f"L{self.line}"


@dataclass(frozen=True, slots=True, order=True)
class BoxRef:
    """A place on a page: page from 1, box in points with its origin at the top left.

    >>> str(BoxRef(3, 10, 20.25, 60, 32))
    'p3 10,20.2,60,32'
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    def __str__(self) -> str:
        box = ",".join(f"{v:.1f}".removesuffix(".0") for v in (self.x0, self.y0, self.x1, self.y1))
        return f"p{self.page} {box}"


@dataclass(frozen=True, slots=True, order=True)
class SheetRef:
    """A place in a workbook: sheet, row and column as the program counts them, from 1; column 0 is
    the whole row. Hidden sheets count.

    >>> str(SheetRef(2, 53, 2)), str(SheetRef(1, 3))
    ('S2:L53:C2', 'S1:L3')
    """

    sheet: int
    line: int
    cell: int = 0

    def __str__(self) -> str:
        return f"S{self.sheet}:{LineRef(self.line, self.cell)}"


Ref = LineRef | BoxRef | SheetRef

_LINE_REF = re.compile(
    r"(?:S(?P<sheet>[0-9]{1,6}):)?L(?P<line>[0-9]{1,9})(?::C(?P<cell>[0-9]{1,9}))?"
)
_NUMBER = r"-?[0-9]{1,7}(?:\.[0-9]{1,6})?"
_BOX_REF = re.compile(rf"p(?P<page>[0-9]{{1,7}}) (?P<box>{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER})")


def parse_ref(text: str) -> Ref | None:
    """The place that a printed reference names, or None where it is none.

    >>> parse_ref("L53:C2"), parse_ref("S2:L53:C2")
    (LineRef(line=53, cell=2), SheetRef(sheet=2, line=53, cell=2))
    >>> parse_ref("p3 10,20.2,60,32")
    BoxRef(page=3, x0=10.0, y0=20.2, x1=60.0, y1=32.0)
    >>> parse_ref("p3"), parse_ref("53")
    (None, None)
    """
    if line := _LINE_REF.fullmatch(text.strip()):
        place = int(line["line"]), int(line["cell"] or 0)
        return SheetRef(int(line["sheet"]), *place) if line["sheet"] else LineRef(*place)
    if box := _BOX_REF.fullmatch(text.strip()):
        x0, y0, x1, y1 = map(float, box["box"].split(","))
        return BoxRef(int(box["page"]), x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None
    return None


@dataclass(frozen=True, slots=True)
class Document:
    """One file as it came: `source` is the path as given, `sha256` the hash of its bytes."""

    source: str
    sha256: str
    media: Media
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text outside tables. `page` counts from 1; a text has one page unless it
    holds form feeds. `furniture` marks what a page prints of itself (— 3 —, 第3页 共5页)."""

    text: str
    ref: Ref
    page: int = 1
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as printed. Empty text is a blank cell, not a missing one.

    Readers that know spans (HTML, PDF, Office, pictures) fill the whole grid: the merged cell
    stands at its top left with its spans, and the places that it covers hold cells with empty text
    and both spans 0. Text readers know no spans: all 1.

    `readings` are what other readings of the same picture gave, unlike `text`; empty where the cell
    was read once, or where all readings agree.
    """

    text: str
    ref: Ref
    rowspan: int = 1
    colspan: int = 1
    readings: tuple[str, ...] = ()

    @property
    def covered(self) -> bool:
        """Whether a merged cell above or to the left covers this place."""
        return self.rowspan == 0


class Reader(StrEnum):
    """Which reader made a raw table (the `reader` column of the table `tables`).

    The first group reads text. Of a PDF with a text layer, RULED reads tables by their ruling
    lines, ALIGNED by columns of words; CAMELOT and PDFPLUMBER are second opinions. PICTURE and
    PICTURE_ALIGNED do for scans what the first two do for PDFs.
    """

    TABS = "tabs"
    PIPES = "pipes"
    HTML = "html"
    COMMAS = "commas"
    SPACES = "spaces"
    CELL_LINES = "cell_lines"
    ONE_LINE = "one_line"
    LINES = "lines"
    PROSE = "prose"
    SCRAMBLED = "scrambled"
    RULED = "ruled"
    ALIGNED = "aligned"
    CAMELOT = "camelot"
    PDFPLUMBER = "pdfplumber"
    WORD = "word"
    SHEET = "sheet"
    PICTURE = "picture"
    PICTURE_ALIGNED = "picture_aligned"

    @property
    def typed(self) -> bool:
        """Whether what it reads was born digital: its digits are those that the author typed."""
        return self in _TYPED


_TYPED = frozenset(
    {
        Reader.COMMAS,
        Reader.RULED,
        Reader.ALIGNED,
        Reader.CAMELOT,
        Reader.PDFPLUMBER,
        Reader.WORD,
        Reader.SHEET,
    }
)


@dataclass(frozen=True, slots=True)
class RawTable:
    """Rows of cells as they lie in the source. Rows may differ in length: aligning them is
    the work of `normalize`, which knows what the columns mean.

    `uncertain` says that a column may be missed: cells hold two figures side by side.
    """

    rows: tuple[tuple[Cell, ...], ...]
    reader: Reader
    page: int = 1
    uncertain: bool = False

    @property
    def ref(self) -> Ref:
        """Where the table begins."""
        return self.rows[0][0].ref


Block = Line | RawTable


@dataclass(frozen=True, slots=True)
class Layout:
    """A document as blocks in print order: running lines and raw tables."""

    blocks: tuple[Block, ...]
