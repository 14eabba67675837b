"""`xiada audit` and `xiada diff`: exit statuses, what is said, what is written."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

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
合计\t63\t34\t97
塔城市\t10\t5\t15
额敏县\t20\t7\t27
乌苏市\t33\t22\t55
"""
PARENT = """财社〔2020〕120号

关于提前下达2021年补助资金的通知

各地、州、市财政局：

现提前下达2021年补助资金，请按规定使用。

附件：补助资金分配表

新疆维吾尔自治区财政厅

2020年12月5日

补助资金分配表

单位：万元

单位\t缴费\t待遇\t合计
合计\t{all}\t88\t{total}
塔城地区\t{fee}\t34\t{sum}
阿勒泰地区\t71\t33\t104
和田地区\t58\t21\t79
"""
SHEET = (
    "县市,缴费,待遇,合计\n塔城市,10,5,15\n额敏县,20,7,27\n乌苏市,33,22,55\n全地区合计,63,34,97\n"
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(name="clean")
def clean_notice(tmp_path: Path) -> Path:
    path = tmp_path / "clean.txt"
    path.write_text(NOTICE, "utf-8")
    return path


@pytest.fixture(name="wrong")
def wrong_notice(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.txt"
    path.write_text(NOTICE.replace("20\t7\t27", "20\t7\t72"), "utf-8")
    return path


def test_a_notice_that_adds_up_gives_zero(clean: Path) -> None:
    result = run("audit", clean)
    assert result.exit_code == 0, result.output
    header, row = result.stdout.splitlines()
    assert header.split()[:4] == ["notice", "figures", "proved", "repaired"]
    assert row.split()[1] == "12"


def test_a_figure_that_does_not_add_up_gives_one_and_is_explained(wrong: Path) -> None:
    result = run("audit", wrong, "--explain")
    assert result.exit_code == 1, result.output
    assert "额敏县" in result.stdout
    assert "97 = 15 + 72 + 55 → 142 ✗" in result.stdout


def test_a_document_that_cannot_be_read_gives_two_and_harms_no_other(
    clean: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("audit", tmp_path, "--report", tmp_path / "r.csv")
    assert result.exit_code == 2
    assert "empty-document" in result.stdout
    assert clean.name in result.stdout
    assert clean.name in (tmp_path / "r.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("kind", ["html", "xlsx", "csv"])
def test_reports_are_written(wrong: Path, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "out" / f"r.{kind}"
    assert run("audit", wrong, "--report", path).exit_code == 1
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_report_is_no_input_of_the_next_run(wrong: Path, tmp_path: Path) -> None:
    report = tmp_path / "r.csv"
    for _ in range(2):
        result = run("audit", tmp_path, "--report", report, "--log-format", "json")
        last = json.loads(result.stderr.splitlines()[-1])
        assert last["documents"] == 1
        assert wrong.exists()


@pytest.mark.parametrize(("fee", "status"), [(63, 0), (65, 1)])
def test_a_child_notice_is_held_against_its_parent(tmp_path: Path, fee: int, status: int) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    parent = PARENT.format(fee=fee, sum=fee + 34, all=fee + 129, total=fee + 217)
    child = NOTICE.replace("现下达", "根据财社〔2020〕120号，现下达")
    # The child is read first: its parent is not known yet.
    (folder / "a.txt").write_text(child, encoding="utf-8")
    (folder / "b.txt").write_text(parent, encoding="utf-8")
    result = run("audit", folder)
    assert result.exit_code == status
    assert ("child-total" in result.stdout) is bool(status)


@pytest.mark.parametrize(
    "arguments",
    [
        ("audit", "no-such-file"),
        ("audit", "sqlite:///store.db"),
        ("audit", "--report", "r.pdf", "."),
        ("diff", "no-such-file", "."),
        ("diff", ".", ".", "--abs-tol", "x"),
        ("diff", ".", ".", "--abs-tol", "-1"),
        ("diff", ".", ".", "--match", "甲"),
        ("diff", ".", "."),
    ],
)
def test_wrong_usage_gives_two(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("command", ["audit", "diff"])
def test_the_common_options_are_there(command: str) -> None:
    text = run(command, "--help").stdout
    assert all(option in text for option in ("--quiet", "--log-format", "--help", "Exit status"))


@pytest.fixture(name="extracted")
def extracted_folder(clean: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    assert run("extract", clean, "-o", folder).exit_code == 0
    return folder


def test_a_spreadsheet_that_agrees_gives_zero(extracted: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(SHEET, "utf-8")
    result = run("diff", extracted, tmp_path / "a.csv")
    assert result.exit_code == 0, result.output
    assert "12 figures compared, 12 equal" in result.stderr


def test_a_spreadsheet_that_differs_gives_one_and_names_the_place(
    extracted: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(SHEET.replace("20,7,27", "20,7,28"), "utf-8")
    report = tmp_path / "d.html"
    result = run("diff", extracted, tmp_path / "a.csv", "--report", report)
    assert result.exit_code == 1
    row = result.stdout.splitlines()[1].split()
    assert row[:7] == ["value", "654221", "额敏县", "合计", "27", "28", "-1"]
    assert "数值不同" in report.read_text("utf-8")
    assert run("diff", extracted, tmp_path / "a.csv", "--abs-tol", "合计=1").exit_code == 0


def test_two_runs_of_the_same_give_zero(extracted: Path, clean: Path, tmp_path: Path) -> None:
    assert run("extract", clean, "-o", tmp_path / "again", "--format", "xlsx").exit_code == 0
    assert run("diff", extracted, tmp_path / "again").exit_code == 0


def test_runs_of_other_figures_give_one(extracted: Path, wrong: Path, tmp_path: Path) -> None:
    wrong.rename(tmp_path / "clean.txt")
    assert run("extract", tmp_path / "clean.txt", "-o", tmp_path / "other").exit_code == 0
    result = run("diff", extracted, tmp_path / "other")
    assert result.exit_code == 1
    assert "72" in result.stdout


def test_a_damaged_pdf_beside_a_text_gives_two_and_a_child_read_it(
    clean: Path, tmp_path: Path
) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 cut off")
    result = run("audit", tmp_path, "--timeout", "120", "--report", tmp_path / "r.html")
    assert result.exit_code == 2
    assert "damaged-file" in result.stdout
    rows = {line.split()[0]: line.split()[1] for line in result.stdout.splitlines() if "  " in line}
    assert rows[str(clean)] == "12"
    assert "PDF 损坏，打不开。请从档案重新取得文件。" in (tmp_path / "r.html").read_text("utf-8")


def test_no_report_is_written_over_what_is_read(
    clean: Path, extracted: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text(SHEET, "utf-8")
    for arguments in (("diff", extracted, sheet), ("audit", clean, sheet)):
        result = run(*arguments, "--report", sheet)
        assert result.exit_code == 2
        assert "would overwrite" in result.stderr
    assert sheet.read_text("utf-8") == SHEET


def test_a_column_that_the_notice_need_not_have_can_be_ignored(
    extracted: Path, tmp_path: Path
) -> None:
    lines = SHEET.splitlines()
    sheet = tmp_path / "a.csv"
    more = [f"{line},{n}" for n, line in enumerate(lines[1:], 1)]
    sheet.write_text("\n".join([f"{lines[0]},上年数", *more]) + "\n", "utf-8")
    assert run("diff", extracted, sheet).exit_code == 1
    assert run("diff", extracted, sheet, "--ignore", "上年数").exit_code == 0
    assert run("diff", extracted, sheet, "--ignore", "下年数").exit_code == 2


def test_a_measure_that_only_the_figures_show_is_said(extracted: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text("县市,合计\n塔城市,150000\n额敏县,270000\n乌苏市,550000\n", "utf-8")
    result = run("diff", extracted, sheet)
    assert "no measure is told; compared × 0.0001" in result.stderr
    assert "value" not in result.stdout


def test_reports_speak_chinese_and_the_terminal_english(wrong: Path, tmp_path: Path) -> None:
    result = run("audit", wrong, "--report", tmp_path / "r.html")
    assert "may be wrong" in result.stdout
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "可能有误" in page
    visible = "".join(part.split(">", 1)[-1] for part in page.split("<"))
    assert "may be wrong" not in visible
