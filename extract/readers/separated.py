"""Cells set apart by a sign: tabs in running text, and pipes (Markdown tables, damaged or not)."""

from collections.abc import Callable, Iterator, Sequence

import regex

from extract.claims import Claim, sense_of
from schemas.source import Cell, Line, LineRef, RawTable, Reader, Ref

_BLANK_LINES_WITHIN = 2
# Two names side by side in a signature are no table.
_LEAST_CELLS = 3
_LEAST_ROWS = 3
_RULE = regex.compile(r"[\s|:=+_\-—―─│┼├┤┬┴┌┐└┘]{3,}")
# Markdown writes a bar that is text as \\|.
_PIPE = regex.compile(r"(?<!\\)[|｜│┃]")
_ESCAPED = regex.compile(r"\\([|｜│┃])")

Split = Callable[[str], "list[str] | None"]


def line_to_cells(parts: Sequence[str], ref: Ref) -> tuple[Cell, ...]:
    """Printed parts of one line as cells, numbered from 1 in the order of print."""
    number = ref.line if isinstance(ref, LineRef) else 0
    return tuple(Cell(part.strip(), LineRef(number, i)) for i, part in enumerate(parts, start=1))


def read_tabs(lines: Sequence[Line]) -> list[Claim]:
    """Tab-separated rows in running text: `塔城市\\t30\\t243\\t273`."""
    return _claims(lines, _split_tabs, Reader.TABS)


def read_pipes(lines: Sequence[Line]) -> list[Claim]:
    """Pipe tables: `| 塔城市 | 30 | 243 | 273 |`, the outer pipes or the rule possibly lost."""
    return _claims(lines, _split_pipes, Reader.PIPES)


def _split_tabs(text: str) -> list[str] | None:
    return text.split("\t") if "\t" in text else None


def _split_pipes(text: str) -> list[str] | None:
    if not _PIPE.search(text):
        return None
    inner = text.strip()
    parts = _PIPE.split(inner)
    if len(parts) == 2 and not (parts[0] and parts[1]):
        return None  # one cell a line with a trailing pipe is another layout
    if _PIPE.match(inner):
        parts = parts[1:]
    if len(parts) > 1 and not parts[-1].strip():
        parts = parts[:-1]
    return [_ESCAPED.sub(r"\1", part) for part in parts]


def _claims(lines: Sequence[Line], split: Split, reader: Reader) -> list[Claim]:
    return [claim for run in _runs(lines, split) if (claim := _claim(lines, run, reader))]


def _runs(lines: Sequence[Line], split: Split) -> Iterator[list[tuple[int, list[str]]]]:
    """Runs of lines that split; up to two blank lines or page furniture lie within a run."""
    run: list[tuple[int, list[str]]] = []
    for i, line in enumerate(lines):
        parts = split(line.text)
        if parts is not None:
            run.append((i, parts))
        elif run and (
            i - run[-1][0] > _BLANK_LINES_WITHIN or (line.text.strip() and not line.furniture)
        ):
            yield run
            run = []
    if run:
        yield run


def _claim(lines: Sequence[Line], run: list[tuple[int, list[str]]], reader: Reader) -> Claim | None:
    rows = [
        line_to_cells(parts, lines[i].ref)
        for i, parts in run
        if reader is Reader.TABS or not _RULE.fullmatch(lines[i].text)
    ]
    filled = [sum(bool(cell.text) for cell in row) for row in rows]
    if max(filled) < _LEAST_CELLS and sum(count > 1 for count in filled) < _LEAST_ROWS:
        return None
    table = RawTable(tuple(rows), reader, lines[run[0][0]].page)
    # One long row may be a whole table on one line: other readers know more of it.
    sense = max(sense_of(rows), 0.5) if len(rows) > 1 else 0.3
    return Claim(run[0][0], run[-1][0], table, sense)
