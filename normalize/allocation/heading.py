"""Columns with all that their header says of them: path, label, formula, measure."""

from collections.abc import Sequence
from dataclasses import replace

from normalize.allocation.headers import Header
from normalize.allocation.measuring import (
    column_measure,
    has_rates,
    is_words,
    kind_of_text,
    says_other,
)
from normalize.allocation.profiles import Profile
from normalize.quantities import MeasureKind, measures
from normalize.text import label_key
from normalize.vocabulary import words_for
from schemas.tables import Column


def header_to_columns(
    header: Header, profiles: Sequence[Profile], table_measure: str
) -> tuple[Column, ...]:
    """Columns with their paths, labels, formulas and measures.

    A column of which no header is sure has the measure of the table only where all texts of the
    header agree with it.
    """
    rates = has_rates(header.paths)
    mixed = any(says_other(text, table_measure) for text in header.unplaced)
    columns: list[Column] = []
    for i, profile in enumerate(profiles):
        path = header.paths[i]
        said = "" if mixed and not path else table_measure
        column = Column(
            number=i + 1,
            path=path,
            label=header.labels[i],
            formula=header.formulas[i],
            measure=column_measure(path, said, profile, beside_rates=rates),
            is_text=is_words(path, profile),
        )
        whole = _whole_of(column, columns)
        if whole is not None and _is_part(column, profile, whole, profiles[whole.number - 1]):
            column = replace(column, measure=whole.measure)
        columns.append(column)
    return tuple(columns)


def _whole_of(column: Column, before: Sequence[Column]) -> Column | None:
    """The column of which `column` is said to be a part (其中：女性): the one left of it, or of its
    group."""
    at = next((i for i, text in enumerate(column.path) if _says_part(text)), None)
    if at is None:
        return None
    group = column.path[: at + 1] if at + 1 < len(column.path) else ()
    left = [other for other in before if not group or other.path[: at + 1] != group]
    return left[-1] if left and left[-1].path[:at] == column.path[:at] else None


def _says_part(text: str) -> bool:
    return label_key(text).lstrip("(").startswith(words_for("over_parts"))


def _is_part(column: Column, profile: Profile, whole: Column, of_whole: Profile) -> bool:
    """Whether a part may be measured as its whole is: its header counts nothing else, and its
    figures are not greater. A measure of its own stays, but not that of the table's money for a
    part of a count (人数, 其中：女性 under 单位：万元)."""
    known = measures().get(whole.measure)
    own = measures().get(column.measure)
    last = label_key(column.path[-1])
    if column.is_text or whole.is_text or known is None:
        return False
    if kind_of_text(last) not in (None, known.kind):
        return False
    if own is not None and (own.kind is not MeasureKind.MONEY or known.kind is own.kind):
        return False
    if last[-1:] in measures() and last[-1:] != known.word:
        return False
    small = profile.size is None or of_whole.size is None or profile.size <= of_whole.size
    return small and not (own is None and column.measure)
