"""What lies over a sheet, not in its cells: text in boxes and shapes, and pictures."""

from collections.abc import Iterator

from lxml import etree

from extract.lines import clean, is_furniture
from extract.office.insets import Inset, drawing_to_insets
from extract.office.package import Package, read_tree, relations
from schemas.source import Line, SheetRef

_SHEET_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ANCHORS = frozenset(f"{_SHEET_DRAWING}{kind}Anchor" for kind in ("twoCell", "oneCell", "absolute"))


def drawn_lines(package: Package, part: str, number: int) -> tuple[Line, ...]:
    """The lines of all boxes over a sheet, by the cell over which each begins, from the top.

    `part` is the sheet's, `number` the sheet's own. Raises DamagedError and TooLargeError.
    """
    anchors = (anchor for _, drawing in _drawings(package, part) for anchor in drawing)
    found = [line for anchor in anchors for line in _lines(anchor, number)]
    return tuple(sorted(found, key=_place))


def drawn_pictures(package: Package, part: str) -> Iterator[tuple[str, Inset]]:
    """The pictures of a page's size that lie over a sheet, each with the part that holds it, ""
    where the file does not."""
    for name, anchors in _drawings(package, part):
        parts = {relation.id: relation.target for relation in relations(package, name)}
        for anchor in anchors:
            for inset in drawing_to_insets(anchor):
                yield parts.get(inset.relation, ""), inset


def _drawings(package: Package, part: str) -> Iterator[tuple[str, list[etree._Element]]]:
    """The drawing parts of a sheet with what is anchored in each."""
    for relation in relations(package, part):
        if relation.kind == "drawing" and relation.target in package.names:
            tree = read_tree(package, relation.target)
            yield relation.target, [anchor for anchor in tree if anchor.tag in _ANCHORS]


def _place(line: Line) -> tuple[int, int]:
    return (line.ref.line, line.ref.cell) if isinstance(line.ref, SheetRef) else (0, 0)


def _lines(anchor: etree._Element, number: int) -> list[Line]:
    begins = anchor.find(f"{_SHEET_DRAWING}from")
    ref = SheetRef(number, _count(begins, "row"), _count(begins, "col"))
    lines: list[Line] = []
    for paragraph in anchor.iter(f"{_DRAWING}p"):
        text = clean("".join(t.text or "" for t in paragraph.iter(f"{_DRAWING}t"))).strip()
        if text:
            lines.append(Line(text, ref, number, is_furniture(text)))
    return lines


def _count(begins: etree._Element | None, name: str) -> int:
    """A row or column, which drawings count from 0."""
    text = begins.findtext(f"{_SHEET_DRAWING}{name}", "0") if begins is not None else "0"
    return int(text) + 1 if text.isascii() and text.isdecimal() and len(text) < 8 else 1
