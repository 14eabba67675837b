"""Words that a ruling line crosses: two entries set close together, or one that runs over."""

import ctypes
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.pages import Box, Rule, Word
from extract.pdf.view import Boxes, Turn, View, boxes_to_shown, boxes_to_upright

# In points: print may touch a line.
_TOUCH = 1.0
# Share of the height: characters of one word stand closer.
_APART = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """Where characters are from: `at` are their indices on `textpage`, `boxes` lie upright."""

    textpage: pdfium.PdfTextPage
    at: npt.NDArray[np.int64]
    boxes: Boxes
    view: View
    turn: Turn


def part_crossing(
    words: Sequence[Word],
    spans: Sequence[tuple[int, int]],
    rules: Sequence[Rule],
    setting: Setting,
) -> list[Word]:
    """Words, with those that an upright rule crosses parted where print began anew.

    What was set in one go is one entry that runs over into the next cell, as spreadsheets let it:
    it stays whole, and is as wide as it shows.
    """
    upright = sorted((rule for rule in rules if rule.x0 == rule.x1), key=lambda rule: rule.x0)
    result = list(words)
    if not words or not upright:
        return result
    places = np.array([rule.x0 for rule in upright])
    firsts = np.searchsorted(places, np.array([word.box.x0 for word in words]) + _TOUCH)
    ends = np.searchsorted(places, np.array([word.box.x1 for word in words]) - _TOUCH)
    # From the last one on, so that the places of the others do not change.
    for at in np.flatnonzero(ends > firsts)[::-1].tolist():
        box = words[at].box
        middle = (box.y0 + box.y1) / 2
        near = upright[firsts[at] : ends[at]]
        crossing = [rule.x0 for rule in near if rule.y0 <= middle <= rule.y1]
        if crossing:
            result[at : at + 1] = _parted(words[at], spans[at], crossing, setting)
    return result


def _parted(
    word: Word, span: tuple[int, int], crossing: Sequence[float], setting: Setting
) -> list[Word]:
    boxes = setting.boxes[span[0] : span[1]]
    middles = (boxes[:, 0] + boxes[:, 2]) / 2
    cuts = {bisect_left(middles.tolist(), x) for x in crossing}
    kept = [cut for cut in sorted(cuts) if 0 < cut < len(boxes) and _begins(span[0] + cut, setting)]
    parts: list[Word] = []
    for start, end in zip([0, *kept], [*kept, len(boxes)], strict=True):
        x0, x1 = float(boxes[start:end, 0].min()), float(boxes[start:end, 2].max())
        box = replace(word.box, x0=round(x0, 2), x1=round(x1, 2))
        part = Word(word.text[start:end], box)
        over = any(box.x0 + _TOUCH < x < box.x1 - _TOUCH for x in crossing)
        parts.append(_clipped(part, span[0] + start, setting) if over else part)
    return parts


def _begins(at: int, setting: Setting) -> bool:
    """Whether print begins anew at a character: another object, or a step to the right."""
    before, box = setting.boxes[at - 1], setting.boxes[at]
    if box[0] - before[2] > _APART * (box[3] - box[1]):
        return True
    one, other = (_text_object(index, setting) for index in (at - 1, at))
    return one != other


def _text_object(at: int, setting: Setting) -> int | None:
    item = raw.FPDFText_GetTextObject(setting.textpage.raw, int(setting.at[at]))
    return ctypes.cast(item, ctypes.c_void_p).value


def _clipped(word: Word, at: int, setting: Setting) -> Word:
    """A word no wider than the clip of its cell lets it show."""
    item = raw.FPDFText_GetTextObject(setting.textpage.raw, int(setting.at[at]))
    clip = _clip_box(raw.FPDFPageObj_GetClipPath(item), setting)
    if clip is None:
        return word
    x0, x1 = max(word.box.x0, clip.x0), min(word.box.x1, clip.x1)
    return replace(word, box=replace(word.box, x0=x0, x1=x1)) if x0 < x1 else word


def _clip_box(path: raw.FPDF_CLIPPATH, setting: Setting) -> Box | None:
    """What all paths of a clip leave open, None without a clip."""
    x, y = ctypes.c_float(), ctypes.c_float()
    boxes: list[tuple[float, float, float, float]] = []
    for i in range(max(raw.FPDFClipPath_CountPaths(path), 0)):
        points: list[tuple[float, float]] = []
        for j in range(max(raw.FPDFClipPath_CountPathSegments(path, i), 0)):
            segment = raw.FPDFClipPath_GetPathSegment(path, i, j)
            raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            points.append((x.value, y.value))
        if points:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
    if not boxes:
        return None
    shown = boxes_to_shown(np.array(boxes), setting.view)
    upright = boxes_to_upright(shown, setting.view, setting.turn)
    x0, y0 = upright[:, :2].max(axis=0).tolist()
    x1, y1 = upright[:, 2:].min(axis=0).tolist()
    return Box(x0, y0, x1, y1)
