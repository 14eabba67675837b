"""The parts of a notice become typed tables, numbered in print order."""

from collections.abc import Sequence

from normalize.allocation import part_to_allocation
from normalize.performance import lines_to_scrambled, parts_to_performance
from normalize.plain import part_to_plain
from normalize.prose import prose_spans
from schemas.performance import PerformanceTable
from schemas.tables import AllocationTable, Part, PlainTable, TableKind

TypedTable = AllocationTable | PerformanceTable | PlainTable

_FORMS = (TableKind.PERFORMANCE_TARGET, TableKind.SELF_EVALUATION)


def parts_to_tables(parts: Sequence[Part]) -> tuple[TypedTable, ...]:
    """Interpret every part by its kind. A scrambled region may hold several forms."""
    tables: list[TypedTable] = []
    forms: list[tuple[int, Part]] = []
    number = 1
    for part in parts:
        if part.kind in _FORMS and part.tables:
            forms.append((number, part))
            number += 1
            continue
        found = _part_to_tables(part, number)
        tables.extend(found)
        number += len(found)
    # The forms of a notice are read together: undamaged ones tell what a damaged one meant.
    tables.extend(
        parts_to_performance([part for _, part in forms], [number for number, _ in forms])
    )
    return tuple(sorted(tables, key=lambda table: table.number))


def _part_to_tables(part: Part, number: int) -> tuple[TypedTable, ...]:
    if part.kind in _FORMS:
        return lines_to_scrambled(part.body, number) or (part_to_plain(part, number),)
    if part.kind is TableKind.ALLOCATION and (part.tables or prose_spans(part.body)):
        return (part_to_allocation(part, number),)
    return (part_to_plain(part, number),)
