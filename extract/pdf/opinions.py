"""What other programs take for the cells of a page: pdfplumber and camelot.

Only their geometry is asked. The words are those of this package, which keeps the small raised
digits, the words that run over, and the minus signs that they lose.
"""

import io
from collections.abc import Sequence

import numpy as np

from extract.grid.merging import borders_to_grid
from extract.grid.types import Grid, GridCell
from extract.pages import Box

# In points: edges that lie so near are one.
_TOLERANCE = 2.0
_TEXT_STRATEGY = {"vertical_strategy": "text", "horizontal_strategy": "text"}


def pdfplumber_grids(page: bytes, *, ruled: bool) -> tuple[Grid, ...]:
    """The tables that pdfplumber finds on the first page of a PDF.

    `ruled` says whether it goes by lines (it takes the edges of coloured fields and of curves for
    lines as well) or by how words are aligned.
    """
    import pdfplumber  # noqa: PLC0415

    with pdfplumber.open(io.BytesIO(page)) as pdf:
        first = pdf.pages[0]
        tables = first.find_tables({} if ruled else _TEXT_STRATEGY)
        grids = (boxes_to_grid([Box(*cell) for cell in table.cells]) for table in tables)
        return tuple(grid for grid in grids if grid is not None)


def camelot_grids(page: bytes, *, ruled: bool) -> tuple[Grid, ...]:
    """The tables that camelot finds on the first page of a PDF.

    Where the page is ruled it looks for the lines in the picture of the page, and so sees those
    that are no paths; else it goes by lines and alignment together.
    """
    from camelot.io import read_pdf  # noqa: PLC0415

    found = read_pdf(
        io.BytesIO(page), pages="1", flavor="lattice" if ruled else "hybrid", suppress_stdout=True
    )
    grids: list[Grid] = []
    for table in found:
        height = float(table.pdf_size[1])
        xs = [float(left) for left, _ in table.cols] + [float(table.cols[-1][1])]
        ys = [height - float(top) for top, _ in table.rows] + [height - float(table.rows[-1][1])]
        above = np.array([[bool(cell.top) for cell in row] for row in table.cells])
        beside = np.array([[bool(cell.left) for cell in row] for row in table.cells])
        if not ruled:
            above[:], beside[:] = True, True
        below = np.ones((1, above.shape[1]), np.bool_)
        behind = np.ones((beside.shape[0], 1), np.bool_)
        above[0], beside[:, 0] = True, True
        grids.append(
            borders_to_grid(np.vstack((above, below)), np.hstack((beside, behind)), xs, ys)
        )
    return tuple(grids)


def boxes_to_grid(boxes: Sequence[Box]) -> Grid | None:
    """The grid of cells of which only the boxes are known; places that none covers are cells.

    >>> grid = boxes_to_grid([Box(0, 0, 60, 20), Box(0, 20, 30, 40), Box(30.4, 20, 60, 40)])
    >>> [(c.row, c.column, c.rowspan, c.colspan) for c in grid.cells]
    [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]
    """
    xs, ys = (
        _lines([x for b in boxes for x in (b.x0, b.x1)]),
        _lines([y for b in boxes for y in (b.y0, b.y1)]),
    )
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1:
        return None
    free = {(row, column) for row in range(rows) for column in range(columns)}
    spans: list[tuple[int, int, int, int]] = []
    for box in sorted(boxes, key=lambda b: (b.y0, b.x0)):
        top, bottom, left, right = (
            _at(ys, box.y0),
            _at(ys, box.y1),
            _at(xs, box.x0),
            _at(xs, box.x1),
        )
        places = {(row, column) for row in range(top, bottom) for column in range(left, right)}
        if places and places <= free:
            free -= places
            spans.append((top, left, bottom, right))
    spans.extend((row, column, row + 1, column + 1) for row, column in free)
    cells = tuple(
        GridCell(
            top, left, bottom - top, right - left, Box(xs[left], ys[top], xs[right], ys[bottom])
        )
        for top, left, bottom, right in sorted(spans)
    )
    return Grid(cells, rows, columns, Box(xs[0], ys[0], xs[-1], ys[-1]))


def _lines(places: Sequence[float]) -> list[float]:
    """Where edges lie, those that nearly agree taken as one."""
    lines: list[float] = []
    for place in sorted(places):
        if not lines or place - lines[-1] > _TOLERANCE:
            lines.append(place)
    return lines


def _at(lines: Sequence[float], place: float) -> int:
    return min(range(len(lines)), key=lambda i: abs(lines[i] - place))
