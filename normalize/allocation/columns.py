"""Cells into columns. Rows of damaged text lose, gain and shift cells; counting tabs is no guide.

Each column has a profile learned from the rows that are whole: what kind of cells it holds, how
large they are, which other two columns it is the sum of. A row that is not whole is aligned to the
profiles by dynamic programming over cells and columns (Needleman and Wunsch 1970, with costs for
cells dropped and columns left blank), and is marked uncertain when the two best alignments that
differ are close.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from normalize.allocation.profiles import Profile, cell_quantity, cells_to_profile, magnitude
from normalize.allocation.rows import BodyRow, PageRows, usual_width
from schemas.source import Cell
from schemas.tables import CellKind, Quantity

_BEAM = 6
_DROP = 12.0
_WRONG_KIND = 8.0
_WRONG_MEASURE = 5.0
_LEAVE_BLANK = 2.0
_SURE_MARGIN = 2.0
_BROKEN_SUM = 3.0
_LEAST_ROWS_FOR_SUM = 4
_MOST_COLUMNS_FOR_SUM = 24
_NEARLY_ALL = 0.85
_MOST = 0.6


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A row with one cell for each column; None where the source has no cell for a column."""

    row: BodyRow
    cells: tuple[Cell | None, ...]
    dropped: tuple[Cell, ...]
    uncertain: bool


@dataclass(frozen=True, slots=True)
class _Alignment:
    cost: float
    columns: tuple[int, ...]


def count_columns(pages: Sequence[PageRows]) -> int:
    """How many data columns a table has.

    Where (nearly) all rows are of one length the grid says it; columns that are blank on a whole
    page count only where the header has words for them. Else it is the commonest number of filled
    cells, or what the header has room for where blank remarks at the end of rows were cut off.
    """
    rows = [row for page in pages for row in page.body]
    if _grid_width(pages):
        return max(_filled_columns(pages), default=-1) + 1
    squeezed = {len(_page_columns(page)) for page in pages if page.body}
    if len(squeezed) == 1 and squeezed != {0}:
        return squeezed.pop()
    usual, most = usual_width(rows), max((len(row.filled) for row in rows), default=0)
    headed = max((_headed_columns(page) for page in pages), default=0)
    return headed if headed > usual and most == headed else usual


def _grid_width(pages: Sequence[PageRows]) -> int:
    """The length of (nearly) all rows of a table, or of most where a row of the header has it too;
    0 where they are ragged. A cell that was lost or doubled changes the length of its row only."""
    rows = [row for page in pages for row in page.body]
    lengths = Counter(len(row.cells) for row in rows)
    width, count = lengths.most_common(1)[0] if lengths else (0, 0)
    headed = any(len(row) - page.name_columns == width for page in pages for row in page.header)
    return width if count >= (_MOST if headed else _NEARLY_ALL) * len(rows) else 0


def _headed_columns(page: PageRows) -> int:
    """How many data columns the widest header row reaches over."""
    reach = [max((c for c, cell in enumerate(row) if cell.text), default=0) for row in page.header]
    return max(reach, default=0) + 1 - page.name_columns


def _filled_columns(pages: Sequence[PageRows]) -> set[int]:
    """Columns of a grid in which a row or a header prints something."""
    width = _grid_width(pages)
    filled = {
        c
        for page in pages
        for row in page.body
        if len(row.cells) == width
        for c, cell in enumerate(row.cells)
        if cell.text
    }
    for page in pages:
        for row in page.header:
            filled |= {
                c - page.name_columns for c, cell in enumerate(row) if cell.text or cell.covered
            }
    return {c for c in filled if 0 <= c < width}


def _page_columns(page: PageRows) -> list[int]:
    """Columns of a page's grid in which any row prints something; [] where its rows are ragged."""
    width = _grid_width([page])
    rows = [row for row in page.body if len(row.cells) == width]
    return [c for c in range(width) if any(row.cells[c].text for row in rows)]


