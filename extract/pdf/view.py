"""Where things are on a page: PDF coordinates, the page as shown, the page turned upright."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from extract.pages import Placing

Boxes = npt.NDArray[np.float64]


class Turn(IntEnum):
    """Quarter turns clockwise."""

    NONE = 0
    QUARTER = 1
    HALF = 2
    THREE_QUARTERS = 3


@dataclass(frozen=True, slots=True)
class View:
    """A page's box in PDF coordinates (y upwards), and how its /Rotate flag turns it when shown."""

    left: float
    bottom: float
    right: float
    top: float
    turn: Turn

    @property
    def width(self) -> float:
        """Of the page as shown, in points."""
        across = self.turn in (Turn.NONE, Turn.HALF)
        return self.right - self.left if across else self.top - self.bottom

    @property
    def height(self) -> float:
        """Of the page as shown, in points."""
        across = self.turn in (Turn.NONE, Turn.HALF)
        return self.top - self.bottom if across else self.right - self.left


def boxes_to_shown(boxes: Boxes, view: View) -> Boxes:
    """Boxes (x0, y0, x1, y1) in PDF coordinates as they lie on the page as shown, y downwards.

    >>> boxes_to_shown(np.array([[10.0, 20, 30, 25]]), View(0, 0, 595, 842, Turn.QUARTER)).tolist()
    [[20.0, 10.0, 25.0, 30.0]]
    """
    x0, y0, x1, y1 = boxes.T
    match view.turn:
        case Turn.NONE:
            sides = (x0 - view.left, view.top - y1, x1 - view.left, view.top - y0)
        case Turn.QUARTER:
            sides = (y0 - view.bottom, x0 - view.left, y1 - view.bottom, x1 - view.left)
        case Turn.HALF:
            sides = (view.right - x1, y0 - view.bottom, view.right - x0, y1 - view.bottom)
        case Turn.THREE_QUARTERS:
            sides = (view.top - y1, view.right - x1, view.top - y0, view.right - x0)
    return np.stack(sides, axis=1)


def boxes_to_upright(boxes: Boxes, view: View, turn: Turn) -> Boxes:
    """Boxes of the page as shown, as they lie when it is turned so that print that runs `turn`
    quarters clockwise from level is level.

    >>> view = View(0, 0, 595, 842, Turn.NONE)
    >>> boxes_to_upright(np.array([[500.0, 20, 510, 60]]), view, Turn.QUARTER).tolist()
    [[20.0, 85.0, 60.0, 95.0]]
    """
    x0, y0, x1, y1 = boxes.T
    match turn:
        case Turn.NONE:
            return boxes
        case Turn.QUARTER:
            sides = (y0, view.width - x1, y1, view.width - x0)
        case Turn.HALF:
            sides = (view.width - x1, view.height - y1, view.width - x0, view.height - y0)
        case Turn.THREE_QUARTERS:
            sides = (view.height - y1, x0, view.height - y0, x1)
    return np.stack(sides, axis=1)


def turn_to_placing(view: View, turn: Turn) -> Placing:
    """The way back from the upright page to the page as shown.

    >>> turn_to_placing(View(0, 0, 595, 842, Turn.NONE), Turn.THREE_QUARTERS)
    Placing(a=0, b=1, c=0, d=-1, e=0, f=842)
    """
    match turn:
        case Turn.NONE:
            return Placing()
        case Turn.QUARTER:
            return Placing(0, -1, view.width, 1, 0, 0)
        case Turn.HALF:
            return Placing(-1, 0, view.width, 0, -1, view.height)
        case Turn.THREE_QUARTERS:
            return Placing(0, 1, 0, -1, 0, view.height)
