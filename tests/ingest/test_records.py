"""What a notice becomes when it leaves: statuses, counts, outcome."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from ingest.records import Records, notice_to_records
from schemas.findings import Finding, Severity
from schemas.notice import Allocation, ReadNotice
from schemas.proofs import Proof, Status
from schemas.source import LineRef
from tests.made_notices import (
    FINDING,
    PLAIN,
    ROWS,
    SHAWAN,
    TACHENG,
    allocation,
    made_notice,
    number,
    performance,
    placed,
    proved,
)

FINDING_OF_PROOF = Finding("sum-repaired", Severity.NOTE, "改为 4361。")


@pytest.fixture(name="records", scope="module")
def made_records() -> Records:
    return notice_to_records(made_notice())


def outcome_of(notice: ReadNotice) -> str:
    return notice_to_records(notice).notices[0].outcome


def sound_table() -> Allocation:
    made = allocation((ROWS[0], ROWS[1]), (SHAWAN, TACHENG))
    return replace(made, table=replace(made.table, findings=()))


def test_status_of_a_figure_before_any_proof_is_what_its_print_says(records: Records) -> None:
    statuses = Counter(figure.status for figure in records.figures)
    assert statuses == {
        Status.UNPROVED: 6,
        Status.BLANK: 1,
        Status.NOT_APPLICABLE: 1,
        Status.UNREADABLE: 1,
        Status.TEXT: 3,
    }


def test_blank_zero_not_applicable_and_unreadable_stay_four_things(records: Records) -> None:
    cells = {(f.row_no, f.col_no): (f.printed, f.value, f.status) for f in records.figures}
    assert cells[2, 1] == ("", None, Status.BLANK)
    assert cells[3, 1] == ("0", Decimal(0), Status.UNPROVED)
    assert cells[2, 2] == ("×", None, Status.NOT_APPLICABLE)
    assert cells[3, 3] == ("8?1", None, Status.UNREADABLE)


def test_a_figure_carries_its_place_and_its_header(records: Records) -> None:
    figure = records.figures[2]
    assert (figure.item, figure.formula, figure.measure) == ("合计", "3=1×2", "万元")
    assert (figure.unit_printed, figure.unit_code, figure.unit_name) == (
        "沙湾市",
        "654203",
        "沙湾市",
    )
    assert (figure.row_no, figure.col_no, figure.page, figure.ref) == (1, 3, 1, "L9:C2")
    assert records.figures[0].item == "缴费补助 / 人数"


def test_counts_and_measure_of_the_notice(records: Records) -> None:
    notice = records.notices[0]
    assert (notice.tables, notice.figures, notice.indicators) == (3, 12, 5)
    assert (notice.unproved, notice.proved, notice.repaired, notice.suspect) == (6, 0, 0, 0)
    assert notice.measure == "人、万元"


def test_measure_of_a_notice_without_allocation_table_is_that_of_its_first_table() -> None:
    notice = made_notice(tables=(performance(1), PLAIN))
    assert notice_to_records(notice).notices[0].measure == "万元"


def test_indicator_statuses(records: Records) -> None:
    assert [indicator.status for indicator in records.indicators] == [
        Status.UNPROVED,
        Status.MOVED,
        Status.BLANK,
        Status.TEXT,
        Status.UNPROVED,
    ]


def test_actual_value_of_a_range_is_left_out_and_its_print_kept(records: Records) -> None:
    first, last = records.indicators[0], records.indicators[4]
    assert (first.actual_value, first.actual_measure) == (Decimal("0.1"), "%")
    assert (last.actual_value, last.actual_printed) == (None, "95至98")


def test_tables_of_all_kinds_are_listed_with_their_pages(records: Records) -> None:
    assert [(t.kind.value, t.pages, t.rows, t.columns) for t in records.tables] == [
        ("allocation", "1-3", 3, 4),
        ("performance_target", "4", 8, 7),
        ("tracking_form", "5", 0, 0),
    ]


def test_a_finding_is_published_once_and_gets_the_number_of_its_table() -> None:
    table = allocation(ROWS, (SHAWAN, None, TACHENG))
    left_with_table = table.table.findings[0]
    notice = made_notice(tables=(table,), findings=(FINDING, left_with_table, FINDING))
    findings = notice_to_records(notice).findings
    assert [(f.rule, f.table_no) for f in findings] == [("cell-left-over", 1), ("sum-fails", 1)]


def test_recomputed_numbers_are_rounded_to_what_every_format_holds(records: Records) -> None:
    assert records.findings[-1].recomputed == Decimal("0.333333333333333")


def test_number_of_glued_cells_keeps_its_print_and_loses_its_value() -> None:
    glued = (number("60113486011348117563211873"), *ROWS[0][1:])
    made = allocation((glued, ROWS[1]), (SHAWAN, TACHENG))
    records = notice_to_records(made_notice(tables=(made,), findings=()))
    figure = records.figures[0]
    assert (figure.printed, figure.value) == ("60113486011348117563211873", None)
    assert figure.status is Status.UNREADABLE
    assert ("number-too-long", 1, 1, 1) in [
        (f.rule, f.table_no, f.row_no, f.col_no) for f in records.findings
    ]


def test_a_proof_replaces_what_the_print_alone_says() -> None:
    notice = made_notice()
    proof = Proof(Status.REPAIRED, Decimal(4361), (), (0, 1), 2)
    records = notice_to_records(proved(notice, proof, FINDING_OF_PROOF))
    figure = records.figures[2]
    assert (figure.printed, figure.value, figure.proofs) == ("-4360", Decimal(4361), 2)
    assert (records.notices[0].repaired, records.notices[0].unproved) == (1, 5)
    assert [f.table_no for f in records.findings if f.rule == "sum-repaired"] == [1]


def test_all_proposals_are_published() -> None:
    notice = made_notice()
    proof = Proof(Status.SUSPECT, Decimal(-4360), (Decimal(-4350), Decimal("1E+3")), (0,), 0)
    figure = notice_to_records(proved(notice, proof)).figures[2]
    assert (figure.value, figure.proposal) == (Decimal(-4360), "-4350 | 1000")


def test_accepted_only_where_nobody_needs_to_look() -> None:
    note = Finding("layout", Severity.NOTE, "读法", ref=LineRef(1))
    assert outcome_of(made_notice(tables=(sound_table(),), findings=(note,))) == "accepted"


@pytest.mark.parametrize(
    "notice",
    [
        made_notice(tables=(sound_table(),), findings=(FINDING,)),
        made_notice(tables=(allocation(ROWS[:2], (None, TACHENG)),), findings=()),
        made_notice(tables=(allocation(ROWS, (SHAWAN, SHAWAN, TACHENG)),), findings=()),
        made_notice(tables=(replace(performance(), placement=placed("某局", None)),), findings=()),
    ],
    ids=["warning", "unresolved unit", "unreadable cell", "unresolved budget unit"],
)
def test_doubt_asks_for_review(notice: ReadNotice) -> None:
    assert outcome_of(notice) == "needs_review"


def test_a_total_without_code_alone_asks_for_no_review() -> None:
    made = allocation((ROWS[0], ROWS[1]), (SHAWAN, None))
    assert outcome_of(made_notice(tables=(made,), findings=())) == "accepted"


def test_suspect_figure_asks_for_review() -> None:
    notice = made_notice(tables=(sound_table(),), findings=())
    suspect = proved(notice, Proof(Status.SUSPECT, Decimal(-4360), (), (0,), 0))
    assert notice_to_records(suspect).notices[0].outcome == "needs_review"


def test_rejected_document_is_listed_as_such() -> None:
    assert outcome_of(replace(made_notice(tables=()), rejected=True)) == "rejected"


def test_rows_and_placements_that_do_not_match_are_an_error_not_a_shift() -> None:
    made = sound_table()
    broken = replace(made, placements=made.placements[:1])
    with pytest.raises(ValueError, match="shorter"):
        notice_to_records(made_notice(tables=(broken,)))
