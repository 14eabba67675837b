"""Files beside each other, from their bytes to their differences."""

import csv
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from audit.diff import DifferenceKind
from ingest.comparing.diffing import Wishes, diff_files
from ingest.comparing.errors import NotComparableError
from ingest.comparing.keys import whereabouts_of
from ingest.comparing.result import DiffResult
from ingest.export.csv_files import CsvFile
from ingest.export.formats import Format
from ingest.export.writers import open_export
from ingest.records import notice_to_records
from normalize.places import load_gazetteer
from tests.made_notices import made_notice

COLUMNS = (
    "notice_id", "source", "table_no", "table_title", "row_no", "role", "unit_printed",
    "unit_code", "col_no", "item", "measure", "printed", "value", "status", "ref",
)  # fmt: skip
UNITS = (("塔城市", "654201", 10, 15), ("额敏县", "654221", 20, 27), ("开发区", "", 3, 4))


def figures_file(path: Path, units: tuple[tuple[str, str, int, int], ...] = UNITS) -> Path:
    """The table figures of one notice: 缴费 and 合计, a row a unit."""
    with closing(CsvFile(path, COLUMNS)) as file:
        for row_no, (name, code, *amounts) in enumerate(units, 1):
            for col_no, (item, amount) in enumerate(zip(("缴费", "合计"), amounts, strict=True), 1):
                row = ("ab" * 32, "n.txt", 1, "分配表", row_no, "unit", name, code, col_no, item)
                tail = ("万元", amount, amount, "unproved", f"L{row_no}:C{col_no}")
                file.write_row(map(str, (*row, *tail)))
    return path


