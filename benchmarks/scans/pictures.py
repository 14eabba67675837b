"""Sheets to scans: pixels with the truth carried along, and the files that archives keep."""

import io
from dataclasses import dataclass, replace
from enum import Enum
from random import Random

import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from benchmarks.scans.damage import Damage, Matrix, damaged
from benchmarks.scans.draw import RuleInk, pdf_bytes
from benchmarks.scans.model import Sheet, TrueCell
from extract.pages import Box


class PictureFile(Enum):
    """How scans are kept: the value is the usual ending. A TIFF and a PDF hold all pages (a one-bit
    TIFF by CCITT G4); of PNG, JPEG and BMP there is a file for each page."""

    PNG = "png"
    JPEG = "jpg"
    TIFF = "tif"
    BMP = "bmp"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Picture:
    """A scanned page: its pixels, and its cells with their boxes in points (1/72 inch at `dpi`) of
    the picture as it is shown. A cell of a skewed page has the box that its four corners take."""

    number: int
    image: Image.Image
    dpi: int
    cells: tuple[TrueCell, ...]


def pictures(sheet: Sheet, damage: Damage, seed: int = 0) -> tuple[Picture, ...]:
    """The pages of a sheet as scanned with that damage; the same arguments give the same pixels."""
    random = Random(f"{seed} {sheet.name}")
    ink = RuleInk(damage.broken, damage.doubled, seed)
    document = pypdfium2.PdfDocument(pdf_bytes(sheet, ink=ink))
    made: list[Picture] = []
    for page, drawn in zip(document, sheet.pages, strict=True):
        clean = page.render(scale=damage.dpi / 72).to_pil()
        image, way = damaged(clean, damage, sheet.issuer, random)
        scale = 72 / damage.dpi
        points = way * ((1, 1, scale), (1, 1, scale))
        cells = tuple(moved(cell, points) for cell in drawn.cells)
        made.append(Picture(drawn.number, image, damage.dpi, cells))
    document.close()
    return tuple(made)


def moved(cell: TrueCell, way: Matrix) -> TrueCell:
    """A cell with its boxes carried along an affine way in points."""
    ink = _moved_box(cell.ink, way) if cell.ink else None
    return replace(cell, box=_moved_box(cell.box, way), ink=ink)


def _moved_box(box: Box, way: Matrix) -> Box:
    corners = np.array([(x, y, 1) for x in (box.x0, box.x1) for y in (box.y0, box.y1)])
    there = corners @ way.T
    (x0, y0), (x1, y1) = there.min(axis=0), there.max(axis=0)
    return Box(float(x0), float(y0), float(x1), float(y1))


def picture_files(
    scans: tuple[Picture, ...], kind: PictureFile, quality: int = 88
) -> tuple[bytes, ...]:
    """The scans as files: one for a TIFF or a PDF, one for each page else. `quality` is that of
    the JPEG within JPEG files and PDFs."""
    images = [scan.image.copy() for scan in scans]  # saving leaves its marks on an image
    dpi = (scans[0].dpi, scans[0].dpi)
    if kind is PictureFile.PDF:
        return (_image_pdf(scans, quality),)
    if kind is PictureFile.TIFF:
        how = "group4" if images[0].mode == "1" else "tiff_deflate"
        target = io.BytesIO()
        images[0].save(
            target, "TIFF", save_all=True, append_images=images[1:], compression=how, dpi=dpi
        )
        return (target.getvalue(),)
    name = {PictureFile.PNG: "PNG", PictureFile.JPEG: "JPEG", PictureFile.BMP: "BMP"}[kind]
    files: list[bytes] = []
    for image in images:
        target = io.BytesIO()
        plain = image.convert("L") if image.mode == "1" and kind is PictureFile.JPEG else image
        plain.save(
            target, name, dpi=dpi, **({"quality": quality} if kind is PictureFile.JPEG else {})
        )
        files.append(target.getvalue())
    return tuple(files)


def _image_pdf(scans: tuple[Picture, ...], quality: int) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for scan in scans:
        wide, high = (side * 72 / scan.dpi for side in scan.image.size)
        canvas.setPageSize((wide, high))
        coded = io.BytesIO()
        if scan.image.mode == "1":
            scan.image.copy().save(coded, "PNG")
        else:
            scan.image.copy().save(coded, "JPEG", quality=quality)
        canvas.drawImage(ImageReader(io.BytesIO(coded.getvalue())), 0, 0, wide, high)
        canvas.showPage()
    canvas.save()
    return target.getvalue()
