"""All four formats hold the same data, byte for byte the same on every run."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.export.csv_files import raw_rows
from ingest.export.formats import Format
from ingest.export.parquet_files import ParquetWriter
from ingest.export.writers import open_export
from ingest.export.xlsx_files import FILE_NAME, XlsxWriter
from ingest.records import Records, notice_to_records
from schemas.head import NoticeHead
from tests.ingest.export.readers import (
    Tables,
    formulas,
    read_csv,
    read_jsonl,
    read_parquet,
    read_xlsx,
    tables_of,
)
from tests.made_notices import HEAD, made_notice

FIRST = notice_to_records(made_notice("甲.txt"))
SECOND = notice_to_records(made_notice('=乙,"2".txt'))
NAMES = {
    f"{t}.{f}"
    for t in ("notices", "figures", "indicators", "tables", "findings")
    for f in ("csv", "jsonl", "parquet")
} | {FILE_NAME, "raw.csv"}


def export(directory: Path) -> None:
    with open_export(directory, list(Format), raw=True) as files:
        for name, records in (("甲.txt", FIRST), ('=乙,"2".txt', SECOND)):
            files.write(records)
            files.write_raw(raw_rows(made_notice(name)))


@pytest.fixture(name="out", scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("export") / "new" / "out"
    export(directory)
    return directory


@pytest.fixture(name="expected", scope="module")
def expected_tables() -> Tables:
    first, second = tables_of(FIRST), tables_of(SECOND)
    return {table: first[table] + second[table] for table in first}


@pytest.mark.parametrize("read", [read_csv, read_jsonl, read_parquet])
def test_what_is_read_back_is_what_was_written(
    read: Callable[[Path], Tables], out: Path, expected: Tables
) -> None:
    assert read(out) == expected


def test_workbook_holds_the_same_data(out: Path, expected: Tables) -> None:
    assert read_xlsx(out / FILE_NAME) == expected


def test_only_the_files_asked_for_appear(out: Path) -> None:
    assert {path.name for path in out.iterdir()} == NAMES


def test_same_records_same_bytes(out: Path, tmp_path: Path) -> None:
    export(tmp_path)
    for name in NAMES:
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes(), name


def test_csv_has_mark_header_and_plain_numbers(out: Path) -> None:
    data = (out / "figures.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfnotice_id,source,table_no,")
    text = data.decode("utf-8-sig")
    assert ",6011348,unproved," in text
    assert ",91.50,91.50,unproved," in text
    assert "'=某县" in text
    assert "'@谁" in text
    assert ",'-,," in text
    assert '"01自治区\n直达资金"' in text


def test_raw_cells_are_all_there_with_spans_and_place(out: Path) -> None:
    with (out / "raw.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 8
    assert [rows[1][k] for k in ("table", "row", "cell", "text", "rowspan", "colspan", "ref")] == [
        "1", "1", "2", "人数", "1", "3", "L8:C2",
    ]  # fmt: skip
    assert [row["text"] for row in rows[2:4]] == ["'=1+1", ""]


def test_workbook_is_for_analysts(out: Path) -> None:
    book = openpyxl.load_workbook(out / FILE_NAME)
    assert book.sheetnames[:6] == ["说明", "文件", "数据", "绩效指标", "表目录", "发现"]
    sheet = book["数据"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:V25")
    code, value = sheet["I2"], sheet["R4"]
    assert (code.value, code.data_type, code.number_format) == ("654203", "s", "@")
    assert (value.value, value.data_type, value.number_format) == (-4360, "n", "0")
    assert sheet["R8"].number_format == "0.00"
    assert formulas(out / FILE_NAME) == []


def test_allocation_table_is_laid_out_with_the_measure_in_its_headers(out: Path) -> None:
    sheet = openpyxl.load_workbook(out / FILE_NAME)["分配表1"]
    headers = [cell.value for cell in sheet[2]][6:]
    assert headers == ["缴费补助 / 人数（人）", "补助\n比例（%）", "合计（万元）", "直达资金标识"]
    assert [cell.value for cell in sheet[4]][2:] == [
        "=某县", None, None, "unresolved", None, "×", 91.5, "@谁",
    ]  # fmt: skip


def test_parquet_types_are_exact(out: Path) -> None:
    schema = pq.read_schema(out / "figures.parquet")
    assert schema.field("value").type == pa.decimal128(38, 18)
    assert schema.field("unit_code").type == pa.string()
    assert pq.read_schema(out / "notices.parquet").field("issued_on").type == pa.date32()


def test_parquet_bytes_do_not_depend_on_how_notices_are_handed_over(tmp_path: Path) -> None:
    def write(name: str, parts: list[Records]) -> bytes:
        (tmp_path / name).mkdir()
        writer = ParquetWriter(tmp_path / name, row_group=5)
        for part in parts:
            writer.write(part)
        writer.close()
        return (tmp_path / name / "figures.parquet").read_bytes()

    together = replace(FIRST, figures=FIRST.figures + SECOND.figures)
    alone = replace(SECOND, figures=())
    assert write("one", [FIRST, SECOND]) == write("other", [together, alone])


def test_more_rows_than_a_sheet_holds_go_on_in_the_next_sheet(tmp_path: Path) -> None:
    writer = XlsxWriter(tmp_path, row_limit=9)
    writer.write(FIRST)
    writer.close()
    book = openpyxl.load_workbook(tmp_path / FILE_NAME)
    assert book["数据"].max_row == 9
    rest = [row[16] for row in book["数据(2)"].iter_rows(values_only=True)]
    assert rest == ["印刷内容", "0", "0.00%", "8?1", "-"]


def test_days_before_spreadsheets_and_texts_too_long_for_a_cell_are_not_lost(
    tmp_path: Path,
) -> None:
    head = NoticeHead(title="长" * 40_000, issued_on=date(202, 1, 5), programme="<r>甲</r>")
    with open_export(tmp_path, [Format.XLSX]) as files:
        files.write(notice_to_records(replace(made_notice(), head=head)))
    row = list(openpyxl.load_workbook(tmp_path / FILE_NAME)["文件"].iter_rows(values_only=True))[1]
    assert row[4].endswith("……（全文 40000 字，见 csv 或 jsonl）")
    assert row[7] == "0202-01-05"
    assert row[10].strip() == "<r>甲</r>"


def test_a_run_that_fails_leaves_the_directory_as_it_was(out: Path, tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text("of the last run")

    def fail() -> None:
        with open_export(tmp_path, list(Format)) as files:
            files.write(FIRST)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert [path.name for path in tmp_path.iterdir()] == ["figures.csv"]
    assert (tmp_path / "figures.csv").read_text() == "of the last run"


def test_empty_run_writes_headers(tmp_path: Path) -> None:
    with open_export(tmp_path, list(Format)):
        pass
    assert read_csv(tmp_path)["figures"] == read_parquet(tmp_path)["figures"] == []
    assert read_jsonl(tmp_path)["notices"] == read_xlsx(tmp_path / FILE_NAME)["notices"] == []


def test_accounts_are_json_with_kind_code_and_name(out: Path, expected: Tables) -> None:
    account = HEAD.accounts[0]
    stored = expected["notices"][0][12]
    assert stored == [{"kind": "function", "code": account.code, "name": account.name}]
    text = (out / "notices.csv").read_text("utf-8-sig")
    assert '"[{""kind"": ""function"", ""code"": ""2082602"",' in text