def align_rows(pages: Sequence[PageRows], count: int) -> tuple[AlignedRow, ...]:
    """Put the cells of every row into `count` columns."""
    placed = [(row, _by_position(row, page, pages, count)) for page in pages for row in page.body]
    whole = [cells for _, cells in placed if cells is not None]
    profiles = _profiles(whole, count)
    checked = [
        (row, cells if cells is not None and _fits(cells, profiles) else None)
        for row, cells in placed
    ]
    if all(cells is not None for _, cells in checked):
        sums: tuple[tuple[int, int, int], ...] = ()
    else:
        sums = _sums([cells for _, cells in checked if cells is not None], count)
    width = _grid_width(pages)
    return tuple(
        AlignedRow(row, cells, (), uncertain=_may_be_doubled(row, cells, width, profiles))
        if cells is not None
        else _by_profile(row, profiles, sums)
        for row, cells in checked
    )


def _may_be_doubled(
    row: BodyRow, cells: Sequence[Cell | None], width: int, profiles: Sequence[Profile]
) -> bool:
    """Whether a row of a grid has a cell too many, a blank one and two alike side by side, or one
    in a column that hardly any row fills: as many filled as columns, it may be whole, or a cell was
    doubled, or cut in two, and a blank one is none too many."""
    return 0 < width == len(row.cells) - 1 and (
        any(a.text and a.text == b.text for a, b in pairwise(row.cells))
        or any(
            cell is not None and bool(cell.text) and profile.blanks > _MOST
            for cell, profile in zip(cells, profiles, strict=True)
        )
    )


def _by_position(
    row: BodyRow, page: PageRows, pages: Sequence[PageRows], count: int
) -> tuple[Cell | None, ...] | None:
    """The cells of a row that is whole: as many filled as columns, or lying in a grid of them."""
    if len(row.filled) == count:
        return row.filled
    if len(row.cells) == _grid_width([page]):
        columns = _page_columns(page)
        if len(columns) == count:
            return tuple(row.cells[c] for c in columns)
    if len(row.cells) == _grid_width(pages) and all(not c.text for c in row.cells[count:]):
        cells: list[Cell | None] = list(row.cells[:count])
        return tuple(cells + [None] * (count - len(cells)))
    return None


def profiles_of(rows: Sequence[AlignedRow]) -> tuple[Profile, ...]:
    """The profiles of the columns of aligned rows; () where there are no rows."""
    return _profiles([row.cells for row in rows], len(rows[0].cells) if rows else 0)


def _profiles(rows: Sequence[Sequence[Cell | None]], count: int) -> tuple[Profile, ...]:
    return tuple(cells_to_profile([row[c] for row in rows]) for c in range(count))


def _fits(cells: Sequence[Cell | None], profiles: Sequence[Profile]) -> bool:
    """Whether every cell is of a kind that its column often holds."""
    return all(
        cell is None or not cell.text or _kind_cost(cell_quantity(cell), profile) < _WRONG_MEASURE
        for cell, profile in zip(cells, profiles, strict=True)
    )


def _kind_cost(quantity: Quantity, profile: Profile) -> float:
    if quantity.kind is CellKind.NOT_APPLICABLE:
        return 0.5 if profile.crosses or not profile.words else _WRONG_KIND
    is_word = quantity.kind is CellKind.TEXT
    if is_word or (quantity.kind is CellKind.UNREADABLE and not profile.numbers):
        # A figure that is spoilt is none of the words, where these are no telephones or dates.
        likes = profile.words if is_word else profile.spoilt
        return 0.0 if likes > 0.2 else _WRONG_KIND if is_word else _WRONG_MEASURE
    if profile.words > 0.8 and not profile.numbers:
        return _WRONG_KIND
    is_percent = quantity.measure == "%"
    usual = profile.percents if is_percent else profile.numbers
    other = profile.numbers if is_percent else profile.percents
    if usual >= 0.1 or not (usual or other):
        return 0.0
    return 1.0 if quantity.value == 0 else _WRONG_MEASURE


def _cost(quantity: Quantity, profile: Profile) -> float:
    cost = _kind_cost(quantity, profile)
    if quantity.value and profile.size is not None and quantity.measure != "%":
        cost += min(abs(magnitude(quantity.value) - profile.size), 3.0)
    return cost


