"""Tables printed side by side on a wide sheet, put one after the other.

The header says where one table ends and the next begins. A row that lost or gained a cell does not
keep to it: there the names say it, because every side of a row begins with one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex
from rapidfuzz import fuzz

from extract.claims import looks_like_figure, usual_length
from schemas.source import Cell

Row = tuple[Cell, ...]
_HEADER_ROWS = 4
_MOST_SIDES = 4
_ALIKE = 50
_MOSTLY = 0.7
_NEAR = 3
# Beyond the first side cells that were lost before it have slid into the names.
_OFTEN = 0.4
_SERIAL = regex.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class _Plan:
    """How many cells a side has, how many sides there are, and which cell of a side names it."""

    step: int
    sides: int
    name: int


def split_sides(rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
    """Two or more tables printed side by side, each with the same header, as tables in turn.

    `县市 ¦ 金额 ¦ 县市 ¦ 金额` over `塔城市 ¦ 30 ¦ 额敏县 ¦ 68` are two tables of one row each. An
    empty column may stand between them. A row `塔城市 ¦ 额敏县 ¦ 68` lost the figure of 塔城市, and
    not the name of the other. Everything else is one table.
    """
    for at, row in enumerate(rows[:_HEADER_ROWS]):
        sides = _sides(row)
        if not sides:
            continue
        step = -(-len(row) // sides)
        cut = [_cut_evenly(one, step, sides) for one in rows]
        name = _name_column([one[0] for one in cut[at + 1 :]], step)
        if name is None or not all(
            _holds_words([one[k] for one in cut[at + 1 :]], name, _OFTEN) for k in range(sides)
        ):
            continue
        found = _cut_rows(rows, cut, at, _Plan(step, sides, name))
        if found:
            return tuple(
                tuple(one[k] for one in found if any(cell.text for cell in one[k]))
                for k in range(sides)
            )
        break
    return (tuple(rows),)


def _cut_evenly(row: Row, step: int, sides: int) -> tuple[Row, ...]:
    return tuple(row[k * step : (k + 1) * step] for k in range(sides))


def _cut_rows(
    rows: Sequence[Row], cut: Sequence[tuple[Row, ...]], at: int, plan: _Plan
) -> list[tuple[Row, ...]]:
    """Every row in its sides: as `cut`, or at its names where it lost or gained cells; [] where a
    row is too long and has no such names."""
    usual = usual_length(rows)
    found: list[tuple[Row, ...]] = []
    for i, row in enumerate(rows):
        cells = _trimmed(row)
        slid = i > at and _has_slid(row, plan)
        sides = _cut_at_names(row, plan, _serials_around(rows, i, plan)) if slid else ()
        if not sides and len(cells) > plan.step * plan.sides:
            return []
        # Blank cells behind a row that lost a cell are not those of its last side.
        short = _cut_evenly(cells, plan.step, plan.sides) if len(row) < usual else cut[i]
        found.append(sides or short)
    return found


def _trimmed(row: Row) -> Row:
    """A row without the blank cells at its end."""
    end = max((i + 1 for i, cell in enumerate(row) if cell.text), default=0)
    return row[:end]


def _sides(row: Row) -> int:
    """How many times a header row says the same labels, one side after the other; 0 for once. Half
    of the labels may be garbled."""
    texts = ["".join(cell.text.split()) for cell in row]
    for sides in range(2, _MOST_SIDES + 1):
        step = -(-len(texts) // sides)
        padded = texts + [""] * (step * sides - len(texts))
        labels = [text for text in padded[:step] if text]
        if (
            len(labels) >= 2
            and len(set(labels)) == len(labels)
            and not any(looks_like_figure(text) for text in labels)
            and all(
                _same_labels(padded[:step], padded[k * step : (k + 1) * step])
                for k in range(1, sides)
            )
        ):
            return sides
    return 0


def _same_labels(left: Sequence[str], right: Sequence[str]) -> bool:
    same = sum(a == b for a, b in zip(left, right, strict=True) if a)
    alike = all(
        bool(a) == bool(b) and fuzz.ratio(a, b) >= _ALIKE
        for a, b in zip(left, right, strict=True)
        if a or b
    )
    return alike and same * 2 >= sum(bool(text) for text in left)


def _name_column(rows: Sequence[Row], width: int) -> int | None:
    """The first column that holds words: 户数 ¦ 资金 ¦ 户数 ¦ 资金 is one table's header, not
    two's."""
    return next((c for c in range(width) if _holds_words(rows, c, _MOSTLY)), None)


