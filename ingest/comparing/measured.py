"""Figures of a spreadsheet that print their own measure: 44元 beside 12.5万元."""

from collections.abc import Iterable
from dataclasses import replace

from audit.diff import SideCell, SideColumn
from normalize.quantities import measures, text_to_quantity
from schemas.source import LineRef

_NOWHERE = LineRef(0)
_PERCENT = "%"


def measure_of_cells(texts: Iterable[str]) -> str:
    """The first measure that cells print themselves, "" for none; a percentage is none.

    >>> measure_of_cells(["", "12.5万元", "44元"]), measure_of_cells(["60%", "44"])
    ('万元', '')
    """
    found = (text_to_quantity(text, _NOWHERE).measure for text in texts)
    return next((one for one in found if one and one != _PERCENT and one in measures()), "")


def in_measure_of(column: SideColumn, cell: SideCell) -> SideCell:
    """A figure in its column's measure, where it prints another one of the same kind; its text
    says both."""
    own = measures().get(text_to_quantity(cell.text, _NOWHERE).measure)
    if own is None or cell.value is None or own.base != column.base or own.base == _PERCENT:
        return cell
    if own.factor == column.factor:
        return cell
    value = cell.value * own.factor / column.factor
    shown = value.normalize() if value else value
    return replace(cell, value=value, text=f"{cell.text} = {shown:f}")
