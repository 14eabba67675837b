"""`xiada export`, `xiada diff --runs` and `xiada audit STORE`: what is written, said, returned."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ingest.attempt import attempt
from ingest.store import open_store
from tests.ingest.store.made_store import SECOND, filled_store, made_records, take_in
from xiada.cli import main

DOCUMENTS = tuple(
    made_records(f"{name}.txt", year=year) for name, year in (("甲", 2020), ("乙", 2021))
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(name="url")
def filled(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with filled_store(url, *DOCUMENTS):
        pass
    return url


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_export_writes_a_folder_by_path(url: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("export", "--store", url, "-o", out, "--format", "csv,jsonl,parquet,xlsx")
    assert result.exit_code == 0, result.output
    assert "2 documents" in result.stderr
    assert [row["source"] for row in rows(out / "notices.csv")] == ["乙.txt", "甲.txt"]
    names = {path.name for path in out.iterdir()}
    assert {"datapackage.json", "xiada.xlsx", "figures.jsonl", "figures", "figures.csv"} <= names


def test_export_takes_only_what_fits(url: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    where = ("--where", "fiscal_year=2021 and status=text", "--where", "tables.kind=allocation")
    assert run("export", "--store", url, "-o", out, *where).exit_code == 0
    assert [row["source"] for row in rows(out / "notices.csv")] == ["乙.txt"]
    assert {row["status"] for row in rows(out / "figures.csv")} == {"text"}
    assert {row["kind"] for row in rows(out / "tables.csv")} == {"allocation"}
    keys = json.loads((out / "datapackage.json").read_text("utf-8"))["resources"][1]["schema"]
    assert len(keys["foreignKeys"]) == 1


def test_export_into_one_file(url: str, tmp_path: Path) -> None:
    assert run("export", "--store", url, "-o", tmp_path / "notices.csv").exit_code == 0
    assert len(rows(tmp_path / "notices.csv")) == 2
    assert run("export", "--store", url, "-o", tmp_path / "a.xlsx").exit_code == 0
    assert (tmp_path / "a.xlsx").is_file()


def test_export_of_a_run_gives_what_was_answered_then(url: str, tmp_path: Path) -> None:
    with open_store(url) as store:
        take_in(store, store.begin_run(SECOND, "file:///archive"), made_records("甲.txt", "新"))
    for arguments, title in (((), "新"), (("--run", -2), "关于提前下达补助资金的通知")):
        assert run("export", "--store", url, "-o", tmp_path, *arguments).exit_code == 0
        assert rows(tmp_path / "notices.csv")[1]["title"] == title


@pytest.mark.parametrize(
    "arguments",
    [
        ("--where", "fiscal_yaer=2021"),
        ("--format", "pdf"),
        ("--run", "7"),
        ("-o", "2021.csv"),
        ("-o", "notices.csv", "--format", "jsonl"),
        ("-o", "notes.txt"),
        ("--store", "sqlite:///no.db"),
        ("--store", "no.db"),
    ],
)
def test_wrong_usage_of_export_gives_two_and_writes_nothing(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    result = run("export", "--store", url, "-o", "out", *arguments)
    assert result.exit_code == 2, result.output
    assert len(result.stderr.splitlines()) < 8
    names = {path.name for path in tmp_path.iterdir() if not path.name.startswith("store.db")}
    assert names <= {"notes.txt", "out"}
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_nothing_that_fits_is_said(url: str, tmp_path: Path) -> None:
    result = run("export", "--store", url, "-o", tmp_path / "o", "--where", "fiscal_year=1999")
    assert result.exit_code == 0
    assert "nothing fits" in result.stderr


def test_an_export_can_be_compared_like_a_run(url: str, tmp_path: Path) -> None:
    for name, kind in (("a", "csv"), ("b", "parquet")):
        arguments = ("-o", tmp_path / name, "--format", kind)
        assert run("export", "--store", url, *arguments).exit_code == 0
    result = run("diff", tmp_path / "a", tmp_path / "b")
    assert result.exit_code == 0, result.output
    assert "24 figures compared, 24 equal" in result.stderr


def changed(url: str) -> None:
    """A second run with another answer for one document, and a new document."""
    old = made_records("甲.txt", year=2020)
    figures = list(old.figures)
    figures[0] = figures[0].model_copy(update={"value": Decimal("6011349"), "unit_code": None})
    indicators = list(old.indicators)
    indicators[0] = indicators[0].model_copy(update={"target_low": Decimal(94)})
    notice = old.notices[0].model_copy(update={"outcome": "accepted"})
    with open_store(url) as store:
        second = store.begin_run(SECOND, "file:///archive")
        fields = {"notices": (notice,), "figures": tuple(figures), "indicators": tuple(indicators)}
        take_in(store, second, type(old)(tables=old.tables, findings=old.findings, **fields))
        take_in(store, second, made_records("乙.txt", year=2021))
        take_in(store, second, made_records("新.txt"))


def test_diff_of_runs_tells_what_changed(url: str, tmp_path: Path) -> None:
    changed(url)
    report = tmp_path / "d.csv"
    result = run("diff", "--runs", -2, -1, "--store", url, "--report", report)
    assert result.exit_code == 1, result.output
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0][:3] == ["kind", "notice", "key"]
    assert {tuple(line[:2]) for line in lines[1:]} >= {("value", "甲.txt"), ("right_row", "新.txt")}
    found = [(r["kind"], r["table"], r["column"], r["left"], r["right"]) for r in rows(report)]
    assert (
        found[:2]
        == [
            ("value", "甲.txt", "缴费补助 / 人数", "6011348", "6011349"),
            ("unit", "甲.txt", "缴费补助 / 人数", "654203", ""),
        ]
        or ("value", "甲.txt", "缴费补助 / 人数", "6011348", "6011349") in found
    )
    assert ("value", "甲.txt", "target_low", "95", "94") in found
    assert ("status", "甲.txt", "outcome", "needs_review", "accepted") in found
    assert {f[1] for f in found if f[0] == "right_row"} == {"新.txt"}
    assert not [f for f in found if f[1] == "乙.txt"]


@pytest.mark.parametrize("kind", ["html", "xlsx"])
def test_diff_of_runs_writes_every_report(url: str, tmp_path: Path, kind: str) -> None:
    changed(url)
    report = tmp_path / f"d.{kind}"
    assert run("diff", "--runs", 1, 2, "--store", url, "--report", report).exit_code == 1
    assert report.stat().st_size > 1000


def test_diff_of_a_run_with_itself_gives_zero(url: str) -> None:
    result = run("diff", "--runs", 1, 1, "--store", url)
    assert result.exit_code == 0, result.output
    assert "24 figures compared, 24 equal" in result.stderr


def test_a_tolerance_holds_for_runs_too(url: str) -> None:
    changed(url)
    result = run("diff", "--runs", 1, 2, "--store", url, "--abs-tol", "人数=1", "--quiet")
    assert "6011349" not in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("--runs", "1", "9", "--store", "URL"),
        ("--runs", "1", "2"),
        ("--store", "URL"),
        ("--runs", "1", "1", "--store", "URL", "--match", "a=b"),
        ("--runs", "1", "1", "--store", "URL", "--on", "nothing"),
        ("--runs", "1", "1", "--store", "sqlite:///no.db"),
        (".",),
        (),
    ],
)
def test_wrong_usage_of_diff_gives_two(url: str, arguments: tuple[str, ...]) -> None:
    result = run("diff", *(url if argument == "URL" else argument for argument in arguments))
    assert result.exit_code == 2, result.output


NOTICE = """新财社〔2020〕287号

