"""Columns set apart by runs of spaces, and rows of figures set apart by single ones."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extract.claims import Claim, looks_like_figure, sense_of
from schemas.source import Cell, Line, LineRef, RawTable, Reader

_LEAST_ROWS = 3
_LONGEST_TITLE_CELL = 30
_TOKEN = regex.compile(r"\S+(?: \S+)*")
_SENTENCE = regex.compile(r"[。；]")


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of a line with the columns of a fixed-pitch print that it covers."""

    text: str
    start: int
    end: int


def read_spaces(lines: Sequence[Line]) -> list[Claim]:
    """Rows such as `塔城市    30   243` or `塔城市 30 243`, with the lines of header above."""
    tokens = [_line_to_tokens(line.text) for line in lines]
    claims: list[Claim] = []
    for run in _runs(lines, tokens):
        first = _first_header_line(lines, tokens, run[0])
        kept = [*(i for i in range(first, run[0]) if tokens[i]), *run]
        rows = _tokens_to_rows([tokens[i] for i in kept], [lines[i] for i in kept])
        table = RawTable(rows, Reader.SPACES, lines[first].page)
        claims.append(Claim(first, run[-1], table, sense_of(rows[len(kept) - len(run) :])))
    return claims


def _line_to_tokens(text: str) -> list[_Token]:
    """Tokens by two blanks and more; pieces that are all figures are cut at single blanks too."""
    if "\t" in text or "|" in text or not ("  " in text.strip() or "\u3000" in text.strip()):
        return _tokens_by_single_blanks(text)
    wide = text.replace("\u3000", "  ")
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(wide):
        tokens.extend(_cut_figures(match[0], _columns(wide[: match.start()])))
    return tokens if len(tokens) > 1 else []


def _tokens_by_single_blanks(text: str) -> list[_Token]:
    parts = text.split(" ") if "\t" not in text and "|" not in text else []
    figures = sum(looks_like_figure(part) for part in parts[1:])
    if len(parts) < 3 or figures < 2 or figures * 2 < len(parts) or _SENTENCE.search(text):
        return []
    tokens: list[_Token] = []
    start = 0
    for part in parts:
        tokens.append(_Token(part, start, start + _columns(part)))
        start = tokens[-1].end + 1
    return [token for token in tokens if token.text]


def _cut_figures(text: str, start: int) -> Iterator[_Token]:
    parts = text.split(" ")
    if len(parts) == 1 or not all(looks_like_figure(part) for part in parts[1:]):
        yield _Token(text, start, start + _columns(text))
        return
    for part in parts:
        yield _Token(part, start, start + _columns(part))
        start += _columns(part) + 1


def _columns(text: str) -> int:
    """Width in a fixed-pitch print: East Asian wide characters take two columns (UAX #11)."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _runs(lines: Sequence[Line], tokens: Sequence[list[_Token]]) -> Iterator[list[int]]:
    """Runs of three rows of figures and more; one blank line or page furniture lies within."""
    run: list[int] = []
    for i, line in enumerate(lines):
        if _is_row(tokens[i]) or (tokens[i] and run and i - run[-1] == 1 and len(tokens[i]) > 2):
            run.append(i)
        elif run and (i - run[-1] > 2 or (line.text.strip() and not line.furniture)):
            if sum(_is_row(tokens[j]) for j in run) >= _LEAST_ROWS:
                yield run
            run = []
    if sum(_is_row(tokens[j]) for j in run) >= _LEAST_ROWS:
        yield run


def _is_row(tokens: Sequence[_Token]) -> bool:
    figures = sum(looks_like_figure(token.text) for token in tokens)
    return (len(tokens) >= 3 and figures >= 2) or (len(tokens) == 2 and figures == 1)


def _first_header_line(lines: Sequence[Line], tokens: list[list[_Token]], first: int) -> int:
    """Walk up over lines of several short pieces; they are the header."""
    header = first
    for i in range(first - 1, max(first - 7, -1), -1):
        text = lines[i].text.strip()
        pieces = tokens[i] or [_Token(p, 0, 0) for p in text.split()]
        if not text:
            continue
        if (
            len(pieces) < 2
            or _SENTENCE.search(text)
            or any(len(piece.text) > _LONGEST_TITLE_CELL for piece in pieces)
            or regex.search(r"单\s*位\s*[:：]", text)
        ):
            break
        tokens[i] = pieces
        header = i
    return header


def _tokens_to_rows(
    tokens: Sequence[Sequence[_Token]], lines: Sequence[Line]
) -> tuple[tuple[Cell, ...], ...]:
    spans = _column_spans([row for row in tokens if _is_row(row)])
    rows = []
    for row, line in zip(tokens, lines, strict=True):
        number = line.ref.line if isinstance(line.ref, LineRef) else 0
        places = _places(row, spans)
        cells = [Cell("", line.ref)] * (len(spans) if places else len(row))
        for i, token in enumerate(row):
            cells[places[i] if places else i] = Cell(token.text, LineRef(number, i + 1))
        rows.append(tuple(cells))
    return tuple(rows)


def _column_spans(rows: Sequence[Sequence[_Token]]) -> list[tuple[int, int]]:
    """The columns of print that each table column covers, from the rows of the usual length."""
    usual = Counter(len(row) for row in rows).most_common(1)[0][0]
    regular = [row for row in rows if len(row) == usual]
    return [
        (min(row[c].start for row in regular), max(row[c].end for row in regular))
        for c in range(usual)
    ]


def _places(row: Sequence[_Token], spans: Sequence[tuple[int, int]]) -> list[int] | None:
    """The column of each token by overlap; None where overlap does not say it for every token."""
    if len(row) == len(spans):
        return list(range(len(row)))
    places: list[int] = []
    for token in row:
        over = [
            c for c, (start, end) in enumerate(spans) if token.start < end and start < token.end
        ]
        if len(over) != 1 or (places and over[0] <= places[-1]):
            return None
        places.append(over[0])
    return places
