"""The documents that are measured: made sheets under every condition, as files with their truth."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.scans.conditions import SCANS
from benchmarks.scans.damage import Damage
from benchmarks.scans.draw import PdfForm, pdf_bytes
from benchmarks.scans.make import Kind, sheet, shown_cells
from benchmarks.scans.model import Ruling, Sheet, TrueCell
from benchmarks.scans.pictures import Picture, PictureFile, picture_files, pictures
from benchmarks.scans.seals import Seal

TYPED: dict[str, tuple[Kind, Ruling, PdfForm]] = {
    "pdf": (Kind.WIDE, Ruling.FULL, PdfForm.PLAIN),
    "pdf-narrow": (Kind.NARROW, Ruling.FULL, PdfForm.PLAIN),
    "pdf-three-pages": (Kind.LONG, Ruling.FULL, PdfForm.PLAIN),
    "pdf-two-tables": (Kind.TWO, Ruling.FULL, PdfForm.PLAIN),
    "pdf-form": (Kind.FORM, Ruling.FULL, PdfForm.PLAIN),
    "pdf-notice": (Kind.NOTICE, Ruling.FULL, PdfForm.PLAIN),
    "pdf-flag-90": (Kind.WIDE, Ruling.FULL, PdfForm.FLAG_90),
    "pdf-flag-270": (Kind.WIDE, Ruling.FULL, PdfForm.FLAG_270),
    "pdf-sideways": (Kind.WIDE, Ruling.FULL, PdfForm.SIDEWAYS),
    "pdf-rectangles": (Kind.WIDE, Ruling.FULL, PdfForm.RECTANGLES),
    "pdf-segments": (Kind.WIDE, Ruling.FULL, PdfForm.SEGMENTS),
    "pdf-open": (Kind.WIDE, Ruling.OPEN, PdfForm.PLAIN),
    "pdf-three-lines": (Kind.NARROW, Ruling.THREE_LINES, PdfForm.PLAIN),
    "pdf-no-lines": (Kind.NARROW, Ruling.NONE, PdfForm.PLAIN),
}

_WORN = Damage(skew=0.8, seals=(Seal.RED,), jpeg=70)
OTHER_SCANS: dict[str, tuple[Kind, Ruling, Damage, PictureFile]] = {
    "scan-narrow": (Kind.NARROW, Ruling.FULL, _WORN, PictureFile.JPEG),
    "scan-form": (Kind.FORM, Ruling.FULL, _WORN, PictureFile.PNG),
    "scan-two-tables": (Kind.TWO, Ruling.FULL, _WORN, PictureFile.PNG),
    "scan-notice": (Kind.NOTICE, Ruling.FULL, _WORN, PictureFile.PDF),
    "scan-three-lines": (Kind.NARROW, Ruling.THREE_LINES, _WORN, PictureFile.PNG),
    "scan-no-lines": (Kind.NARROW, Ruling.NONE, _WORN, PictureFile.PNG),
}

USUAL = (
    "pdf", "pdf-notice", "pdf-flag-90", "pdf-sideways", "pdf-rectangles", "pdf-open",
    "pdf-three-lines", "clean", "turned-90", "turned-180", "skew+5", "red-seal", "grey-seal",
    "faint-0.7", "one-bit", "combined", "scan-form",
)  # fmt: skip
"""What is measured when nothing else is asked for; `ALL` takes some twenty minutes a page."""

ALL = (*TYPED, *SCANS, *OTHER_SCANS)


@dataclass(frozen=True, slots=True)
class Case:
    """A document: its file, its truth, and its pictures where it is a scan."""

    condition: str
    name: str
    data: bytes
    sheet: Sheet
    cells: tuple[TrueCell, ...]
    scans: tuple[Picture, ...]


def make_case(condition: str, seed: int) -> Case:
    """The document of a condition and a seed; only the first page of one whose pages are files."""
    if condition in TYPED:
        kind, ruling, form = TYPED[condition]
        made = sheet(kind, seed, ruling)
        name = f"{condition}-{seed}.pdf"
        return Case(condition, name, pdf_bytes(made, form), made, shown_cells(made, form), ())
    if condition in SCANS:
        made = sheet(Kind.WIDE, seed)
        damage, kept = SCANS[condition]
    else:
        kind, ruling, damage, kept = OTHER_SCANS[condition]
        made = sheet(kind, seed, ruling)
    scans = pictures(made, damage, seed)
    data = picture_files(scans, kept)[0]
    cells = tuple(cell for scan in scans for cell in scan.cells)
    return Case(condition, f"{condition}-{seed}.{kept.value}", data, made, cells, scans)


def cases(condition: str, first: int, count: int) -> Iterator[Case]:
    """So many documents of a condition, from the seed `first` on."""
    return (make_case(condition, seed) for seed in range(first, first + count))
