"""What kind a table is: told from its title and its cells, never from a file name."""

from collections.abc import Sequence

from normalize.quantities import text_to_quantity
from normalize.text import label_key
from normalize.vocabulary import kind_words
from schemas.source import RawTable
from schemas.tables import CellKind, TableKind

_LONGEST_LABEL = 30
_LEAST_WEIGHT = 3
# Kinds that are told by words alone; an allocation needs figures besides.
_LEAST_FIGURES = 2


def title_to_kind(title: str) -> TableKind:
    """The kind that a title names; OTHER where it names none.

    >>> title_to_kind("自治区财政资金使用跟踪反馈表").value
    'tracking_form'
    """
    return _heaviest(_weights(label_key(title), ()))


def table_to_kind(title: str, tables: Sequence[RawTable]) -> TableKind:
    """The kind of a table with its title. Words of a long cell (a goal, a reason) do not count."""
    cells = {
        label_key(cell.text)
        for table in tables
        for row in table.rows
        for cell in row
        if cell.text and len(cell.text) <= _LONGEST_LABEL
    }
    weights = _weights(label_key(title), tuple(cells))
    if _figures(tables) < _LEAST_FIGURES:
        # Without rows of figures only the title can tell an allocation from another form.
        if title_to_kind(title) is not TableKind.ALLOCATION:
            weights.pop(TableKind.ALLOCATION, None)
    elif weights.get(TableKind.PROJECT_LIST, 0) == 0:
        # Rows of a name and figures are an allocation, whatever its title says or does not say.
        weights[TableKind.ALLOCATION] = weights.get(TableKind.ALLOCATION, 0) + _LEAST_WEIGHT
    return _heaviest(weights)


def _weights(title: str, cells: Sequence[str]) -> dict[TableKind, int]:
    weights: dict[TableKind, int] = {}
    for entry in kind_words():
        found = entry.word in title if entry.in_title else any(entry.word in c for c in cells)
        if found:
            weights[entry.kind] = weights.get(entry.kind, 0) + entry.weight
    return weights


def _heaviest(weights: dict[TableKind, int]) -> TableKind:
    kind = max(weights, key=lambda k: (weights[k], -list(TableKind).index(k)), default=None)
    return kind if kind is not None and weights[kind] >= _LEAST_WEIGHT else TableKind.OTHER


def _figures(tables: Sequence[RawTable]) -> int:
    """Rows that begin with words and hold a figure."""
    return sum(
        sum(text_to_quantity(cell.text, cell.ref).kind is CellKind.NUMBER for cell in row[1:]) > 0
        for table in tables
        for row in table.rows
    )
