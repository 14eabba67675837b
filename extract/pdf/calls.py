"""Functions of pdfium that are called for every character and object of a page.

They are called by addresses, without objects for pointers and structures: a call then costs half as
much, and a page asks for thousands.
"""

import ctypes
from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

_INT, _ADDRESS = ctypes.c_int, ctypes.c_void_p
_FLOATS, _COUNTS, _MODES = ctypes.c_float * 4, ctypes.c_uint * 4, ctypes.c_int * 2
# Bytes of a C float or unsigned int; numbers of a box or a colour.
_STEP = 4
_SIDES = 4


def address_of(handle: Any) -> int:
    """The address behind a handle of pypdfium2."""
    return ctypes.cast(handle, _ADDRESS).value or 0


def to_object(address: int) -> raw.FPDF_PAGEOBJECT:
    """The handle of an object, for functions that are called rarely."""
    return ctypes.cast(address, raw.FPDF_PAGEOBJECT)


def _by_address(function: Any, answer: Any, *arguments: Any) -> Callable[..., Any]:
    # Each call is short: letting other threads in between costs more than it takes.
    return ctypes.PYFUNCTYPE(answer, *arguments)(address_of(function))


_get_loose_char_box = _by_address(raw.FPDFText_GetLooseCharBox, _INT, _ADDRESS, _INT, _ADDRESS)
_get_object = _by_address(raw.FPDFPage_GetObject, _ADDRESS, _ADDRESS, _INT)
_get_type = _by_address(raw.FPDFPageObj_GetType, _INT, _ADDRESS)
_get_draw_mode = _by_address(raw.FPDFPath_GetDrawMode, _INT, *[_ADDRESS] * 3)
_get_bounds = _by_address(raw.FPDFPageObj_GetBounds, _INT, *[_ADDRESS] * 5)
_get_stroke_colour = _by_address(raw.FPDFPageObj_GetStrokeColor, _INT, *[_ADDRESS] * 5)
_get_fill_colour = _by_address(raw.FPDFPageObj_GetFillColor, _INT, *[_ADDRESS] * 5)


def loose_char_boxes(textpage: pdfium.PdfTextPage, count: int) -> npt.NDArray[np.float32]:
    """Left, top, right and bottom of the first `count` characters of a page, noughts where one has
    none."""
    boxes = np.zeros((count, _SIDES), np.float32)
    start = boxes.ctypes.data
    places = range(start, start + boxes.nbytes, boxes.strides[0])
    for _ in map(_get_loose_char_box, repeat(address_of(textpage.raw)), range(count), places):
        pass
    return boxes


def objects_with_kinds(page: pdfium.PdfPage) -> Iterator[tuple[int, int]]:
    """The address and kind of each object of a page, in the order in which they are drawn."""
    count = raw.FPDFPage_CountObjects(page.raw)
    items = list(map(_get_object, repeat(address_of(page.raw)), range(count)))
    return zip(items, map(_get_type, items), strict=True)


def draw_mode(path: int) -> tuple[bool, bool]:
    """Whether a path is filled, and whether it is stroked."""
    modes = _MODES()
    start = ctypes.addressof(modes)
    _get_draw_mode(path, start, start + _STEP)
    return modes[0] != 0, modes[1] != 0


def bounds(item: int) -> tuple[float, float, float, float] | None:
    """Left, bottom, right and top of an object; None where it has none."""
    sides = _FLOATS()
    return tuple(sides) if _get_bounds(item, *_places(sides)) else None


def colour(path: int, *, stroked: bool) -> tuple[int, int, int, int] | None:
    """Red, green, blue and alpha, up to 255, of what a path strokes or fills; None where it has no
    colour of its own."""
    parts = _COUNTS()
    get = _get_stroke_colour if stroked else _get_fill_colour
    return tuple(parts) if get(path, *_places(parts)) else None


def _places(four: Any) -> tuple[int, int, int, int]:
    start = ctypes.addressof(four)
    return start, start + _STEP, start + 2 * _STEP, start + 3 * _STEP
