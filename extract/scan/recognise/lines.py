"""The lines of print in a crop: a cell of a form holds several."""

import numpy as np

from extract.scan.recognise.crops import PixelBox
from extract.scan.recognise.ink import Ink, Print, row_runs

# In usual heights of print. 二 is two strokes of one line; two lines are taller than this.
_TALLEST_LINE = 1.35
# Characters may be half as high again as the figures that most print is; a hairline of them that a
# copy has lost leaves less paper than there is between two lines.
_TALLEST_PRINT, _CRACK = 1.8, 0.2
# Less than this beside a line is a speck, an accent or the rest of a ruling line.
_LOWEST_LINE = 0.35


def ink_to_lines(ink: Ink, usual: Print) -> tuple[PixelBox, ...]:
    """The box of every line of print, from top to bottom.

    Where no gap parts them (a seal runs through)
    all ink is one line.
    """
    runs = _join(row_runs(ink), usual.height)
    if not runs:
        return (ink.box,)
    return tuple(_widen(ink, top, bottom) for top, bottom in runs)


def _join(runs: list[tuple[int, int]], height: float) -> list[tuple[int, int]]:
    """Strokes above each other belong together while they are no taller than a line; what is left
    lower than a line goes to the nearest."""
    joined: list[tuple[int, int]] = []
    for top, bottom in runs:
        cracked = joined and top - joined[-1][1] <= _CRACK * height
        tallest = _TALLEST_PRINT if cracked else _TALLEST_LINE
        if joined and bottom - joined[-1][0] <= tallest * height:
            joined[-1] = (joined[-1][0], bottom)
        else:
            joined.append((top, bottom))
    tall = [run for run in joined if run[1] - run[0] >= _LOWEST_LINE * height]
    return tall or [(joined[0][0], joined[-1][1])] if joined else []


def _widen(ink: Ink, top: int, bottom: int) -> PixelBox:
    """From the first to the last ink in these rows, however faint: a minus sign is thin."""
    columns = np.flatnonzero((ink.faint | ink.strokes)[top:bottom].any(axis=0))
    return PixelBox(int(columns[0]), top, int(columns[-1]) + 1, bottom)
