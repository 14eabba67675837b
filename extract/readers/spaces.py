"""Columns set apart by runs of spaces, and rows of figures set apart by single ones."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from extract.claims import Claim, looks_like_figure, sense_of
from extract.landmarks import is_announced, is_listed, is_measure, is_title
from extract.readers.fixed import NO_TOKENS, Token, Tokens, columns, line_to_tokens
from extract.tables import Row, rows_to_claim
from schemas.source import Cell, Line, LineRef, Reader

# Rows of a name and one figure are a table, not a list, where they are many.
_LEAST_ROWS = 3
_MANY_ROWS = 8
# In lines: blank ones within a table, those of a header, rows that print nothing but a name.
_GAP = 2
_MOST_HEADER_LINES = 6
_MOST_BARE = 2
_LONGEST_HEADER_CELL = 30
# A stretch of the line over which fewer pieces stand is no column.
_LEAST_PIECES = 2
_NAME = regex.compile(r"(?:\p{Han}[ \u3000]*){2,12}(?:[(（]\p{Han}{1,8}[)）])?")
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


def _runs(lines: Sequence[Line], tokens: list[Tokens]) -> Iterator[list[int]]:
    """Runs of three rows of figures and more; blank lines, page furniture or a name whose figures
    are blank may lie within."""
    run: list[int] = []
    names: list[int] = []
    for i, line in enumerate(lines):
        near = i - (names or run or [i])[-1]
        if _is_row(tokens[i]) or (run and near == 1 and len(tokens[i].pieces) > 2):
            run = [*run, *names, i] if not names or near == 1 else [i]
            names = []
        elif run and near == 1 and len(names) < _MOST_BARE and _is_bare_name(line):
            names.append(i)
        elif run and (near > _GAP or (line.text.strip() and not line.furniture)):
            if _is_body(lines, tokens, run):
                yield _with_names(lines, tokens, run)
            run, names = [], []
    if _is_body(lines, tokens, run):
        yield _with_names(lines, tokens, run)


def _is_bare_name(line: Line) -> bool:
    """Whether a line may be a row that holds nothing but its name: `雅安市`."""
    text = line.text.strip()
    return bool(_NAME.fullmatch(text)) and not is_title(text) and not is_measure(text)


def _with_names(lines: Sequence[Line], tokens: list[Tokens], run: list[int]) -> list[int]:
    """The run, with a bare name between the header and its first row, and a token for each."""
    above = run[0] - 1
    headed = above > 0 and len(lines[above - 1].text.split()) > 1
    if headed and _is_bare_name(lines[above]) and not is_measure(lines[above - 1].text):
        run = [above, *run]
    for i in run:
        if not tokens[i].pieces:
            text = lines[i].text
            start = columns(text) - columns(text.lstrip(" \u3000"))
            piece = Token(text.strip(" \u3000"), start, columns(text.rstrip(" \u3000")))
            tokens[i] = Tokens((piece,), placed=True)
    return run


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
    spans = _print_columns(tokens) or [
        (min(row[c].start for row in placed), max(row[c].end for row in placed))
        for c in range(usual if placed else 0)
    ]
    spans = _with_blank_column(spans, [t for t in tokens if t.placed and not t.is_row])
    usual = len(spans) or usual
    named = sum(not looks_like_figure(row[1].text) for row in regular) * 2 < len(regular)
    rows: list[Row] = []
    for row, line in zip(tokens, lines, strict=True):
        pieces = row.pieces
        if not row.placed and named and row.is_row and len(pieces) > usual:
            pieces = _with_whole_name(pieces, usual)
        rows.append(_row(pieces, line, spans if row.placed else [], usual))
    return rows


def _with_blank_column(
    spans: list[tuple[int, int]], header: Sequence[Tokens]
) -> list[tuple[int, int]]:
    """The columns, with one that no row fills (备注), where the last text of a header of several
    levels stands beyond all columns, and each of these has a text of its own. A header of one level
    may have moved: its texts are counted."""
    for row in header if spans else ():
        *before, last = row.pieces
        over = [_over(piece, spans) for piece in before]
        taken = {column for found in over for column in found}
        below = {c for one in header if one is not row for p in one.pieces for c in _over(p, spans)}
        free = set(range(len(spans))) - taken
        if last.start >= spans[-1][1] and all(over) and free and free <= below:
            return [*spans, (last.start, last.end)]
    return spans


def _over(piece: Token, spans: Sequence[tuple[int, int]]) -> list[int]:
    """The columns of print over which a piece stands."""
    return [c for c, (start, end) in enumerate(spans) if piece.start < end and start < piece.end]


def _print_columns(tokens: Sequence[Tokens]) -> list[tuple[int, int]]:
    """The columns of print in which the pieces of all rows stand, with a blank between them through
    all rows; [] where the print keeps no columns, no row fills all of them, or a column has one
    piece only and no header: a cell too many moved the rest of its row."""
    rows = [row for row in tokens if row.is_row]
    if not all(row.placed for row in rows):
        return []
    found: list[tuple[int, int]] = []
    for start, end in sorted((piece.start, piece.end) for row in rows for piece in row.pieces):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    starts = [start for start, _ in found]
    places = [[bisect_right(starts, p.start) for p in row.pieces] for row in rows]
    alone = all(len(set(row)) == len(row) for row in places)
    widest = max(len(row.pieces) for row in rows)
    pieces = [piece for row in tokens if row.placed for piece in row.pieces]
    often = all(
        sum(p.start < end and start < p.end for p in pieces) >= _LEAST_PIECES
        for start, end in found
    )
    return found if alone and often and len(found) == widest else []


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
        over = _over(piece, spans)
        is_figure = looks_like_figure(piece.text)
        if not over or (len(over) > 1 and is_figure):
            return None
        if places and over[0] < places[-1] + is_figure:
            return None
        places.append(over[0])
    return places
