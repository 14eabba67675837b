"""What an auditor is told of each figure."""

from decimal import Decimal
from pathlib import Path

import pytest

import ingest.proving
from ingest.attempt import attempt
from ingest.reports.audit_text import discrepancy_lines, explain_lines, summary_row, worst_first
from ingest.reports.audited import FigureFacts
from schemas.proofs import Status, TableProof
from tests.ingest.reports.made_audits import audited, clean_audit, failed_audit, made_audit

NOTICE = """补助资金分配表

单位：万元

单位	缴费	待遇	合计
合计	30	12	42
塔城市	10	5	15
额敏县	20	7	27
"""


def figure(row: int, column: int) -> FigureFacts:
    return made_audit().tables[0].figures[row][column]


def test_a_repaired_figure_keeps_its_print_and_tells_the_difference() -> None:
    found = figure(1, 1)
    assert (found.printed, found.extracted, found.value) == ("7", Decimal(7), Decimal(17))
    assert (found.recomputed, found.difference) == (Decimal(17), Decimal(-10))


def test_a_suspect_figure_is_told_by_the_equation_that_fails() -> None:
    found = figure(2, 0)
    assert found.status is Status.SUSPECT
    assert (found.recomputed, found.difference) == (Decimal(30), Decimal(1))
    assert found.equations[0].endswith("✗")


def test_a_part_of_a_sum_is_recomputed_from_what_is_left() -> None:
    found = figure(0, 1)
    assert found.recomputed == Decimal(5)
    assert found.difference == 0


def test_a_figure_that_nothing_reaches_has_nothing_recomputed() -> None:
    found = figure(3, 2)
    assert (found.status, found.recomputed, found.equations) == (Status.UNPROVED, None, ())


def test_discrepancies_are_repaired_and_suspect_figures_once_each() -> None:
    audited = made_audit()
    assert audited.discrepancies == 2
    assert (audited.notice.repaired, audited.notice.suspect) == (1, 1)
    assert clean_audit().discrepancies == 0


def test_findings_come_worst_first() -> None:
    severities = [finding.severity.value for finding in made_audit().findings]
    assert severities[0] == "error"
    assert severities == sorted(severities, key=("error", "warning", "note").index)


def test_the_worst_notice_comes_first() -> None:
    audits = [clean_audit(), made_audit(), failed_audit()]
    rows = [(audited.badness(), n) for n, audited in enumerate(audits)]
    assert worst_first(rows) == [2, 1, 0]


def test_the_text_names_places_and_puts_numbers_in() -> None:
    audited = made_audit()
    assert summary_row(audited)[:7] == ("甲/notice.txt", "16", "7", "1", "1", "2", "2")
    assert summary_row(failed_audit())[1] == "not read"
    lines = discrepancy_lines(audited)
    assert lines[0].startswith("error: figure-suspect (table 1 row 3 column 1")
    explained = "\n".join(explain_lines(audited))
    assert (
        "suspect: table 1, 塔城地区合计, 补助 / 缴费<b> (L9:C2): printed 31, perhaps 30"
        in explained
    )
    assert "    31 = 10 + 20 → 30 ✗" in explained
    assert "no equation reaches it" in explained


def test_a_proof_that_fails_is_told_and_never_passes_as_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NOTICE, "utf-8")

    def broken(*_: object) -> TableProof:
        raise ZeroDivisionError

    monkeypatch.setattr(ingest.proving, "prove_table", broken)
    failed = audited(attempt(path, "a.txt").notice)
    assert failed.failed
    assert failed.findings[0].rule == "internal-error"
    assert "ZeroDivisionError" in failed.findings[0].message
