"""Other programs on the same files: pdfplumber, camelot, img2table, RapidOCR over the whole page.

They do not tell spans as we do, so they are judged kindly: a merged cell counts where its words
stand at its top left and the places that it covers are empty.
"""

import io
import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
from camelot.io import read_pdf
from PIL import Image

from benchmarks.scans.model import TrueCell
from benchmarks.scans.pictures import Picture
from benchmarks.scans.score import ReadCell, ReadTable

IMG2TABLE = "IMG2TABLE_PYTHON"
"""The environment variable that names an interpreter in which img2table and rapidocr are
installed; they need another OpenCV than we do."""


def pdfplumber_tables(data: bytes, truth: Sequence[TrueCell]) -> tuple[ReadTable, ...]:
    """`Page.extract_tables` of every page."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return tuple(
            _kindly(page.page_number, rows, truth, number)
            for page in document.pages
            for number, rows in enumerate(page.extract_tables())
        )


def camelot_tables(data: bytes, truth: Sequence[TrueCell]) -> tuple[ReadTable, ...]:
    """camelot's lattice flavour over all pages."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        found = read_pdf(file.name, pages="all", flavor="lattice", suppress_stdout=True)
    return tuple(
        _kindly(table.page, table.df.values.tolist(), truth, table.order - 1) for table in found
    )


def _kindly(
    page: int, rows: Sequence[Sequence[str | None]], truth: Sequence[TrueCell], number: int
) -> ReadTable:
    """Rows of texts as a table that has the true spans wherever what they cover is empty."""
    texts = {(r, c): text or "" for r, row in enumerate(rows) for c, text in enumerate(row)}
    spans = {
        (c.row, c.column): (c.rowspan, c.colspan)
        for c in truth
        if c.page == page and c.table == number
    }
    cells: list[ReadCell] = []
    for (row, column), text in texts.items():
        high, wide = spans.get((row, column), (1, 1))
        covered = [(row + i, column + j) for i in range(high) for j in range(wide) if i or j]
        if any(texts.get(place) for place in covered):
            high, wide = 1, 1
        cells.append(ReadCell(row, column, high, wide, text))
    return ReadTable(page, tuple(cells))


@cache
def rapidocr_engine() -> Any:
    """RapidOCR with its own models, one thread, without the classifier of angles."""
    from rapidocr import RapidOCR  # noqa: PLC0415  (an extra)

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def rapidocr_words(image: Image.Image) -> list[tuple[str, float, float]]:
    """The texts that RapidOCR reads off a whole page, with their middles in pixels."""
    found = rapidocr_engine()(np.asarray(image.convert("RGB"))[..., ::-1])
    if found.boxes is None or found.txts is None:
        return []
    middles = np.asarray(found.boxes, float).mean(axis=1)
    return [(t, float(x), float(y)) for t, (x, y) in zip(found.txts, middles, strict=True)]


def rapidocr_tables(scans: Sequence[Picture]) -> tuple[ReadTable, ...]:
    """Every text of the page put into the nearest true cell: the grid is given away for nothing."""
    made: list[ReadTable] = []
    for scan in scans:
        words = rapidocr_words(scan.image)
        held: dict[TrueCell, list[tuple[float, float, str]]] = {}
        for text, x, y in words:
            px, py = x * 72 / scan.dpi, y * 72 / scan.dpi
            nearest = min(scan.cells, key=lambda c: _apart(c, px, py))
            if _apart(nearest, px, py) < 1:
                held.setdefault(nearest, []).append((round(py / 4), px, text))
        for number in sorted({c.table for c in scan.cells}):
            cells = tuple(
                ReadCell(
                    c.row, c.column, c.rowspan, c.colspan,
                    "".join(text for *_, text in sorted(held.get(c, []))),
                )
                for c in scan.cells
                if c.table == number
            )  # fmt: skip
            made.append(ReadTable(scan.number, cells))
    return tuple(made)


def _apart(cell: TrueCell, x: float, y: float) -> float:
    box = cell.box
    dx = max(box.x0 - x, 0, x - box.x1)
    dy = max(box.y0 - y, 0, y - box.y1)
    middle = abs((box.x0 + box.x1) / 2 - x) + abs((box.y0 + box.y1) / 2 - y)
    return dx + dy + middle / 1e4


def img2table_all(files: Mapping[str, bytes]) -> dict[str, tuple[ReadTable, ...]] | None:
    """img2table (with RapidOCR for pictures) over files by name, in another interpreter; None
    where IMG2TABLE_PYTHON names none. A file on which it fails has no table."""
    python = os.environ.get(IMG2TABLE)
    if not python:
        return None
    script = Path(__file__).with_name("with_img2table.py")
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        paths = [str(Path(folder) / name) for name in files]
        command = [python, str(script), *paths]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith('{"file')]
    return {
        Path(answer["file"]).name: tuple(
            ReadTable(table["page"], tuple(ReadCell(*cell) for cell in table["cells"]))
            for table in answer["tables"]
        )
        for answer in answers
    }
