"""An audited notice made by hand: every status, hostile names, proofs that no engine made."""

from dataclasses import replace
from decimal import Decimal

from ingest.reports.audited import Audited, audit_proved
from ingest.reports.reading import proved_notice
from schemas.findings import Cause, Finding, Severity
from schemas.notice import Allocation, ReadNotice
from schemas.proofs import Holding, Proof, ProofEquation, Status, Structure, TableProof
from schemas.source import LineRef, Reader
from schemas.tables import AllocationTable, CellKind, Column, Role, Row
from tests.made_notices import SHAWAN, TACHENG, made_notice, number, other, placed

HOSTILE = '<script>alert(1)</script>"&=HYPERLINK("http://x")'

COLUMNS = (
    Column(1, ("补助", "缴费<b>"), "1", "", "万元", is_text=False),
    Column(2, ("补助", "待遇"), "2", "", "万元", is_text=False),
    Column(3, ("合计",), "3", "3=1+2", "万元", is_text=False),
    Column(4, ("备注",), "", "", "", is_text=True),
)
# The second row prints 7 for 17; the total of the first column does not add up.
CELLS = (
    (number("10"), number("5"), number("15"), other("", CellKind.BLANK)),
    (number("20"), number("7", 10), number("37"), other("=1+1", CellKind.TEXT)),
    (number("31"), number("22"), number("52"), other("×", CellKind.NOT_APPLICABLE)),
    (number("0"), other("8?1", CellKind.UNREADABLE), number("6"), other("", CellKind.BLANK)),
)


def made_table() -> Allocation:
    names = ("塔城市", HOSTILE, "塔城地区合计", "开发区")
    rows = tuple(
        Row(n, name, cells, 1, LineRef(n + 8))
        for n, (name, cells) in enumerate(zip(names, CELLS, strict=True), 1)
    )
    table = AllocationTable(
        1, f"分配表{HOSTILE}", "万元", COLUMNS, rows, Reader.TABS, (1,), LineRef(5, 1)
    )
    roles = (Role.UNIT, Role.UNIT, Role.TOTAL, Role.UNIT)
    units = (SHAWAN, None, TACHENG, None)
    placements = tuple(placed(name, unit) for name, unit in zip(names, units, strict=True))
    return Allocation(table, Structure(roles, ()), placements)


def equation(
    out: tuple[int, int],
    inputs: tuple[tuple[int, int], ...],
    terms: str,
    recomputed: str,
    difference: str,
    holding: Holding = Holding.HOLDS,
) -> ProofEquation:
    source = "3=1+2" if terms else ""
    amounts = (Decimal(recomputed), Decimal(difference), Decimal("0.5"))
    return ProofEquation(out, inputs, terms, source, holding, *amounts)


EQUATIONS = (
    equation((0, 2), ((0, 0), (0, 1)), "{0} + {1}", "15", "0"),
    equation((1, 2), ((1, 0), (1, 1)), "{0} + {1}", "37", "0"),
    equation((2, 2), ((0, 2), (1, 2)), "", "52", "0"),
    equation((2, 1), ((0, 1), (1, 1)), "", "22", "0"),
    equation((2, 0), ((0, 0), (1, 0)), "", "30", "1", Holding.FAILS),
)


def proof(
    status: Status, value: str | None, equations: tuple[int, ...] = (), *proposals: str
) -> Proof:
    number_of = None if value is None else Decimal(value)
    return Proof(status, number_of, tuple(map(Decimal, proposals)), equations, len(equations))


def made_proof() -> TableProof:
    proved, blank = Status.PROVED, proof(Status.BLANK, None)
    rows = (
        (proof(proved, "10", (0,)), proof(proved, "5", (0, 3)), proof(proved, "15", (0, 2)), blank),
        (
            proof(proved, "20", (1,)),
            proof(Status.REPAIRED, "17", (1, 3)),
            proof(proved, "37", (1, 2)),
            proof(Status.TEXT, None),
        ),
        (
            proof(Status.SUSPECT, "31", (4,), "30"),
            proof(proved, "22", (3,)),
            proof(proved, "52", (2,)),
            proof(Status.NOT_APPLICABLE, None),
        ),
        (
            proof(Status.UNPROVED, "0"),
            proof(Status.UNREADABLE, None),
            proof(Status.UNPROVED, "6"),
            blank,
        ),
    )
    findings = (
        Finding("figure-repaired", Severity.NOTE, "7 is 17", Cause.OCR, 1, 2, 2, "7"),
        Finding("figure-suspect", Severity.ERROR, "31 may be wrong", Cause.UNKNOWN, 1, 3, 1, "31"),
        Finding("name-odd", Severity.WARNING, f"look at {HOSTILE}", Cause.OCR, 1, 2),
    )
    return TableProof(rows, EQUATIONS, findings)


def audited(notice: ReadNotice) -> Audited:
    proved = proved_notice(notice)
    return audit_proved(proved.records, proved.tables)


def made_audit(source: str = "甲/notice.txt") -> Audited:
    notice = made_notice(source, tables=(made_table(),), findings=())
    return audited(replace(notice, proofs={1: made_proof()}))


def clean_audit() -> Audited:
    """A notice without tables and findings."""
    notice = made_notice("乙.txt", tables=(), findings=())
    return audited(notice)


def failed_audit() -> Audited:
    finding = Finding("empty-document", Severity.ERROR, "丙.txt was not read: no text.")
    notice = made_notice("丙.txt", tables=(), findings=(finding,))
    return audited(replace(notice, rejected=True))
