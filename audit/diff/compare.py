"""Two tables, row by row and column by column."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from audit.diff.columns import ColumnMatch, Unmatched
from audit.diff.scales import Scale, scale_between
from audit.diff.sides import (
    ComparedCell,
    Comparison,
    Difference,
    DifferenceKind,
    SideCell,
    SideRow,
    SideTable,
    Tolerances,
    rows_by_key,
)
from schemas.tables import CellKind


def agreement_of(left: SideTable, right: SideTable, columns: tuple[int, int]) -> Fraction:
    """Share of the rows in which two columns hold the same number; zeros do not count."""
    rows = rows_by_key(right.rows)
    scale = scale_between(left, right, columns).factor
    values = [
        (row.cells[columns[0]].value, _scaled(rows[row.key].cells[columns[1]], scale).value)
        for row in rows_by_key(left.rows).values()
        if row.key in rows
    ]
    told = [(one, other) for one, other in values if one or other]
    same = sum(one == other for one, other in told)
    return Fraction(same, len(told)) if told else Fraction(0)


def compare_tables(
    left: SideTable, right: SideTable, match: ColumnMatch, tolerances: Tolerances
) -> Comparison:
    """Every figure that both sides have, and what only one has.

    A key that stands several times on a side is reported and its rows are not compared: which of
    them is meant cannot be told.
    """
    lefts, rights = rows_by_key(left.rows), rows_by_key(right.rows)
    common = [key for key in lefts if key in rights]
    cells: list[ComparedCell] = []
    found: list[Difference] = []
    scales = [scale_between(left, right, pair) for pair in match.pairs]
    for number, key in enumerate(common):
        for place, (i, r) in enumerate(match.pairs):
            tolerance = tolerances.of((*left.columns[i].spellings, *right.columns[r].spellings))
            one = lefts[key].cells[i]
            other = _scaled(rights[key].cells[r], scales[place].factor)
            if one.value is None and other.value is None and not _unreadable(one, other):
                continue
            cell = compared_cell(number, place, (one, other), tolerance)
            cells.append(cell)
            if not cell.same:
                found.append(_difference(left, lefts[key], i, cell))
    found += _row_differences(left, right, lefts, rights)
    found += _column_differences(left, right, match)
    found += _untold_measures(left, right, match, scales)
    return Comparison(
        left.title,
        right.title,
        len(cells),
        tuple(found),
        tuple((key, lefts[key].name) for key in common),
        tuple((left.columns[i].name, right.columns[r].name) for i, r in match.pairs),
        tuple(cells),
    )


def compared_cell(
    row: int, column: int, sides: tuple[SideCell, SideCell], tolerance: Decimal
) -> ComparedCell:
    """Two figures side by side. A blank is not a zero: where one side alone has a number they
    differ, by no amount."""
    left, right = sides
    if left.value is None or right.value is None:
        return ComparedCell(row, column, left, right, None, tolerance, same=False)
    difference = left.value - right.value
    return ComparedCell(
        row, column, left, right, difference, tolerance, abs(difference) <= tolerance
    )


def _scaled(cell: SideCell, scale: Decimal) -> SideCell:
    """A figure in the measure of the other side; its text says both."""
    if scale == 1 or cell.value is None:
        return cell
    value = cell.value * scale
    shown = value.normalize() if value else value
    return replace(cell, value=value, text=f"{cell.text} × {scale:f} = {shown:f}")


def _unreadable(one: SideCell, other: SideCell) -> bool:
    return CellKind.UNREADABLE in (one.kind, other.kind)


def _difference(left: SideTable, row: SideRow, column: int, cell: ComparedCell) -> Difference:
    return Difference(
        DifferenceKind.KIND if cell.difference is None else DifferenceKind.VALUE,
        left.title,
        row.key,
        row.name,
        left.columns[column].name,
        cell.left.text,
        cell.right.text,
        cell.difference,
        cell.tolerance,
        cell.left.place,
        cell.right.place,
        cell.left.status,
    )


def _row_differences(
    left: SideTable,
    right: SideTable,
    lefts: Mapping[str, SideRow],
    rights: Mapping[str, SideRow],
) -> list[Difference]:
    """Rows of one side alone, and rows whose key stands several times."""
    here = {row.key for row in left.rows}
    there = {row.key for row in right.rows}
    kinds = DifferenceKind
    found: list[Difference] = []
    for row in left.rows:
        if row.key not in lefts:
            found.append(_row(kinds.LEFT_REPEATED, left, row, on_left=True))
        elif row.key not in there:
            found.append(_row(kinds.LEFT_ROW, left, row, on_left=True))
    for row in right.rows:
        if row.key not in rights:
            found.append(_row(kinds.RIGHT_REPEATED, left, row, on_left=False))
        elif row.key not in here:
            found.append(_row(kinds.RIGHT_ROW, left, row, on_left=False))
    return found


def _row(kind: DifferenceKind, table: SideTable, row: SideRow, *, on_left: bool) -> Difference:
    name, place = row.name, row.place
    return Difference(
        kind,
        table.title,
        row.key,
        name,
        left=name if on_left else "",
        right="" if on_left else name,
        left_place=place if on_left else "",
        right_place="" if on_left else place,
        note=row.note,
    )


def _column_differences(left: SideTable, right: SideTable, match: ColumnMatch) -> list[Difference]:
    found = [_unmatched(left, right, column) for column in match.unmatched]
    for i in match.left_only:
        name = left.columns[i].name
        kind = DifferenceKind.LEFT_COLUMN
        found.append(Difference(kind, left.title, column=name, left=name, aside=True))
    return found


def _untold_measures(
    left: SideTable, right: SideTable, match: ColumnMatch, scales: Sequence[Scale]
) -> list[Difference]:
    """Columns that were compared in a measure that only their figures show."""
    return [
        Difference(
            DifferenceKind.MEASURE,
            left.title,
            column=left.columns[i].name,
            left=left.columns[i].name,
            right=right.columns[r].name,
            note=f"no measure is told; compared × {scale.factor:f}, as the figures show",
            aside=True,
        )
        for (i, r), scale in zip(match.pairs, scales, strict=True)
        if not scale.told
    ]


def _unmatched(left: SideTable, right: SideTable, column: Unmatched) -> Difference:
    name = right.columns[column.right].name
    names = "; ".join(left.columns[i].name for i in column.candidates)
    note = f"{column.reason}: {names}" if names else column.reason
    return Difference(DifferenceKind.RIGHT_COLUMN, left.title, column=name, right=name, note=note)
