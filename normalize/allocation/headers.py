"""Headers of allocation tables: texts, printed column numbers and formulas, by vote over pages.

The header of a table that goes on over pages is printed anew on each, and differently damaged each
time. One page, whose header grid fits the columns best, gives the shape; every text is the one that
the appearances agree on most (the set median of Kohonen 1985: the string with the greatest sum of
similarities to the others). Printed numbers and formulas are read off wherever they stand, because
their left side says which column they belong to.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from normalize.allocation.cells import LABEL_WORDS, is_label_row
from normalize.allocation.folding import header_use
from normalize.allocation.labels import column_formulas, column_labels, split_header_text
from normalize.allocation.measuring import kind_of_text, says_measure
from normalize.allocation.profiles import Profile
from normalize.allocation.rows import PageRows
from normalize.quantities import MeasureKind
from normalize.text import label_key
from normalize.vocabulary import words_for
from schemas.source import Cell

__all__ = ["Header", "pages_to_header", "printed_header", "split_header_text"]

_SAME_TEXT = 55
_MOST_GROUPS = 4


@dataclass(frozen=True, slots=True)
class Header:
    """A table's header as voted. `unplaced` are the texts of a header of which some could not be
    put to columns surely."""

    paths: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    formulas: tuple[str, ...]
    unplaced: tuple[str, ...]


def pages_to_header(pages: Sequence[PageRows], profiles: Sequence[Profile]) -> Header:
    """Vote on the header of a table with as many columns as there are profiles."""
    count = len(profiles)
    shapes = [shape for page in pages if (shape := _grid_paths(page, count))]
    if shapes:
        paths = max(shapes, key=_goodness)
    else:
        found = [_listed_paths(page, profiles) for page in pages if page.header]
        paths = max(found, key=_goodness, default=((),) * count)
    printed = [
        [split_header_text(cell.text) for row in page.header for cell in row if cell.text]
        for page in pages
    ]
    texts = [text for page in printed for text in page]
    voted = _vote(paths, [[text.words for text in page if text.words] for page in printed])
    labels = column_labels(pages, texts, count)
    formulas = column_formulas([f for text in texts for f in text.formulas], labels)
    unplaced = () if all(voted) else tuple(text.words for text in texts if text.words)
    return Header(voted, labels, formulas, unplaced)


def _goodness(paths: Sequence[tuple[str, ...]]) -> tuple[int, int, int]:
    """Columns that have a text, how many of the texts are distinct, and how many say what they
    count: of two pages the one that is less garbled."""
    known = sum(bool(path) and _is_known(path[-1]) for path in paths)
    return sum(bool(path) for path in paths), len(set(paths)), known


def _is_known(text: str) -> bool:
    return bool(says_measure(text) or header_use(text)) or kind_of_text(text) is not None


def _grid_paths(page: PageRows, count: int) -> tuple[tuple[str, ...], ...]:
    """Header paths where the header lies in the grid of the columns; () where it does not.

    Spans are read where the source has them. Where they are lost a text spreads to the right over
    blank places as long as the row below it has texts there.
    """
    whole = _with_cut_ends([row for row in page.header if not is_label_row(row)], page, count)
    rows = [row[page.name_columns :] for row in whole]
    if not rows or any(len(row) < count for row in rows):
        return ()
    if any(cell.text for row in rows for cell in row[count:]):
        return ()
    texts = [_spread(rows, level, count) for level in range(len(rows))]
    paths = tuple(
        _distinct([texts[level][column] for level in range(len(rows))]) for column in range(count)
    )
    return paths if all(paths) else ()


def _with_cut_ends(
    rows: Sequence[tuple[Cell, ...]], page: PageRows, count: int
) -> list[tuple[Cell, ...]]:
    """Header rows with the blank cells that were cut off at their ends. That a row lies in the grid
    all the same is sure where it begins with the blank cells over the names, or where another row
    that does is whole."""
    width = page.name_columns + count
    kept = [len(row) > 1 and not row[0].text for row in rows]
    if not any(len(row) >= width for row in rows) or not any(kept):
        return list(rows)
    below = any(is_kept and len(row) >= width for row, is_kept in zip(rows, kept, strict=True))
    return [
        (*row, *(replace(row[-1], text="") for _ in range(width - len(row))))
        if is_kept or (below and i == 0)
        else row
        for i, (row, is_kept) in enumerate(zip(rows, kept, strict=True))
    ]


def _spread(rows: Sequence[Sequence[Cell]], level: int, count: int) -> list[str]:
    """The texts of one header level, group texts standing over each of their columns."""
    row = rows[level]
    has_spans = any(cell.covered for r in rows for cell in r)
    texts = [""] * count
    left = ""
    for column in range(count):
        words = split_header_text(row[column].text).words
        if has_spans:
            texts[column] = words or _spanning(rows, level, column)
            continue
        below = any(lower[column].text for lower in rows[level + 1 :])
        if any(upper[column].text for upper in rows[:level]):
            left = ""  # another group begins above
        if words:
            left = words if below else ""
        elif not below:
            left = ""
        texts[column] = words or left
    return texts


def _spanning(rows: Sequence[Sequence[Cell]], level: int, column: int) -> str:
    """The text of the merged cell of the same row that covers a place, "" where none does."""
    for left in range(column - 1, -1, -1):
        cell = rows[level][left]
        if cell.text:
            return split_header_text(cell.text).words if left + cell.colspan > column else ""
    return ""


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _listed_paths(page: PageRows, profiles: Sequence[Profile]) -> tuple[tuple[str, ...], ...]:
    """Header paths where the header's grid is broken: texts in order, put to columns by number.

    Taken only where the texts, less those over the names, are as many as the columns, or as many
    as columns and groups together in exactly one way, and each may stand over its column. Where
    nothing fits none is guessed.
    """
    rows = _header_words(page)
    flat = [text for row in rows for text in row]
    # A row that begins with the blank cells over the names is a level, and does not go on the one
    # above it.
    levels = any(len(row) > 1 and not row[0].text for row in page.header[1:])
    for at in (*(() if levels else (None,)), *reversed(range(len(rows)))):
        paths = tuple((text,) for text in (flat if at is None else rows[at]))
        if (
            len(paths) == len(profiles)
            and all(map(_may_head, paths, profiles))
            and not any(_heads_no_column(path[0]) for path in paths)
        ):
            return paths if at is None else _with_rest(rows, at)
    return _groups_and_leaves(rows, profiles) or _last_by_kind(flat, profiles)


def _with_rest(rows: Sequence[Sequence[str]], at: int) -> tuple[tuple[str, ...], ...]:
    """The texts of one row of a broken header with those of the rows above and below.

    A text above that stands alone may head all columns, or a line break cut it off the first one
    (`福利彩` over `票公益金 ¦ 体育彩票公益金`); one below was cut off the last. More texts below a
    row are its leaves, and then it heads no columns itself.
    """
    paths: list[tuple[str, ...]] = [(text,) for text in rows[at]]
    above = [text for row in rows[:at] for text in row]
    below = [text for row in rows[at + 1 :] for text in row]
    if len(below) > 1:
        return ((),) * len(paths)
    if len(above) == 1:
        paths[0] = (above[0], *paths[0])
    if below:
        paths[-1] = (*paths[-1], below[0])
    return tuple(paths)


def _heads_no_column(text: str) -> bool:
    """Whether a header text stands over names, or over other texts: a list of texts in which it
    seems to stand over figures is one place off."""
    return header_use(text) == "name" or label_key(text).rstrip(":") in words_for("over_parts")


def _header_words(page: PageRows) -> list[list[str]]:
    """The words of the header, row by row, without those over the names and 栏次."""
    rows = [
        [words for cell in row if (words := split_header_text(cell.text).words)]
        for row in page.header
        if not is_label_row(row)
    ]
    rows = [row for row in rows if row]
    if rows:
        rows[0] = _without_names(rows[0])
    return [[text for text in row if text not in LABEL_WORDS] for row in rows]


def printed_header(pages: Sequence[PageRows]) -> str:
    """The words of a header as they stand on its first page; "" where no page has any."""
    texts = (" | ".join(text for row in _header_words(page) for text in row) for page in pages)
    return next((text for text in texts if text), "")


def _without_names(texts: Sequence[str]) -> list[str]:
    """The texts of the first header row without those that stand over the row's names."""
    count = 0
    while count < len(texts) and header_use(texts[count]) in ("name", "serial"):
        count += 1
    if count == 0 and texts and kind_of_text(texts[0]) is None:
        count = 1  # a first text that names no measure stands over the names, whatever it says
    return list(texts[count:])


