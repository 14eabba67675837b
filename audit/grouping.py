"""Points that may have been commas: 671.880 beside 310.618 and 98, or beside 310,618.

Where a picture was read, a comma between thousands easily becomes a point. Where it does in all
figures of a column they are too small by the same factor, and every sum of them still holds: such
an equation says nothing of their scale. Only one that ties them to figures of another kind does.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from schemas.findings import Cause, Finding, Severity
from schemas.proofs import Holding, Proof, ProofEquation, Status, TableProof
from schemas.tables import AllocationTable, CellKind, Quantity

_POINTED = regex.compile(r"[-−–—(]?[1-9][0-9]{0,2}(?:[,，][0-9]{3})*\.[0-9]{3}\)?")
_WHOLE = regex.compile(r"[-−–—(]?[0-9]+(?:[,， ]+[0-9]{3})*\)?")
_THOUSAND = 1000
_DOUBTED = frozenset({Status.PROVED, Status.REPAIRED, Status.UNPROVED})

Places = frozenset[tuple[int, int]]


def doubt_points(table: AllocationTable, proof: TableProof) -> TableProof:
    """The proofs of a table that was read off a picture, with doubt where a point may be a comma.

    A figure of such a column stays proved where an equation that holds ties it to one that has no
    such point; else it is suspect, with the figure a thousand times as large as a proposal.
    """
    columns = [c for c in range(len(table.columns)) if _is_doubtful(_cells(table, c))]
    places = frozenset(
        (r, c)
        for c in columns
        for r, row in enumerate(table.rows)
        if _POINTED.fullmatch(row.cells[c].printed.strip())
    )
    if not places:
        return proof
    untied = _untied(places, table, proof)
    proofs = tuple(
        tuple(
            _doubted(cell, table.rows[r].cells[c]) if (r, c) in untied else cell
            for c, cell in enumerate(row)
        )
        for r, row in enumerate(proof.proofs)
    )
    findings = tuple(_finding(table, c, untied) for c in columns if any(p[1] == c for p in untied))
    return replace(proof, proofs=proofs, findings=(*proof.findings, *findings))


def _cells(table: AllocationTable, column: int) -> Sequence[Quantity]:
    cells = (row.cells[column] for row in table.rows)
    return [cell for cell in cells if cell.kind is CellKind.NUMBER]


def _is_doubtful(cells: Sequence[Quantity]) -> bool:
    """Whether all figures of a column could be whole numbers: 0.500 and 1234.567 could not."""
    texts = [cell.printed.strip() for cell in cells]
    return any(map(_POINTED.fullmatch, texts)) and all(
        _POINTED.fullmatch(text) or _WHOLE.fullmatch(text) for text in texts
    )


def _untied(places: Places, table: AllocationTable, proof: TableProof) -> Places:
    """The places that no chain of equations ties to a figure whose scale is sure."""
    while True:
        left = frozenset(place for place in places if not _tied(place, places, table, proof))
        if left == places:
            return left
        places = left


def _tied(
    place: tuple[int, int], places: Places, table: AllocationTable, proof: TableProof
) -> bool:
    equations = (proof.equations[i] for i in proof.proofs[place[0]][place[1]].equations)
    return any(
        equation.holding is Holding.HOLDS
        and _knows_scale(equation)
        and any(_says_scale(one, places, table) for one in (equation.out, *equation.inputs))
        for equation in equations
    )


def _knows_scale(equation: ProofEquation) -> bool:
    """Whether an equation is told or adds up; a constant that was found in the figures themselves
    is a thousand times as small where they are."""
    return bool(equation.source) or (not equation.terms and len(equation.inputs) > 1)


def _says_scale(place: tuple[int, int], places: Places, table: AllocationTable) -> bool:
    """Whether a cell has a figure whose scale its print leaves no doubt of."""
    value = table.rows[place[0]].cells[place[1]].value
    return place not in places and value is not None and value != 0


def _doubted(proof: Proof, cell: Quantity) -> Proof:
    if proof.status not in _DOUBTED or cell.value is None:
        return proof
    larger = (cell.value * _THOUSAND).quantize(Decimal(1))
    return replace(proof, status=Status.SUSPECT, value=cell.value, proposals=(larger,))


def _finding(table: AllocationTable, column: int, untied: Places) -> Finding:
    row = min(r for r, c in untied if c == column)
    cell = table.rows[row].cells[column]
    message = (
        f"Figures such as {cell.printed} may be whole thousands whose comma was read as a point; "
        "the sums of the column hold either way."
    )
    return Finding(
        "point-or-comma",
        Severity.WARNING,
        message,
        Cause.OCR,
        table.number,
        table.rows[row].number,
        table.columns[column].number,
        cell.printed,
        ref=cell.ref,
    )
