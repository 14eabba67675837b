"""Files that nobody can read, in one call with files that anybody can."""

import codecs
from pathlib import Path

import pytest

from tests.golden.cases import TABLES, Row, case_named, parse_csv, parse_tables, run_extract
from tests.golden.truth import differences

GOOD = ("two_allocations", "short_text")
HEADER = "县区\t参保人数\t补助资金\t合计\n"
ROWS = "渭源县\t1200\t36.5\t36.5\n岷县\t800\t48\t48\n漳县\t650\t30\t30\n"


def _empty() -> bytes:
    return b""


def _only_spaces() -> bytes:
    return codecs.BOM_UTF8 + "\r\n \u3000\r\n".encode()


def _binary() -> bytes:
    return bytes(range(256)) * 400


def _image() -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 40


def _huge() -> bytes:
    return (HEADER + ROWS).encode() * (50 * 1024 * 1024 // len((HEADER + ROWS).encode()) + 1)


def _long_line() -> bytes:
    return ("渭源县36.5万元、" * (10 * 1024 * 1024 // 24)).encode()


UNREADABLE = {
    "空文件.txt": _empty,
    "只有空白.txt": _only_spaces,
    "二进制.txt": _binary,
    "图片.txt": _image,
    "五十兆.txt": _huge,
    "一行十兆.txt": _long_line,
}


def _read(folder: Path) -> dict[str, list[Row]]:
    return parse_tables({name: (folder / f"{name}.csv").read_bytes() for name in TABLES})


def _of(rows: list[Row], name: str) -> list[Row]:
    return [row for row in rows if row["source"].endswith(name)]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, list[Row]]]:
    """One call over all bad files, with good ones before, between and behind them."""
    folder = tmp_path_factory.mktemp("archive")
    for place, name in enumerate(GOOD):
        data = case_named(name).input.read_bytes()
        (folder / f"{'az'[place]}_{name}.txt").write_bytes(data)
    for name, make in UNREADABLE.items():
        (folder / name).write_bytes(make())
    output = tmp_path_factory.mktemp("out")
    result = run_extract(folder, output=output)
    return result.exit_code, _read(output)


def test_the_call_says_that_some_were_not_read(run: tuple[int, dict[str, list[Row]]]) -> None:
    assert run[0] == 3


@pytest.mark.parametrize("name", sorted(UNREADABLE))
def test_a_file_that_cannot_be_read_says_so(
    run: tuple[int, dict[str, list[Row]]], name: str
) -> None:
    (notice,) = _of(run[1]["notices"], name)
    errors = [row for row in _of(run[1]["findings"], name) if row["severity"] == "error"]
    assert notice["outcome"] == "rejected"
    assert len(errors) >= 1
    assert name in errors[0]["message"]
    assert errors[0]["rule"] != "internal-error"
    # what happened and what to do are two sentences or more
    assert len(errors[0]["message"].split(". ")) >= 2


@pytest.mark.parametrize("name", GOOD)
def test_the_files_beside_them_are_read(run: tuple[int, dict[str, list[Row]]], name: str) -> None:
    rows = {table: _of(found, f"{name}.txt") for table, found in run[1].items()}
    assert differences(case_named(name).truth, rows) == []


def _alone(data: bytes, folder: Path) -> tuple[int, dict[str, list[Row]]]:
    path = folder / "通知.txt"
    path.write_bytes(data)
    result = run_extract(path, output=folder / "out")
    return result.exit_code, _read(folder / "out")


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF16_LE + (HEADER + ROWS).encode("utf-8"),
        codecs.BOM_UTF8 + (HEADER + ROWS).encode("gb18030"),
        codecs.BOM_UTF16_BE + (HEADER + ROWS).encode("utf-16-le"),
    ],
    ids=["utf-16 mark on utf-8", "utf-8 mark on gb18030", "utf-16 mark the wrong way round"],
)
def test_a_wrong_mark_is_told_and_never_read_as_nonsense(data: bytes, tmp_path: Path) -> None:
    status, rows = _alone(data, tmp_path)
    (notice,) = rows["notices"]
    told = [row for row in rows["findings"] if row["severity"] in ("error", "warning")]
    assert any("mark" in row["message"] and "通知.txt" in row["message"] for row in told)
    assert (status, notice["outcome"]) == (3, "rejected")
    # Rejected is not lost: what could be read in spite of the mark is there.
    assert {row["unit_printed"] for row in rows["figures"]} == {"渭源县", "岷县", "漳县"}


def test_rows_without_a_header_are_kept_and_told(tmp_path: Path) -> None:
    status, rows = _alone(f"2022年补助资金分配表\n单位：万元\n{ROWS}".encode(), tmp_path)
    assert status == 3
    assert [row["outcome"] for row in rows["notices"]] == ["rejected"]
    errors = [row["message"] for row in rows["findings"] if row["severity"] == "error"]
    assert ["通知.txt" in message for message in errors] == [True]
    assert {row["unit_printed"] for row in rows["figures"]} == {"渭源县", "岷县", "漳县"}
    printed = [row["printed"] for row in rows["figures"] if row["unit_printed"] == "渭源县"]
    assert printed == ["1200", "36.5", "36.5"]


def test_a_header_without_rows_is_listed_and_told(tmp_path: Path) -> None:
    status, rows = _alone(f"2022年补助资金分配表\n单位：万元\n{HEADER}".encode(), tmp_path)
    assert status == 3
    assert rows["figures"] == []
    assert len(rows["tables"]) == 1
    errors = [row["message"] for row in rows["findings"] if row["severity"] == "error"]
    assert ["通知.txt" in message for message in errors] == [True]


def test_a_text_that_is_no_notice_gives_nothing(tmp_path: Path) -> None:
    status, rows = _alone("今天天气很好，我们去了公园。\n".encode(), tmp_path)
    assert status == 0
    assert (rows["figures"], rows["indicators"], rows["tables"]) == ([], [], [])


def test_the_accepted_tables_are_csv_that_anything_opens() -> None:
    data = '\ufeffa,b\r\n1,"x\ny"\r\n'.encode()
    assert parse_csv(data) == [{"a": "1", "b": "x\ny"}]
