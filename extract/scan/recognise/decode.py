"""Beliefs of the recogniser to text (greedy CTC: repeated classes are one, "nothing" parts them).

Graves et al., Connectionist Temporal Classification, ICML 2006, section 3.2.
"""

import math
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import numpy as np
import numpy.typing as npt

from extract.scan.recognise.crops import CropReading
from extract.scan.recognise.engine import Floats, recogniser
from extract.scan.recognise.signs import COMMAS, POINT, figure_signs

# Keeps the logarithm of a belief in bounds: less is none.
_NONE = 1e-4


@dataclass(frozen=True, slots=True)
class LineReading:
    """A line read twice from the same beliefs. `text` is the likeliest of all characters, `figure`
    of signs of figures alone: `O` becomes `0` where a figure must stand. Both are scored by the
    belief in their weakest character among all, so a word gets nearly none as a figure."""

    text: CropReading
    figure: CropReading


def beliefs_to_line(beliefs: Floats) -> LineReading:
    """Both readings of one line; `beliefs` is frames x classes, each frame adding up to 1."""
    allowed = _figure_classes()
    kept = beliefs[:, allowed]
    return LineReading(
        _decode(beliefs.argmax(axis=1), beliefs),
        _decode(allowed[kept.argmax(axis=1)], beliefs),
    )


def _decode(classes: npt.NDArray[np.intp], beliefs: Floats) -> CropReading:
    """The text of a class for each frame. A point or a comma is scored by the belief that it is one
    of both: which of them, `leanings` tell."""
    characters = recogniser().characters
    point, commas = _separators()
    text, score, at = "", 1.0, 0
    leanings: list[float] = []
    for which, run in groupby(classes.tolist()):
        end = at + len(list(run))
        if which == point or which in commas:
            frames = beliefs[at:end]
            pointed, tailed = float(frames[:, point].max()), float(frames[:, commas].max())
            leanings.append(math.log((tailed + _NONE) / (pointed + _NONE)))
            score = min(score, float(frames[:, [point, *commas]].sum(axis=1).max()))
        elif which:
            score = min(score, float(beliefs[at:end, which].max()))
        text += characters[which]
        at = end
    if not text.strip():
        return CropReading("", 0.0)
    return CropReading(text, round(min(score, 1.0), 4), tuple(leanings))


@cache
def _separators() -> tuple[int, list[int]]:
    """The class of the point and those of commas."""
    characters = recogniser().characters
    return characters.index(POINT), [i for i, sign in enumerate(characters) if sign in COMMAS]


@cache
def _figure_classes() -> npt.NDArray[np.intp]:
    """The classes of the signs of figures, and "nothing here" first."""
    characters = recogniser().characters
    signs = [i for i, sign in enumerate(characters) if sign in figure_signs()]
    return np.array([0, *signs], np.intp)
