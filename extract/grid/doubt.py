"""Whether the columns of a table read off a picture can be trusted."""

from collections import Counter
from collections.abc import Sequence

import regex

from extract.claims import looks_like_figure
from extract.grid.printing import words_to_print_lines
from extract.grid.tables import FilledCell

_BAR = regex.compile(r"[|｜丨│┃]")
# A figure as it stands alone in a cell: a single sign beside another figure may be dirt.
_FIGURE = regex.compile(r"[-−]?[0-9][0-9.,%]+")
_LEAST_ROWS = 2


def columns_are_uncertain(filled: Sequence[FilledCell]) -> bool:
    """Whether figures stand side by side in cells of one column: a rule between them was missed,
    and the columns right of it stand one place off.

    One such cell may hold dirt; two of one column, or one with a bar between its figures, do not.
    """
    doubtful: Counter[int] = Counter()
    for one in filled:
        if one.cell.rowspan != 1 or one.cell.colspan != 1:
            continue
        for line in words_to_print_lines(one.words):
            text = " ".join(word.text for word in line.words)
            if _is_parted(_BAR.split(text)):
                return True
            doubtful[one.cell.column] += _is_parted(text.split())
    return any(rows >= _LEAST_ROWS for rows in doubtful.values())


def _is_parted(parts: Sequence[str]) -> bool:
    found = [part.strip() for part in parts if part.strip()]
    return (
        len(found) > 1
        and all(looks_like_figure(part) for part in found)
        and sum(bool(_FIGURE.fullmatch(part)) for part in found) > 1
    )