def _holds_words(rows: Sequence[Row], column: int, share: float) -> bool:
    texts = [row[column].text for row in rows if len(row) > column and row[column].text]
    return bool(texts) and sum(not looks_like_figure(t) for t in texts) >= share * len(texts)


def _has_slid(row: Row, plan: _Plan) -> bool:
    """Whether a row of figures has too many cells, or figures where the names should stand."""
    cells = _trimmed(row)
    places = [k * plan.step + plan.name for k in range(plan.sides)]
    if not any(looks_like_figure(cell.text) for cell in cells if cell.text):
        return False
    return len(cells) > plan.step * plan.sides or any(
        place < len(cells) and bool(cells[place].text) and looks_like_figure(cells[place].text)
        for place in places
    )


def _serials_around(rows: Sequence[Row], i: int, plan: _Plan) -> tuple[tuple[int, int], ...]:
    """For each side the serial numbers that stand last above and first below row `i`."""
    if not plan.name:
        return ()
    found = []
    for k in range(plan.sides):
        place = k * plan.step + plan.name - 1
        above = [n for row in rows[:i] if (n := _serial(row, place)) is not None]
        below = [n for row in rows[i + 1 :] if (n := _serial(row, place)) is not None]
        last, first = above[-1] if above else None, below[0] if below else None
        nearest = (
            first - _NEAR if first is not None else 0,
            last + _NEAR if last is not None else 0,
        )
        found.append((last or nearest[0], first or nearest[1]))
    return tuple(found)


def _serial(row: Row, place: int) -> int | None:
    """The serial number at a place that a name follows."""
    if place + 1 >= len(row) or looks_like_figure(row[place + 1].text or "0"):
        return None
    return int(row[place].text) if _SERIAL.fullmatch(row[place].text) else None


def _cut_at_names(row: Row, plan: _Plan, around: Sequence[tuple[int, int]]) -> tuple[Row, ...]:
    """The sides of a row, each beginning with its name; () where the names are none, or too many.

    A number before a name is its serial number where it lies between those above and below.
    """
    cells = _trimmed(row)
    names = [i for i, c in enumerate(cells) if c.text and not looks_like_figure(c.text)]
    if not 0 < len(names) <= plan.sides:
        return ()
    starts: list[tuple[int, int]] = []
    side = -1
    for n, at in enumerate(names):
        room = plan.sides - len(names) + n
        side = max(side + 1, min(round((at - plan.name) / plan.step), room))
        starts.append((side, _with_serial(cells, at, around[side]) if around else at))
    pieces: list[Row] = [()] * plan.sides
    ends = [start for _, start in starts[1:]] + [len(cells)]
    for n, ((at_side, start), end) in enumerate(zip(starts, ends, strict=True)):
        # What stands before the first name belongs to it.
        piece = cells[0 if n == 0 else start : end]
        pieces[at_side] = _piece(piece, plan)
    return tuple(pieces)


def _with_serial(cells: Row, name: int, around: tuple[int, int]) -> int:
    at = name - 1
    while at > 0 and not cells[at].text:
        at -= 1
    text = cells[at].text if at >= 0 else ""
    return at if _SERIAL.fullmatch(text) and around[0] < int(text) < around[1] else name


def _piece(cells: Row, plan: _Plan) -> Row:
    """One side of a row: without blank cells that are too many before its name, and with one for
    a serial number that is lost."""
    first = next(i for i, c in enumerate(cells) if c.text and not looks_like_figure(c.text))
    if first < plan.name:
        return (*(replace(cells[0], text="") for _ in range(plan.name - first)), *cells)
    kept = tuple(c for i, c in enumerate(cells) if c.text or i > first)
    return kept if first > plan.name and len(kept) >= plan.name else cells
