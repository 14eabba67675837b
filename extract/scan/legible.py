"""Whether a picture shows print at all: a photograph of bricks has lines and marks, too."""

from collections.abc import Sequence

from extract.pages import Word
from extract.scan.recognise import DOUBTED

# Of walls, floors, fences and foliage a fiftieth of the readings is believed, 0.3 each; of a copy
# so bad that one cell of a hundred is read rightly, a fifth, 0.5 each.
_LEAST_SURE, _LEAST_MEAN = 0.08, 0.4
# Fewer readings say nothing.
_FEW = 4


def shows_no_print(scores: Sequence[float]) -> bool:
    """Whether nearly nothing of what was read on a page is believed: its marks are no characters.

    A bad copy of real print is no such page; its figures are worth a look.

    >>> shows_no_print([0.3] * 49 + [0.95]), shows_no_print([0.3] * 40 + [0.95] * 10)
    (True, False)
    """
    if len(scores) < _FEW:
        return False
    sure = sum(score >= DOUBTED for score in scores)
    return sure < _LEAST_SURE * len(scores) and sum(scores) < _LEAST_MEAN * len(scores)


def sure_words(words: Sequence[Word]) -> tuple[Word, ...]:
    """Those of them that are read without doubt."""
    return tuple(word for word in words if word.score >= DOUBTED)
