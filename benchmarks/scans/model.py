"""What made notices are: tables before they are drawn, and pages with the truth of every cell."""

from dataclasses import dataclass
from enum import Enum

from extract.pages import Box
from schemas.tables import Role


class Align(Enum):
    """Where the words of a cell stand in it."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Ruling(Enum):
    """Which lines a table has: all, all but the outer border, the three of 三线表, or none."""

    FULL = "full"
    OPEN = "open"
    THREE_LINES = "three lines"
    NONE = "none"


class Face(Enum):
    """The font of a page: a sans (黑体), a serif (宋体), or the serif with Times figures, as word
    processors set them."""

    SANS = "sans"
    SERIF = "serif"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a table that is not yet drawn. Rows and columns count from 0, headers included.

    `place` is (row_no, col_no) of the published figure, both from 1, None for any other cell.
    `number` says that the cell prints a number.
    """

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    align: Align = Align.CENTRE
    place: tuple[int, int] | None = None
    number: bool = False


@dataclass(frozen=True, slots=True)
class RowUnit:
    """The unit that stands in a data row: its printed name, its code and what the row sums up."""

    row_no: int
    printed: str
    code: str
    role: Role


@dataclass(frozen=True, slots=True)
class Grid:
    """A table before it is drawn; `header_rows` come again on every page that it runs over.

    `size` is the size of its type and `row_height` the least height of a row, in points.
    """

    title: str
    measure: str
    slots: tuple[Slot, ...]
    header_rows: int
    ruling: Ruling
    units: tuple[RowUnit, ...] = ()
    size: float = 8.0
    row_height: float = 14.0


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page of running text: paragraphs, the first centred (the title), the second the 文号."""

    issuer: str
    doc_no: str
    title: str
    recipients: str
    paragraphs: tuple[str, ...]
    signature: str
    date: str


@dataclass(frozen=True, slots=True)
class Ink:
    """A string as it stands on a page: left end of its base line, in points from the top left."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """A ruling line as it stands on a page, in points; `thick` is its width."""

    x0: float
    y0: float
    x1: float
    y1: float
    thick: float = 0.6


@dataclass(frozen=True, slots=True)
class TrueCell:
    """The truth of one cell of one page. `table` counts the tables of the page from 0; `row` and
    `column` count in the part of the table that stands on this page, headers included.

    `box` is the cell, `ink` the smallest box about its words (None for a blank cell), both in
    points from the top left of the page as it is shown. `figure` is (table_no, row_no, col_no) as
    published, or None.
    """

    page: int
    table: int
    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    box: Box
    ink: Box | None
    number: bool
    figure: tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class TrueRow:
    """The unit of a data row: its table and row as published, its page, name, code and role."""

    table_no: int
    row_no: int
    page: int
    printed: str
    code: str
    role: Role


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page as strings and lines, upright, with its truth."""

    number: int
    width: float
    height: float
    face: Face
    inks: tuple[Ink, ...]
    strokes: tuple[Stroke, ...]
    cells: tuple[TrueCell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A made document: its pages, and the unit of every data row."""

    name: str
    pages: tuple[DrawnPage, ...]
    rows: tuple[TrueRow, ...]
    issuer: str
    sources: tuple[Grid | TextPage, ...]
