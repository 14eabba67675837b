"""Reports and tables onto a disk that takes no more."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.small_disk import fill, small_disk
from xiada.cli import main
from xiada.cli.targets import TargetError, writing_to

NOTICE = """新财社〔2020〕287号

关于提前下达2021年补助资金的通知

补助资金分配表

单位：万元

单位\t缴费\t待遇\t合计
合计\t63\t34\t97
塔城市\t10\t5\t15
额敏县\t20\t7\t72
乌苏市\t33\t22\t55
"""


def test_a_full_disk_is_named_and_left_as_it_was(tmp_path: Path) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_text(NOTICE, "utf-8")
    mine = tmp_path / "mine.csv"
    mine.write_text("单位,缴费\n塔城市,11\n额敏县,21\n乌苏市,34\n", "utf-8")
    extracted = tmp_path / "extracted"
    assert CliRunner().invoke(main, ["extract", str(notice), "-o", str(extracted)]).exit_code == 0
    out = tmp_path / "out"
    out.mkdir()
    reports = [str(out / f"report.{kind}") for kind in ("csv", "xlsx", "html")]
    commands = [["audit", str(notice), "--report", report] for report in reports]
    commands += [["diff", str(extracted), str(mine), "--report", report] for report in reports]
    commands += [
        ["extract", str(notice), "-o", str(out), "--format", kind]
        for kind in ("csv", "jsonl", "parquet", "xlsx")
    ]
    with small_disk(out, "size=64k"):
        (out / "report.csv").write_text("that of yesterday")
        fill(out)
        for command in commands:
            target = command[command.index("--report" if "--report" in command else "-o") + 1]
            done = CliRunner().invoke(main, command)
            assert done.exit_code == 2, command
            said = f"error: {target} cannot be written: No space left on device."
            assert done.stderr.startswith(said), done.stderr
            assert len(done.stderr.splitlines()) == 1
            assert done.stdout == ""
        assert {path.name for path in out.iterdir()} == {"report.csv", "filling"}
        assert (out / "report.csv").read_text() == "that of yesterday"


def test_a_fault_elsewhere_is_not_blamed_on_the_target(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), writing_to(tmp_path / "out" / "a.csv"):
        (tmp_path / "gone").read_bytes()
    missing = r"a\.csv cannot be written: No such file"
    with pytest.raises(TargetError, match=missing), writing_to(tmp_path / "a.csv"):
        (tmp_path / "gone" / "a.csv").write_bytes(b"")
