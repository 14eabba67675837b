"""Made notices with known truth: `sheet`, `pdf_bytes`, `pictures`, `picture_files`, `truth`.

    >>> from benchmarks.scans.make import Damage, Kind, Seal, pdf_bytes, pictures, sheet
    >>> made = sheet(Kind.WIDE, seed=3)               # doctest: +SKIP
    >>> typed = pdf_bytes(made)                       # doctest: +SKIP
    >>> scans = pictures(made, Damage(skew=2, seals=(Seal.RED,)), seed=3)  # doctest: +SKIP
    >>> scans[0].image, scans[0].cells[40].text, scans[0].cells[40].box    # doctest: +SKIP

`python -m benchmarks.scans.make FOLDER [SEED]` writes a sample of every kind and damage with its
truth as JSON beside it.
"""

import json
import sys
from dataclasses import asdict
from enum import Enum
from pathlib import Path
from random import Random

import numpy as np

from benchmarks.scans.conditions import SCANS
from benchmarks.scans.damage import Damage, Turn
from benchmarks.scans.draw import PdfForm, RuleInk, pdf_bytes
from benchmarks.scans.forms import performance_form, text_page
from benchmarks.scans.model import DrawnPage, Face, Grid, Ruling, Sheet, TextPage, TrueCell, TrueRow
from benchmarks.scans.pages import grids_to_pages
from benchmarks.scans.pictures import Picture, PictureFile, moved, picture_files, pictures
from benchmarks.scans.seals import Seal
from benchmarks.scans.tables import Home, allocation, random_home
from normalize.places import load_gazetteer

__all__ = [
    "SCANS",
    "Damage",
    "Face",
    "Kind",
    "PdfForm",
    "Picture",
    "PictureFile",
    "RuleInk",
    "Ruling",
    "Seal",
    "Sheet",
    "TrueCell",
    "TrueRow",
    "Turn",
    "pdf_bytes",
    "picture_files",
    "pictures",
    "sheet",
    "shown_cells",
    "truth",
]


class Kind(Enum):
    """What a sheet holds. WIDE is the usual one: landscape, 25 rows by 13 columns, three levels of
    header. LONG runs over three pages, its header printed on each; TWO puts two tables on a page;
    FORM is a 绩效目标表; NOTICE is a text page, a long table and a form, portrait and landscape.
    """

    WIDE = "wide"
    NARROW = "narrow"
    LONG = "long"
    TWO = "two"
    FORM = "form"
    NOTICE = "notice"


_PLAIN = ("sources", "standards", "execution")


def sheet(kind: Kind, seed: int, ruling: Ruling = Ruling.FULL, face: Face | None = None) -> Sheet:
    """The sheet of a seed; without `face` the seed chooses it. Raises FontMissingError."""
    random = Random(f"{kind.value} {seed}")
    face = face or random.choice(tuple(Face))
    home = random_home(load_gazetteer(), random)

    parts = _parts(kind, home, ruling, random)
    wide = kind in (Kind.WIDE, Kind.LONG, Kind.NOTICE)
    pages = grids_to_pages(parts, wide, face, kind is Kind.TWO)
    return Sheet(f"{kind.value}-{seed}", pages, _rows(parts, pages), _issuer(home), tuple(parts))


def _parts(kind: Kind, home: Home, ruling: Ruling, random: Random) -> list[Grid | TextPage]:
    def table(make: str, rows: int) -> Grid:
        return allocation(home, make, rows, ruling, random)

    match kind:
        case Kind.WIDE:
            return [table("pensions", 25)]
        case Kind.NARROW:
            return [table(random.choice(_PLAIN), 25)]
        case Kind.LONG:
            return [table("pensions", 70)]
        case Kind.TWO:
            return [table("sources", 10), table("standards", 9)]
        case Kind.FORM:
            return [performance_form(home, ruling, random)]
        case Kind.NOTICE:
            form = performance_form(home, ruling, random)
            return [text_page(home, random), table("pensions", 34), form]


def _issuer(home: Home) -> str:
    return f"{home.unit.name}财政厅"


def _rows(parts: list[Grid | TextPage], pages: tuple[DrawnPage, ...]) -> tuple[TrueRow, ...]:
    at = {c.figure[:2]: p.number for p in pages for c in p.cells if c.figure}
    grids = [p for p in parts if isinstance(p, Grid)]
    return tuple(
        TrueRow(table_no, u.row_no, at[table_no, u.row_no], u.printed, u.code, u.role)
        for table_no, grid in enumerate(grids, 1)
        for u in grid.units
    )


def shown_cells(made: Sheet, form: PdfForm) -> tuple[TrueCell, ...]:
    """The cells of a born-digital PDF with their boxes on the pages as they are shown."""
    if form is not PdfForm.SIDEWAYS:
        return tuple(cell for page in made.pages for cell in page.cells)
    return tuple(
        moved(cell, np.array([(0, 1, 0), (-1, 0, page.width)], float))
        for page in made.pages
        for cell in page.cells
    )


def truth(made: Sheet, cells: tuple[TrueCell, ...]) -> dict[str, object]:
    """The truth as plain JSON: cells with boxes [x0, y0, x1, y1] in points, and units of rows."""
    return {
        "name": made.name,
        "cells": [
            {
                **asdict(cell),
                "box": _corners(asdict(cell)["box"]),
                "ink": _corners(asdict(cell)["ink"]) if cell.ink else None,
            }
            for cell in cells
        ],
        "rows": [asdict(row) for row in made.rows],
    }


def _corners(box: dict[str, float]) -> list[float]:
    return [round(box[key], 2) for key in ("x0", "y0", "x1", "y1")]


def write_sample(folder: Path, seed: int) -> None:
    """Every kind as PDF in every form, and the wide table in every damage."""
    folder.mkdir(parents=True, exist_ok=True)

    def write(name: str, data: bytes, said: dict[str, object]) -> None:
        (folder / name).write_bytes(data)
        shown = json.dumps(said, ensure_ascii=False, indent=1)
        (folder / name).with_suffix(".json").write_text(shown, "utf-8")

    for kind in Kind:
        made = sheet(kind, seed)
        said = truth(made, shown_cells(made, PdfForm.PLAIN))
        write(f"pdf-{kind.value}.pdf", pdf_bytes(made), said)
    made = sheet(Kind.WIDE, seed)
    for form in PdfForm:
        name = f"form-{form.value.replace(' ', '-')}.pdf"
        write(name, pdf_bytes(made, form), truth(made, shown_cells(made, form)))
    for ruling in Ruling:
        made = sheet(Kind.NARROW, seed, ruling)
        name = f"ruling-{ruling.value.replace(' ', '-')}.pdf"
        write(name, pdf_bytes(made), truth(made, shown_cells(made, PdfForm.PLAIN)))
    made = sheet(Kind.WIDE, seed)
    for name, (damage, kept) in SCANS.items():
        scans = pictures(made, damage, seed)
        data = picture_files(scans, kept)[0]
        write(f"scan-{name}.{kept.value}", data, truth(made, scans[0].cells))
    made = sheet(Kind.NOTICE, seed)
    scans = pictures(made, Damage(skew=0.7, seals=(Seal.RED,), jpeg=70), seed)
    cells = tuple(cell for scan in scans for cell in scan.cells)
    write("scan-notice-pages.pdf", picture_files(scans, PictureFile.PDF)[0], truth(made, cells))


if __name__ == "__main__":
    write_sample(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
