"""What the columns of a table hold, learned from their cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log10
from statistics import median

import regex

from normalize.quantities import text_to_quantity
from schemas.source import Cell
from schemas.tables import CellKind, Quantity

_CODE = regex.compile(r"[0-9]{3}(?:[0-9]{2}){0,4}|[0-9]{8,}|(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Profile:
    """What a column holds: shares of its cells by kind, and the size of its numbers (log10).
    `codes` is the share of numbers that may be codes: 2080507, 205, and not -12 or 3.5;
    `fractions` the share of numbers with decimals, `spoilt` the share of cells that are neither
    figures nor words."""

    numbers: float
    percents: float
    words: float
    crosses: float
    blanks: float
    size: float | None
    codes: float
    fractions: float
    spoilt: float


def cells_to_profile(cells: Sequence[Cell | None]) -> Profile:
    """The profile of a column with these cells; None where the source has no cell."""
    quantities = [cell_quantity(cell) for cell in cells if cell is not None and cell.text]
    total = len(quantities) or 1
    spoilt = [q for q in quantities if q.kind is CellKind.UNREADABLE]
    numbers = [q for q in quantities if q.kind is CellKind.NUMBER]
    # Single figures are spoilt; a column that holds little else prints dates or telephones.
    words = sum(q.kind is CellKind.TEXT for q in quantities)
    if len(spoilt) > len(numbers):
        words += len(spoilt)
    else:
        numbers += spoilt
    sizes = [magnitude(q.value) for q in numbers if q.value is not None and q.value != 0]
    return Profile(
        numbers=sum(q.measure != "%" for q in numbers) / total,
        percents=sum(q.measure == "%" for q in numbers) / total,
        words=words / total,
        crosses=sum(q.kind is CellKind.NOT_APPLICABLE for q in quantities) / total,
        blanks=1 - len(quantities) / (len(cells) or 1),
        size=median(sizes) if sizes else None,
        codes=sum(bool(_CODE.fullmatch(q.printed.strip())) for q in numbers) / (len(numbers) or 1),
        fractions=sum(q.decimals > 0 for q in numbers) / (len(numbers) or 1),
        spoilt=len(spoilt) / total,
    )


def cell_quantity(cell: Cell) -> Quantity:
    """What a cell prints, as a quantity."""
    return text_to_quantity(cell.text, cell.ref)


def magnitude(value: Decimal) -> float:
    """The order of a number's size: log10, which neither sign nor OCR of a digit changes much."""
    return log10(abs(value)) if value else 0.0
