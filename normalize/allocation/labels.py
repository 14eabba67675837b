"""Printed numbers and formulas in headers: `4=2×3×50元/10000`, 栏次 1 2 3, A B C=A+B."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from normalize.allocation.cells import is_label_row, without_brackets
from normalize.allocation.rows import PageRows
from normalize.text import fold_in_place, squeeze

_SIDE = r"[0-9A-Z(（.%％]"
_OPERATED = r"[0-9A-Z()（）.%％元人月年/÷×xX*＊+＋—–－-]{2,80}"
_FORMULA_IN = regex.compile(
    rf"(?<![0-9A-Z%])(?P<label>[0-9]{{1,2}}|[A-Z]{{1,2}})\s*[=＝:：－-](?P<right>{_SIDE}{_OPERATED})"
)
_AROUND_SIGNS = regex.compile(r"\s*([=＝×xX*＊+＋/÷－元-])\s*(?=[^\s])")
_OPERATOR = regex.compile(r"[×xX*＊+＋/÷－-]")
_LABEL_ALONE = regex.compile(r"[(（]?(?P<label>[0-9]{1,2}|[A-Z]{1,2})[)）]?")
_FIRST = ("1", "A")
_LABEL_AT_END = regex.compile(
    r"^(?P<words>.*\p{Han}.*?[^0-9A-Z.%％=＝])(?P<label>[0-9]{1,2}|[A-Z])$"
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as printed, spaces taken out, with the column label on its left side."""

    label: str
    printed: str


@dataclass(frozen=True, slots=True)
class HeaderText:
    """The words of a header cell without the numbers and formulas printed in it."""

    words: str
    formulas: tuple[Formula, ...]
    labels: tuple[str, ...]


def split_header_text(text: str) -> HeaderText:
    """Take printed numbers and formulas out of a header cell; the words stay as printed.

    >>> parts = split_header_text("2021年拨付资金 10 11=9+10")
    >>> parts.words, [f.printed for f in parts.formulas], parts.labels
    ('2021年拨付资金', ['11=9+10'], ('10',))
    """
    # One character stays one character, so that places in the folded text hold in the printed.
    printed = without_brackets(_AROUND_SIGNS.sub(r"\1", " ".join(text.split())))
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
        return HeaderText("", tuple(formulas), (alone["label"],))
    at_end = _LABEL_AT_END.match(fold_in_place(words))
    # A number at the end of words is the column's number only where a formula shows that
    # numbers are printed here; else it may belong to the words.
    if at_end and formulas:
        return HeaderText(_tight(words[: at_end.end("words")]), tuple(formulas), (at_end["label"],))
    return HeaderText(_tight(words), tuple(formulas), ())


def _tight(text: str) -> str:
    return "".join(text.split())


def column_labels(
    pages: Sequence[PageRows], texts: Sequence[HeaderText], count: int
) -> tuple[str, ...]:
    """The label of each column: from the rows that number the columns, by vote of the pages."""
    votes: list[Counter[str]] = [Counter() for _ in range(count)]
    for page in pages:
        for row in page.header:
            if not is_label_row(row):
                continue
            labels = _of_data_columns([cell.text for cell in row], page, count)
            for column, label in enumerate(labels[:count]):
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


def _of_data_columns(cells: Sequence[str], page: PageRows, count: int) -> list[str]:
    """Labels from the first data column on: 栏次 or 甲 stands over the names, or nothing, or the
    names are numbered as well (地区 1, 人数 2, 金额 3)."""
    names = page.name_columns
    if names and len(cells) == count + names and _label_of(cells[0]) in _FIRST:
        return [_label_of(text) for text in cells[names:]]
    labels = [_label_of(text) for text in cells if text]
    for start, label in enumerate(labels):
        if label in _FIRST:
            numbers_names = len(labels) - start == count + names
            return labels[start + names :] if numbers_names else labels[start:]
    return [label for label in labels if label]


def column_formulas(found: Sequence[Formula], labels: Sequence[str]) -> tuple[str, ...]:
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
