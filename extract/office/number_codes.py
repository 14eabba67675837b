"""Number formats of spreadsheets, taken apart: `#,##0.00_);[Red]-0.0%` becomes sections of pieces.

The grammar is that of ECMA-376 part 1, 18.8.31; `!` marks a literal as `\\` does, as Chinese
editions write it (`0!.0,"万"` shows 12345 as 1.2万).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

import regex


class PieceKind(StrEnum):
    """What a piece of a section prints."""

    DIGIT = "digit"
    POINT = "point"
    COMMA = "comma"
    PERCENT = "percent"
    POWER = "power"
    LITERAL = "literal"
    DATE = "date"
    ELAPSED = "elapsed"
    TEXT = "text"
    GENERAL = "general"
    SLASH = "slash"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a section with its letters: `0`, `yyyy`, or the literal's own text."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four parts of a format; `condition` is a sign with a number, or None."""

    pieces: tuple[Piece, ...]
    condition: tuple[str, Decimal] | None = None

    @property
    def is_date(self) -> bool:
        """Whether it shows a number as a date or a time."""
        return any(piece.kind in (PieceKind.DATE, PieceKind.ELAPSED) for piece in self.pieces)


_PIECE = regex.compile(
    r"""
    "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.)
    | (?P<nothing>_. | \*.)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General)
    | (?P<ampm>AM/PM | A/P | 上午/下午)
    | (?P<power>E[+-])
    | (?P<date>y+|m+|d+|h+|s+|e+|g+|a{3,4}|b+)
    | (?P<digit>[0\#?])
    | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<text>@) | (?P<slash>/)
    | (?P<end>;)
    | (?P<other>.)
    """,
    regex.VERBOSE | regex.IGNORECASE | regex.DOTALL,
)
_CONDITION = regex.compile(r"(?P<sign><=|>=|<>|=|<|>)(?P<number>-?[0-9]+(?:\.[0-9]+)?)")
_ELAPSED = regex.compile(r"h+|m+|s+", regex.IGNORECASE)
_LONGEST = 500


@lru_cache(maxsize=2048)
def code_to_sections(code: str) -> tuple[Section, ...]:
    """The sections of a format, at least one.

    >>> [len(code_to_sections(c)) for c in ("0.00", "#,##0_);(#,##0)", '0;-0;"";@')]
    [1, 2, 4]
    """
    sections: list[Section] = []
    pieces: list[Piece] = []
    condition: tuple[str, Decimal] | None = None
    for match in _PIECE.finditer(code[:_LONGEST]):
        kind, text = _kind(match)
        if kind == "end":
            sections.append(Section(tuple(pieces), condition))
            pieces, condition = [], None
        elif kind == "bracket":
            found = _CONDITION.fullmatch(text)
            if found:
                condition = found["sign"], Decimal(found["number"])
            else:
                pieces += _bracket(text)
        elif kind is not None:
            pieces.append(Piece(PieceKind(kind), text))
    sections.append(Section(tuple(pieces), condition))
    return tuple(map(_with_seconds, sections))


def _kind(match: regex.Match[str]) -> tuple[str | None, str]:
    """The kind of a piece, and what it prints."""
    name = match.lastgroup or "other"
    text = match[name]
    if name in ("quoted", "escaped", "other"):
        return "literal", text
    if name == "ampm":
        return "date", text.upper()
    if name == "nothing":
        return None, ""
    return name, text.lower() if name == "date" else text


def _bracket(text: str) -> list[Piece]:
    """`[$¥-804]` prints ¥, `[h]` hours past 24; colours and scripts print nothing."""
    if text.startswith("$"):
        return [Piece(PieceKind.LITERAL, text[1:].partition("-")[0])]
    if _ELAPSED.fullmatch(text):
        return [Piece(PieceKind.ELAPSED, text.lower())]
    return []


def _with_seconds(section: Section) -> Section:
    """In a date the points and noughts after the seconds are their decimals, not digits; commas and
    slashes are print."""
    if not section.is_date:
        return section
    plain = (PieceKind.SLASH, PieceKind.COMMA, PieceKind.POINT, PieceKind.DIGIT, PieceKind.PERCENT)
    pieces = [
        Piece(PieceKind.LITERAL, p.text) if p.kind in plain[:2] else p
        for i, p in enumerate(section.pieces)
    ]
    return Section(tuple(_decimals_of_seconds(pieces)), section.condition)


def _decimals_of_seconds(pieces: list[Piece]) -> list[Piece]:
    kept: list[Piece] = []
    for i, piece in enumerate(pieces):
        follows = i + 1 < len(pieces) and pieces[i + 1].kind is PieceKind.DIGIT
        if piece.kind is PieceKind.DIGIT or (piece.kind is PieceKind.POINT and follows):
            continue
        kind = PieceKind.LITERAL if piece.kind is PieceKind.POINT else piece.kind
        kept.append(Piece(kind, piece.text))
    return kept
