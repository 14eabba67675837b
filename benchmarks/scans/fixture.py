"""Made documents as cases of `fixtures/`: their files and truth, so that tests need no fonts.

`python -m benchmarks.scans.fixture FOLDER [NAME ...]` writes `input.*` and `truth/` of the cases
below into FOLDER; their READMEs are written by hand. With other versions of the fonts the files
differ, the truth does not.
"""

import csv
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks.scans.cases import Case
from benchmarks.scans.damage import Damage, Turn
from benchmarks.scans.draw import PdfForm, pdf_bytes
from benchmarks.scans.make import Kind, sheet, shown_cells
from benchmarks.scans.model import Grid, Ruling, Slot, TextPage
from benchmarks.scans.pictures import PictureFile, picture_files, pictures
from benchmarks.scans.seals import Seal

_FIGURES = (
    "table_no", "row_no", "role", "unit_printed", "unit_code", "col_no", "item", "measure",
    "printed", "value", "kind", "formula",
)  # fmt: skip
_INDICATORS = ("table_no", "row_no", "level1", "level2", "indicator", "target_printed")
Row = dict[str, str]

TYPED: dict[str, tuple[Kind, int, Ruling, PdfForm]] = {
    "pdf_notice": (Kind.NOTICE, 5, Ruling.FULL, PdfForm.PLAIN),
    "pdf_sideways": (Kind.WIDE, 8, Ruling.OPEN, PdfForm.SIDEWAYS),
    "pdf_three_lines": (Kind.NARROW, 4, Ruling.THREE_LINES, PdfForm.FLAG_90),
}
SCANNED: dict[str, tuple[Kind, int, Damage, PictureFile]] = {
    "scan_sealed_skewed": (
        Kind.NARROW,
        11,
        Damage(dpi=150, skew=1.6, seals=(Seal.RED,), broken=0.05),
        PictureFile.JPEG,
    ),
    "scan_one_bit": (
        Kind.WIDE,
        12,
        Damage(one_bit=True, skew=-0.5, salt=0.0002),
        PictureFile.TIFF,
    ),
    "scan_faint": (Kind.NARROW, 13, Damage(dpi=150, fade=0.5, grey=True), PictureFile.JPEG),
    "scan_turned": (Kind.FORM, 14, Damage(dpi=150, turn=Turn.RIGHT, grey=True), PictureFile.PDF),
}
_QUALITY = 45


def make_fixture(name: str) -> Case:
    """The document of a case."""
    if name in TYPED:
        kind, seed, ruling, form = TYPED[name]
        made = sheet(kind, seed, ruling)
        return Case(name, "input.pdf", pdf_bytes(made, form), made, shown_cells(made, form), ())
    kind, seed, damage, kept = SCANNED[name]
    made = sheet(kind, seed)
    scans = pictures(made, damage, seed)
    (data,) = picture_files(scans, kept, _QUALITY)
    cells = tuple(cell for scan in scans for cell in scan.cells)
    return Case(name, f"input.{kept.value}", data, made, cells, scans)


def write_fixture(case: Case, folder: Path) -> None:
    """Write the case; what a scan may misread in words is not claimed, its values are."""
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    (folder / f"input{Path(case.name).suffix}").write_bytes(case.data)
    grids = [s for s in case.sheet.sources if isinstance(s, Grid)]
    _write(folder / "truth" / "figures.csv", _FIGURES, _figures(case))
    _write(folder / "truth" / "indicators.csv", _INDICATORS, _indicators(grids))
    columns = ("table_no", "kind", "title", "rows", "columns", "measure")
    tables = (_table(number, grid) for number, grid in enumerate(grids, 1))
    _write(folder / "truth" / "tables.csv", columns, tables)
    for text in (s for s in case.sheet.sources if isinstance(s, TextPage)):
        head = {"doc_no": text.doc_no, "title": text.title, "issuers": [text.issuer]}
        shown = json.dumps(head, ensure_ascii=False, indent=2) + "\n"
        (folder / "truth" / "head.json").write_text(shown, "utf-8")


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    held = list(rows)
    if held:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(held)


def _table(number: int, grid: Grid) -> Row:
    allocation = bool(grid.units)
    places = [s.place for s in grid.slots if s.place]
    return {
        "table_no": str(number),
        "kind": "allocation" if allocation else "performance_target",
        "title": grid.title,
        "rows": str(len(grid.units)) if allocation else "?",
        "columns": str(max(column for _, column in places)) if allocation else "?",
        "measure": grid.measure.removeprefix("单位：") if allocation else "?",
    }


def _figures(case: Case) -> Iterable[Row]:
    grids = [s for s in case.sheet.sources if isinstance(s, Grid)]
    rows = {(r.table_no, r.row_no): r for r in case.sheet.rows}
    for number, grid in enumerate(grids, 1):
        for slot in grid.slots:
            if slot.place is None:
                continue
            row = rows[number, slot.place[0]]
            kind = _kind(slot)
            total = "?" if row.role.value == "total" else ""
            yield {
                "table_no": str(number),
                "row_no": str(row.row_no),
                "role": row.role.value,
                "unit_printed": row.printed if not case.scans else "?",
                "unit_code": f"{total}{row.code}",
                "col_no": str(slot.place[1]),
                "item": _item(grid, slot.column) if not case.scans else "?",
                "measure": "?",
                "printed": slot.text if not case.scans else "?",
                "value": slot.text.rstrip("%").replace(",", "") if kind == "number" else "",
                "kind": kind,
                "formula": "?",
            }


def _indicators(grids: Iterable[Grid]) -> Iterable[Row]:
    """The rows of forms as `benchmarks.scans.forms` lays them out: names in the fourth column,
    targets in the sixth, below the row that says 一级指标."""
    for number, grid in enumerate(grids, 1):
        heads = [s.row for s in grid.slots if s.text == "一级指标"]
        names = [s for s in grid.slots if heads and s.column == 3 and s.row > heads[0]]
        for row_no, name in enumerate(names, 1):
            level1, level2, target = (
                next(
                    s.text
                    for s in grid.slots
                    if s.column == column and s.row <= name.row < s.row + s.rowspan
                )
                for column in (1, 2, 5)
            )
            yield dict(
                zip(
                    _INDICATORS,
                    (str(number), str(row_no), level1, level2, name.text, target),
                    strict=True,
                )
            )


def _kind(slot: Slot) -> str:
    if slot.number:
        return "number"
    if slot.text == "×":
        return "not_applicable"
    return "text" if slot.text else "blank"


def _item(grid: Grid, column: int) -> str:
    """The names above a column, without the last row where that prints labels and formulas."""
    above = [
        s
        for s in grid.slots
        if s.row < grid.header_rows and s.column <= column < s.column + s.colspan
    ]
    names = [s.text for s in sorted(above, key=lambda s: s.row)]
    return " / ".join(name for name in names if not _is_label(name))


def _is_label(name: str) -> bool:
    return name.isdigit() or "=" in name or (len(name) == 1 and name.isascii())


if __name__ == "__main__":
    for one in sys.argv[2:] or (*TYPED, *SCANNED):
        write_fixture(make_fixture(one), Path(sys.argv[1]) / one)
