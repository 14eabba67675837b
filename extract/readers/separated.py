"""Cells set apart by a sign: tabs in running text, and bars (Markdown tables, damaged or not)."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.claims import Claim, looks_like_figure, sense_of
from extract.landmarks import is_announced, is_listed
from extract.readers.records import Record, lines_to_runs
from extract.tables import Row, rows_to_claim
from schemas.source import Cell, Line, Reader

_LEAST_CELLS = 3
_LEAST_ROWS = 3
_LEAST_GROUPS = 3
_RULE = regex.compile(r"[\s|｜:=+_\-—―─━│┃┼├┤┬┴┌┐└┘╋┣┫┳┻┏┓┗┛═║╬╠╣╦╩╔╗╚╝]{3,}+")
# Markdown writes a bar that is text as \\|.
_BAR = regex.compile(r"(?<!\\)[|｜│┃║]")
_ESCAPED = regex.compile(r"\\([|｜│┃║])")


def read_tabs(lines: Sequence[Line]) -> list[Claim]:
    """Tab-separated rows in running text: `塔城市\\t30\\t243\\t273`."""
    runs = lines_to_runs(lines, _split_tabs, quoting="\t")
    return [claim for run in runs if (claim := _claim(lines, run, Reader.TABS))]


def read_pipes(lines: Sequence[Line]) -> list[Claim]:
    """Bar tables: `| 塔城市 | 30 | 243 |`, the outer bars or the rule possibly lost; also drawn
    with box characters, where a row between two rules may take several lines."""
    claims: list[Claim] = []
    for run in lines_to_runs(lines, _split_bars):
        claim = _claim(lines, _rows_between_rules(lines, run), Reader.PIPES)
        if claim is not None:
            # The rules around a table belong to it.
            claims.append(replace(claim, first=run[0].first, last=run[-1].last))
    return claims


def _split_tabs(text: str) -> list[str] | None:
    return text.split("\t") if "\t" in text else None


def _split_bars(text: str) -> list[str] | None:
    inner = text.strip()
    if not _BAR.search(inner):
        # A rule between rows is a record of one rule, so that rows can be told by it.
        return [inner] if inner[:1] in "+├┠╟┣╠┌┏╔└┗╚" and _RULE.fullmatch(inner) else None
    parts = _BAR.split(inner)
    if len(parts) == 2 and not (parts[0] and parts[1]):
        return None  # one cell a line with a trailing bar is another layout
    if _BAR.match(inner):
        parts = parts[1:]
    if len(parts) > 1 and not parts[-1].strip():
        parts = parts[:-1]
    return [_ESCAPED.sub(r"\1", part) for part in parts]


def _rows_between_rules(lines: Sequence[Line], run: Sequence[Record]) -> list[Record]:
    """The records without the rules between them.

    Where rules stand around every row, the lines between two of them are one row: a line that
    continues the row above it holds no figures.
    """
    groups: list[list[Record]] = [[]]
    for record in run:
        if _RULE.fullmatch(lines[record.first].text):
            groups.append([])
        else:
            groups[-1].append(record)
    groups = [group for group in groups if group]
    continued = [record for group in groups for record in group[1:]]
    if (
        len(groups) >= _LEAST_GROUPS
        and continued
        and not any(looks_like_figure(cell.text) for record in continued for cell in record.cells)
    ):
        return [_one_row(group) for group in groups]
    return [record for group in groups for record in group]


def _one_row(group: Sequence[Record]) -> Record:
    width = max(len(record.cells) for record in group)
    cells: list[Cell] = []
    for column in range(width):
        pieces = [r.cells[column] for r in group if len(r.cells) > column]
        filled = [cell for cell in pieces if cell.text] or pieces
        cells.append(Cell(" ".join(cell.text for cell in filled), filled[0].ref))
    return Record(group[0].first, group[-1].last, tuple(cells))


def _claim(lines: Sequence[Line], run: Sequence[Record], reader: Reader) -> Claim | None:
    rows = [record.cells for record in run]
    if not rows or not _is_table(lines, run[0].first, rows):
        return None
    # One long row may be a whole table on one line: other readers know more of it.
    sense = max(sense_of(rows), 0.5) if len(rows) > 1 else 0.3
    return rows_to_claim(lines, (run[0].first, run[-1].last), rows, reader, sense)


def _is_table(lines: Sequence[Line], first: int, rows: Sequence[Row]) -> bool:
    """Whether rows are a table, and not names side by side in a signature, or a list.

    A title or 单位 line above them says so; else they must have rows of figures, or be many and
    wide.
    """
    filled = [[cell.text for cell in row if cell.text] for row in rows]
    widest = max(len(texts) for texts in filled)
    if widest < 2 or (widest == 2 and sum(len(texts) == 2 for texts in filled) < _LEAST_ROWS):
        return False
    figures = sum(_has_figures(texts) for texts in filled)
    if is_announced(lines, first):
        return widest >= _LEAST_CELLS or figures * 2 >= len(rows)
    if widest == 2:
        return figures * 3 >= len(rows) * 2
    return figures > 0 or sum(len(texts) >= _LEAST_CELLS for texts in filled) >= _LEAST_ROWS


def _has_figures(texts: Sequence[str]) -> bool:
    """A row of a name and figures; the number of a list's item is no figure, nor is a date."""
    return (
        len(texts) > 1
        and not (is_listed(texts[0]) and len(texts) == 2)
        and any(looks_like_figure(text) for text in texts[1:])
    )
