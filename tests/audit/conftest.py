"""Allocation tables for the tests of audit, made from rows of printed figures."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.source import LineRef, Reader
from schemas.tables import AllocationTable, CellKind, Column, Quantity, Row
from tests.outside import require_original

_NUMBER = re.compile(r"(-?[0-9]+(?:\.([0-9]+))?)(%?)")

Rows = list[tuple[str, list[str]]]
MakeTable = Callable[..., AllocationTable]


def make_quantity(text: str, line: int = 1, cell: int = 1) -> Quantity:
    ref = LineRef(line, cell)
    if not text:
        return Quantity("", CellKind.BLANK, None, 0, "", ref)
    if text in ("×", "X", "x", "—"):
        return Quantity(text, CellKind.NOT_APPLICABLE, None, 0, "", ref)
    match = _NUMBER.fullmatch(text)
    if match is None:
        return Quantity(text, CellKind.TEXT, None, 0, "", ref)
    places = len(match[2] or "")
    return Quantity(text, CellKind.NUMBER, Decimal(match[1]), places, match[3], ref)


def make_columns(*heads: tuple[str, str, str, str]) -> tuple[Column, ...]:
    """Columns from (name, label, formula, measure)."""
    return tuple(
        Column(n, (name,), label, formula, measure, measure == "text")
        for n, (name, label, formula, measure) in enumerate(heads, 1)
    )


def make_table(rows: Rows, columns: tuple[Column, ...] | None = None) -> AllocationTable:
    width = max((len(cells) for _, cells in rows), default=0)
    return AllocationTable(
        number=1,
        title="分配表",
        measure="万元",
        columns=columns or make_columns(*((f"c{i + 1}", "", "", "") for i in range(width))),
        rows=tuple(
            Row(
                n,
                name,
                tuple(make_quantity(c, n, i) for i, c in enumerate(cells, 2)),
                1,
                LineRef(n),
            )
            for n, (name, cells) in enumerate(rows, 1)
        ),
        reader=Reader.TABS,
        pages=(1,),
        ref=LineRef(1),
    )


def tab_rows(path: Path, cells: int) -> Rows:
    """The data rows of a text: a name, then exactly so many cells that are not blank."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        name, *rest = (c.strip() for c in line.split("\t"))
        filled = [c for c in rest if c]
        if name and len(filled) == cells and sum(c[0] in "-0123456789" for c in filled) > 1:
            rows.append((name, filled))
    return rows


@pytest.fixture
def quantity() -> Callable[..., Quantity]:
    return make_quantity


@pytest.fixture
def table() -> MakeTable:
    return make_table


@pytest.fixture
def columns() -> Callable[..., tuple[Column, ...]]:
    return make_columns


@pytest.fixture
def pensions() -> Rows:
    """The 99 allocation rows of the first original: eleven figures and a mark each."""
    return tab_rows(require_original("000"), 12)


@pytest.fixture
def counties() -> Rows:
    """The eight allocation rows of the second original, its total printed last."""
    return tab_rows(require_original("002"), 3)[:8]
