"""Specks beside the print of a cell, which would be read as points: 335. for 335."""

import numpy as np
import numpy.typing as npt

Marks = npt.NDArray[np.int_]
"""One row a connected mark of ink: x0, y0, x1, y1, area."""

# In heights of print. A speck is no larger; a point stands nearer to its figure; the dots of a
# colon or of an ellipsis stand together; a minus sign stands in the middle of its line, and
# what a copy leaves of a full-width one no further from its figure than that.
_SIZE, _LEAST_SIZE = 0.2, 3
_NEAR = 0.25
_TOGETHER = 0.45
_BESIDE = 0.3
_MIDDLE, _MINUS = 0.2, 1.75


def specks(marks: Marks, usual: float) -> npt.NDArray[np.bool_]:
    """Which marks of a cell are no print: small, alone, and off the print at its ends or far above
    or below it. What may be left of a minus sign is none.

    >>> figure = [[20, 10, 32, 30, 90], [34, 10, 46, 30, 90]]
    >>> point, speck, dash = [48, 28, 50, 30, 4], [70, 26, 72, 28, 4], [12, 19, 15, 21, 6]
    >>> specks(np.array([*figure, point, speck, dash]), 20).tolist()
    [False, False, False, True, False]
    """
    size = np.maximum(marks[:, 2] - marks[:, 0], marks[:, 3] - marks[:, 1])
    small = size <= max(_SIZE * usual, _LEAST_SIZE)
    found = np.zeros(len(marks), np.bool_)
    print_, dots = marks[~small], marks[small]
    if not print_.size:
        return found
    for i in np.flatnonzero(small).tolist():
        found[i] = not _is_together(marks[i], dots, usual) and _is_off(marks[i], print_, usual)
    return found


def _is_together(dot: Marks, dots: Marks, usual: float) -> bool:
    across, down = _middle(dots)
    x, y = _middle(dot[None])
    near = (abs(across - x) <= _TOGETHER * usual) & (abs(down - y) <= _TOGETHER * usual)
    return int(near.sum()) > 1


def _is_off(dot: Marks, print_: Marks, usual: float) -> bool:
    (y,) = _middle(dot[None])[1]
    reach = _BESIDE * usual
    line = print_[(print_[:, 1] - reach <= y) & (y <= print_[:, 3] + reach)]
    if not line.size:
        return True
    if dot[0] - line[:, 2].max() > _NEAR * usual:
        return True
    top, bottom = line[:, 1].min(), line[:, 3].max()
    before = line[:, 0].min() - dot[2]
    off_middle = abs(y - (top + bottom) / 2) > _MIDDLE * (bottom - top)
    return bool(before > (_NEAR if off_middle else _MINUS) * usual)


def _middle(marks: Marks) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    return (marks[:, 0] + marks[:, 2]) / 2, (marks[:, 1] + marks[:, 3]) / 2
