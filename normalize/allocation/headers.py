"""Headers of allocation tables: texts, printed column numbers and formulas, by vote over pages.

The header of a table that goes on over pages is printed anew on each, and differently damaged each
time. One page, whose header grid fits the columns best, gives the shape; every text is the one that
the appearances agree on most (the set median of Kohonen 1985: the string with the greatest sum of
similarities to the others). Printed numbers and formulas are read off wherever they stand, because
their left side says which column they belong to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from normalize.allocation.columns import Profile
from normalize.allocation.folding import header_use
from normalize.allocation.labels import column_formulas, column_labels, split_header_text
from normalize.allocation.measuring import column_measure, has_rates, is_words, kind_of_text
from normalize.allocation.rows import LABEL_WORDS, PageRows, is_label_row
from normalize.quantities import MeasureKind
from normalize.text import label_key
from normalize.vocabulary import words_for
from schemas.source import Cell
from schemas.tables import Column

__all__ = ["Header", "header_to_columns", "pages_to_header", "printed_header", "split_header_text"]

_SAME_TEXT = 55
_MOST_GROUPS = 4


@dataclass(frozen=True, slots=True)
class Header:
    """A table's header as voted. `uncertain` says that texts could not be put to columns surely."""

    paths: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    formulas: tuple[str, ...]
    uncertain: bool


def pages_to_header(pages: Sequence[PageRows], profiles: Sequence[Profile]) -> Header:
    """Vote on the header of a table with as many columns as there are profiles."""
    count = len(profiles)
    shapes = [shape for page in pages if (shape := _grid_paths(page, count))]
    uncertain = False
    if shapes:
        paths = max(shapes, key=_goodness)
    else:
        found = [_listed_paths(page, profiles) for page in pages if page.header]
        paths = max(found, key=_goodness, default=((),) * count)
        uncertain = sum(bool(path) for path in paths) < count
    texts = [
        split_header_text(cell.text)
        for page in pages
        for row in page.header
        for cell in row
        if cell.text
    ]
    voted = _vote(paths, [text.words for text in texts if text.words])
    labels = column_labels(pages, texts, count)
    formulas = column_formulas([f for text in texts for f in text.formulas], labels)
    return Header(voted, labels, formulas, uncertain)


def _goodness(paths: Sequence[tuple[str, ...]]) -> tuple[int, int]:
    """Columns that have a text, then how many of the texts are distinct."""
    return sum(bool(path) for path in paths), len(set(paths))


def _grid_paths(page: PageRows, count: int) -> tuple[tuple[str, ...], ...]:
    """Header paths where the header lies in the grid of the columns; () where it does not.

    Spans are read where the source has them. Where they are lost a text spreads to the right over
    blank places as long as the row below it has texts there.
    """
    rows = [row[page.name_columns :] for row in page.header if not is_label_row(row)]
    if not rows or any(len(row) < count for row in rows):
        return ()
    if any(cell.text for row in rows for cell in row[count:]):
        return ()
    texts = [_spread(rows, level, count) for level in range(len(rows))]
    paths = tuple(
        _distinct([texts[level][column] for level in range(len(rows))]) for column in range(count)
    )
    return paths if all(paths) else ()


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
    for texts in (flat, *reversed(rows)):
        paths = tuple((text,) for text in texts)
        if (
            len(texts) == len(profiles)
            and all(map(_may_head, paths, profiles))
            and not any(map(_heads_no_column, texts))
        ):
            return paths
    return _groups_and_leaves(rows, profiles) or _last_by_kind(flat, profiles)


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
    paths: Sequence[tuple[str, ...]], appearances: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    medians: dict[str, str] = {}
    for text in {text for path in paths for text in path}:
        alike = [other for other in appearances if fuzz.ratio(text, other) >= _SAME_TEXT]
        rivals = [o for path in paths for o in path if o != text]
        own = [
            other
            for other in alike
            if all(fuzz.ratio(other, rival) <= fuzz.ratio(other, text) for rival in rivals)
        ]
        medians[text] = _set_median(own) if own else text
    return tuple(tuple(medians[text] for text in path) for path in paths)


def _set_median(texts: Sequence[str]) -> str:
    return max(
        dict.fromkeys(texts), key=lambda text: sum(fuzz.ratio(text, other) for other in texts)
    )


def header_to_columns(
    header: Header, profiles: Sequence[Profile], table_measure: str
) -> tuple[Column, ...]:
    """Columns with their paths, labels, formulas and measures."""
    rates = has_rates(header.paths)
    return tuple(
        Column(
            number=i + 1,
            path=header.paths[i],
            label=header.labels[i],
            formula=header.formulas[i],
            measure=column_measure(header.paths[i], table_measure, profile, beside_rates=rates),
            is_text=is_words(header.paths[i], profile),
        )
        for i, profile in enumerate(profiles)
    )
