"""Headers of allocation tables: texts, printed column numbers and formulas, by vote over pages.

The header of a table that goes on over pages is printed anew on each, and differently damaged each
time. One page, whose header grid fits the columns best, gives the shape; every text is the one that
the appearances agree on most (the set median of Kohonen 1985: the string with the greatest sum of
similarities to the others). Printed numbers and formulas are read off wherever they stand, because
their left side says which column they belong to.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex
from rapidfuzz import fuzz

from normalize.allocation.columns import Profile
from normalize.allocation.folding import header_use
from normalize.allocation.rows import PageRows, is_label_row
from normalize.quantities import MeasureKind, measures
from normalize.text import fold_in_place, label_key, squeeze
from normalize.vocabulary import read_rows, words_for
from schemas.source import Cell
from schemas.tables import Column

_SAME_TEXT = 55
_MOST_GROUPS = 4
_SIDE = r"[0-9A-Z(（.%％]"
_OPERATED = r"[0-9A-Z()（）.%％元人月年/÷×xX*＊+＋—–－-]{2,80}"
_FORMULA_IN = regex.compile(
    rf"(?<![0-9A-Z%])(?P<label>[0-9]{{1,2}}|[A-Z]{{1,2}})\s*[=＝:：－-](?P<right>{_SIDE}{_OPERATED})"
)
_AROUND_SIGNS = regex.compile(r"\s*([=＝×xX*＊+＋/÷－元-])\s*(?=[^\s])")
_OPERATOR = regex.compile(r"[×xX*＊+＋/÷－-]")
_LABEL_ALONE = regex.compile(r"[(（]?(?P<label>[0-9]{1,2}|[A-Z]{1,2})[)）]?")
_LABEL_AT_END = regex.compile(
    r"^(?P<words>.*\p{Han}.*?[^0-9A-Z.%％=＝])(?P<label>[0-9]{1,2}|[A-Z])$"
)
_BRACKETED_MEASURE = regex.compile(r"[(（](?:单位[:：])?(?P<word>[^()（）]{1,10})[)）]")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as printed, spaces taken out, with the column label on its left side."""

    label: str
    printed: str


