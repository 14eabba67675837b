"""What the figures of a column say of each other: of a sign that one of them leaves in doubt.

No digit is ever told from its neighbours: only whether a mark between digits is a point or a comma,
and which of several readings of a cell can be a figure at all.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

import regex

from extract.claims import looks_like_figure
from extract.scan.recognise import DISPUTED, DOUBTED, CropReading, SecondReading, figure_signs
from extract.scan.recognise.signs import POINT

# What a comma reads as; and figures of which every such mark may be a comma between thousands.
_MARK = regex.compile(r"[.,，]")
_GROUPED = regex.compile(r"\D?[1-9][0-9]{0,2}(?:[.,，][0-9]{3})+\D{0,2}")
_SHORT = regex.compile(r"\D?(?:[0-9]|[1-9][0-9]{1,2})\D{0,2}")
_CORE = regex.compile(r"(?<before>[^0-9]*)(?<core>[0-9]+(?:[.,][0-9]+)*%?)[^0-9]*")
_WHOLE_FIGURE = regex.compile(r"[^0-9.,]?[0-9]+(?:[.,][0-9]+)*[^0-9.,]?")
_DIGIT, _LETTER, _FORMULA = regex.compile(r"[0-9]"), regex.compile(r"\p{L}"), "="
# Measured over columns at 150 and 200 dpi: points lean by a median of -8 or less, of -5.7 at worst
# (small hairline print, blurred); commas that have lost their tails in one bit by -3.6 or more. Of
# such commas more than half lean to commas over a page, of points a twentieth.
_LEANS_TO_COMMAS, _CLEAR = -4.5, 0.1
_FEW = 3
# A figure is taken for what others of a column are if so much of it is of figures.
_MOST = 0.6
# So many preparations must read the same figure where the usual one reads none.
_AGREEING = 2


@dataclass(frozen=True, slots=True)
class Agreed:
    """A text that takes the place of what was read, with its score; `was` is what was read."""

    text: str
    score: float
    was: str


def columns_to_commas(
    readings: Sequence[CropReading], columns: Sequence[int]
) -> Mapping[int, Agreed]:
    """The readings (by their place) of which all marks are known to be commas; the points among
    them have lost their tails.

    `columns` says of each reading which column of a table it stands in, -1 for none. Where every
    figure of a column may be a whole number in groups of three, all last marks are of one kind;
    the recogniser's leanings over the whole column tell which. A point with another mark behind it
    is a comma in any case. The other columns of the page must agree.

    >>> tailed = CropReading("3,078", 0.9, (2.0,))
    >>> hairline = [CropReading(f"{n}.255", 0.9, (-3.0,)) for n in range(20, 24)]
    >>> columns_to_commas([tailed, *hairline], [0] * 5)[1].text
    '20,255'
    >>> points = [CropReading(f"{n}.255", 0.9, (-8.9,)) for n in range(20, 24)]
    >>> columns_to_commas(points, [0] * 4)
    {}
    """
    grouped: dict[int, list[int]] = {}
    for column, places in _by_column(columns):
        marked = [i for i in places if _GROUPED.fullmatch(readings[i].text)]
        figures = [text for i in places if _is_of_signs(text := readings[i].text)]
        if marked and all(_GROUPED.fullmatch(t) or _SHORT.fullmatch(t) for t in figures):
            grouped[column] = marked
    leanings = {c: [readings[i].leanings[-1] for i in marked] for c, marked in grouped.items()}
    page = [lean for of_column in leanings.values() for lean in of_column]
    # Somewhere on a page with commas one shows its tail.
    clear = len(page) >= _FEW and sum(lean > 0 for lean in page) >= _CLEAR * len(page)
    found: dict[int, Agreed] = {}
    for column, marked in grouped.items():
        commas = clear and min(median(leanings[column]), median(page)) > _LEANS_TO_COMMAS
        for i in marked:
            one = readings[i]
            text = _with_commas(one.text, last=commas)
            if commas or text != one.text:
                score = one.score if text == one.text else min(one.score, DISPUTED)
                found[i] = Agreed(text, score, one.text)
    return found


def _with_commas(text: str, *, last: bool) -> str:
    """The text with commas for its points; for the last one only if `last`."""
    marks = [match.start() for match in _MARK.finditer(text)]
    changed = marks if last else marks[:-1]
    return "".join("," if i in changed and sign == POINT else sign for i, sign in enumerate(text))


def odd_figures(readings: Sequence[CropReading], columns: Sequence[int]) -> tuple[int, ...]:
    """The readings (by their place) that stand in a column of figures and cannot be one: with a
    sign that no figure has (`36°`), or signs where none belong (`.64225`). A formula and a measure
    (`12人`) that are read without doubt are none of them."""
    found: list[int] = []
    for _, places in _by_column(columns):
        printed = [i for i in places if readings[i].text]
        alike = [i for i in printed if looks_like_figure(readings[i].text)]
        if len(printed) >= _FEW and len(alike) >= _MOST * len(printed):
            found += [i for i in printed if _is_odd(readings[i])]
    return tuple(found)


def _is_odd(reading: CropReading) -> bool:
    text = reading.text
    if not _DIGIT.search(text) or _is_figure(text) or _FORMULA in text:
        return False
    return reading.score < DOUBTED or not _LETTER.search(text)


def _is_figure(text: str) -> bool:
    return _WHOLE_FIGURE.fullmatch(text) is not None and figure_signs().issuperset(text)


def _digits(text: str) -> str:
    return "".join(_DIGIT.findall(text))


def _is_of_signs(text: str) -> bool:
    return bool(_DIGIT.search(text)) and figure_signs().issuperset(text)


def second_to_figure(reading: CropReading, again: SecondReading) -> Agreed | None:
    """The figure of the same digits that most preparations read of a crop whose first reading is
    none, if they agree; None where they do not."""
    votes = {
        text: count
        for text, count in again.votes.items()
        if count >= _AGREEING and _is_figure(text) and _digits(text) == _digits(reading.text)
    }
    if not votes:
        return None
    text, most = max(votes.items(), key=lambda vote: vote[1])
    if any(count == most for other, count in votes.items() if other != text):
        return None
    return Agreed(text, DISPUTED, reading.text)


def odd_to_candidates(text: str) -> tuple[str, ...]:
    """The figures that an odd text may be if what stands beside its digits is dirt, or the rest of
    a minus sign; none where dirt stands within.

    >>> odd_to_candidates("· 60%"), odd_to_candidates("7458."), odd_to_candidates("16:405")
    (('60%', '-60%'), ('7458',), ())
    """
    match = _CORE.fullmatch(text)
    if match is None:
        return ()
    core = match["core"]
    return (core, f"-{core}") if match["before"] else (core,)


def applied(
    readings: Sequence[CropReading], agreed: Mapping[int, Agreed]
) -> tuple[CropReading, ...]:
    """The readings with what was agreed on in their place."""
    return tuple(
        replace(one, text=agreed[i].text, score=agreed[i].score) if i in agreed else one
        for i, one in enumerate(readings)
    )


def doubted_marks(readings: Sequence[CropReading]) -> tuple[CropReading, ...]:
    """The readings, none believed more than that its points are points and its commas commas."""
    return tuple(
        replace(one, score=min([one.score, *(_sureness(lean) for lean in one.leanings)]))
        for one in readings
    )


def _sureness(lean: float) -> float:
    return 1 / (1 + math.exp(-abs(lean)))


def _by_column(columns: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    places = sorted((column, i) for i, column in enumerate(columns) if column >= 0)
    for column, found in groupby(places, key=lambda place: place[0]):
        yield column, [i for _, i in found]
