"""Notices made by hand, with every kind of cell, for tests of what leaves the house."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from schemas.findings import Cause, Finding, Severity
from schemas.head import Account, AccountKind, NoticeHead
from schemas.notice import Allocation, NoticeTable, Performance, ReadNotice
from schemas.performance import Attained, Budget, Claim, Comparator, Indicator, PerformanceTable
from schemas.places import Level, Placement, Unit, UnitStatus
from schemas.proofs import Proof, Status, Structure, TableProof
from schemas.source import Cell, Document, Layout, Line, LineRef, Media, RawTable, Reader
from schemas.tables import (
    AllocationTable,
    CellKind,
    Column,
    PlainTable,
    Quantity,
    Role,
    Row,
    TableKind,
)

NOTICE_ID = "ab" * 32
TACHENG = Unit("654200", "塔城地区", Level.PREFECTURE, "650000", 1980, 2024)
SHAWAN = Unit("654203", "沙湾市", Level.COUNTY, "654200", 2021, 2024)


def number(text: str, line: int = 9, cell: int = 2, measure: str = "") -> Quantity:
    """A cell with a number: "-4,360" or "60%"."""
    digits = text.removesuffix("%").replace(",", "")
    decimals = len(digits.partition(".")[2])
    ref = LineRef(line, cell)
    return Quantity(text, CellKind.NUMBER, Decimal(digits), decimals, measure, ref)


def other(text: str, kind: CellKind) -> Quantity:
    """A cell without a number."""
    return Quantity(text, kind, None, 0, "", LineRef(9, 5))


def placed(printed: str, unit: Unit | None) -> Placement:
    """An exact placement, or an unresolved one."""
    if unit is None:
        return Placement(printed, None, UnitStatus.UNRESOLVED, Decimal(0))
    return Placement(printed, unit, UnitStatus.EXACT, Decimal("0.98"))


COLUMNS = (
    Column(1, ("缴费补助", "人数"), "1", "", "人", is_text=False),
    Column(2, ("补助\n比例",), "2", "", "%", is_text=False),
    Column(3, ("合计",), "3", "3=1×2", "万元", is_text=False),
    Column(4, ("直达资金标识",), "", "", "", is_text=True),
)


def allocation(
    rows: tuple[tuple[Quantity, ...], ...], units: tuple[Unit | None, ...]
) -> Allocation:
    """An allocation table whose last row is the total."""
    names = [unit.name if unit else "=某县" for unit in units]
    table = AllocationTable(
        number=1,
        title="补助资金分配表",
        measure="人、万元",
        columns=COLUMNS,
        rows=tuple(
            Row(n, name, cells, 1, LineRef(n + 8))
            for n, (name, cells) in enumerate(zip(names, rows, strict=True), 1)
        ),
        reader=Reader.TABS,
        pages=(1, 2, 3),
        ref=LineRef(5, 1),
        findings=(Finding("cell-left-over", Severity.NOTE, "一格多余", ref=LineRef(9, 7)),),
    )
    roles = (*(Role.UNIT,) * (len(rows) - 1), Role.TOTAL)
    placements = tuple(placed(name, unit) for name, unit in zip(names, units, strict=True))
    return Allocation(table, Structure(roles, ()), placements)


ROWS = (
    (
        number("6,011,348"),
        number("60%"),
        number("-4360"),
        other("01自治区\n直达资金", CellKind.TEXT),
    ),
    (
        other("", CellKind.BLANK),
        other("×", CellKind.NOT_APPLICABLE),
        number("91.50"),
        other("@谁", CellKind.TEXT),
    ),
    (number("0"), number("0.00%"), other("8?1", CellKind.UNREADABLE), other("-", CellKind.TEXT)),
)


def claim(printed: str, comparator: Comparator, low: str = "", high: str = "") -> Claim:
    """An indicator's value."""
    bounds = [Decimal(bound) if bound else None for bound in (low, high)]
    return Claim(printed, comparator, bounds[0], bounds[1], "%", "", LineRef(30, 6))


def indicator(
    n: int, target: Claim, actual: Claim | None = None, *, moved: bool = False
) -> Indicator:
    """One row of a performance table."""
    return Indicator(
        number=n,
        level1="产出指标",
        level2="时效指标",
        level2_printed="成本指标" if moved else "时效指标",
        moved=moved,
        name="及时率",
        target=target,
        actual=actual,
        attained=Attained.YES if actual else None,
        weight=number("10"),
        score=number("9.50"),
        reason="",
        ref=LineRef(29 + n, 1),
    )