def _by_profile(
    row: BodyRow, profiles: Sequence[Profile], sums: Sequence[tuple[int, int, int]]
) -> AlignedRow:
    filled = row.filled
    quantities = [cell_quantity(cell) for cell in filled]
    ranked = sorted(
        (
            _Alignment(a.cost + _BROKEN_SUM * _broken(a, quantities, sums), a.columns)
            for a in _alignments(quantities, profiles)
        ),
        key=lambda a: (a.cost, a.columns),
    )
    best = ranked[0]
    uncertain = len(ranked) > 1 and ranked[1].cost - best.cost < _SURE_MARGIN
    cells: list[Cell | None] = [None] * len(profiles)
    for cell, column in zip(filled, best.columns, strict=True):
        if column >= 0:
            cells[column] = cell
    dropped = tuple(c for c, column in zip(filled, best.columns, strict=True) if column < 0)
    misplaced = any(
        column >= 0 and _kind_cost(quantity, profiles[column]) >= _WRONG_MEASURE
        for quantity, column in zip(quantities, best.columns, strict=True)
    )
    return AlignedRow(row, tuple(cells), dropped, uncertain or misplaced)


def _alignments(quantities: Sequence[Quantity], profiles: Sequence[Profile]) -> list[_Alignment]:
    """The cheapest monotone assignments of cells to columns; -1 drops a cell."""
    beam: list[list[_Alignment]] = [[_Alignment(0.0, ())]] + [[] for _ in profiles]
    # beam[j]: alignments of the cells so far that used columns below j.
    for j, profile in enumerate(profiles):
        beam[j + 1] = [_Alignment(a.cost + _blank_cost(profile), a.columns) for a in beam[j]]
    for quantity in quantities:
        following: list[list[_Alignment]] = []
        for j in range(len(profiles) + 1):
            options = [_Alignment(a.cost + _DROP, (*a.columns, -1)) for a in beam[j]]
            if j:
                cost = _cost(quantity, profiles[j - 1])
                options += [_Alignment(a.cost + cost, (*a.columns, j - 1)) for a in beam[j - 1]]
                blank = _blank_cost(profiles[j - 1])
                options += [_Alignment(a.cost + blank, a.columns) for a in following[j - 1]]
            following.append(_cheapest(options))
        beam = following
    return beam[-1]


def _blank_cost(profile: Profile) -> float:
    return _LEAVE_BLANK * (1.0 - min(profile.blanks, 0.9))


def _cheapest(options: Sequence[_Alignment]) -> list[_Alignment]:
    best: dict[tuple[int, ...], _Alignment] = {}
    for option in sorted(options, key=lambda a: (a.cost, a.columns)):
        best.setdefault(option.columns, option)
        if len(best) == _BEAM:
            break
    return list(best.values())


def _sums(rows: Sequence[Sequence[Cell | None]], count: int) -> tuple[tuple[int, int, int], ...]:
    """Columns (a, b, c) with a + b = c in all whole rows but one in twenty, within rounding."""
    if len(rows) < _LEAST_ROWS_FOR_SUM or count > _MOST_COLUMNS_FOR_SUM:
        return ()
    values = [[cell_quantity(cell).value if cell else None for cell in row] for row in rows]
    found = []
    for a, b in combinations(range(count), 2):
        for c in range(count):
            if c not in (a, b) and _holds(values, a, b, c):
                found.append((a, b, c))
    return tuple(found)


def _holds(values: Sequence[Sequence[Decimal | None]], a: int, b: int, c: int) -> bool:
    tested = wrong = 0
    for row in values:
        x, y, z = row[a], row[b], row[c]
        if x is None or y is None or z is None or not (x and y and z):
            continue
        tested += 1
        wrong += abs(x + y - z) > 1
        if wrong > 2 and wrong * 20 > len(values):
            return False
    return tested >= _LEAST_ROWS_FOR_SUM and wrong * 20 <= tested


def _broken(
    alignment: _Alignment,
    quantities: Sequence[Quantity],
    sums: Sequence[tuple[int, int, int]],
) -> int:
    """How many of the known sums an alignment breaks, a blank counting as nothing."""
    values = {
        column: quantity.value
        for column, quantity in zip(alignment.columns, quantities, strict=True)
        if column >= 0 and quantity.value is not None
    }
    zero = Decimal(0)
    return sum(
        abs(values.get(a, zero) + values.get(b, zero) - values.get(c, zero)) > 1 for a, b, c in sums
    )
