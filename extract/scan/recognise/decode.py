"""Beliefs of the recogniser to text (greedy CTC: repeated classes are one, "nothing" parts them).

Graves et al., Connectionist Temporal Classification, ICML 2006, section 3.2.
"""

from dataclasses import dataclass
from functools import cache
from itertools import groupby

import numpy as np
import numpy.typing as npt

from extract.scan.recognise.crops import CropReading
from extract.scan.recognise.engine import Floats, recogniser

# What figures, marks for none, percentages and comparisons are printed with.
_FIGURES = "0123456789.,-+%()/×—≥≤<>＜＞"


@dataclass(frozen=True, slots=True)
class LineReading:
    """A line read twice from the same beliefs. `text` is the likeliest of all characters, `figure`
    of signs of figures alone: `O` becomes `0` where a figure must stand. Both are scored by the
    belief in their weakest character among all, so a word gets nearly none as a figure."""

    text: CropReading
    figure: CropReading


def beliefs_to_line(beliefs: Floats) -> LineReading:
    """Both readings of one line; `beliefs` is frames x classes."""
    allowed = _figure_classes()
    kept = beliefs[:, allowed]
    return LineReading(
        _decode(beliefs.argmax(axis=1), beliefs.max(axis=1)),
        _decode(allowed[kept.argmax(axis=1)], kept.max(axis=1)),
    )


def _decode(classes: npt.NDArray[np.intp], belief: Floats) -> CropReading:
    characters = recogniser().characters
    text, score, at = "", 1.0, 0
    for which, run in groupby(classes.tolist()):
        end = at + len(list(run))
        if which:
            text += characters[which]
            score = min(score, float(belief[at:end].max()))
        at = end
    return CropReading(text, round(score, 4)) if text.strip() else CropReading("", 0.0)


@cache
def _figure_classes() -> npt.NDArray[np.intp]:
    """The classes of the signs of figures, and "nothing here" first."""
    characters = recogniser().characters
    signs = [i for i, sign in enumerate(characters) if sign and sign in _FIGURES]
    return np.array([0, *signs], np.intp)
