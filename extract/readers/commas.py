"""Comma-separated exports of spreadsheets, with runs of empty cells and quoted fields."""

import csv
from collections.abc import Sequence

from extract.claims import Claim, looks_like_figure, sense_of
from extract.readers.separated import line_to_cells
from schemas.source import Line, RawTable, Reader

_LEAST_LINES = 3
_LEAST_COMMAS = 2
# Prose has commas too; a table has the same number of them on most lines, and figures.
_LEAST_REGULAR = 0.6
_LEAST_FIGURES = 0.15


def read_commas(lines: Sequence[Line]) -> list[Claim]:
    """Lines such as `塔城市,30,243,273,,,` as rows."""
    claims: list[Claim] = []
    first = 0
    while first < len(lines):
        last = first
        while last < len(lines) and lines[last].text.count(",") >= _LEAST_COMMAS:
            last += 1
        if last - first >= _LEAST_LINES and (claim := _claim(lines, first, last)):
            claims.append(claim)
        first = max(last, first + 1)
    return claims


def _claim(lines: Sequence[Line], first: int, end: int) -> Claim | None:
    parts = [next(csv.reader([line.text.replace("\0", "")]), []) for line in lines[first:end]]
    lengths = [len(row) for row in parts]
    usual = max(set(lengths), key=lambda length: (lengths.count(length), length))
    filled = [text for row in parts for text in row if text.strip()]
    figures = sum(looks_like_figure(text) for text in filled)
    if lengths.count(usual) < _LEAST_REGULAR * len(parts) or figures < _LEAST_FIGURES * len(filled):
        return None
    rows = tuple(
        line_to_cells(row, line.ref) for row, line in zip(parts, lines[first:end], strict=True)
    )
    return Claim(first, end - 1, RawTable(rows, Reader.COMMAS, lines[first].page), sense_of(rows))
