"""Checks that are certain from the print alone."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audit.checks import CheckedNotice, check_header_formulas, check_notice
from audit.structure import table_to_structure
from schemas.findings import Cause, Severity
from schemas.notice import Allocation, Performance
from schemas.performance import Budget, Claim, Comparator, Indicator, PerformanceTable
from schemas.places import Placement, UnitStatus
from schemas.proofs import Structure
from schemas.source import LineRef, Reader
from schemas.tables import AllocationTable, Column, TableKind

NOWHERE = Placement("", None, UnitStatus.UNRESOLVED, Decimal(0))


def indicator(number, name, actual=None, weight=None, score=None):
    claim = Claim("", Comparator.TEXT, None, None, "", "", None)
    done = (
        Claim(f"{actual}%", Comparator.EQ, Decimal(actual), None, "%", "", None) if actual else None
    )
    kind = "数量指标"
    return Indicator(
        number,
        "产出指标",
        kind,
        kind,
        False,
        name,
        claim,
        done,
        None,
        weight,
        score,
        "",
        LineRef(1),
    )


@pytest.fixture
def form(quantity):
    def make(amounts, kind=TableKind.PERFORMANCE_TARGET, indicators=(), placement=NOWHERE):
        budget = Budget(**{k: quantity(v) for k, v in amounts.items()})
        table = PerformanceTable(
            2, kind, "绩效目标表", "万元", "", "", budget, "", "", tuple(indicators), None, 1, 1,
            Reader.TABS, (1,), LineRef(1),
        )  # fmt: skip
        return Performance(table, placement, None)

    return make


def rules(*performances):
    return [f.rule for f in check_notice(CheckedNotice((), performances))]


def test_parts_of_the_budget_must_add_up(form):
    assert rules(form({"total": "91.59", "fiscal": "91.59", "other": "0"})) == []
    assert rules(form({"total": "0", "fiscal": "90", "other": ""})) == ["budget-sum"]
    assert rules(form({"total": "662.98", "fiscal": "662.88", "other": "0"})) == ["budget-sum"]


def test_carried_over_funds_may_complete_a_self_evaluation(form):
    amounts = {"total": "120", "fiscal": "100", "other": "0"}
    assert rules(form(amounts, TableKind.SELF_EVALUATION)) == []
    assert rules(form({**amounts, "total": "90"}, TableKind.SELF_EVALUATION)) == ["budget-sum"]


def test_weights_and_scores(form, quantity):
    def rows(*pairs):
        cells = [(quantity(w), quantity(s)) for w, s in pairs]
        return [indicator(i, f"i{i}", None, w, s) for i, (w, s) in enumerate(cells, 1)]

    assert rules(form({}, indicators=rows(("50", "50"), ("30", "28"), ("10", "10")))) == []
    assert rules(form({}, indicators=rows(("50", "50"), ("30", "28")))) == ["weight-sum"]
    assert rules(form({}, indicators=rows(("60", "50"), ("40", "41")))) == ["score-above-weight"]


def test_execution_rate(form):
    amounts = {"budget": "1410942", "executed": "1281199"}
    right, wrong = indicator(1, "预算执行率", "90.80"), indicator(1, "预算执行率", "92.85")
    assert rules(form(amounts, indicators=[right])) == []
    assert rules(form(amounts, indicators=[wrong])) == ["execution-rate"]


def test_sums_that_fail_say_by_how_much(table, pensions):
    made = table(pensions)
    allocation = Allocation(made, table_to_structure(made), ())
    found = check_notice(CheckedNotice((allocation,), ()))
    told = {(f.row_no, f.col_no): (f.printed, f.recomputed, f.difference) for f in found}
    assert {f.rule for f in found} == {"sum-mismatch"}
    assert told == {
        (24, 5): ("32346", Decimal(32846), Decimal(-500)),
        (55, 6): ("156130", Decimal(156429), Decimal(-299)),
        (1, 5): ("1175632", Decimal(1175132), Decimal(500)),
        (1, 6): ("1187388", Decimal(1187089), Decimal(299)),
    }


@pytest.mark.parametrize(
    ("path", "formula", "is_text", "found"),
    [
        (("丙项", "4=2^99999999"), "", False, True),
        (("丙项 4=@#￥%……&*",), "", False, True),
        (("备注",), "4=2+3", True, True),
        (("丙项",), "4=2+3", False, False),
        (("2021年补助（比例=60%）",), "", False, False),
    ],
)
def test_what_only_looks_like_a_formula_is_a_note(path, formula, is_text, found):
    column = Column(1, path, "", formula, "万元", is_text)
    made = AllocationTable(1, "", "", (column,), (), Reader.TABS, (1,), LineRef(1))
    notice = CheckedNotice((Allocation(made, Structure((), ()), ()),))
    rules = [(f.rule, f.severity) for f in check_header_formulas(notice)]
    assert rules == ([("formula-unreadable", Severity.NOTE)] if found else [])


@pytest.mark.parametrize(
    ("reader", "born_digital", "cause"),
    [
        (Reader.TABS, False, Cause.UNKNOWN),
        (Reader.TABS, True, Cause.SOURCE),
        (Reader.SHEET, False, Cause.SOURCE),
    ],
)
def test_what_its_author_typed_is_the_sources_fault(table, pensions, reader, born_digital, cause):
    made = replace(table(pensions), reader=reader)
    allocation = Allocation(made, table_to_structure(made), ())
    found = check_notice(CheckedNotice((allocation,), born_digital=born_digital))
    assert {(f.rule, f.cause) for f in found} == {("sum-mismatch", cause)}