def table(path: Path, *rows: tuple[object, ...]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def kinds(result: DiffResult) -> list[DifferenceKind]:
    return [d.kind for c in result.comparisons for d in c.differences]


HEAD = ("单位名称", "缴费", "合计")
SAME = (("塔城市", 10, 15), ("额敏县", 20, 27), ("开发区", 3, 4))


def test_names_meet_codes_through_the_resolver(tmp_path: Path) -> None:
    rows = (("塔城市财政局", 10, 15), ("額敏縣", 20, 27), ("开发区", 3, 4))
    left = figures_file(tmp_path / "figures.csv")
    result = diff_files(left, table(tmp_path / "a.csv", HEAD, *rows), Wishes())
    assert not result.differs
    assert [c.compared for c in result.comparisons] == [6]


def test_a_code_of_another_year_is_followed(tmp_path: Path) -> None:
    units = (("塔城市", "654201", 10, 15), ("沙湾县", "654223", 20, 27))
    left = figures_file(tmp_path / "figures.csv", units)
    right = table(tmp_path / "a.csv", ("区划代码", "缴费"), ("654201", 10), ("654203", 20))
    assert not diff_files(left, right, Wishes()).differs


def test_a_name_that_is_no_unit_stays_on_its_side(tmp_path: Path) -> None:
    rows = (*SAME[:2], ("某某公司", 3, 4))
    left = figures_file(tmp_path / "figures.csv")
    result = diff_files(left, table(tmp_path / "a.csv", HEAD, *rows), Wishes())
    assert kinds(result) == [DifferenceKind.LEFT_ROW, DifferenceKind.RIGHT_ROW]


def test_a_unit_named_twice_is_not_compared(tmp_path: Path) -> None:
    rows = (*SAME, ("塔城市", 99, 99))
    left = figures_file(tmp_path / "figures.csv")
    result = diff_files(left, table(tmp_path / "a.csv", HEAD, *rows), Wishes())
    assert kinds(result) == [DifferenceKind.RIGHT_REPEATED] * 2
    assert result.comparisons[0].compared == 4


def test_yuan_beside_wan_yuan(tmp_path: Path) -> None:
    head = ("单位名称", "合计（元）")
    rows = [(name, total * 10000) for name, _, total in SAME]
    left = figures_file(tmp_path / "figures.csv")
    assert not diff_files(left, table(tmp_path / "a.csv", head, *rows), Wishes()).differs


def test_a_column_that_is_not_known_is_told_and_can_be_named(tmp_path: Path) -> None:
    left = figures_file(tmp_path / "figures.csv")
    right = table(tmp_path / "a.csv", ("单位名称", "缴费", "审定数"), *SAME)
    told = diff_files(left, right, Wishes())
    assert kinds(told) == [DifferenceKind.RIGHT_COLUMN, DifferenceKind.LEFT_COLUMN]
    assert told.differs
    assert not diff_files(left, right, Wishes(matches={"审定数": "合计"})).differs


def test_each_sheet_finds_its_table_and_a_stranger_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, rows in (("一", (HEAD, *SAME)), ("二", (("单位", "面积"), ("阿克苏市", 5)))):
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(tmp_path / "a.xlsx")
    left = figures_file(tmp_path / "figures.csv")
    result = diff_files(left, tmp_path / "a.xlsx", Wishes())
    assert kinds(result) == [DifferenceKind.RIGHT_TABLE]
    assert result.comparisons[0].equal == 6


def test_tolerances_of_columns(tmp_path: Path) -> None:
    left = figures_file(tmp_path / "figures.csv")
    rows = [(name, one + 1, total) for name, one, total in SAME]
    right = table(tmp_path / "a.csv", HEAD, *rows)
    assert diff_files(left, right, Wishes()).differs
    assert not diff_files(left, right, Wishes(tolerances={"缴费": Decimal(1)})).differs
    with pytest.raises(NotComparableError, match="面积"):
        diff_files(left, right, Wishes(tolerances={"面积": Decimal(1)}))


def test_two_spreadsheets_without_codes(tmp_path: Path) -> None:
    left = table(tmp_path / "a.csv", HEAD, *SAME)
    right = table(tmp_path / "b.csv", HEAD, *SAME[:2], ("开发区", 3, 5))
    result = diff_files(left, right, Wishes())
    assert kinds(result) == [DifferenceKind.VALUE]


def test_keys_of_several_columns_are_taken_as_they_stand(tmp_path: Path) -> None:
    head = ("批次", "对象", "金额")
    left = table(tmp_path / "a.csv", head, ("一", "甲", 1), ("二", "甲", 2))
    right = table(tmp_path / "b.csv", head, ("二", "甲", 2), ("一", "甲", 1))
    assert not diff_files(left, right, Wishes(on=("批次", "对象"))).differs


def test_nothing_in_common_is_an_error_that_names_the_columns(tmp_path: Path) -> None:
    left = figures_file(tmp_path / "figures.csv")
    right = table(tmp_path / "a.csv", ("单位", "面积"), ("阿克苏市", 5))
    with pytest.raises(NotComparableError, match=r"缴费、合计.*面积"):
        diff_files(left, right, Wishes())


def test_the_same_table_twice_in_a_run_is_an_error_and_no_guess(tmp_path: Path) -> None:
    left = figures_file(tmp_path / "figures.csv")
    text = left.read_text("utf-8-sig").split("\n", 1)[1]
    with left.open("a", encoding="utf-8", newline="") as file:
        file.write(text.replace("n.txt", "m.txt"))
    with pytest.raises(NotComparableError, match="several tables"):
        diff_files(left, table(tmp_path / "a.csv", HEAD, *SAME), Wishes())


@pytest.mark.parametrize("kind", list(Format))
def test_runs_are_read_back_from_every_format(tmp_path: Path, kind: Format) -> None:
    records = notice_to_records(made_notice())
    for folder, form in (("left", Format.CSV), ("right", kind)):
        with open_export(tmp_path / folder, [form]) as export:
            export.write(records)
    result = diff_files(tmp_path / "left", tmp_path / "right", Wishes())
    assert result.of_runs
    assert not result.differs, result.comparisons[0].differences
    assert result.comparisons[0].compared == len(records.figures)


def test_runs_of_files_with_other_bytes_meet_by_their_paths(tmp_path: Path) -> None:
    left = figures_file(tmp_path / "a.csv")
    text = left.read_text("utf-8-sig").replace("ab" * 32, "cd" * 32).replace(",27,27,", ",27,28,")
    (tmp_path / "b.csv").write_text(text, "utf-8-sig", newline="")
    result = diff_files(left, tmp_path / "b.csv", Wishes())
    assert kinds(result) == [DifferenceKind.VALUE]
    assert result.comparisons[0].differences[0].difference == Decimal(-1)


def test_whereabouts_of_units_of_several_provinces() -> None:
    gazetteer = load_gazetteer()
    where = whereabouts_of(["654201", "110101"], gazetteer)
    assert where.home is None
    assert where.year == gazetteer.last_year


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet", "jsonl"])
@pytest.mark.parametrize("data", [b"\x00\xff\xfe\x01" * 40, b"PK\x03\x04 broken", b"[1]\n"])
def test_damaged_files_are_an_error_that_says_so(tmp_path: Path, suffix: str, data: bytes) -> None:
    left = figures_file(tmp_path / "figures.csv")
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data)
    with pytest.raises(NotComparableError):
        diff_files(left, path, Wishes())


def test_a_spreadsheet_may_be_named_first(tmp_path: Path) -> None:
    extracted = figures_file(tmp_path / "figures.csv")
    own = table(tmp_path / "a.csv", ("单位名称", "缴费", "审定数"), ("塔城市", 12, 15), *SAME[1:])
    there = diff_files(extracted, own, Wishes(matches={"审定数": "合计"}))
    back = diff_files(own, extracted, Wishes(matches={"合计": "审定数"}))
    ((one,), (other,)) = (result.comparisons[0].differences for result in (there, back))
    assert (one.left, one.right, one.difference) == ("10", "12", -2)
    assert (other.left, other.right, other.difference) == ("12", "10", 2)
    assert (other.left_place, other.right_place) == (one.right_place, one.left_place)


def test_columns_that_a_spreadsheet_lacks_do_not_count_on_either_side(tmp_path: Path) -> None:
    extracted = figures_file(tmp_path / "figures.csv")
    own = table(tmp_path / "a.csv", ("单位名称", "缴费"), *(row[:2] for row in SAME))
    for left, right, kind in (
        (extracted, own, DifferenceKind.LEFT_COLUMN),
        (own, extracted, DifferenceKind.RIGHT_COLUMN),
    ):
        result = diff_files(left, right, Wishes())
        assert kinds(result) == [kind]
        assert not result.differs
