"""The place that a reference names, for a person's eyes: a picture, or lines of text."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from PIL import Image, ImageDraw

from extract.layout import document_to_layout
from extract.office import office_picture
from extract.pdf.render import render_page
from extract.scan.cutting import cut
from extract.scan.files import bytes_to_pictures
from extract.scan.picture import Picture
from schemas.errors import XiadaError
from schemas.source import BoxRef, Document, Layout, Line, LineRef, Media, Ref, SheetRef

_MARGIN = 24.0
"""Points shown around a box: a row above and a row below."""

_NEIGHBOURS = 2
_OUTLINE = (220, 0, 0)
_PARTED = " | "
_LONGEST = 200
_PICTURED = frozenset({Media.PDF, Media.SCAN})
_OFFICE = frozenset({Media.DOCX, Media.XLSX})


class NoSuchPlaceError(XiadaError):
    """A reference to a place that the document does not have."""

    remedy: ClassVar[str] = "Take the reference from the column ref of this document's own tables."


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line, or a row of a table: its place and its texts with theirs."""

    ref: Ref
    cells: tuple[tuple[str, Ref], ...]


def show_picture(document: Document, ref: BoxRef, password: str | None = None) -> bytes:
    """The surroundings of a box as a PNG, the box itself outlined in red.

    Of an Office file the pages are the pictures in it. Raises NoSuchPlaceError where the document
    has no such page or is a text, and what its reader raises where it cannot be opened
    (schemas.errors).
    """
    page = _page(document, ref.page, password)
    if ref.x0 >= page.width or ref.y0 >= page.height or ref.x1 <= 0 or ref.y1 <= 0:
        raise NoSuchPlaceError(f"{ref} lies outside page {ref.page} of {document.source}.")
    image = Image.fromarray(cut(page, ref, _MARGIN))
    share = page.dpi / 72
    left, top = max(ref.x0 - _MARGIN, 0), max(ref.y0 - _MARGIN, 0)
    corners = (ref.x0 - left, ref.y0 - top, ref.x1 - left, ref.y1 - top)
    line = max(round(page.dpi / 100), 1)
    x0, y0, x1, y1 = (round(value * share) for value in corners)
    ImageDraw.Draw(image).rectangle(
        (x0 - line, y0 - line, x1 + line, y1 + line), None, _OUTLINE, line
    )
    shown = io.BytesIO()
    image.save(shown, "PNG")
    return shown.getvalue()


def _page(document: Document, number: int, password: str | None) -> Picture:
    """A page as it is shown."""
    if document.media in _OFFICE:
        picture = office_picture(document, number, password)
        if picture is None:
            raise NoSuchPlaceError(f"{document.source} has no picture that is page {number}.")
        return picture
    if document.media not in _PICTURED:
        raise NoSuchPlaceError(f"{document.source} has lines and cells, not boxes on pages.")
    if document.media is Media.SCAN:
        page = next(islice(bytes_to_pictures(document.data), max(number - 1, 0), None), None)
        if page is None or number < 1:
            raise NoSuchPlaceError(f"{document.source} has no page {number}.")
        return page
    try:
        return render_page(document, number, password=password)
    except IndexError as error:
        raise NoSuchPlaceError(f"{document.source} has no page {number}.") from error


def show_text(
    document: Document, ref: LineRef | SheetRef, password: str | None = None
) -> tuple[str, ...]:
    """The line or the row that a reference names, with two above and two below; it is marked with
    `>`, and the cell, where one is meant, stands in ⟦ ⟧.

    Raises NoSuchPlaceError, and what its reader raises where it cannot be read (schemas.errors).
    """
    if document.media in _PICTURED:
        raise NoSuchPlaceError(f"{document.source} has boxes on pages, not lines and cells.")
    entries = tuple(_entries(document_to_layout(document, password).layout))
    at = _find(entries, ref)
    if at is None:
        raise NoSuchPlaceError(f"{document.source} has nothing at {ref}.")
    first = max(at - _NEIGHBOURS, 0)
    near = entries[first : at + _NEIGHBOURS + 1]
    width = max(len(str(entry.ref)) for entry in near)
    return tuple(
        f"{'>' if first + i == at else ' '} {str(entry.ref).ljust(width)}  {_shown(entry, ref)}"
        for i, entry in enumerate(near)
    )


def _entries(layout: Layout) -> Iterator[_Entry]:
    """Lines that print, and rows of tables, in print order."""
    for block in layout.blocks:
        if isinstance(block, Line):
            if block.text.strip():
                yield _Entry(_whole(block.ref), ((block.text, block.ref),))
            continue
        for row in block.rows:
            cells = tuple((cell.text, cell.ref) for cell in row if not cell.covered)
            if cells:
                yield _Entry(_whole(cells[0][1]), cells)


def _whole(ref: Ref) -> Ref:
    """The place of a whole line."""
    if isinstance(ref, SheetRef):
        return SheetRef(ref.sheet, ref.line)
    return LineRef(ref.line) if isinstance(ref, LineRef) else ref


def _find(entries: Sequence[_Entry], ref: Ref) -> int | None:
    """The entry with the very place; else, of a figure within a sentence, that of its line."""
    exact = (i for i, entry in enumerate(entries) if any(ref == place for _, place in entry.cells))
    line = (i for i, entry in enumerate(entries) if entry.ref == _whole(ref))
    return next(exact, next(line, None))


def _shown(entry: _Entry, ref: Ref) -> str:
    texts = (f"⟦{text}⟧" if place == ref else text for text, place in entry.cells)
    joined = _PARTED.join(texts)
    marked = "⟦" in joined
    return joined if marked or len(joined) <= _LONGEST else f"{joined[:_LONGEST]}…"