def performance(table_no: int = 2) -> Performance:
    """A target table with one indicator of each status."""
    table = PerformanceTable(
        number=table_no,
        kind=TableKind.PERFORMANCE_TARGET,
        title="绩效目标表",
        measure="万元",
        budget_unit="塔城地区财政局",
        project="补助",
        budget=Budget(total=number("2614"), fiscal=number("2614.00"), other=number("0")),
        goal="",
        result="",
        indicators=(
            indicator(
                1, claim("≥95%", Comparator.GE, "95"), claim("<0.1%", Comparator.LE, "", "0.1")
            ),
            indicator(2, claim("=1次", Comparator.EQ, "1"), moved=True),
            indicator(3, claim("", Comparator.TEXT)),
            indicator(4, claim("持续推动", Comparator.TEXT)),
            indicator(
                5,
                claim("105%≤≥95%", Comparator.BETWEEN, "95", "105"),
                claim("95至98", Comparator.BETWEEN, "95", "98"),
            ),
        ),
        amounts=None,
        rows=8,
        columns=7,
        reader=Reader.TABS,
        pages=(4,),
        ref=LineRef(25, 1),
    )
    return Performance(table, placed("塔城地区财政局", TACHENG), None)


PLAIN = PlainTable(
    number=3,
    kind=TableKind.TRACKING_FORM,
    title="跟踪反馈表",
    measure="万元",
    rows=0,
    columns=0,
    reader=Reader.TABS,
    pages=(5,),
    ref=LineRef(40),
)

HEAD = NoticeHead(
    doc_no="新财社〔2020〕287号",
    title="关于提前下达补助资金的通知",
    issuers=("甲财政厅", "乙厅"),
    recipients=("各地（州、市）财政局",),
    issued_on=date(2020, 12, 25),
    printed_on=date(2020, 12, 26),
    fiscal_year=2021,
    programme="城乡居民基本养老保险",
    accounts=(Account(AccountKind.FUNCTION, "2082602", '财政对"基金"的补助'),),
    direct_fund_mark="01 自治区直达资金",
    cites=("新财预〔2018〕21号",),
    attachments=("分配表", "=绩效目标表"),
)

RAW = RawTable(
    rows=(
        (Cell("单位", LineRef(8, 1), rowspan=2), Cell("人数", LineRef(8, 2), colspan=3)),
        (Cell("=1+1", LineRef(9, 1)), Cell("", LineRef(9, 2))),
    ),
    reader=Reader.TABS,
)

FINDING = Finding(
    rule="sum-fails",
    severity=Severity.WARNING,
    message="合计与各项之和相差 1。",
    cause=Cause.SOURCE,
    table_no=1,
    row_no=3,
    col_no=1,
    printed="-1",
    recomputed=Decimal(1) / Decimal(3),
    difference=Decimal("1E+1"),
    tolerance=Decimal("0.5"),
    ref=LineRef(11, 2),
)


def made_notice(
    source: str = "甲/notice.txt",
    tables: tuple[NoticeTable, ...] | None = None,
    findings: tuple[Finding, ...] = (FINDING,),
) -> ReadNotice:
    """A notice with an allocation table, a target table and a tracking form."""
    if tables is None:
        tables = (allocation(ROWS, (SHAWAN, None, TACHENG)), performance(), PLAIN)
    document = Document(source, NOTICE_ID, Media.TEXT, b"")
    layout = Layout((Line("单位：万元", LineRef(7)), RAW))
    return ReadNotice(document, layout, HEAD, tables, findings)


def silent_proof(cell: Quantity) -> Proof:
    """A proof that says what the print says."""
    status = Status.UNPROVED if cell.kind is CellKind.NUMBER else Status(cell.kind.value)
    return Proof(status, cell.value, (), (), 0)


def proved(notice: ReadNotice, proof: Proof, *findings: Finding) -> ReadNotice:
    """A notice with a proof of table 1 that says nothing new but of its first row's third cell."""
    table = notice.tables[0]
    assert isinstance(table, Allocation)
    silent = [[silent_proof(cell) for cell in row.cells] for row in table.table.rows]
    silent[0][2] = proof
    return replace(notice, proofs={1: TableProof(tuple(map(tuple, silent)), (), findings)})
