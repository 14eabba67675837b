"""What is read a second time, and what becomes of a second reading."""

from dataclasses import replace

import pytest

import ingest.second_look
from ingest.recipe import layout_to_notice
from ingest.second_look import accused_cells, accused_pages, second_look, with_readings
from schemas.errors import MissingExtraError
from schemas.notice import ReadNotice
from schemas.proofs import Status
from schemas.source import BoxRef, Cell, Document, Layout, Media, RawTable, Reader

ROWS = (
    ("单位", "缴费", "待遇", "合计"),
    ("合计", "6513", "3564", "10077"),
    ("塔城市", "1350", "715", "2065"),
    ("额敏县", "2087", "790", "2877"),
    ("乌苏市", "3076", "2059", "5135"),
)


def layout(rows: tuple[tuple[str, ...], ...], reader: Reader) -> Layout:
    """A page with one table, each cell in a box of its own."""
    cells = tuple(
        tuple(Cell(text, place(r, c)) for c, text in enumerate(row)) for r, row in enumerate(rows)
    )
    return Layout((RawTable(cells, reader),))


def place(row: int, column: int) -> BoxRef:
    return BoxRef(1, 50 * column, 20 * row, 50 * column + 50, 20 * row + 20)


def read(page: Layout) -> ReadNotice:
    return layout_to_notice(Document("a.png", "0" * 64, Media.SCAN, b""), page, ())


def changed(row: int, column: int, text: str) -> tuple[tuple[str, ...], ...]:
    rows = [list(line) for line in ROWS]
    rows[row][column] = text
    return tuple(map(tuple, rows))


def test_a_page_that_adds_up_is_not_read_again() -> None:
    notice = read(layout(ROWS, Reader.PICTURE))
    assert accused_cells(notice) == ()
    assert accused_pages(notice) == ()


def test_cells_that_do_not_add_up_are_read_again() -> None:
    notice = read(layout(changed(3, 1, "2867"), Reader.PICTURE))
    assert place(3, 1) in accused_cells(notice)
    assert accused_pages(notice) == ()


def test_of_a_typed_page_other_readers_are_asked() -> None:
    notice = read(layout(changed(3, 1, "2867"), Reader.RULED))
    assert accused_cells(notice) == ()
    assert accused_pages(notice) == (1,)


def test_a_second_reading_stands_beside_the_first() -> None:
    page = layout(changed(3, 1, "2867"), Reader.PICTURE)
    ((table,),) = (with_readings(page, {place(3, 1): ("2087", "2867")}).blocks,)
    assert isinstance(table, RawTable)
    assert (table.rows[3][1].text, table.rows[3][1].readings) == ("2867", ("2087",))
    assert table.rows[3][2].readings == ()


def test_the_arithmetic_chooses_among_readings() -> None:
    page = layout(changed(3, 1, "4"), Reader.PICTURE)
    notice = read(with_readings(page, {place(3, 1): ("2087", "2081")}))
    proof = notice.proofs[1].proofs[2][0]
    assert (proof.status, proof.value) == (Status.REPAIRED, 2087)
    assert proof.confirmed


def test_a_page_that_failed_as_a_whole_is_not_read_cell_by_cell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notice = read(layout(changed(3, 1, "2867"), Reader.PICTURE))
    monkeypatch.setattr(ingest.second_look, "MOST_CELLS", 0)
    assert accused_cells(notice) == ()


def test_figures_under_uncertain_columns_are_not_proved_though_they_add_up() -> None:
    (table,) = layout(ROWS, Reader.PICTURE).blocks
    assert isinstance(table, RawTable)
    notice = read(Layout((replace(table, uncertain=True),)))
    statuses = {proof.status for row in notice.proofs[1].proofs for proof in row}
    assert statuses == {Status.SUSPECT}


def test_a_second_look_that_fails_costs_a_finding_and_no_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(*_: object) -> None:
        raise MissingExtraError("reading pictures needs the extra ocr")

    monkeypatch.setattr("extract.scan.reread.reread", missing)
    notice = read(layout(changed(3, 1, "2867"), Reader.PICTURE))
    look = second_look(notice.document, notice, None)
    assert look.layouts == ()
    assert [finding.rule for finding in look.findings] == ["missing-extra"]