def _groups_and_leaves(
    rows: Sequence[Sequence[str]], profiles: Sequence[Profile]
) -> tuple[tuple[str, ...], ...]:
    """A header of two levels whose spans are lost: an upper row, then the leaves of its groups.

    With g groups over l leaves and s columns of one level, g + s + l texts stand for s + l columns.
    Where the rows are lost too, every split of the sequence is tried. A column's path is taken
    where all choices of groups that fit agree on it; 合计 is a group only where nothing else can
    be. Several groups without the same leaves each are sure only where the rows are not lost: they
    may as well be levels of one.
    """
    flat = [text for row in rows for text in row]
    groups = len(flat) - len(profiles)
    if not 0 < groups <= _MOST_GROUPS:
        return ()
    splits = [len(rows[0])] if len(rows) == 2 else range(groups, len(flat))
    fitting = [
        choice
        for split in splits
        for choice in _group_choices(flat[:split], flat[split:], groups, profiles)
    ]
    plain = [choice for choice in fitting if not any(_is_total_group(path) for path in choice)]
    alike = [choice for choice in plain if _leaves_repeat(choice)]
    if len(rows) != 2 and groups > 1:
        return alike[0] if len(alike) == 1 else ()
    return _agreed(alike or plain or fitting)


def _leaves_repeat(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether all groups have the same leaves: 人数, 标准 and 金额 of 小学, the same of 初中."""
    leaves: dict[str, list[str]] = {}
    for path in paths:
        if len(path) > 1:
            leaves.setdefault(path[0], []).append(path[1])
    return len(leaves) > 1 and len({tuple(found) for found in leaves.values()}) == 1


def _agreed(choices: Sequence[tuple[tuple[str, ...], ...]]) -> tuple[tuple[str, ...], ...]:
    """For each column the path that all choices give it; () where they differ in all columns."""
    if not choices:
        return ()
    paths = tuple(found[0] if len(set(found)) == 1 else () for found in zip(*choices, strict=True))
    return paths if any(paths) else ()


def _is_total_group(path: tuple[str, ...]) -> bool:
    return len(path) > 1 and any(word in path[0] for word in words_for("total"))


def _group_choices(
    upper: Sequence[str], leaves: Sequence[str], groups: int, profiles: Sequence[Profile]
) -> list[tuple[tuple[str, ...], ...]]:
    if not leaves or len(leaves) % groups or len(leaves) < 2 * groups:
        return []
    size = len(leaves) // groups
    found = []
    for first in range(len(upper) - groups + 1):
        paths: list[tuple[str, ...]] = []
        rest = iter(leaves)
        for i, text in enumerate(upper):
            if first <= i < first + groups:
                paths.extend((text, next(rest)) for _ in range(size))
            else:
                paths.append((text,))
        last = (path[-1] for path in paths)
        if (
            len(paths) == len(profiles)
            and all(map(_may_head, paths, profiles))
            and not any(map(_heads_no_column, last))
        ):
            found.append(tuple(paths))
    return found


def _may_head(path: tuple[str, ...], profile: Profile) -> bool:
    if path and header_use(path[-1]) in ("text", "code"):
        return profile.words > 0 or profile.blanks > 0 or profile.codes > 0
    kind = kind_of_text(path[-1]) if path else None
    if kind is MeasureKind.RATIO:
        return profile.percents > 0 or profile.crosses > 0 or profile.numbers > 0
    if kind is not None:
        return profile.numbers > 0 and profile.percents < 0.5
    return True


def _last_by_kind(flat: Sequence[str], profiles: Sequence[Profile]) -> tuple[tuple[str, ...], ...]:
    """Only what is sure: the last text stands over a last column that alone holds words."""
    paths: list[tuple[str, ...]] = [()] * len(profiles)
    words = [c for c, profile in enumerate(profiles) if profile.words > 0.8]
    if words == [len(profiles) - 1] and flat:
        paths[-1] = (flat[-1],)
    return tuple(paths)


def _vote(
    paths: Sequence[tuple[str, ...]], pages: Sequence[Sequence[str]]
) -> tuple[tuple[str, ...], ...]:
    """Every text as its appearances agree on it most. A page prints each text once: its likest
    one, where that is no other text of the header."""
    medians: dict[str, str] = {}
    for text in {text for path in paths for text in path}:
        rivals = [o for path in paths for o in path if o != text]
        own = [
            found
            for page in pages
            if (found := max(page, key=lambda o: fuzz.ratio(text, o), default=""))
            and fuzz.ratio(text, found) >= _SAME_TEXT
            and all(fuzz.ratio(found, rival) <= fuzz.ratio(found, text) for rival in rivals)
        ]
        medians[text] = _set_median(own, text) if own else text
    return tuple(tuple(medians[text] for text in path) for path in paths)


def _set_median(texts: Sequence[str], shape: str) -> str:
    """The text most like the others; of equals one that says a measure, then the one that gave the
    header its shape."""
    return max(
        dict.fromkeys(texts),
        key=lambda text: (
            sum(fuzz.ratio(text, other) for other in texts),
            bool(says_measure(text)),
            text == shape,
        ),
    )
