"""The characters of a page with their boxes, straight from pdfium."""

import ctypes
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import regex
from pypdfium2 import raw

from extract.pdf.calls import loose_char_boxes
from extract.pdf.limits import MOST_CHARACTERS
from extract.pdf.view import Boxes
from schemas.errors import TooLargeError

# A soft hyphen in a PDF is drawn: it is the minus of fonts that have no other. A control character
# is a glyph of which the font does not say what it means; it may be a digit.
_UNKNOWN = "\ufffd"
_CONTROLS = {code: _UNKNOWN for code in range(32) if code not in (0x09, 0x0A, 0x0D)}
_SHOWN = {**_CONTROLS, 0xAD: "-", 0xFFFE: _UNKNOWN, 0xFFFF: _UNKNOWN}
_ODD = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\xad\ufffe\uffff]")
# What pdfium writes for a hyphen at the end of a line.
_END_HYPHENS = regex.compile("[\x02\ufffe]")
_QUARTER = math.pi / 2
# In quarter turns: print so far off from all of them runs across the page.
_TILTED = 0.1
_LEAST_RUN = 8
# Shares of the height of print.
_STEP, _LINE, _FAR = 0.1, 0.9, 1.5


@dataclass(frozen=True, slots=True, eq=False)
class Characters:
    """The characters of a page in the order of its content, blanks that pdfium adds included.

    `boxes` are x0, y0, x1, y1 in PDF coordinates: the advance of a character by the height of its
    font. `angles` are radians, clockwise from level; None where all characters are level.
    """

    text: str
    boxes: Boxes
    angles: npt.NDArray[np.float64] | None


def page_to_characters(textpage: pdfium.PdfTextPage) -> Characters:
    """All characters of a page. Raises TooLargeError where there are too many."""
    handle = textpage.raw
    count = raw.FPDFText_CountChars(handle)
    if count > MOST_CHARACTERS:
        raise TooLargeError(f"a page has {count:,} characters, more than {MOST_CHARACTERS:,}")
    if count <= 0:
        return Characters("", np.zeros((0, 4)), None)
    boxes = _boxes(textpage, count)
    angles = None
    if any(raw.FPDFText_GetCharAngle(handle, i) for i in _may_be_turned(boxes)):
        angles = np.array([raw.FPDFText_GetCharAngle(handle, i) for i in range(count)])
    return Characters(_text(textpage, count), boxes, angles)


def _may_be_turned(boxes: Boxes) -> list[int]:
    """The characters that follow the one before them any other way than from left to right: under
    it, to its left, or aslant. Asking all for their angles costs as much as their boxes."""
    at = np.flatnonzero(boxes[:, 2] > boxes[:, 0])
    if len(at) < _LEAST_RUN:
        few: list[int] = at.tolist()
        return few
    printed = boxes[at]
    one, other = printed[:-1], printed[1:]
    height = np.minimum(one[:, 3] - one[:, 1], other[:, 3] - other[:, 1])
    close = _STEP * height
    step = np.abs(other[:, 1] - one[:, 1])
    under = (np.abs(other[:, 0] - one[:, 0]) < close) & (np.abs(other[:, 2] - one[:, 2]) < close)
    leftwards = (step < close) & (np.abs(other[:, 2] - one[:, 0]) < close)
    beside = np.abs(other[:, 0] - one[:, 0]) < _FAR * height
    aslant = (step > close) & (step < _LINE * height) & beside
    found: list[int] = at[1:][under & (step > close) | leftwards | aslant].tolist()
    return found


def _boxes(textpage: pdfium.PdfTextPage, count: int) -> Boxes:
    left, top, right, bottom = loose_char_boxes(textpage, count).astype(np.float64).T
    return np.stack((left, bottom, right, top), axis=1)


def _text(textpage: pdfium.PdfTextPage, count: int) -> str:
    """One character for each box; pdfium's own text leaves some out, then they are asked one by
    one."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(textpage.raw, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    if written != count + 1 or len(text) != count:
        codes = (raw.FPDFText_GetUnicode(textpage.raw, i) for i in range(count))
        text = "".join(map(_to_character, codes))
    if not _ODD.search(text):
        return text
    for match in _END_HYPHENS.finditer(text):
        if raw.FPDFText_IsHyphen(textpage.raw, match.start()) == 1:
            text = f"{text[: match.start()]}-{text[match.end() :]}"
    return text.translate(_SHOWN)


def _to_character(code: int) -> str:
    usable = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if usable else _UNKNOWN


def angles_to_quarters(
    angles: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Angles (radians, clockwise) as quarter turns, and which of them are none: those of a
    watermark.

    >>> quarters, tilted = angles_to_quarters(np.array([0, math.pi / 2, 0.8]))
    >>> quarters[:2].tolist(), tilted.tolist()
    ([0, 1], [False, False, True])
    """
    turns = angles / _QUARTER
    nearest = np.round(turns)
    return nearest.astype(np.int64) % 4, np.abs(turns - nearest) > _TILTED
