"""Columns set apart by runs of spaces, and rows of figures set apart by single ones."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from extract.claims import Claim, looks_like_figure, sense_of
from extract.landmarks import is_announced, is_listed, is_measure
from extract.readers.fixed import NO_TOKENS, Token, Tokens, line_to_tokens
from extract.tables import Row, rows_to_claim
from schemas.source import Cell, Line, LineRef, Reader

_LEAST_ROWS = 3
_MANY_ROWS = 8
_GAP = 2
_MOST_HEADER_LINES = 6
_LONGEST_HEADER_CELL = 30
_SENTENCE = regex.compile(r"[。；]")


def read_spaces(lines: Sequence[Line]) -> list[Claim]:
    """Rows such as `塔城市    30   243` or `塔城市 30 243`, with the lines of header above."""
    tokens = [NO_TOKENS if line.furniture else line_to_tokens(line.text) for line in lines]
    claims: list[Claim] = []
    for run in _runs(lines, tokens):
        above = _header_lines(lines, tokens, run[0])
        kept = [*above, *run]
        rows = _tokens_to_rows([tokens[i] for i in kept], [lines[i] for i in kept])
        sense = sense_of(rows[len(above) :])
        claims.append(rows_to_claim(lines, (kept[0], kept[-1]), rows, Reader.SPACES, sense))
    return claims


def _runs(lines: Sequence[Line], tokens: Sequence[Tokens]) -> Iterator[list[int]]:
    """Runs of three rows of figures and more; blank lines or page furniture may lie within."""
    run: list[int] = []
    for i, line in enumerate(lines):
        pieces = tokens[i].pieces
        if _is_row(tokens[i]) or (run and i - run[-1] == 1 and len(pieces) > 2):
            run.append(i)
        elif run and (i - run[-1] > _GAP or (line.text.strip() and not line.furniture)):
            if _is_body(lines, tokens, run):
                yield run
            run = []
    if _is_body(lines, tokens, run):
        yield run


def _is_row(tokens: Tokens) -> bool:
    """A list's item of a number and a name is no row: `1.  资金分配表`."""
    listed = len(tokens.pieces) == 2 and is_listed(tokens.pieces[0].text)
    return tokens.is_row and not listed


def _is_body(lines: Sequence[Line], tokens: Sequence[Tokens], run: Sequence[int]) -> bool:
    """Three rows and more. Lines of a name and one figure may be a list of contents or of
    telephones: they are a table under a title or 单位 line, or where they are many."""
    rows = [tokens[i] for i in run if _is_row(tokens[i])]
    if len(rows) < _LEAST_ROWS:
        return False
    pairs = sum(len(row.pieces) == 2 for row in rows)
    return pairs * 2 < len(rows) or len(rows) >= _MANY_ROWS or is_announced(lines, run[0])


def _header_lines(lines: Sequence[Line], tokens: list[Tokens], first: int) -> list[int]:
    """Walk up over lines of several short pieces; they are the header."""
    header: list[int] = []
    for i in range(first - 1, max(first - 1 - _MOST_HEADER_LINES, -1), -1):
        text = lines[i].text.strip()
        if not text or lines[i].furniture:
            continue
        pieces = tokens[i].pieces or tuple(Token(part, 0, 0) for part in text.split())
        if (
            len(pieces) < 2
            or _SENTENCE.search(text)
            or is_measure(text)
            or any(len(piece.text) > _LONGEST_HEADER_CELL for piece in pieces)
        ):
            break
        tokens[i] = replace(tokens[i], pieces=pieces)
        header.append(i)
    return header[::-1]


def _tokens_to_rows(tokens: Sequence[Tokens], lines: Sequence[Line]) -> list[Row]:
    usual = Counter(len(t.pieces) for t in tokens if t.is_row).most_common(1)[0][0]
    regular = [t.pieces for t in tokens if t.is_row and len(t.pieces) == usual]
    placed = [t.pieces for t in tokens if t.is_row and len(t.pieces) == usual and t.placed]
    spans = [
        (min(row[c].start for row in placed), max(row[c].end for row in placed))
        for c in range(usual if placed else 0)
    ]
    named = sum(not looks_like_figure(row[1].text) for row in regular) * 2 < len(regular)
    rows: list[Row] = []
    for row, line in zip(tokens, lines, strict=True):
        pieces = row.pieces
        if not row.placed and named and row.is_row and len(pieces) > usual:
            pieces = _with_whole_name(pieces, usual)
        rows.append(_row(pieces, line, spans if row.placed else [], usual))
    return rows


def _with_whole_name(pieces: tuple[Token, ...], usual: int) -> tuple[Token, ...]:
    """`呼图壁 县 28972 72` among rows of one name and figures: the name holds a blank."""
    extra = len(pieces) - usual
    name = pieces[: extra + 1]
    if any(looks_like_figure(piece.text) for piece in name):
        return pieces
    text = " ".join(piece.text for piece in name)
    return (Token(text, name[0].start, name[-1].end), *pieces[extra + 1 :])


def _row(pieces: Sequence[Token], line: Line, spans: Sequence[tuple[int, int]], usual: int) -> Row:
    """Cells in the columns under which the pieces stand; one after the other where this does not
    say it for every piece."""
    number = line.ref.line if isinstance(line.ref, LineRef) else 0
    places = list(range(usual)) if len(pieces) == usual else _places(pieces, spans)
    if places is None:
        return tuple(Cell(p.text, LineRef(number, i)) for i, p in enumerate(pieces, start=1))
    cells = [Cell("", line.ref)] * usual
    for i, (place, piece) in enumerate(zip(places, pieces, strict=True), start=1):
        if cells[place].text:
            cells[place] = replace(cells[place], text=f"{cells[place].text} {piece.text}")
        else:
            cells[place] = Cell(piece.text, LineRef(number, i))
    return tuple(cells)


def _places(pieces: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[int] | None:
    """The column of each piece by overlap; None where overlap does not say it for every piece.

    Words under one column are one cell, figures never; a heading over several columns goes to
    the first of them.
    """
    places: list[int] = []
    for piece in pieces:
        over = [
            c for c, (start, end) in enumerate(spans) if piece.start < end and start < piece.end
        ]
        is_figure = looks_like_figure(piece.text)
        if not over or (len(over) > 1 and is_figure):
            return None
        if places and over[0] < places[-1] + is_figure:
            return None
        places.append(over[0])
    return places
