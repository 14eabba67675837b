"""Characters to words: runs of characters set together."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from extract.markup import raised
from extract.pages import Box, Word
from extract.pdf.view import Boxes

# Shares of the height of a character: a wider gap parts words; a character that is so much lower
# or smaller belongs to another word.
_GAP = 0.25
_LOWER = 0.5
_SMALLER = 0.75
# A character that covers this much of the one before it is print struck twice.
_COVERS = 0.5
_SAME_PLACE = 0.12
_RAISED = 0.15
_BLANKS = np.array([*range(33), 0x7F, 0xA0, *range(0x2000, 0x2010), 0x3000, 0xFEFF])
# For each character of the first plane; those of the others print.
_IS_BLANK = np.isin(np.arange(0x10000), _BLANKS)


def characters_to_words(text: str, boxes: Boxes) -> tuple[list[Word], list[tuple[int, int]]]:
    """Words of characters that are upright (y downwards), and which characters each is made of.

    `boxes` are x0, y0, x1, y1 in points, one for each character of `text`, blanks included. Print
    struck twice to look bold is one word; small raised digits become ², so that 10² is never 102.

    >>> boxes = np.array([[0, 0, 10, 10], [10, 0, 20, 10], [20, 0, 20, 10], [30, 0, 35, 10.0]])
    >>> words, spans = characters_to_words("合计 7", boxes)
    >>> [(word.text, word.box.x1) for word in words], spans
    ([('合计', 20.0), ('7', 35.0)], [(0, 2), (3, 4)])
    """
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    if not len(codes):
        return [], []
    blank = _IS_BLANK[np.minimum(codes, 0xFFFF)] | (boxes[:, 3] - boxes[:, 1] <= 0)
    starts, ends = _runs(boxes, blank)
    if not len(starts):
        return [], []
    inside = _inside(len(codes), starts, ends)[:, None]
    low = np.minimum.reduceat(np.where(inside, boxes[:, :2], np.inf), starts)
    high = np.maximum.reduceat(np.where(inside, boxes[:, 2:], -np.inf), starts)
    corners = np.concatenate((low, high), axis=1).round(2)
    first_seen = _first_seen(corners)
    spans = list(zip(starts.tolist(), ends.tolist(), strict=True))
    boxes_of_words = map(Box, *corners.T.tolist())
    words = [
        Word(text[start:end], box) for (start, end), box in zip(spans, boxes_of_words, strict=True)
    ]
    for at in _small(corners):
        words[at] = _raise(words[at - 1], words[at])
    twice = {at for at, first in first_seen if words[at].text == words[first].text}
    if not twice:
        return words, spans
    kept = [at for at in range(len(words)) if at not in twice]
    return [words[at] for at in kept], [spans[at] for at in kept]


def _runs(
    boxes: Boxes, blank: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """First and end of every run of characters that belong to one word."""
    heights = boxes[:, 3] - boxes[:, 1]
    low, high = np.minimum(heights[1:], heights[:-1]), np.maximum(heights[1:], heights[:-1])
    gap = boxes[1:, 0] - boxes[:-1, 2]
    narrow = np.minimum(boxes[1:, 2] - boxes[1:, 0], boxes[:-1, 2] - boxes[:-1, 0])
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    parted = (
        blank[1:]
        | blank[:-1]
        | (gap > _GAP * low)
        | (-gap > np.maximum(_COVERS * narrow, 0.1 * low))
        | (np.abs(middle[1:] - middle[:-1]) > _LOWER * low)
        | (low < _SMALLER * high)
    )
    begins = np.concatenate(([True], parted)) & ~blank
    ends = np.concatenate((parted, [True])) & ~blank
    return np.flatnonzero(begins), np.flatnonzero(ends) + 1


def _inside(
    count: int, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    """Which of `count` characters belong to a run."""
    steps = np.zeros(count + 1, np.int64)
    steps[starts] += 1
    np.subtract.at(steps, ends, 1)
    found: npt.NDArray[np.bool_] = np.cumsum(steps[:-1]) > 0
    return found


def _small(corners: Boxes) -> list[int]:
    """The words that are smaller than the one before."""
    heights = corners[:, 3] - corners[:, 1]
    found: list[int] = (np.flatnonzero(heights[1:] < _SMALLER * heights[:-1]) + 1).tolist()
    return found


def _raise(before: Word, word: Word) -> Word:
    box, other = word.box, before.box
    height = other.y1 - other.y0
    follows = abs(box.x0 - other.x1) < _GAP * height
    beside = other.y0 - height / 2 < box.y0 and box.y1 < other.y1 + height / 2
    if not (follows and beside and box.y1 - box.y0 < _SMALLER * height):
        return word
    above, below = other.y1 - box.y1, box.y0 - other.y0
    if abs(above - below) < _RAISED * height:
        return word
    return replace(word, text=raised(word.text, "sup" if above > below else "sub"))


def _first_seen(corners: Boxes) -> list[tuple[int, int]]:
    """Words that stand where another stands: the later one, and the first."""
    near = _SAME_PLACE * (corners[:, 3] - corners[:, 1])
    pairs: set[tuple[int, int]] = set()
    # Sorted by lines of 4 points, and again by lines that begin in the middle of these.
    for offset in (0.0, 0.5):
        order = np.lexsort((corners[:, 0], np.floor(corners[:, 1] / 4 + offset)))
        one, other = order[:-1], order[1:]
        close = np.abs(corners[one, 0] - corners[other, 0]) < near[one]
        close &= np.abs(corners[one, 1] - corners[other, 1]) < near[one]
        found = np.sort(np.stack((one[close], other[close]), axis=1), axis=1)
        pairs.update((later, first) for first, later in found.tolist())
    return sorted(pairs)
