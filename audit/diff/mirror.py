"""A comparison seen from the other side: left becomes right."""

from dataclasses import replace

from audit.diff.sides import ComparedCell, Comparison, Difference, DifferenceKind

_KINDS = {
    DifferenceKind.LEFT_ROW: DifferenceKind.RIGHT_ROW,
    DifferenceKind.LEFT_REPEATED: DifferenceKind.RIGHT_REPEATED,
    DifferenceKind.LEFT_COLUMN: DifferenceKind.RIGHT_COLUMN,
    DifferenceKind.LEFT_TABLE: DifferenceKind.RIGHT_TABLE,
}
_OPPOSITE = _KINDS | {there: here for here, there in _KINDS.items()}


def mirrored(comparison: Comparison) -> Comparison:
    """The comparison of the same two tables, named the other way round."""
    return replace(
        comparison,
        left=comparison.right,
        right=comparison.left,
        differences=tuple(map(_mirrored_difference, comparison.differences)),
        columns=tuple((right, left) for left, right in comparison.columns),
        cells=tuple(map(_mirrored_cell, comparison.cells)),
    )


def _mirrored_difference(one: Difference) -> Difference:
    return replace(
        one,
        kind=_OPPOSITE.get(one.kind, one.kind),
        left=one.right,
        right=one.left,
        difference=None if one.difference is None else -one.difference,
        left_place=one.right_place,
        right_place=one.left_place,
    )


def _mirrored_cell(cell: ComparedCell) -> ComparedCell:
    difference = None if cell.difference is None else -cell.difference
    return replace(cell, left=cell.right, right=cell.left, difference=difference)
