"""`import xiada` for analysts."""

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import xiada
from ingest.export.columns import table_columns
from ingest.records import notice_to_records
from tests.made_notices import made_notice


@pytest.fixture(name="notice")
def made() -> xiada.Notice:
    return xiada.Notice(notice_to_records(made_notice()))


@pytest.mark.parametrize("table", ["figures", "indicators", "tables", "findings"])
def test_frames_have_the_columns_of_the_contract(notice: xiada.Notice, table: str) -> None:
    frame = getattr(notice, table)()
    assert list(frame.columns) == [column.name for column in table_columns(table)]
    assert len(frame) == {"figures": 12, "indicators": 5, "tables": 3, "findings": 2}[table]


def test_values_are_exact_and_can_be_summed(notice: xiada.Notice) -> None:
    total = notice.figures().query("item == '合计'")["value"]
    assert list(total) == [Decimal(-4360), Decimal("91.50"), None]
    assert total.sum() == Decimal("-4268.50")
    assert total.astype(float).isna().tolist() == [False, False, True]


def test_blank_and_absent_are_told_apart(notice: xiada.Notice) -> None:
    blank = notice.figures().query("status == 'blank'").iloc[0]
    assert (blank["printed"], blank["value"]) == ("", None)
    assert blank["formula"] is pd.NA


def test_types_do_not_depend_on_what_a_notice_holds() -> None:
    empty = xiada.Notice(notice_to_records(made_notice(tables=(), findings=())))
    full = xiada.Notice(notice_to_records(made_notice()))
    for table in ("figures", "indicators", "tables", "findings"):
        pd.testing.assert_series_equal(
            getattr(empty, table)().dtypes, getattr(full, table)().dtypes
        )


def test_record_is_the_row_of_the_notice(notice: xiada.Notice) -> None:
    assert notice.record.doc_no == "新财社〔2020〕287号"
    assert repr(notice) == (
        "<Notice 新财社〔2020〕287号: 3 tables, 12 figures, 5 indicators, needs_review>"
    )


def test_read_gives_a_notice(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text("分配表\n单位：万元\n单位\t合计\n塔城市\t10\n额敏县\t20\n合计\t30\n", "utf-8")
    notice = xiada.read(path)
    assert notice.record.source == str(path)
    assert list(notice.figures()["value"]) == [Decimal(10), Decimal(20), Decimal(30)]


def test_a_file_that_cannot_be_read_raises_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    with pytest.raises(xiada.UnreadableError) as caught:
        xiada.read(path)
    assert caught.value.remedy


def test_a_file_that_is_not_there_is_an_ordinary_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        xiada.read(tmp_path / "none.txt")
