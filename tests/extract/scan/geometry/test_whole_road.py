"""Pictures to layouts, with the recogniser that comes in the wheel."""

import hashlib
import io

import numpy as np
import pytest
from PIL import Image

from extract.scan import cut, pictures_to_extraction
from extract.scan.files import bytes_to_pictures
from schemas.source import BoxRef, Document, Line, Media, RawTable, Reader
from tests.extract.scan.geometry import drawing
from tests.extract.scan.geometry.drawing import Table

SMALL = Table((120, 170, 220, 270, 320), (90, 260, 400, 560), ((0, 1, 1, 2),))
SIZE = (400, 650)


def document(pixels: np.ndarray) -> Document:
    target = io.BytesIO()
    Image.fromarray(pixels).save(target, "PNG", dpi=(drawing.DPI, drawing.DPI))
    data = target.getvalue()
    return Document("scan.png", hashlib.sha256(data).hexdigest(), Media.SCAN, data)


def expected(table: Table) -> list[list[str]]:
    rows = [[""] * (len(table.columns) - 1) for _ in table.rows[1:]]
    for row, column, *_ in table.cells:
        rows[row][column] = drawing.figure(row, column)
    return rows


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_table_is_read_whichever_way_it_lies(quarters: int) -> None:
    page = drawing.skewed(drawing.page(SMALL, SIZE), 1.2)
    doc = document(np.ascontiguousarray(np.rot90(page, quarters)))
    extraction = pictures_to_extraction(doc)
    (table,) = (b for b in extraction.layout.blocks if isinstance(b, RawTable))
    assert table.reader is Reader.PICTURE
    assert [[cell.text for cell in row] for row in table.rows] == expected(SMALL)
    assert (table.rows[0][1].colspan, table.rows[0][2].covered) == (2, True)
    assert extraction.media is Media.SCAN
    # The reference leads to the same cell of the picture as it is shown.
    (shown,) = bytes_to_pictures(doc.data)
    for row in table.rows:
        for cell in row:
            if not cell.covered:
                assert isinstance(cell.ref, BoxRef)
                inner = cut(shown, cell.ref, -4)
                assert (inner.min() < 90) == bool(cell.text)


def test_a_picture_without_a_table_gives_its_lines_and_a_note() -> None:
    page = np.full((300, 700, 3), 248, np.uint8)
    drawing.write(page, "2021 1234567", (300, 100), 20)
    extraction = pictures_to_extraction(document(page))
    texts = [b.text for b in extraction.layout.blocks if isinstance(b, Line)]
    assert "".join(texts).replace(" ", "") == "20211234567"
    assert [finding.rule for finding in extraction.findings] == ["picture-without-table"]


def test_a_picture_of_nothing_but_grain_ends_and_has_no_table() -> None:
    grain = np.random.default_rng(1).integers(0, 255, (400, 300), np.uint8)
    extraction = pictures_to_extraction(document(np.repeat(grain[..., None], 3, axis=2)))
    assert not any(isinstance(b, RawTable) for b in extraction.layout.blocks)
