"""A page as its words and ruling lines lie on it, whether typed or read off a picture.

All coordinates are points (1/72 inch) with the origin at the top left and y downwards, on the page
*turned so that it reads upright*. `Placing` leads back to the page as it is shown, which is what
references speak of.
"""

from dataclasses import dataclass

from schemas.source import BoxRef

POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle in points; x0 <= x1, y0 <= y1."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters set together. `score` is the recogniser's own belief, 1 for typed text.

    `readings` are what other readings of the same place gave, unlike `text`.
    """

    text: str
    box: Box
    score: float = 1.0
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line, level (y0 == y1) or upright (x0 == x1); thickness does not matter."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def level(self) -> bool:
        """Whether it runs from left to right."""
        return self.y0 == self.y1


@dataclass(frozen=True, slots=True)
class Placing:
    """The affine way from the upright page to the page as shown: x' = a*x + b*y + c, and so on.

    >>> Placing(0, 1, 0, -1, 0, 842).box_to_ref(Box(10, 20, 50, 30), 3)
    BoxRef(page=3, x0=20, y0=792, x1=30, y1=832)
    """

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 0
    e: float = 1
    f: float = 0

    def box_to_ref(self, box: Box, page: int) -> BoxRef:
        """The smallest upright box of the shown page that holds `box`."""
        corners = [(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        xs = [self.a * x + self.b * y + self.c for x, y in corners]
        ys = [self.d * x + self.e * y + self.f for x, y in corners]
        return BoxRef(page, min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Page:
    """One page, upright. `number` counts from 1; `typed` says that its words were born digital."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    placing: Placing = Placing()
    typed: bool = True
