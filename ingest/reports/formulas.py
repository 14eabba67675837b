"""Equations as formulas of a spreadsheet, where they are simple: sums, differences, products."""

import re
from collections.abc import Callable

from schemas.proofs import ProofEquation

_TERMS = re.compile(r"(?:\{\d+\}|\d+(?:\.\d+)?|[-+*/() ])+", re.ASCII)
_INPUT = re.compile(r"\{(\d+)\}")
_MOST_INPUTS = 200

Address = Callable[[int, int], str]
"""The address of a table's cell (row and column from 0) on a sheet, such as `D7`."""


def spreadsheet_formula(equation: ProofEquation, address: Address) -> str | None:
    """The right side of an equation as a formula; None where it has no simple one.

    >>> from decimal import Decimal
    >>> from schemas.proofs import Holding
    >>> one = Decimal(1)
    >>> rest = ("", Holding.HOLDS, one, one, one)
    >>> where = lambda row, column: f"{'ABCDEF'[column]}{row + 1}"
    >>> part = ProofEquation((3, 0), ((0, 0), (1, 0), (2, 0)), "", *rest)
    >>> spreadsheet_formula(part, where)
    '=SUM(A1:A3)'
    >>> rate = ProofEquation((0, 3), ((0, 1), (0, 2)), "{0} × {1} × 0.005", *rest)
    >>> spreadsheet_formula(rate, where)
    '=B1*C1*0.005'
    """
    if not equation.inputs or len(equation.inputs) > _MOST_INPUTS:
        return None
    addresses = [address(row, column) for row, column in equation.inputs]
    if not equation.terms:
        if _is_run(equation.inputs):
            return f"=SUM({addresses[0]}:{addresses[-1]})"
        return f"={'+'.join(addresses)}"
    terms = equation.terms.replace("×", "*")
    if not _TERMS.fullmatch(terms):
        return None
    if any(int(n) >= len(addresses) for n in _INPUT.findall(terms)):
        return None
    return "=" + _INPUT.sub(lambda match: addresses[int(match[1])], terms).replace(" ", "")


def _is_run(cells: tuple[tuple[int, int], ...]) -> bool:
    """Whether cells lie one below the other."""
    first, column = cells[0]
    return len(cells) > 1 and all(cell == (first + n, column) for n, cell in enumerate(cells))
