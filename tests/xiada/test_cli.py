"""The commands: exit statuses, files, messages. What they read is tested elsewhere."""

import csv
import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

import ingest.attempt
import xiada.cli.extract
from ingest.recipe import Reading, read_with_pages
from ingest.records import Records, notice_to_records
from schemas.notice import ReadNotice
from schemas.proofs import Proof, Status
from schemas.source import Document
from tests.made_notices import made_notice, proved
from xiada.cli import main

NOTICE = """新财社〔2020〕287号

关于提前下达2021年补助资金的通知

各县（市）财政局：

现下达你县（市）2021年补助资金，请抓紧拨付。

附件：补助资金分配表

塔城地区财政局

2020年12月25日

补助资金分配表

单位：万元

单位\t缴费\t待遇\t合计
合计\t30\t12\t42
塔城市\t10\t5\t15
额敏县\t20\t7\t27
"""


@pytest.fixture(name="archive")
def made_archive(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(NOTICE, "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "z.txt").write_text(NOTICE.replace("287", "288"), "utf-8")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_document_read_gives_zero_and_the_five_tables(archive: Path, tmp_path: Path) -> None:
    result = run("extract", archive / "a.txt", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "figures.csv",
        "findings.csv",
        "indicators.csv",
        "notices.csv",
        "tables.csv",
    ]
    figures = rows(tmp_path / "out" / "figures.csv")
    assert [row["value"] for row in figures] == ["30", "12", "42", "10", "5", "15", "20", "7", "27"]


def test_a_document_that_cannot_be_read_harms_no_other(archive: Path, tmp_path: Path) -> None:
    result = run("extract", archive, "-o", tmp_path / "out")
    assert result.exit_code == 3
    notices = rows(tmp_path / "out" / "notices.csv")
    assert [Path(row["source"]).name for row in notices] == ["a.txt", "empty.txt", "z.txt"]
    assert notices[1]["outcome"] == "rejected"
    assert notices[2]["doc_no"] == "新财社〔2020〕288号"
    (finding,) = [
        f for f in rows(tmp_path / "out" / "findings.csv") if f["rule"] == "empty-document"
    ]
    assert "empty.txt" in finding["message"]
    assert finding["message"] in result.stderr


def test_a_fault_of_the_program_is_published_and_harms_no_other(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(document: Document, password: str | None) -> Reading:
        if document.source.endswith("a.txt"):
            raise ZeroDivisionError("division by zero")
        return read_with_pages(document, password)

    monkeypatch.setattr(ingest.attempt, "read_with_pages", read)
    result = run(
        "extract", archive / "a.txt", archive / "z.txt", "-o", tmp_path / "out", "--verbose"
    )
    assert result.exit_code == 3
    notices = rows(tmp_path / "out" / "notices.csv")
    assert [row["outcome"] == "rejected" for row in notices] == [True, False]
    (finding,) = [
        f for f in rows(tmp_path / "out" / "findings.csv") if f["rule"] == "internal-error"
    ]
    assert "ZeroDivisionError: division by zero." in finding["message"]
    assert "Traceback" in result.stderr


def test_strict_gives_one_where_a_figure_is_suspect(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def suspect(_notice: ReadNotice) -> Records:
        notice = made_notice()
        proof = Proof(Status.SUSPECT, Decimal(-4360), (), (0,), 0)
        return notice_to_records(proved(notice, proof))

    monkeypatch.setattr(ingest.attempt, "notice_to_records", suspect)
    common = ("extract", archive / "a.txt", "-o", tmp_path / "out")
    assert run(*common).exit_code == 0
    assert run(*common, "--strict").exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["extract", "no-such-file", "-o", "out"],
        ["extract", os.devnull, "-o", "out"],
        ["extract", __file__],
        ["extract", __file__, "-o", "out", "--format", "csv,dbf"],
        ["lookup"],
        ["lookup", "塔城市", "--within", "999999"],
        ["schema", "colours"],
        ["audit"],
    ],
)
def test_wrong_usage_gives_two(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_gives_two(archive: Path) -> None:
    result = run("extract", archive / "a.txt", "-o", archive / "a.txt" / "out")
    assert result.exit_code == 2
    assert "a.txt" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_fault_outside_all_documents_does_not_look_like_a_result(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Records:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(xiada.cli.extract, "find_inputs", fail)
    result = run("extract", archive, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "ZeroDivisionError" in result.stderr


def test_all_formats_and_raw_cells_at_once(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run(
        "extract", archive / "a.txt", "-o", out, "--format", "csv,jsonl,parquet,xlsx", "--raw"
    )
    assert result.exit_code == 0
    assert {path.suffix for path in out.iterdir()} == {".csv", ".jsonl", ".parquet", ".xlsx"}
    cells = {(row["row"], row["cell"]): row["text"] for row in rows(out / "raw.csv")}
    assert cells["3", "1"] == "塔城市"


def test_same_input_same_bytes(archive: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("extract", archive, "-o", tmp_path / name, "--format", "csv,jsonl,parquet,xlsx")
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "two")
    )
    assert len(one) >= 4
    assert one == two


def test_quiet_says_nothing_but_errors(archive: Path, tmp_path: Path) -> None:
    assert run("extract", archive / "a.txt", "-o", tmp_path / "out", "--quiet").stderr == ""
    result = run("extract", archive, "-o", tmp_path / "out", "--quiet")
    assert len(result.stderr.splitlines()) == 1


def test_json_messages_are_one_object_a_line(archive: Path, tmp_path: Path) -> None:
    result = run("extract", archive, "-o", tmp_path / "out", "--log-format", "json")
    error, summary = map(json.loads, result.stderr.splitlines())
    assert (error["level"], error["rule"]) == ("error", "empty-document")
    assert (summary["documents"], summary["rejected"]) == (3, 1)


def test_a_folder_without_documents_is_said(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    result = run("extract", tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "no document" in result.stderr


@pytest.mark.parametrize(
    ("names", "status"),
    [(["巴州", "和硕縣"], 0), (["朝阳区"], 1), (["和硕县", "不是地名"], 1)],
)
def test_lookup_tells_clear_from_unclear(names: list[str], status: int) -> None:
    assert run("lookup", *names).exit_code == status


def test_lookup_prints_code_name_status_and_reason() -> None:
    header, row = run("lookup", "巴州").stdout.splitlines()
    assert header.split() == [
        "printed", "code", "name", "level", "years", "status", "score", "reason",
    ]  # fmt: skip
    assert row.split()[:4] == ["巴州", "652800", "巴音郭楞蒙古自治州", "prefecture"]


def test_schema_holds_for_what_is_written(archive: Path, tmp_path: Path) -> None:
    run("extract", archive, "-o", tmp_path / "out", "--format", "jsonl")
    for table in ("notices", "figures", "indicators", "tables", "findings"):
        schema = json.loads(run("schema", table).stdout)
        lines = (tmp_path / "out" / f"{table}.jsonl").read_text("utf-8").splitlines()
        for line in lines:
            jsonschema.validate(json.loads(line), schema)
    everything = json.loads(run("schema").stdout)
    assert list(everything["properties"]) == [
        "notices", "figures", "indicators", "tables", "findings",
    ]  # fmt: skip


@pytest.mark.parametrize("command", ["extract", "lookup", "schema"])
def test_every_command_has_the_common_options(command: str) -> None:
    text = run(command, "--help").stdout
    assert all(option in text for option in ("--quiet", "--log-format", "--help", "Exit status"))


def test_help_and_import_load_no_heavy_library() -> None:
    code = (
        "import sys, xiada, xiada.cli;"
        "heavy = {'pandas', 'pyarrow', 'scipy', 'numpy', 'lxml', 'pydantic'};"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_native_code_prints_is_no_result() -> None:
    code = (
        "import os; from xiada.cli.__main__ import _keep_results_apart as apart; apart();"
        "os.write(1, b'solver noise'); print('result')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("result\n", "solver noise")


def test_python_runs_the_package_as_the_command() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "xiada", "lookup", "塔城市"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "654201" in told.stdout
