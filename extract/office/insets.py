"""Pictures that stand in a Word file or over a sheet, told from logos and seals by their size."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex
from lxml import etree

from extract.pages import Page
from schemas.errors import UnreadableError
from schemas.findings import Finding
from schemas.source import Block

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WORD_PLACE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SHEET_PLACE = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_VML = "{urn:schemas-microsoft-com:vml}"
# Where a drawing says how large it is shown; the first that is there speaks for all of it.
_EXTENTS = (f"{_WORD_PLACE}extent", f"{_SHEET_PLACE}ext", f"{_DRAWING}ext")
# In the unit of drawings (914,400 an inch): a few rows of a table across a page; a seal has half.
_INCH = 914_400
_LARGE = 6 * _INCH**2
_STYLE = regex.compile(
    r"(?:^|;)\s*(?P<side>width|height)\s*:\s*(?P<size>[0-9]{1,5}(?:\.[0-9]{1,9})?)(?P<unit>pt|in|cm|mm)"
)
_UNITS = {"pt": 1 / 72, "in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4}
_WHOLE = 100_000


@dataclass(frozen=True, slots=True)
class Inset:
    """A picture of a page's size. `relation` names it in the part where it stands, "" where the
    file does not hold it; `cut` are the shares that are cut off left, top, right and bottom."""

    relation: str
    cut: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class PartPicture:
    """An inset with its number as a page and the part that holds it, "" where the file does not."""

    number: int
    part: str
    cut: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class PictureRead:
    """What a picture gave. `error` says why it gave nothing."""

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]
    page: Page | None = None
    error: UnreadableError | None = None


def drawing_to_insets(drawing: etree._Element) -> Iterator[Inset]:
    """The pictures of a drawing (DrawingML, or the VML of old files) that is shown large."""
    if _area(drawing) < _LARGE:
        return
    for blip in drawing.iter(f"{_DRAWING}blip"):
        yield Inset(blip.get(f"{_RELATIONS}embed", ""), _cut(blip.getparent()))
    for data in drawing.iter(f"{_VML}imagedata"):
        yield Inset(data.get(f"{_RELATIONS}id", ""))


def _area(drawing: etree._Element) -> float:
    """How large a drawing is shown, 0 where it does not say."""
    for tag in _EXTENTS:
        found = (_side(e, "cx") * _side(e, "cy") for e in drawing.iter(tag) if e.get("cx"))
        if (area := next(found, 0)) > 0:
            return area
    return max((_style_area(shape.get("style", "")) for shape in drawing.iter(f"{_VML}shape")),
               default=0.0)  # fmt: skip


def _side(extent: etree._Element, name: str) -> int:
    text = extent.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _style_area(style: str) -> float:
    sides = {m["side"]: float(m["size"]) * _UNITS[m["unit"]] for m in _STYLE.finditer(style)}
    return sides.get("width", 0.0) * sides.get("height", 0.0) * _INCH**2


def _cut(filled: etree._Element | None) -> tuple[float, float, float, float]:
    found = filled.find(f"{_DRAWING}srcRect") if filled is not None else None
    if found is None:
        return (0.0, 0.0, 0.0, 0.0)
    left, top, right, bottom = (_side(found, side) / _WHOLE for side in "ltrb")
    return (left, top, right, bottom) if left + right < 1 and top + bottom < 1 else (0, 0, 0, 0)
