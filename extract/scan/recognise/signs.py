"""The signs that figures are printed with."""

import csv
from functools import cache
from importlib.resources import files

POINT, COMMAS = ".", frozenset(",，")


@cache
def figure_signs() -> frozenset[str]:
    """What figures, shares, comparisons and marks for none are printed with; no white space.

    >>> sorted(figure_signs() & set("9.5万% °"))
    ['%', '.', '5', '9']
    """
    with files("extract").joinpath("data/figure_signs.csv").open(encoding="utf-8") as lines:
        return frozenset(row["sign"] for row in csv.DictReader(lines))
