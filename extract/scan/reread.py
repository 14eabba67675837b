"""Cells that the arithmetic accuses, read once more from their picture in other ways."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from extract.scan.content import without_rules
from extract.scan.files import bytes_to_pictures
from extract.scan.lattice import darkness_to_lattice
from extract.scan.page import the_right_way_up
from extract.scan.picture import Area, Grey, Picture
from extract.scan.reading import insides, without_drawn
from extract.scan.recognise import Crop, PixelBox, second_readings
from extract.scan.upright import Matrix, picture_to_upright
from schemas.errors import UnsupportedMediaError
from schemas.source import BoxRef, Document, Media


def reread(
    document: Document, refs: Iterable[BoxRef], password: str | None = None
) -> Mapping[BoxRef, tuple[str, ...]]:
    """Read cells of a scan again, prepared in several ways; their distinct texts, likeliest first.

    `refs` are those of cells, boxes on pages as shown. Only their pages are drawn. The texts may
    hold what was read before, and all come from one recogniser: they are candidates for a repair
    that the arithmetic must confirm. A ref off its page has none. Raises UnsupportedMediaError for
    documents without pictures, MissingExtraError, and what opening the document raises
    (schemas.errors).
    """
    by_page: dict[int, list[BoxRef]] = {}
    for ref in refs:
        by_page.setdefault(ref.page, []).append(ref)
    found: dict[BoxRef, tuple[str, ...]] = {}
    for number, picture in _pictures(document, sorted(by_page), password):
        found.update(_reread_page(picture, by_page[number]))
    return found


def _pictures(
    document: Document, numbers: Sequence[int], password: str | None
) -> Iterator[tuple[int, Picture]]:
    if document.media is Media.PDF:
        # The reader of PDFs reads pictures by this package, so it is not loaded with it.
        from extract.pdf.render import READING_DPI, render_page  # noqa: PLC0415

        for number in numbers:
            yield number, render_page(document, number, READING_DPI, password)
    elif document.media is Media.SCAN:
        last = max(numbers, default=0)
        for number, picture in enumerate(bytes_to_pictures(document.data), start=1):
            if number in numbers:
                yield number, picture
            if number >= last:
                return
    elif document.media in (Media.DOCX, Media.XLSX):
        from extract.office import office_picture  # noqa: PLC0415  as above

        for number in numbers:
            if (found := office_picture(document, number, password)) is not None:
                yield number, found
    else:
        raise UnsupportedMediaError(f"{document.media.value} files have no picture to read again")


def _reread_page(picture: Picture, refs: Sequence[BoxRef]) -> dict[BoxRef, tuple[str, ...]]:
    upright = the_right_way_up(picture_to_upright(picture))
    dark = upright.dark
    boxes = {ref: box for ref in refs if (box := ref_to_pixels(ref, upright.to_shown, dark))}
    clear = without_rules(dark, darkness_to_lattice(dark), insides(map(_area, boxes.values())))
    plain = without_drawn(upright.light, dark, clear, ())
    # Evened out and as it was: each loses something that the other keeps.
    pages = (plain, np.asarray(255 - clear, np.uint8))
    readings = [second_readings([_crop(page, box) for box in boxes.values()]) for page in pages]
    return {
        ref: tuple(dict.fromkeys((*of_plain, *of_clear)))
        for ref, of_plain, of_clear in zip(boxes, *readings, strict=True)
    }


def ref_to_pixels(ref: BoxRef, to_shown: Matrix, page: Grey) -> PixelBox | None:
    """The box of an upright page whose hull on the page as shown is `ref`; None off the page.

    `to_shown` leads from pixels of the upright page to points of the page as shown.

    >>> page = np.zeros((200, 100), np.uint8)
    >>> ref_to_pixels(BoxRef(1, 36, 72, 72, 90), np.diag([0.72, 0.72, 1.0]), page)
    PixelBox(left=50, top=100, right=100, bottom=125)
    """
    middle = np.array([(ref.x0 + ref.x1) / 2, (ref.y0 + ref.y1) / 2, 1.0])
    x, y, _ = np.linalg.solve(to_shown, middle)
    hull = np.array([ref.x1 - ref.x0, ref.y1 - ref.y0])
    width, height = np.linalg.solve(np.abs(to_shown[:2, :2]), hull)
    down, across = page.shape
    box = PixelBox(
        max(round(x - width / 2), 0),
        max(round(y - height / 2), 0),
        min(round(x + width / 2), across),
        min(round(y + height / 2), down),
    )
    return box if box.right > box.left and box.bottom > box.top else None


def _area(box: PixelBox) -> Area:
    return Area(box.left, box.top, box.right, box.bottom)


def _crop(page: Grey, box: PixelBox) -> Crop:
    return Crop(np.ascontiguousarray(page[box.top : box.bottom, box.left : box.right]))
