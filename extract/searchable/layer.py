"""Words written invisibly over a page, where they are printed.

The way of Tesseract and OCRmyPDF: text render mode 3 (neither filled nor stroked, ISO 32000-1,
9.3.6) in a font whose glyphs have no outlines and a table from its codes to Unicode, so that any
character can be searched for and copied without a Chinese font in the file.
"""

import ctypes
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.pages import Page, Placing, Word
from extract.pdf.view import Turn, View
from schemas.errors import UnreadableError

Matrix = npt.NDArray[np.float64]

# Of the font (see data/README.md): glyphs that paint nothing, an em wide and half an em.
_FULL, _HALF = 1, 2
_DESCENT = 0.12
# A table to Unicode lists at most so many at a time (Adobe technical note 5411).
_MOST_LISTED = 100
_MOST_CODES = 0xFFFF


@dataclass(frozen=True, slots=True, eq=False)
class BlankFont:
    """The font without outlines, loaded into a PDF, with a code for each character used in it.

    Close it (or leave its `with`) when all text is written, before the PDF is saved.
    """

    pdf: pdfium.PdfDocument
    codes: Mapping[str, int]
    handle: Any = field(repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        raw.FPDFFont_Close(self.handle)


def load_font(pdf: pdfium.PdfDocument, texts: Iterable[str]) -> BlankFont:
    """Load the font for all characters of `texts`. Raises UnreadableError where there are more
    than a font has codes for."""
    characters = sorted({sign for text in texts for sign in text if sign.isprintable()})
    if len(characters) > _MOST_CODES:
        raise UnreadableError("the text has more different characters than a font can hold")
    codes = {sign: code for code, sign in enumerate(characters, start=1)}
    glyphs = bytes(2) + b"".join(_glyph(sign).to_bytes(2, "big") for sign in characters)
    font = _font()
    handle = raw.FPDFText_LoadCidType2Font(
        pdf.raw, _buffer(font), len(font), _to_unicode(codes), _buffer(glyphs), len(glyphs)
    )
    if not handle:
        raise UnreadableError("the font of the text layer cannot be loaded into the PDF")
    return BlankFont(pdf, codes, handle)


def write_words(page: pdfium.PdfPage, read: Page, view: View, font: BlankFont) -> None:
    """Write the words of `read` over `page`, each as long and as high as its box."""
    way = _shown_to_pdf(view) @ _to_matrix(read.placing)
    for word in read.words:
        codes = [font.codes[sign] for sign in word.text if sign in font.codes]
        if codes and word.box.x1 > word.box.x0 and word.box.y1 > word.box.y0:
            _write(page, font, codes, _word_matrix(word, way))
    if not raw.FPDFPage_GenerateContent(page.raw):
        raise UnreadableError(f"no text can be written on page {read.number}")


def _write(
    page: pdfium.PdfPage, font: BlankFont, codes: Sequence[int], matrix: raw.FS_MATRIX
) -> None:
    text = raw.FPDFPageObj_CreateTextObj(font.pdf.raw, font.handle, 1.0)
    raw.FPDFText_SetCharcodes(text, (ctypes.c_uint32 * len(codes))(*codes), len(codes))
    raw.FPDFPageObj_SetMatrix(text, matrix)
    raw.FPDFTextObj_SetTextRenderMode(text, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    raw.FPDFPage_InsertObject(page.raw, text)


def _word_matrix(word: Word, way: Matrix) -> raw.FS_MATRIX:
    """From text space (one unit an em, y upwards) to the page, filling the box of the word."""
    box = word.box
    ems = sum(0.5 if _glyph(sign) == _HALF else 1.0 for sign in word.text if sign.isprintable())
    height = box.y1 - box.y0
    set_down = np.array(
        [
            [(box.x1 - box.x0) / ems, 0, box.x0],
            [0, -height, box.y1 - _DESCENT * height],
            [0, 0, 1],
        ]
    )
    (a, c, e), (b, d, f), _ = (way @ set_down).tolist()
    return raw.FS_MATRIX(a, b, c, d, e, f)


def _to_matrix(placing: Placing) -> Matrix:
    return np.array(
        [[placing.a, placing.b, placing.c], [placing.d, placing.e, placing.f], [0, 0, 1]], float
    )


def _shown_to_pdf(view: View) -> Matrix:
    """From points of the page as shown, y downwards, to the coordinates of the PDF."""
    match view.turn:
        case Turn.NONE:
            rows = [[1, 0, view.left], [0, -1, view.top]]
        case Turn.QUARTER:
            rows = [[0, 1, view.left], [1, 0, view.bottom]]
        case Turn.HALF:
            rows = [[-1, 0, view.right], [0, 1, view.bottom]]
        case Turn.THREE_QUARTERS:
            rows = [[0, -1, view.right], [-1, 0, view.top]]
    return np.array([*rows, [0, 0, 1]], float)


def _glyph(sign: str) -> int:
    return _FULL if unicodedata.east_asian_width(sign) in "WFA" else _HALF


def _to_unicode(codes: Mapping[str, int]) -> bytes:
    """The table from codes to UTF-16 (ISO 32000-1, 9.10.3)."""
    pairs = [
        f"<{code:04X}> <{sign.encode('utf-16-be').hex().upper()}>" for sign, code in codes.items()
    ]
    lists = [pairs[at : at + _MOST_LISTED] for at in range(0, len(pairs), _MOST_LISTED)]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        *(line for one in lists for line in (f"{len(one)} beginbfchar", *one, "endbfchar")),
        "endcmap CMapName currentdict /CMap defineresource pop end end",
    ]
    return "\n".join(lines).encode("ascii")


def _font() -> bytes:
    return files("extract.searchable").joinpath("data/blank.ttf").read_bytes()


def _buffer(data: bytes) -> Any:
    return (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