@dataclass(frozen=True, slots=True)
class _HeaderText:
    """The words of a header cell without the numbers and formulas printed in it."""

    words: str
    formulas: tuple[Formula, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """A table's header as voted. `uncertain` says that texts could not be put to columns surely."""

    paths: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    formulas: tuple[str, ...]
    uncertain: bool


def split_header_text(text: str) -> _HeaderText:
    """Take printed numbers and formulas out of a header cell; the words stay as printed.

    >>> parts = split_header_text("2021年拨付资金 10 11=9+10")
    >>> parts.words, [f.printed for f in parts.formulas], parts.labels
    ('2021年拨付资金', ['11=9+10'], ('10',))
    """
    # One character stays one character, so that places in the folded text hold in the printed.
    printed = _AROUND_SIGNS.sub(r"\1", " ".join(text.split()))
    folded = fold_in_place(printed)
    formulas: list[Formula] = []
    words = printed
    for match in reversed(list(_FORMULA_IN.finditer(folded))):
        if _OPERATOR.search(match["right"]):
            formulas.insert(0, Formula(match["label"], squeeze(match[0])))
            words = words[: match.start()] + " " + words[match.end() :]
    words = words.strip()
    alone = _LABEL_ALONE.fullmatch(fold_in_place(words))
    if alone:
        return _HeaderText("", tuple(formulas), (alone["label"],))
    at_end = _LABEL_AT_END.match(fold_in_place(words))
    # A number at the end of words is the column's number only where a formula shows that
    # numbers are printed here; else it may belong to the words.
    if at_end and formulas:
        return _HeaderText(
            _tight(words[: at_end.end("words")]), tuple(formulas), (at_end["label"],)
        )
    return _HeaderText(_tight(words), tuple(formulas), ())


def _tight(text: str) -> str:
    return "".join(text.split())


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
    labels = _labels(pages, texts, count)
    formulas = _formulas([f for text in texts for f in text.formulas], labels)
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
        below = rows[level + 1][column].text if level + 1 < len(rows) else ""
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
    rows = [
        [words for cell in row if (words := split_header_text(cell.text).words)]
        for row in page.header
        if not is_label_row(row)
    ]
    rows = [row for row in rows if row]
    if rows:
        rows[0] = _without_names(rows[0], page.name_columns)
    flat = [text for row in rows for text in row]
    for texts in (flat, *reversed(rows)):
        paths = tuple((text,) for text in texts)
        if len(texts) == len(profiles) and all(map(_may_head, paths, profiles)):
            return paths
    return _groups_and_leaves(rows, profiles) or _last_by_kind(flat, profiles)


def _without_names(texts: Sequence[str], name_columns: int) -> list[str]:
    """The texts of the first header row without those that stand over the row's names."""
    count = 0
    while count < min(name_columns, len(texts)) and header_use(texts[count]) in ("name", "serial"):
        count += 1
    if count == 0 and texts and _kind_of_text(texts[0]) is None:
        count = 1  # a first text that names no measure stands over the names, whatever it says
    return list(texts[count:])


def _groups_and_leaves(
    rows: Sequence[Sequence[str]], profiles: Sequence[Profile]
) -> tuple[tuple[str, ...], ...]:
    """A header of two levels whose spans are lost: an upper row, then the leaves of its groups.

    With g groups over l leaves and s columns of one level, g + s + l texts stand for s + l columns.
    Where the rows are lost too, every split of the sequence is tried. A choice of groups is taken
    only if it is the only one that fits; 合计 is a group only where nothing else can be.
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
    chosen = plain or fitting
    return chosen[0] if len(chosen) == 1 else ()


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
        if len(paths) == len(profiles) and all(map(_may_head, paths, profiles)):
            found.append(tuple(paths))
    return found


def _may_head(path: tuple[str, ...], profile: Profile) -> bool:
    kind = _kind_of_text(path[-1]) if path else None
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


def _labels(pages: Sequence[PageRows], texts: Sequence[_HeaderText], count: int) -> tuple[str, ...]:
    """The label of each column: from the rows that number the columns, by vote of the pages."""
    votes: list[Counter[str]] = [Counter() for _ in range(count)]
    for page in pages:
        for row in page.header:
            if not is_label_row(row):
                continue
            printed = [_label_of(cell.text) for cell in row if cell.text]
            for column, label in enumerate(_from_first_data_label(printed)[:count]):
                votes[column][label] += 1
    named = {f.label for text in texts for f in text.formulas} | {
        label for text in texts for label in text.labels
    }
    if not any(votes):
        return _labels_where_formulas_stand(pages, named, count)
    chosen = [vote.most_common(1)[0][0] if vote else "" for vote in votes]
    return tuple("" if label in chosen[:i] else label for i, label in enumerate(chosen))


def _labels_where_formulas_stand(
    pages: Sequence[PageRows], named: set[str], count: int
) -> tuple[str, ...]:
    """Labels where no row numbers the columns: those of the formulas, where these stand.

    If all of them agree with counting from 1, or from A, every column is labelled by counting.
    """
    counted = tuple(str(i) for i in range(1, count + 1))
    lettered = tuple(chr(ord("A") + i) for i in range(min(count, 26)))
    standing: dict[int, str] = {}
    for page in pages:
        for row in page.header:
            for column, cell in enumerate(row[page.name_columns :][:count]):
                for formula in split_header_text(cell.text).formulas:
                    standing.setdefault(column, formula.label)
    for labels in (counted, lettered):
        if named and named <= set(labels) and all(labels[c] == standing[c] for c in standing):
            return labels
    return tuple(standing.get(column, "") for column in range(count))


def _label_of(text: str) -> str:
    parts = split_header_text(text)
    if parts.formulas:
        return parts.formulas[0].label
    return parts.labels[0] if parts.labels else ""


def _from_first_data_label(labels: Sequence[str]) -> list[str]:
    """Labels from the first data column on: 栏次 and 甲 stand over the names."""
    for i, label in enumerate(labels):
        if label in ("1", "A"):
            return list(labels[i:])
    return [label for label in labels if label]


def _formulas(found: Sequence[Formula], labels: Sequence[str]) -> tuple[str, ...]:
    """For each column the commonest formula whose left side is its label."""
    by_label: dict[str, Counter[str]] = {}
    for formula in found:
        by_label.setdefault(formula.label, Counter())[formula.printed] += 1
    return tuple(
        _commonest(by_label[label]) if label and label in by_label else "" for label in labels
    )


def _commonest(votes: Counter[str]) -> str:
    """The commonest; of equals the one with a real equals sign."""
    return max(votes, key=lambda printed: (votes[printed], "=" in printed or "＝" in printed))


@cache
def _measure_words() -> tuple[tuple[str, MeasureKind], ...]:
    return tuple((r["word"], MeasureKind(r["kind"])) for r in read_rows("header_measures.csv"))


def _kind_of_text(text: str) -> MeasureKind | None:
    """What a header text says its column measures: the word that stands last has the say."""
    key = label_key(text)
    found = [(key.rfind(word), len(word), kind) for word, kind in _measure_words() if word in key]
    return max(found)[2] if found else None


def column_measure(path: Sequence[str], table_measure: str, profile: Profile) -> str:
    """The measure of a column: in its own header in brackets, else from the 单位 line by kind.

    `table_measure` is the 单位 line as printed (人、万元). "" where the table does not say it.
    """
    known = measures()
    for text in reversed(path):
        for match in _BRACKETED_MEASURE.finditer(label_key(text)):
            if match["word"] in known:
                return match["word"]
    if _is_text(path, profile):
        return ""
    if profile.percents > 0.5 or (profile.percents > 0 and not profile.numbers):
        return "%"
    kind = next((k for text in reversed(path) if (k := _kind_of_text(text)) is not None), None)
    return _offered_measure(kind, label_key(table_measure))


def _is_text(path: Sequence[str], profile: Profile) -> bool:
    figures = profile.numbers + profile.percents
    return profile.words > 0.5 or (not figures and bool(path) and header_use(path[-1]) == "text")


def _offered_measure(kind: MeasureKind | None, table_measure: str) -> str:
    """The measure of the 单位 line that fits a kind; a sole measure fits all that says no other."""
    known = measures()
    offered = [word for word in regex.split(r"[、,;/和 ]", table_measure) if word in known]
    fitting = [word for word in offered if known[word].kind is kind]
    if fitting:
        return fitting[0]
    if kind is None and len(offered) == 1:
        return offered[0]
    return "人" if kind is MeasureKind.PERSONS else ""


def header_to_columns(
    header: Header, profiles: Sequence[Profile], table_measure: str
) -> tuple[Column, ...]:
    """Columns with their paths, labels, formulas and measures."""
    return tuple(
        Column(
            number=i + 1,
            path=header.paths[i],
            label=header.labels[i],
            formula=header.formulas[i],
            measure=column_measure(header.paths[i], table_measure, profile),
            is_text=_is_text(header.paths[i], profile),
        )
        for i, profile in enumerate(profiles)
    )