关于提前下达2021年补助资金的通知

附件：补助资金分配表

补助资金分配表

单位：万元

单位\t缴费\t待遇\t合计
合计\t63\t34\t97
塔城市\t10\t5\t15
额敏县\t20\t7\t72
乌苏市\t33\t22\t55
"""


@pytest.fixture(name="read")
def read_into_store(tmp_path: Path) -> tuple[str, Path]:
    """A store with a notice in which a figure does not add up, and the file."""
    path = tmp_path / "wrong.txt"
    path.write_text(NOTICE, "utf-8")
    url = f"sqlite:///{tmp_path / 'read.db'}"
    with filled_store(url, attempt(path, str(path)).records):
        pass
    return url, path


def test_audit_of_a_store_says_what_the_audit_of_its_files_says(
    read: tuple[str, Path], tmp_path: Path
) -> None:
    reports = []
    for number, given in enumerate(read):
        reports.append(tmp_path / f"{number}.csv")
        result = run("audit", given, "--report", reports[-1])
        assert result.exit_code == 1, result.output
        assert "额敏县" in result.stdout
    assert rows(reports[0]) == rows(reports[1])
    assert [r["recomputed"] for r in rows(reports[0])].count("") == 0


@pytest.mark.parametrize("kind", ["html", "xlsx"])
def test_audit_of_a_store_writes_every_report(
    read: tuple[str, Path], tmp_path: Path, kind: str
) -> None:
    report = tmp_path / f"r.{kind}"
    assert run("audit", read[0], "--report", report).exit_code == 1
    assert report.stat().st_size > 3000


CHILD = """塔地财社〔2021〕9号

关于下达2021年补助资金的通知

根据新财社〔2020〕1号，现下达2021年补助资金。

补助资金分配表

单位：万元

单位\t缴费\t待遇\t合计
塔城市合计\t63\t34\t97
甲镇\t10\t5\t15
乙镇\t20\t7\t27
丙镇\t33\t22\t55
"""


def test_audit_of_a_store_holds_children_against_their_parents(tmp_path: Path) -> None:
    parent = NOTICE.replace("72", "27").replace("287号", "1号")
    files = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    for file, text in zip(files, (CHILD, parent), strict=True):
        Path(file).write_text(text, "utf-8")
    url = f"sqlite:///{tmp_path / 'family.db'}"
    with filled_store(url, *(attempt(Path(file), file).records for file in files)):
        pass
    of_store, of_files = run("audit", url, "--quiet"), run("audit", *files, "--quiet")
    assert "child-total" in of_store.stdout
    assert of_store.stdout == of_files.stdout
    assert of_store.exit_code == of_files.exit_code == 1


@pytest.mark.parametrize(
    "arguments", [("sqlite:///no.db",), ("URL", "--explain"), ("URL", "."), ("redis://x",)]
)
def test_wrong_usage_of_audit_gives_two(read: tuple[str, Path], arguments: tuple[str, ...]) -> None:
    given = (read[0] if argument == "URL" else argument for argument in arguments)
    assert run("audit", *given).exit_code == 2
