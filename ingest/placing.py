"""Who stands in each row: typed tables and the sums found in them become placements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from audit.structure import table_to_structure
from ingest.interpreting import TypedTable
from normalize.places import Gazetteer, home_of, home_of_rows, place_name, place_rows
from schemas.findings import Cause, Finding, Severity
from schemas.head import NoticeHead
from schemas.notice import Allocation, NoticeTable, Performance
from schemas.performance import PerformanceTable
from schemas.places import Placement, RowClue, Unit, UnitStatus
from schemas.proofs import Structure
from schemas.source import Ref
from schemas.tables import AllocationTable, PlainTable

_MOST_CANDIDATES = 3
_MOST_ROUNDS = 3
_BEFORE_YEAR = regex.compile(
    r"(?:关于)?(?:提前)?(?:下达|拨付|分配)?(?P<name>\p{Han}{2,15}?)[0-9]{4}年"
)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is known of all rows of a notice: the unit it comes from, its year, amounts by name."""

    gazetteer: Gazetteer
    home: Unit | None
    year: int | None
    amounts: Mapping[str, Decimal]


def whereabouts(
    head: NoticeHead, tables: Sequence[TypedTable], gazetteer: Gazetteer
) -> Whereabouts:
    """Gather what the whole notice says of its units.

    Names hold as of the year in which the notice was issued, which is the year before the fiscal
    year where funds are handed down early.
    """
    issued = head.issued_on or head.printed_on
    year = issued.year if issued else head.fiscal_year
    forms = [table for table in tables if isinstance(table, PerformanceTable)]
    # The form of one county tells nothing of the table of all: it is asked last.
    home = (
        home_of(_told(head.doc_no, *head.issuers, *head.recipients), year, gazetteer)
        or home_of(_names_in_titles(head, tables), year, gazetteer)
        or home_of_rows(_names_in_rows(tables), year, gazetteer)
        or home_of(_told(*(form.budget_unit for form in forms)), year, gazetteer)
    )
    return Whereabouts(gazetteer, home, year, _amounts_by_name(forms))


def _told(*names: str) -> list[str]:
    return [name for name in names if name]


def _names_in_titles(head: NoticeHead, tables: Sequence[TypedTable]) -> list[str]:
    """What stands before the year in titles: 临夏州 of 临夏州2022年农村饮水安全补助资金分配表."""
    titles = (head.title, *(table.title for table in tables))
    return [match["name"] for title in titles if (match := _BEFORE_YEAR.match(title))]


def _names_in_rows(tables: Sequence[TypedTable]) -> list[str]:
    return [
        row.unit_printed
        for table in tables
        if isinstance(table, AllocationTable)
        for row in table.rows
    ]


def _amounts_by_name(forms: Sequence[PerformanceTable]) -> dict[str, Decimal]:
    amounts: dict[str, Decimal] = {}
    for form in forms:
        if form.budget_unit and form.budget.total is not None and form.budget.total.value:
            amounts[form.budget_unit] = form.budget.total.value
    return amounts


def place_table(table: TypedTable, where: Whereabouts) -> NoticeTable:
    """A table with the units of its rows; a table that is not interpreted stays as it is."""
    if isinstance(table, PlainTable):
        return table
    if isinstance(table, AllocationTable):
        return _place_allocation(table, where)
    placement = place_name(table.budget_unit, where.home, where.year, where.gazetteer)
    amounts = _place_allocation(table.amounts, where) if table.amounts else None
    return Performance(table, placement, amounts)


def _place_allocation(table: AllocationTable, where: Whereabouts) -> Allocation:
    """Sums by figures and words place the rows; places tell more sums, and these more places."""
    structure = table_to_structure(table)
    placements = _placements(table, structure, where)
    for _ in range(_MOST_ROUNDS):
        told = table_to_structure(table, wholes_of(placements, where.gazetteer))
        if told == structure:
            break
        structure, placements = told, _placements(table, told, where)
    return Allocation(table, structure, placements)


def _placements(
    table: AllocationTable, structure: Structure, where: Whereabouts
) -> tuple[Placement, ...]:
    clues = _clues(table, structure)
    return place_rows(clues, where.home, where.year, where.gazetteer, where.amounts)


def wholes_of(placements: Sequence[Placement], gazetteer: Gazetteer) -> tuple[int | None, ...]:
    """For each row the row of the unit that its own belongs to, None where there is none.

    A unit that stands in several rows, or in a row and its total, is nobody's whole. One that
    counts as part of two others (塔城地区 of 新疆 and of 伊犁州) may be summed up in either.
    """
    rows: dict[str, list[int]] = {}
    for row, placement in enumerate(placements):
        if placement.unit is not None and placement.unit.code:
            rows.setdefault(placement.unit.code, []).append(row)
    once = {code: found[0] for code, found in rows.items() if len(found) == 1}
    return tuple(
        once.get(p.unit.parent)
        if p.unit is not None and p.unit.code not in gazetteer.under
        else None
        for p in placements
    )


def _clues(table: AllocationTable, structure: Structure) -> list[RowClue]:
    heads: dict[int, int] = {}
    for block in structure.blocks:  # from the outermost in, so the innermost head remains
        heads.update(dict.fromkeys(block.parts, block.head))
    return [
        RowClue(row.unit_printed, role, heads.get(i), tuple(cell.value for cell in row.cells))
        for i, (row, role) in enumerate(zip(table.rows, structure.roles, strict=True))
    ]


def placement_findings(table: NoticeTable) -> list[Finding]:
    """A finding for each row that has no unit, and for each whose printed name was not taken."""
    if isinstance(table, PlainTable):
        return []
    if isinstance(table, Performance):
        found = placement_findings(table.amounts) if table.amounts else []
        if table.table.budget_unit:
            found += _finding(table.placement, table.table.number, None, table.table.ref)
        return found
    return [
        finding
        for row, placement in zip(table.table.rows, table.placements, strict=True)
        for finding in _finding(placement, table.table.number, row.number, row.ref)
    ]


def _finding(placement: Placement, table_no: int, row_no: int | None, ref: Ref) -> list[Finding]:
    evidence = "; ".join(placement.evidence)
    if placement.status is UnitStatus.UNRESOLVED:
        candidates = [c.unit.name for c in placement.candidates[:_MOST_CANDIDATES]]
        named = f" It may be {' or '.join(candidates)}." if candidates else ""
        message = f"No safe unit for the printed name {placement.printed!r}.{named} {evidence}"
        rule, severity = "unit-unresolved", Severity.WARNING
    elif placement.status in (UnitStatus.CORRECTED, UnitStatus.REASSIGNED) and placement.unit:
        message = f"Printed {placement.printed!r}, read as {placement.unit.name}: {evidence}"
        rule, severity = f"unit-{placement.status.value}", Severity.NOTE
    else:
        return []
    return [
        Finding(
            rule,
            severity,
            message.strip(),
            Cause.OCR if rule != "unit-unresolved" else Cause.UNKNOWN,
            table_no,
            row_no,
            printed=placement.printed,
            proposal=placement.unit.name if placement.unit else "",
            ref=ref,
        )
    ]
