"""An auditor's files as they come: titles above, headers over two rows, numbers of all kinds."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from ingest.comparing.errors import NotComparableError
from ingest.comparing.grids import file_to_grids, spreadsheet_number
from ingest.comparing.named import Sheet
from ingest.comparing.sheets import grid_to_sheet, spelling
from schemas.tables import CellKind


def sheet_of(path: Path, *on: str) -> Sheet:
    (grid,) = file_to_grids(path)
    sheet = grid_to_sheet(grid, on)
    assert sheet is not None
    return sheet


def csv_file(path: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def values(sheet: Sheet) -> list[list[Decimal | None]]:
    return [[cell.value for cell in row.cells] for row in sheet.rows]


def test_a_workbook_with_title_measure_line_and_merged_headers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["某某资金审计表"])
    page.append(["单位：万元"])
    page.append(["序号", "县市", "缴费补助", None, "合计"])
    page.append([None, None, "人数", "补助比例", None])
    page.append([1, "塔城市", 10, 0.6, 91.59])
    page.append([2, "额敏县", 1234567, 1, 0.1 + 0.2])
    page["D5"].number_format = page["D6"].number_format = "0%"
    for span in ("A1:E1", "A3:A4", "B3:B4", "C3:D3", "E3:E4"):
        page.merge_cells(span)
    book.save(tmp_path / "a.xlsx")
    sheet = sheet_of(tmp_path / "a.xlsx")
    assert [c.name for c in sheet.columns] == ["缴费补助 / 人数", "缴费补助 / 补助比例", "合计"]
    assert [row.name for row in sheet.rows] == ["塔城市", "额敏县"]
    assert values(sheet) == [
        [Decimal(10), Decimal(60), Decimal("91.59")],
        [Decimal(1234567), Decimal(100), Decimal("0.3")],
    ]
    assert sheet.rows[0].cells[2].place == "Sheet!E5"
    assert sheet.columns[2].factor == Decimal(10000)


def test_a_formula_without_a_stored_result_is_no_number(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["单位", "金额", "人数"])
    page.append(["塔城市", "=1+1", 3])
    book.save(tmp_path / "a.xlsx")
    sheet = sheet_of(tmp_path / "a.xlsx")
    assert [c.name for c in sheet.columns] == ["人数"]


def test_a_gb18030_csv_with_groups_of_three_brackets_and_blanks(tmp_path: Path) -> None:
    head = "地区,金额（万元）,备注\n"
    text = head + '塔城市,"1,234.50",甲\n额敏县,(17),\n乌苏市,,乙\n沙湾市,×,\n托里县,5,\n'
    sheet = sheet_of(csv_file(tmp_path / "a.csv", text, "gb18030"))
    assert [c.name for c in sheet.columns] == ["金额（万元）"]
    assert values(sheet) == [[Decimal("1234.50")], [Decimal(-17)], [Decimal(5)]]


def test_codes_without_names_do(tmp_path: Path) -> None:
    sheet = sheet_of(csv_file(tmp_path / "a.csv", "区划代码,金额\n654201,5\n654221,7\n"))
    assert [row.code for row in sheet.rows] == ["654201", "654221"]


def test_headers_with_formulas_and_a_row_of_column_numbers(tmp_path: Path) -> None:
    text = "单位项目,缴费,待遇,合计 3=1+2\n,1,2,3=1+2\n塔城市,10,5,15\n"
    sheet = sheet_of(csv_file(tmp_path / "a.csv", text))
    assert [c.spellings for c in sheet.columns] == [("缴费",), ("待遇",), ("合计",)]
    assert values(sheet) == [[Decimal(10), Decimal(5), Decimal(15)]]


def test_a_long_table_becomes_wide_and_repeated_items_stay_apart(tmp_path: Path) -> None:
    text = "地区,项目,金额\n塔城市,缴费,10\n塔城市,合计,15\n额敏县,缴费,20\n塔城市,缴费,11\n"
    sheet = sheet_of(csv_file(tmp_path / "a.csv", text))
    assert [c.name for c in sheet.columns] == ["缴费", "合计"]
    assert [(row.name, [c.text for c in row.cells]) for row in sheet.rows] == [
        ("塔城市", ["10", "15"]),
        ("额敏县", ["20", ""]),
        ("塔城市", ["11", ""]),
    ]
    assert sheet.rows[1].cells[1].kind is CellKind.BLANK


def test_several_key_columns_are_joined_as_they_stand(tmp_path: Path) -> None:
    text = "批次,对象,金额\n一,甲,1\n二,甲,2\n"
    sheet = sheet_of(csv_file(tmp_path / "a.csv", text), "批次", "对象")
    assert sheet.plain_keys
    assert [row.name for row in sheet.rows] == ["一 甲", "二 甲"]


def test_parquet_keeps_decimals(tmp_path: Path) -> None:
    frame = pd.DataFrame({"地区": ["塔城市", "额敏县"], "金额": [91.59, 0.1]})
    frame.to_parquet(tmp_path / "a.parquet")
    assert values(sheet_of(tmp_path / "a.parquet")) == [[Decimal("91.59")], [Decimal("0.1")]]


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.1, "0.1"), (-0.0, "0"), (1e-7, "0.0000001"), (12.0, "12"), (float("nan"), "nan")],
)
def test_floats_become_their_shortest_decimal(number: float, text: str) -> None:
    assert spreadsheet_number(number) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [("年度资金总额（万元）", "年度 資金總額"), ("2021年拨付、资金", "2021年拨付资金")],
)
def test_spellings_that_are_the_same(one: str, other: str) -> None:
    assert spelling(one) == spelling(other)


def test_spellings_keep_what_tells_columns_apart() -> None:
    assert (
        len({spelling(t) for t in ("增长率", "增长率%", "≥95", "≤95", "（按每人50元）", "")}) == 6
    )


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet", "a.doc"])
def test_damaged_and_other_files_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no such thing at all")
    with pytest.raises(NotComparableError):
        file_to_grids(tmp_path / name)


def test_a_grid_without_figures_is_no_table(tmp_path: Path) -> None:
    (grid,) = file_to_grids(csv_file(tmp_path / "a.csv", "单位,备注\n塔城市,无\n"))
    assert grid_to_sheet(grid, ()) is None
