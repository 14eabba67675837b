"""What is drawn on a page beside characters: ruling lines and pictures."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.pdf.calls import address_of, bounds, colour, draw_mode, objects_with_kinds, to_object
from extract.pdf.limits import DEEPEST_FORM, MOST_OBJECTS
from extract.pdf.strokes import THICKEST, Corners, Matrix, path_to_edges
from schemas.errors import TooLargeError

# In points: a line has a length, and a dot no direction.
_SHORTEST = 0.3
_DOT = 2.0
# Red, green and blue together.
_WHITE = 3 * 255
_INVISIBLE = raw.FPDF_TEXTRENDERMODE_INVISIBLE
_UNITY: Matrix = (1, 0, 0, 1, 0, 0)
_TEXT, _PATH = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH
_PICTURE, _FORM = raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture on a page: its box in PDF coordinates, its size in pixels, and how many text
    objects were drawn before it. What is under an opaque picture is not seen."""

    box: Corners
    pixels: int
    texts_before: int
    opaque: bool


@dataclass(frozen=True, slots=True)
class PageObjects:
    """What a page draws. `lines` are x0, y0, x1, y1 in PDF coordinates, level or upright; `texts`,
    `paths` and `curves` (of the paths) are counts.

    Whether texts are invisible is asked only where a page has pictures.
    """

    lines: tuple[Corners, ...] = ()
    pictures: tuple[DrawnPicture, ...] = ()
    texts: int = 0
    hidden_texts: int = 0
    paths: int = 0
    curves: int = 0


@dataclass(slots=True)
class _Found:
    """The same while it is gathered."""

    lines: list[Corners] = field(default_factory=list)
    pictures: list[DrawnPicture] = field(default_factory=list)
    texts: int = 0
    paths: int = 0
    curves: int = 0


def page_to_objects(page: pdfium.PdfPage) -> PageObjects:
    """Everything that a page and the forms on it draw.

    Raises TooLargeError where that is more than a page of a notice has.
    """
    found = _Found()
    count = raw.FPDFPage_CountObjects(page.raw)
    if count > MOST_OBJECTS:
        raise TooLargeError(f"a page draws {count:,} objects, more than {MOST_OBJECTS:,}")
    for seen, (item, kind, matrix) in enumerate(_objects(page), start=1):
        if seen > MOST_OBJECTS:
            raise TooLargeError(f"a page draws more than {MOST_OBJECTS:,} objects")
        if kind == _TEXT:
            found.texts += 1
        elif kind == _PATH:
            _add_path(item, matrix, found)
        elif kind == _PICTURE:
            _add_picture(item, matrix, found)
    return PageObjects(
        tuple(found.lines),
        tuple(found.pictures),
        found.texts,
        _hidden_texts(page) if found.pictures else 0,
        found.paths,
        found.curves,
    )


def _hidden_texts(page: pdfium.PdfPage) -> int:
    """How many texts of a page are drawn invisibly."""
    return sum(
        kind == _TEXT and raw.FPDFTextObj_GetTextRenderMode(to_object(item)) == _INVISIBLE
        for item, kind, _ in _objects(page)
    )


def has_broken_picture(page: pdfium.PdfPage) -> bool:
    """Whether a picture on a page cannot be decoded. Decodes them all."""
    return any(_is_broken(item) for item, kind, _ in _objects(page) if kind == _PICTURE)


def _is_broken(item: int) -> bool:
    bitmap = raw.FPDFImageObj_GetBitmap(to_object(item))
    if not bitmap:
        return True
    raw.FPDFBitmap_Destroy(bitmap)
    return False


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[int, int, Matrix]]:
    """Addresses and kinds of objects in the order in which they are drawn, with the way from their
    form to the page."""
    for item, kind in objects_with_kinds(page):
        if kind == _FORM:
            yield from _with_inner(to_object(item), _UNITY, DEEPEST_FORM)
        else:
            yield item, kind, _UNITY


def _with_inner(
    item: raw.FPDF_PAGEOBJECT, matrix: Matrix, depth: int
) -> Iterator[tuple[int, int, Matrix]]:
    kind = raw.FPDFPageObj_GetType(item)
    yield address_of(item), kind, matrix
    if kind == _FORM and depth:
        inner = multiplied(object_matrix(item), matrix)
        for i in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _with_inner(raw.FPDFFormObj_GetObject(item, i), inner, depth - 1)


def object_matrix(item: raw.FPDF_PAGEOBJECT) -> Matrix:
    """The matrix of an object, from its own coordinates to those around it."""
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(found)):
        return _UNITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def multiplied(first: Matrix, then: Matrix) -> Matrix:
    """One way after the other.

    >>> multiplied((2, 0, 0, 2, 1, 1), (1, 0, 0, -1, 0, 100))
    (2, 0, 0, -2, 1, 99)
    """
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _bounds(item: int, matrix: Matrix) -> Corners | None:
    corners = bounds(item)
    return corners if corners is None or matrix is _UNITY else transformed(corners, matrix)


def transformed(box: Corners, matrix: Matrix) -> Corners:
    """The upright box around a box that was moved by a matrix."""
    a, b, c, d, e, f = matrix
    points = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [a * x + c * y + e for x, y in points]
    ys = [b * x + d * y + f for x, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _add_picture(item: int, matrix: Matrix, found: _Found) -> None:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    box = _bounds(item, matrix)
    if box is None:
        return
    handle = to_object(item)
    raw.FPDFImageObj_GetImagePixelSize(handle, ctypes.byref(width), ctypes.byref(height))
    opaque = not raw.FPDFPageObj_HasTransparency(handle)
    pixels = width.value * height.value
    found.pictures.append(DrawnPicture(box, pixels, found.texts, opaque))


def _add_path(item: int, matrix: Matrix, found: _Found) -> None:
    filled, stroked = draw_mode(item)
    if not filled and not stroked:
        return
    found.paths += 1
    box = _bounds(item, matrix)
    if box is None or not _is_seen(item, stroked=stroked):
        return
    if (line := corners_to_line(box)) is not None:
        found.lines.extend(line)
        return
    handle = to_object(item)
    edges = path_to_edges(handle, multiplied(object_matrix(handle), matrix), filled=not stroked)
    found.curves += edges.curves
    for edge in edges.boxes:
        found.lines.extend(corners_to_line(edge) or ())


def corners_to_line(box: Corners) -> tuple[Corners, ...] | None:
    """The middle line of a thin box; both of a dot, which may belong to either; None for others.

    >>> corners_to_line((10, 20, 90, 21))
    ((10, 20.5, 90, 20.5),)
    """
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    level, upright = (x0, (y0 + y1) / 2, x1, (y0 + y1) / 2), ((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
    if max(width, height) <= _DOT:
        return (level, upright) if max(width, height) > _SHORTEST else ()
    if min(width, height) > THICKEST:
        return None
    return (level,) if width > height else (upright,)


def _is_seen(path: int, *, stroked: bool) -> bool:
    """Whether a path has a colour that shows on white paper."""
    parts = colour(path, stroked=stroked)
    return parts is None or (parts[3] > 0 and sum(parts[:3]) < _WHITE)
