"""What goes into the recogniser and what comes out."""

from dataclasses import dataclass

from extract.scan.picture import Grey, Pixels

DOUBTED = 0.9
"""A reading with a lower score deserves a second one."""

DISPUTED = 0.8
"""The most that a reading is believed which another reading contradicts."""


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """The inside of a cell or a line of text, cut out of an upright page without ruling lines:
    height x width grey, or height x width x 3 red, green, blue. Dark print on light paper."""

    pixels: Pixels | Grey


@dataclass(frozen=True, slots=True)
class CropReading:
    """What the recogniser says of a crop; lines are parted by line feeds. Nothing is corrected.

    `score` is its belief in the character that it believes least, 0 to 1. A crop without print is
    `CropReading("", 1.0)`; print that could not be read is `CropReading("", 0.0)`.

    `leanings` tell of every point and comma of the text, in order, by how much likelier a comma is
    there than a point: the natural logarithm of the ratio of both beliefs, which is no part of
    `score`.
    """

    text: str
    score: float
    leanings: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class PixelBox:
    """A rectangle of pixels: `left` and `top` inside, `right` and `bottom` just outside."""

    left: int
    top: int
    right: int
    bottom: int
