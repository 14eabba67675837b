"""Notices for the cross-checks: real ones through the pipeline, small ones made by hand."""

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from audit.cross import ReadFacts, cross_check
from audit.proof import prove_table
from ingest.recipe import open_document, read_document
from normalize.parts import layout_to_parts
from normalize.performance.claims import text_to_claim
from schemas.notice import Allocation, Performance
from schemas.performance import Attained, Budget, Indicator, PerformanceTable
from schemas.places import Level, Placement, Unit, UnitStatus
from schemas.proofs import Structure
from schemas.source import LineRef, Reader
from schemas.tables import AllocationTable, CellKind, Column, Quantity, Role, Row, TableKind
from tests.outside import require_original

ROOT = Path(__file__).resolve().parents[3]


@cache
def read_facts(path: Path) -> ReadFacts:
    notice = read_document(open_document(path, path.name))
    allocations = tuple(t for t in notice.tables if isinstance(t, Allocation))
    return ReadFacts(
        allocations,
        tuple(t for t in notice.tables if isinstance(t, Performance)),
        layout_to_parts(notice.layout).text,
        notice.head,
        tuple(prove_table(a.table, a.structure, born_digital=False) for a in allocations),
    )


@pytest.fixture
def fixture_facts() -> Callable[[str], ReadFacts]:
    return lambda case: read_facts(next((ROOT / "fixtures" / case).glob("input.*")))


@pytest.fixture
def original_facts() -> Callable[[str], ReadFacts]:
    return lambda number: read_facts(require_original(number))


def make_cell(text: str) -> Quantity:
    ref = LineRef(1, 1)
    if not text:
        return Quantity("", CellKind.BLANK, None, 0, "", ref)
    places = len(text.partition(".")[2])
    return Quantity(text, CellKind.NUMBER, Decimal(text), places, "", ref)


def make_place(code: str, name: str = "") -> Placement:
    if not code:
        return Placement(name, None, UnitStatus.UNRESOLVED, Decimal(0))
    unit = Unit(code, name or f"unit {code}", Level.COUNTY, code[:4] + "00", 2000, 2030)
    return Placement(name, unit, UnitStatus.EXACT, Decimal(1))


def make_form(
    total: str = "",
    indicators: list[tuple[str, ...]] | None = None,
    code: str = "",
    number: int = 2,
    goal: str = "",
    result: str = "",
    project: str = "项目",
    budget: tuple[str, str] | None = None,
) -> Performance:
    """Indicators are (name, target) or (name, target, actual)."""
    rows = tuple(
        Indicator(
            n, "产出指标", "数量指标", "数量指标", False, name, text_to_claim(target, None),
            text_to_claim(actual[0], None) if actual else None,
            Attained.UNCLEAR if actual else None, None, None, "", LineRef(n),
        )
        for n, (name, target, *actual) in enumerate(indicators or [], 1)
    )  # fmt: skip
    evaluated = budget is not None or bool(result)
    amounts = Budget(
        make_cell(total) if total else None,
        budget=make_cell(budget[0]) if budget else None,
        executed=make_cell(budget[1]) if budget else None,
    )
    kind = TableKind.SELF_EVALUATION if evaluated else TableKind.PERFORMANCE_TARGET
    table = PerformanceTable(
        number, kind, "绩效目标表", "万元", f"office of {code}", project, amounts, goal, result,
        rows, None, 1, 1, Reader.TABS, (1,), LineRef(1),
    )  # fmt: skip
    return Performance(table, make_place(code), None)


def make_allocation(
    columns: list[tuple[str, str]], rows: list[tuple[str, Role, list[str]]], number: int = 1
) -> Allocation:
    """Columns are (name, measure); rows are (unit code, role, cells)."""
    heads = tuple(
        Column(n, (name,), "", "", measure, False) for n, (name, measure) in enumerate(columns, 1)
    )
    lines = tuple(
        Row(n, f"unit {code}", tuple(map(make_cell, cells)), 1, LineRef(n))
        for n, (code, _, cells) in enumerate(rows, 1)
    )
    table = AllocationTable(number, "分配表", "", heads, lines, Reader.TABS, (1,), LineRef(1))
    structure = Structure(tuple(role for _, role, _ in rows), ())
    return Allocation(table, structure, tuple(make_place(code) for code, _, _ in rows))


@pytest.fixture
def form() -> Callable[..., Performance]:
    return make_form


@pytest.fixture
def allocation() -> Callable[..., Allocation]:
    return make_allocation


@pytest.fixture
def found() -> Callable[..., list[tuple[str, int | None]]]:
    """(rule, row) of the findings of some forms that stand alone in a notice."""

    def check(*forms: Performance) -> list[tuple[str, int | None]]:
        return [(f.rule, f.row_no) for f in cross_check(ReadFacts(performances=forms))]

    return check
