"""Forms in across form: a column a unit, with the amounts of each unit in its column."""

from collections.abc import Sequence
from dataclasses import dataclass

from normalize.performance.claims import is_claim_like
from normalize.performance.grid import GridRow, Slot
from normalize.performance.labels import AMOUNTS, text_to_meaning
from normalize.performance.taxonomy import is_level
from normalize.performance.upright import Draft
from normalize.performance.words import bare, lookup
from normalize.quantities import text_to_quantity
from schemas.findings import Cause, Finding, Severity
from schemas.tables import AllocationTable, CellKind, Column, Part, Quantity, Row

_FEWEST = 2
_TARGETS = "绩效指标"


def rows_to_units(rows: Sequence[GridRow]) -> tuple[Slot, ...]:
    """Finds the names of the units, one for each of their columns; none in an upright form.

    They are two or more names above the numbers of a row of amounts:
    `项目名称 | 城乡居民… | | 塔城地区 | 塔城 | 额敏` above `年度金额: | | | 2483 | 273 | 312`.
    """
    for number, row in enumerate(rows):
        if _amount_label(row) is None:
            continue
        numbers = [slot.column for slot in row.filled if _is_number(slot)]
        if len(numbers) < _FEWEST:
            continue
        for above in range(number - 1, -1, -1):
            names = [
                slot for slot in rows[above].filled if slot.column in numbers and _is_name(slot)
            ]
            if len(names) >= max(_FEWEST, (len(numbers) + 1) // 2):
                return _all_names(rows[above], min(numbers))
        return ()
    return ()


def _all_names(row: GridRow, first: int) -> tuple[Slot, ...]:
    return tuple(slot for slot in row.filled if slot.column >= first and _is_name(slot))


def _amount_label(row: GridRow) -> Slot | None:
    """The innermost label of an amount in a row (`其中: 自治区资金`)."""
    labels = [
        slot
        for slot in row.filled
        if (meaning := text_to_meaning(slot.text)) is not None and meaning.label in AMOUNTS
    ]
    return labels[-1] if labels else None


def _is_number(slot: Slot) -> bool:
    return text_to_quantity(slot.text, slot.ref).kind is CellKind.NUMBER


def _is_name(slot: Slot) -> bool:
    return (
        not _is_number(slot)
        and not is_claim_like(slot.text)
        and text_to_meaning(slot.text) is None
        and bare(slot.text) not in lookup("budget_columns", "printed", "meaning")
        and bare(slot.text) not in lookup("headers", "printed", "meaning")
        and not is_level(slot.text)
    )


@dataclass(frozen=True, slots=True)
class AcrossForm:
    """A form in across form: its rows above the indicators, its units, and its indicators where
    each unit has a target of its own (else none)."""

    part: Part
    rows: tuple[GridRow, ...]
    units: tuple[Slot, ...]
    measure: str
    drafts: tuple[Draft, ...]


def across_to_amounts(form: AcrossForm, number: int) -> AllocationTable:
    """The values by unit as an allocation table: a row a unit, a column an amount of the form.

    Targets by unit are columns too, behind the amounts, under 绩效指标 and the indicator's name.
    """
    found = [(label, row) for row in form.rows if (label := _amount_label(row)) is not None]
    paths: list[tuple[str, ...]] = [(label.text.rstrip(":： "),) for label, _ in found]
    paths += [(_TARGETS, draft.name) for draft in form.drafts]
    measures = [form.measure for _ in found] + ["" for _ in form.drafts]
    table = form.part.tables[0]
    return AllocationTable(
        number,
        form.part.title,
        form.measure,
        tuple(
            Column(i, path, "", "", measure, is_text=len(path) > 1)
            for i, (path, measure) in enumerate(zip(paths, measures, strict=True), start=1)
        ),
        tuple(_unit_row(at, unit, form, found) for at, unit in enumerate(form.units, start=1)),
        table.reader,
        tuple(sorted({one.page for one in form.part.tables})),
        form.units[0].ref,
        findings=tuple(f for _, row in found for f in _strays(row, form.units, number)),
    )


def _unit_row(
    number: int, unit: Slot, form: AcrossForm, found: Sequence[tuple[Slot, GridRow]]
) -> Row:
    cells = [_cell(row, unit, label) for label, row in found]
    cells += [_target(draft, unit) for draft in form.drafts]
    return Row(number, unit.text, tuple(cells), form.part.tables[0].page, unit.ref)


def _target(draft: Draft, unit: Slot) -> Quantity:
    """A target as a cell of words: its claim is that of the indicator, here it is only kept."""
    slot = draft.by_column.get(unit.column)
    if slot is None:
        return Quantity("", CellKind.BLANK, None, 0, "", draft.ref)
    return Quantity(slot.text, CellKind.TEXT, None, 0, "", slot.ref)


def _cell(row: GridRow, name: Slot, label: Slot) -> Quantity:
    """The amount in a unit's column; a place that the row does not have is blank."""
    slot = row.at(name.column)
    if slot is None:
        return text_to_quantity("", label.ref)
    return text_to_quantity(slot.text if slot.own else "", slot.ref)


def _strays(row: GridRow, units: Sequence[Slot], number: int) -> list[Finding]:
    """Numbers that stand under no unit: the row may have shifted, so nobody's amount is sure."""
    columns = {slot.column for slot in units}
    return [
        Finding(
            "amount-stray",
            Severity.WARNING,
            f"The amount {slot.text} stands under no unit; the amounts of its row may be shifted.",
            Cause.EXTRACTION,
            number,
            printed=slot.text,
            ref=slot.ref,
        )
        for slot in row.filled
        if slot.column not in columns and _is_number(slot)
    ]
