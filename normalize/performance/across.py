"""Forms in across form: a column a unit, with the amounts of each unit in its column."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from normalize.performance.claims import is_claim_like, text_to_claim
from normalize.performance.fields import Field, FieldColumn, Header
from normalize.performance.grid import GridRow, Slot
from normalize.performance.labels import AMOUNTS, text_to_meaning
from normalize.performance.taxonomy import is_level
from normalize.performance.upright import Draft
from normalize.performance.words import bare, lookup
from normalize.quantities import text_to_quantity
from schemas.findings import Cause, Finding, Severity
from schemas.performance import Budget, UnitTarget
from schemas.tables import AllocationTable, CellKind, Column, Part, Quantity, Row

_FEWEST = 2


def rows_to_units(rows: Sequence[GridRow]) -> tuple[Slot, ...]:
    """Finds the names of the units, one for each of their columns; none in an upright form.

    They are two or more names above the numbers of a row of amounts:
    `项目名称 | 城乡居民… | | 塔城地区 | 塔城 | 额敏` above `年度金额: | | | 2483 | 273 | 312`.
    """
    for number, row in enumerate(rows):
        if _amount_label(row) is None:
            continue
        numbers = [slot.column for slot in row.filled if _is_number(slot)]
        if len(numbers) < _FEWEST or _has_own_labels(row):
            continue
        for above in range(number - 1, -1, -1):
            names = [slot for slot in _free(rows[above]) if slot.column in numbers]
            if len(names) >= max(_FEWEST, (len(numbers) + 1) // 2):
                return _all_names(rows[above], min(numbers))
        return ()
    return ()


def _free(row: GridRow) -> tuple[Slot, ...]:
    """The names of a row that no label stands before: 预算单位 | 某某局 names no column."""
    filled = row.filled
    labels = [text_to_meaning(slot.text) is not None for slot in filled]
    before = [False, *labels[:-1]]
    return tuple(s for s, told in zip(filled, before, strict=True) if _is_name(s) and not told)


def _has_own_labels(row: GridRow) -> bool:
    """Whether several amounts of a row have a label each: `年度资金总额 | 182.4 | 其他资金 | 0`."""
    labels = [_is_amount_label(slot) for slot in row.filled]
    pairs = zip(labels, row.filled[1:], strict=False)
    return sum(label and _is_number(slot) for label, slot in pairs) >= _FEWEST


def with_own_targets(header: Header, rows: Sequence[GridRow]) -> Header:
    """The header with a target column for each unit, where the form prints a target for each.

    In `一级指标 | 二级指标 | 三级指标 | 指标值 | |` above `… | 发放人数 | ≥58处 | ≥16处 | ≥12处`
    the names of the units stand with the amounts further up. It is so where most rows have two
    values and more below these names; one value in a row is the target of the whole.
    """
    units = rows_to_units(rows[: max(header.row, 0)])
    below = [row for row in rows[header.last + 1 :] if len(row.filled) > 1]
    columns = {unit.column for unit in units}
    several = sum(
        sum(slot.column in columns and is_claim_like(slot.text) for slot in row.filled) >= _FEWEST
        for row in below
    )
    if header.units or not units or several * 2 < max(len(below), 1):
        return header
    first = units[0].column
    before = tuple(column for column in header.columns if column.first < first)
    ends = [*(unit.column for unit in units[1:]), units[-1].column + 1]
    own = tuple(
        FieldColumn(Field.UNIT if at else Field.TARGET, unit.column, end, unit.text)
        for at, (unit, end) in enumerate(zip(units, ends, strict=True))
    )
    return replace(header, columns=(*before, *own), units=units)


def _all_names(row: GridRow, first: int) -> tuple[Slot, ...]:
    return tuple(slot for slot in row.filled if slot.column >= first and _is_name(slot))


def _amount_label(row: GridRow) -> Slot | None:
    """The innermost label of an amount in a row (`其中: 自治区资金`)."""
    labels = [slot for slot in row.filled if _is_amount_label(slot)]
    return labels[-1] if labels else None


def _is_amount_label(slot: Slot) -> bool:
    meaning = text_to_meaning(slot.text)
    return meaning is not None and meaning.label in AMOUNTS


def _is_number(slot: Slot) -> bool:
    return text_to_quantity(slot.text, slot.ref).kind is CellKind.NUMBER


@cache
def _budget_words() -> tuple[str, ...]:
    """What heads the columns of a budget table (全年执行数; and so 1-7月执行数), but 原因."""
    return tuple(word for word in lookup("budget_columns", "printed", "meaning"))


def _is_name(slot: Slot) -> bool:
    return (
        not _is_number(slot)
        and not is_claim_like(slot.text)
        and text_to_meaning(slot.text) is None
        and not bare(slot.text).endswith(_budget_words())
        and bare(slot.text) not in lookup("headers", "printed", "meaning")
        and not is_level(slot.text)
    )


@dataclass(frozen=True, slots=True)
class AcrossForm:
    """A form in across form: its rows above the indicators, and its units."""

    part: Part
    rows: tuple[GridRow, ...]
    units: tuple[Slot, ...]
    measure: str


def across_to_amounts(form: AcrossForm, number: int) -> AllocationTable:
    """The values by unit as an allocation table: a row a unit, a column an amount of the form."""
    found = [
        (label, _under_units(row, form.units))
        for row in form.rows
        if (label := _amount_label(row)) is not None
    ]
    width = _units_width(form)
    short = [row for _, row in found if _is_short(row, form.units, width)]
    table = form.part.tables[0]
    return AllocationTable(
        number,
        form.part.title,
        form.measure,
        tuple(
            Column(i, (label.text.rstrip(":： "),), "", "", form.measure, is_text=False)
            for i, (label, _) in enumerate(found, start=1)
        ),
        tuple(
            replace(_unit_row(at, unit, form, found), shift_uncertain=bool(short))
            for at, unit in enumerate(form.units, start=1)
        ),
        table.reader,
        tuple(sorted({one.page for one in form.part.tables})),
        form.units[0].ref,
        findings=(
            *(f for _, row in found for f in _strays(row, form.units, number)),
            *(_shifted(row, number) for row in short),
        ),
    )


def _under_units(row: GridRow, units: Sequence[Slot]) -> GridRow:
    """A row of amounts with each under its unit: where it prints as many as there are units, the
    first belongs to the first, whatever the places that its labels take."""
    numbers = [slot for slot in row.filled if _is_number(slot)]
    if len(numbers) != len(units):
        return row
    moved = {u.column: replace(n, column=u.column) for u, n in zip(units, numbers, strict=True)}
    width = max(len(row.slots), *(column + 1 for column in moved))
    refs = {slot.ref for slot in numbers}
    kept = {slot.column: slot for slot in row.slots if slot.ref not in refs}
    places = range(width)
    blank = [Slot(at, "", row.ref) for at in places]
    return replace(row, slots=tuple(moved.get(at) or kept.get(at) or blank[at] for at in places))


def _units_width(form: AcrossForm) -> int:
    """How many places the row has that prints the names of the units."""
    refs = {unit.ref for unit in form.units}
    rows = (row for row in form.rows if any(slot.ref in refs for slot in row.slots))
    # The header of the indicators prints them itself where no row above does.
    return max((len(row.slots) for row in rows), default=form.units[-1].column + 1)


def _is_short(row: GridRow, units: Sequence[Slot], width: int) -> bool:
    """Whether a row of amounts has lost places, and not for every unit an amount: then nobody can
    say which unit has none."""
    numbers = sum(_is_number(slot) for slot in row.filled)
    return len(row.slots) != width and 0 < numbers < len(units)


def _shifted(row: GridRow, number: int) -> Finding:
    return Finding(
        "row-shift-uncertain",
        Severity.WARNING,
        "The row of amounts has lost blank cells; its amounts may belong to other units.",
        Cause.EXTRACTION,
        number,
        printed=" | ".join(slot.text for slot in row.filled),
        ref=row.ref,
    )


def budget_of_whole(budget: Budget, rows: Sequence[GridRow], units: Sequence[Slot]) -> Budget:
    """The budget without amounts that stand in the column of another unit than the first."""
    under = [_under_units(row, units) if units else row for row in rows]
    others = {
        slot.ref for row in under for unit in units[1:] if (slot := row.at(unit.column)) is not None
    }
    kept = {
        name: quantity
        for name in ("total", "fiscal", "other", "budget", "executed")
        if (quantity := getattr(budget, name)) is not None and quantity.ref not in others
    }
    return Budget(**kept)


def _unit_row(
    number: int, unit: Slot, form: AcrossForm, found: Sequence[tuple[Slot, GridRow]]
) -> Row:
    cells = tuple(_cell(row, unit, label) for label, row in found)
    return Row(number, unit.text, cells, form.part.tables[0].page, unit.ref)


def draft_to_unit_targets(draft: Draft, units: Sequence[Slot]) -> tuple[UnitTarget, ...]:
    """The target of an indicator for each unit; a place that prints none is a blank target."""
    found = [(unit.text, draft.by_column.get(unit.column)) for unit in units]
    return tuple(
        UnitTarget(name, text_to_claim(slot.text if slot else "", slot.ref if slot else draft.ref))
        for name, slot in found
    )


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
