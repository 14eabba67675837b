"""Words that lie on a page, to print lines and to text: the way Chinese print sets and wraps it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import regex

from extract.lines import clean
from extract.pages import Box, Word

_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uff65\U00020000-\U0003ffff“”‘’…—·○〇×]"
_CJK_END = regex.compile(f"{_CJK}$")
_CJK_START = regex.compile(f"^{_CJK}")
_FIGURE_END = regex.compile(r"[0-9][0-9.,]*$")
_FIGURE_START = regex.compile(r"^[-−]?[0-9][0-9.,]*")
_WORD_END = regex.compile(r"[A-Za-z0-9]$")
_WORD_START = regex.compile(r"^[A-Za-z0-9]")
# Shares of the height of print.
_SAME_LINE = 0.5
_SPACE = 0.2
_CJK_SPACE = 0.5
_NO_ROOM = 1.6


@dataclass(frozen=True, slots=True)
class PrintLine:
    """Words on one line, from left to right."""

    words: tuple[Word, ...]
    box: Box

    @property
    def height(self) -> float:
        """The usual height of its words, in points."""
        return median(word.box.y1 - word.box.y0 for word in self.words)


def words_to_print_lines(words: Sequence[Word]) -> list[PrintLine]:
    """Words gathered into lines, from top to bottom; a raised sign stays in its line."""
    lines: list[list[Word]] = []
    tops: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda w: (w.box.y0 + w.box.y1, w.box.x0)):
        for i in range(len(lines) - 1, max(len(lines) - 4, -1), -1):
            if _shares_line(word.box, *tops[i]):
                lines[i].append(word)
                tops[i] = _wider(tops[i], word.box, len(lines[i]))
                break
        else:
            lines.append([word])
            tops.append((word.box.y0, word.box.y1))
    printed = [_print_line(line) for line in lines]
    return sorted(printed, key=lambda line: (line.box.y0 + line.box.y1, line.box.x0))


def _shares_line(box: Box, top: float, bottom: float) -> bool:
    over = min(box.y1, bottom) - max(box.y0, top)
    return over >= _SAME_LINE * max(min(box.y1 - box.y0, bottom - top), 0.1)


def _wider(span: tuple[float, float], box: Box, count: int) -> tuple[float, float]:
    """The span of a line moves with its words, but a raised sign does not stretch it."""
    if box.y1 - box.y0 < 0.7 * (span[1] - span[0]):
        return span
    share = 1 / count
    return span[0] + share * (box.y0 - span[0]), span[1] + share * (box.y1 - span[1])


def _print_line(words: Sequence[Word]) -> PrintLine:
    ordered = tuple(sorted(words, key=lambda w: (w.box.x0, w.box.x1)))
    return PrintLine(ordered, union([word.box for word in ordered]))


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box around boxes."""
    return Box(
        min(b.x0 for b in boxes),
        min(b.y0 for b in boxes),
        max(b.x1 for b in boxes),
        max(b.y1 for b in boxes),
    )


def line_to_text(words: Sequence[Word]) -> str:
    """The words of one line, with a space where print leaves one."""
    text = ""
    before: Word | None = None
    for word in words:
        if before is not None and word.text and text:
            text += _between(before, word, text)
        text += word.text
        before = word
    return clean(text).strip()


def _between(before: Word, word: Word, text: str) -> str:
    gap = word.box.x0 - before.box.x1
    em = min(before.box.y1 - before.box.y0, word.box.y1 - word.box.y0)
    han = bool(_CJK_END.search(text)) and bool(_CJK_START.match(word.text))
    return " " if gap > (_CJK_SPACE if han else _SPACE) * em else ""


def words_to_text(words: Sequence[Word], width: float) -> str:
    """The words of one cell, `width` points wide, as its text.

    Lines that print has wrapped are joined without a space between Chinese characters. Two
    figures under each other are joined only where the upper one had no room to go on.
    """
    if not words:
        return ""
    if len(words) == 1:
        text = words[0].text.strip()
        # Figures, which are most cells, need no cleaning.
        return text if text.isascii() and text.isprintable() else clean(text).strip()
    upright = _upright_columns(words)
    if upright is not None:
        return clean("".join(word.text for word in upright)).strip()
    text = ""
    before: PrintLine | None = None
    for line in words_to_print_lines(words):
        printed = line_to_text(line.words)
        if before is None or not text or not printed:
            text += printed
        else:
            full = width - (before.box.x1 - before.box.x0) < _NO_ROOM * before.height
            text = _wrap(text, printed, full=full)
        before = line
    return text


def words_to_readings(words: Sequence[Word], width: float) -> tuple[str, ...]:
    """The other texts of a cell: with one word of it read another way at a time."""
    if not words or (len(words) == 1 and not words[0].readings):
        return ()
    if not any(word.readings for word in words):
        return ()
    text = words_to_text(words, width)
    found = [
        words_to_text([*words[:i], replace(word, text=reading), *words[i + 1 :]], width)
        for i, word in enumerate(words)
        for reading in word.readings
    ]
    return tuple(other for other in dict.fromkeys(found) if other != text)


def _wrap(text: str, more: str, *, full: bool) -> str:
    """Two lines of a cell as one text.

    >>> _wrap("城乡居民", "养老保险", full=True), _wrap("156,43", "0.00", full=True)
    ('城乡居民养老保险', '156,430.00')
    >>> _wrap("120", "130", full=False), _wrap("aged", "care", full=False)
    ('120 130', 'aged care')
    """
    end, start = _FIGURE_END.search(text), _FIGURE_START.match(more)
    if end and start:
        goes_on = end[0][-1] in ".," or len(start[0]) < len(end[0])
        return text + more if full and goes_on and start[0][0].isdigit() else f"{text} {more}"
    apart = _WORD_END.search(text) and _WORD_START.match(more)
    return f"{text} {more}" if apart else text + more


def _upright_columns(words: Sequence[Word]) -> list[Word] | None:
    """Words in reading order where single characters stand under each other in two or more
    columns, further apart than the characters: columns are read from right to left."""
    if len(words) < 4 or any(len(word.text) != 1 for word in words):
        return None
    columns: list[list[Word]] = []
    for word in sorted(words, key=lambda w: -(w.box.x0 + w.box.x1)):
        middle = (word.box.x0 + word.box.x1) / 2
        if columns and columns[-1][0].box.x0 <= middle <= columns[-1][0].box.x1:
            columns[-1].append(word)
        else:
            columns.append([word])
    if len(columns) < 2 or min(len(column) for column in columns[:-1]) < 2:
        return None
    columns = [sorted(column, key=lambda w: w.box.y0) for column in columns]
    down = [below.box.y0 - word.box.y1 for column in columns for word, below in pairwise(column)]
    across = [right[0].box.x0 - left[0].box.x1 for right, left in pairwise(columns)]
    if min(across) <= max(*down, 0.3 * (words[0].box.y1 - words[0].box.y0)):
        return None
    return [word for column in columns for word in column]
